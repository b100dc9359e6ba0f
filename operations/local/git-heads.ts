/**
 * Heads of records as refs in the workspace's repository, `refs/tenantry/heads/<stack>`: the message of a commit
 * without files. CI fetches and pushes them, so that they do not lie beside the record and the state, and outlive a
 * machine: a record that was cut back together with its state is noticed.
 */
import { devNull } from "node:os";
import { ExpectedError } from "../../core/expected-error.ts";
import { recordPosition, stackName } from "../../approval/index.ts";
import type { KnownHeads } from "../../state/index.ts";
import { gitIn } from "./git.ts";

const WITNESS = ["-c", "user.name=Tenantry", "-c", "user.email=witness@tenantry.invalid"];

/** Says nothing, and keeps nothing, where the workspace is in no repository. */
export function gitHeads(folder: string): KnownHeads {
  const git = gitIn(folder);
  const refOf = (stack: string): string => `refs/tenantry/heads/${stackName.parse(stack)}`;
  const read: KnownHeads["read"] = async (stack) => {
    const message = await git(["log", "-1", "--format=%B", refOf(stack), "--"]);
    if (message === undefined) return undefined;
    try {
      return recordPosition.parse(JSON.parse(message));
    } catch (cause) {
      throw new ExpectedError("known-head-malformed", `${refOf(stack)} holds no record entry.`, {
        hint: "Fetch it again from where CI pushes it, and make sure that the newest entries of the record are there.",
        cause,
      });
    }
  };
  return {
    read,
    write: async (stack, head) => {
      const known = await read(stack);
      if (known !== undefined && known.sequence >= head.sequence) return;
      const tree = await git(["hash-object", "-w", "-t", "tree", devNull]);
      if (tree === undefined) return;
      const message = JSON.stringify(head);
      const commit = await git([...WITNESS, "commit-tree", tree, "-m", message]);
      if (commit !== undefined) await git(["update-ref", refOf(stack), commit]);
    },
  };
}
