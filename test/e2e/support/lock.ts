/** The lock of a test's workspace, taken by this process as another command would take it. */
import { leaseLocks, openStateDatabase } from "../../../state/index.ts";
import type { TenantLock } from "../../../state/index.ts";
import type { TestWorkspace } from "./workspace.ts";

interface Held extends AsyncDisposable {
  readonly lock: TenantLock;
}

const WAITING = { signal: new AbortController().signal, onWait: () => undefined };

/** Renewed until it is disposed of. */
export async function heldLock(workspace: TestWorkspace): Promise<Held> {
  const database = await openStateDatabase(workspace.data("state.sqlite"));
  const lock = await leaseLocks({ database, stack: "example" }).acquire("apply", WAITING);
  return {
    lock,
    [Symbol.asyncDispose]: async () => {
      await lock.release();
      await database.close();
    },
  };
}
