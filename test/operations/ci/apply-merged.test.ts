/** What is merged and approved is applied, whichever run gets to it: with real clones, without an engine. */
import { expect, describe, it } from "vitest";
import { applyMerged } from "../../../operations/ci/apply-merged.ts";
import { planChange } from "../../../operations/ci/plan-change.ts";
import { waitForApprovals } from "../../../operations/ci/wait-for-approvals.ts";
import { decide } from "../../../operations/decide.ts";
import { verifyLog } from "../../../operations/history.ts";
import { fabrikam } from "../../tenant-file/contoso.ts";
import { MARIEKE, STACK } from "../support.ts";
import { aRepository, ENGINEER, gitAt, having } from "./repository.ts";
import type { Repository } from "./repository.ts";

const FILE = `stacks/${STACK}/tenant.yaml`;
const OTHER = "stacks/fabrikam/tenant.yaml";

/** Proposes and plans; gives the digest. */
async function propose(repository: Repository, branch: string, file: string) {
  const head = repository.propose(branch, { files: { [FILE]: file } });
  const { tenants } = await planChange(repository.context, { base: "main", head });
  return { head, digest: tenants[0]?.planned?.digest ?? "", outcome: tenants[0]?.outcome };
}

const apply = async ({ context }: Repository, tenants: readonly string[] = []) =>
  await applyMerged(context, { base: "main", tenants });

describe("an apply of what is merged", () => {
  it("takes what was approved before the merge, by its digest, and nothing a second time", async () => {
    const repository = aRepository();
    const { digest, outcome } = await propose(repository, "one", having("anna", "bram"));
    expect(outcome).toBe("waiting");
    await repository.approve(digest);
    // Approved and not merged: main is what it was.
    expect((await apply(repository)).tenants).toMatchObject([{ outcome: "waiting", applied: [] }]);
    expect(repository.applied.size).toBe(0);
    const commit = repository.merge("one");
    expect(await apply(repository)).toMatchObject({
      commit,
      tenants: [
        { stack: STACK, outcome: "applied", failure: undefined, applied: [{ commit, digest }] },
      ],
    });
    expect([...repository.applied]).toEqual([`${STACK} anna`, `${STACK} bram`]);
    expect((await apply(repository)).tenants).toMatchObject([{ outcome: "unchanged" }]);
    await expect(
      verifyLog(repository.context, { stack: STACK, receipt: undefined }),
    ).resolves.toBeDefined();
  });

  it("leaves what nobody approved, says that it waits, and goes on with the next tenant", async () => {
    const repository = aRepository({ [OTHER]: fabrikam.replace("version: 1", "version: 7") });
    const { digest } = await propose(repository, "one", having("anna", "bram"));
    repository.merge("one");
    expect((await apply(repository)).tenants).toMatchObject([
      { stack: STACK, outcome: "waiting", failure: { code: "no-approval" } },
      { stack: "fabrikam", outcome: "invalid", failure: { code: "tenant-file-invalid" } },
    ]);
    await repository.approve(digest);
    expect((await apply(repository)).tenants).toMatchObject([
      { stack: STACK, outcome: "applied" },
      { stack: "fabrikam", outcome: "invalid" },
    ]);
    expect((await apply(repository, ["fabrikam"])).tenants).toHaveLength(1);
  });

  it("loses none of three that are merged within a minute, of which two runs were dropped (34)", async () => {
    const repository = aRepository();
    const one = await propose(repository, "one", having("anna", "bram"));
    await repository.approve(one.digest);
    const first = repository.merge("one");
    // Planned before the first is applied, as the whole difference; nobody has agreed to it yet.
    const two = await propose(repository, "two", having("anna", "bram", "carla"));
    const second = repository.merge("two");
    const three = await propose(repository, "three", having("anna", "bram", "carla", "dirk"));
    repository.merge("three");
    expect((await apply(repository)).tenants).toMatchObject([
      {
        // What was approved is applied at its own commit; of the rest it is said that it waits.
        outcome: "waiting",
        applied: [{ commit: first, digest: one.digest }],
        failure: { code: "no-approval" },
      },
    ]);
    expect(new Set([two.digest, three.digest, one.digest]).size).toBe(3);
    expect(second).not.toBe(first);
  });

  it("takes the newest that is approved, which holds those before it", async () => {
    const repository = aRepository();
    const one = await propose(repository, "one", having("anna", "bram"));
    repository.merge("one");
    const two = await propose(repository, "two", having("anna", "bram", "carla"));
    await repository.approve(one.digest);
    await repository.approve(two.digest);
    const commit = repository.merge("two");
    expect((await apply(repository)).tenants).toMatchObject([
      { outcome: "applied", applied: [{ commit, digest: two.digest }], failure: undefined },
    ]);
  });

  it("does not let who wrote a change approve it, whoever merges and squashes it", async () => {
    const repository = aRepository();
    const { context } = repository;
    const head = repository.propose("one", { files: { [FILE]: having("anna", "bram") } });
    // On the platform the pull request is of the decision maker.
    const asked: typeof context = {
      ...context,
      revisions: {
        ...context.revisions,
        open: async (at) => {
          const open = await context.revisions.open(at);
          const findAuthors: typeof context.findAuthors = (request) =>
            open.context.findAuthors({ ...request, named: [...request.named, MARIEKE] });
          return { ...open, context: { ...open.context, findAuthors } };
        },
      },
    };
    const [made] = (await planChange(asked, { base: "main", head })).tenants;
    expect(made?.planned?.facts.requestedBy).toEqual([MARIEKE, ENGINEER]);
    await expect(repository.approve(made?.planned?.digest)).resolves.toBeUndefined();
    repository.merge("one");
    expect((await apply(repository)).tenants).toMatchObject([
      { outcome: "waiting", failure: { code: "own-change" } },
    ]);
    expect(repository.applied.size).toBe(0);
  });

  it("of a branch that was pushed over after the approval takes what was approved only", async () => {
    const repository = aRepository();
    const { digest } = await propose(repository, "one", having("anna", "bram"));
    await repository.approve(digest);
    await propose(repository, "one", having("anna", "mallory"));
    repository.merge("one");
    expect((await apply(repository)).tenants).toMatchObject([
      { outcome: "waiting", failure: { code: "other-digest" } },
    ]);
    expect(repository.applied.size).toBe(0);
  });

  it("stops at a failure that may have written, and tries no older commit", async () => {
    const repository = aRepository();
    const one = await propose(repository, "one", having("anna", "bram"));
    await repository.approve(one.digest);
    repository.merge("one");
    repository.world.onApply = () => {
      throw new Error("The connection broke");
    };
    await expect(apply(repository)).rejects.toThrow("The connection broke");
  });
});

describe("waiting for approvals", () => {
  const fast = { mostMs: 60_000, everyMs: 1 };

  it("ends as soon as all are there, when somebody refuses, and when time is up", async () => {
    const repository = aRepository();
    const { context } = repository;
    const { digest } = await propose(repository, "one", having("anna", "bram"));
    const plans = [{ stack: STACK, digest }];
    const late = await waitForApprovals(context, { plans, mostMs: 0, everyMs: 1 });
    expect(late).toMatchObject([{ outcome: "waiting", failure: { code: "no-approval" } }]);
    const waiting = waitForApprovals(context, { plans, ...fast });
    await repository.approve(digest);
    expect(await waiting).toMatchObject([{ outcome: "approved", failure: undefined }]);
    const two = await propose(repository, "two", having("anna", "carla"));
    await decide(context, {
      ...{ stack: STACK, decision: "refused", remark: "No", email: undefined },
      ...{ digest: two.digest, shown: [] },
    });
    const both = [...plans, { stack: STACK, digest: two.digest }];
    expect(await waitForApprovals(context, { plans: both, ...fast })).toMatchObject([
      { outcome: "approved" },
      { outcome: "refused", failure: { code: "refused" } },
    ]);
  });

  it("ends with a sentence when it is interrupted", async () => {
    const repository = aRepository();
    const { digest } = await propose(repository, "one", having("anna", "bram"));
    const stop = new AbortController();
    const context = { ...repository.context, signal: stop.signal };
    const waiting = waitForApprovals(context, {
      ...{ plans: [{ stack: STACK, digest }], mostMs: 3_600_000, everyMs: 3_600_000 },
    });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: "interrupted" });
  });

  it("of a commit that is gone meanwhile still knows the plan", async () => {
    const repository = aRepository();
    const { digest } = await propose(repository, "one", having("anna", "bram"));
    gitAt(repository.engineer, "push", "--quiet", "origin", "--delete", "one");
    gitAt(repository.root, "fetch", "--quiet", "--prune", "origin");
    await repository.approve(digest);
    const plans = [{ stack: STACK, digest }];
    expect(await waitForApprovals(repository.context, { plans, ...fast })).toMatchObject([
      { outcome: "approved" },
    ]);
  });
});
