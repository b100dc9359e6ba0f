import { describe, expect, it } from "vitest";
import { interruptedApply } from "../../operations/interrupted-apply.ts";
import type { VerifiedRecord } from "../../approval/ledger.ts";

const record = (parts: {
  readonly startedAt?: string;
  readonly last?: { readonly result: string; readonly remaining: unknown };
}): VerifiedRecord =>
  ({
    openStart: parts.startedAt && { predicate: { startedAt: parts.startedAt } },
    applications: parts.last
      ? [{ predicate: { finishedAt: "2026-11-22T10:00:00.000Z", ...parts.last } }]
      : [],
  }) as unknown as VerifiedRecord;

const started = record({ startedAt: "2026-11-22T09:00:00.000Z" });
const lock = (isStranded: boolean) => ({
  owner: { user: "ines", host: "runner", pid: 7 },
  since: "2026-11-22T09:00:00.000Z",
  purpose: "apply",
  age: "1 h 0 min",
  isStranded,
});

describe("an apply that did not come to its end", () => {
  it("is no news when it succeeded, when there was none, and while one is under way", () => {
    expect(interruptedApply(record({}), undefined)).toBeUndefined();
    const done = record({ last: { result: "succeeded", remaining: null } });
    expect(interruptedApply(done, undefined)).toBeUndefined();
    expect(interruptedApply(started, lock(false))).toBeUndefined();
  });

  it("goes on with the same approval when it is known what is left", () => {
    const partial = record({ last: { result: "partial", remaining: { changes: 3, digest: "d" } } });
    expect(interruptedApply(partial, undefined)).toEqual({
      kind: "approval-holds",
      finishedAt: "2026-11-22T10:00:00.000Z",
      changesLeft: 3,
    });
  });

  it("needs another approval when that is not known", () => {
    const unknown = record({ last: { result: "partial", remaining: null } });
    expect(interruptedApply(unknown, undefined)?.kind).toBe("approval-spent");
  });

  it("of a process that died may have left its lock", () => {
    const died = { kind: "outcome-unknown", startedAt: "2026-11-22T09:00:00.000Z" };
    expect(interruptedApply(started, lock(true))).toEqual({ ...died, isLocked: true });
    expect(interruptedApply(started, undefined)).toEqual({ ...died, isLocked: false });
  });
});
