import { describe, expect, it } from "vitest";
import { unfinishedApply } from "../../operations/interrupted-apply.ts";
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
const partial = record({ last: { result: "partial", remaining: { changes: 3, digest: "d" } } });

describe("an apply that did not come to its end", () => {
  it("is no news when it succeeded, when there was none, and while one is under way", () => {
    const free = { stack: "contoso", lock: "free" } as const;
    expect(unfinishedApply(record({}), free)).toBeUndefined();
    const done = record({ last: { result: "succeeded", remaining: null } });
    expect(unfinishedApply(done, free)).toBeUndefined();
    expect(unfinishedApply(started, { stack: "contoso", lock: "held" })).toBeUndefined();
  });

  it("goes on with the same approval when it is known what is left", () => {
    expect(unfinishedApply(partial, { stack: "contoso", lock: "free" })).toEqual({
      what: "The apply of 2026-11-22T10:00:00.000Z (UTC) stopped before its end; 3 changes are left.",
      next: "Go on with `tenantry apply contoso`: the approval still holds, as long as the tenant file is the same.",
    });
  });

  it("needs another approval when that is not known", () => {
    const unknown = record({ last: { result: "partial", remaining: null } });
    expect(unfinishedApply(unknown, { stack: "contoso", lock: "free" })?.next).toContain(
      "approval of its own: `tenantry plan contoso`",
    );
  });

  it("of a process that died goes on after its lock is broken", () => {
    const unlock = "`tenantry unlock contoso";
    expect(unfinishedApply(started, { stack: "contoso", lock: "stranded" })?.next).toContain(
      unlock,
    );
    const free = unfinishedApply(started, { stack: "contoso", lock: "free" });
    expect(free?.next).not.toContain(unlock);
    expect(free?.next).toContain("`tenantry apply contoso`");
  });
});
