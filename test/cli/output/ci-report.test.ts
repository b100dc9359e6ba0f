/** What a pipeline prints: short comments, lines that command no platform, and exit codes. */
import { describe, expect, it } from "vitest";
import { annotationLines } from "../../../cli/output/annotations.ts";
import { reportComment } from "../../../cli/output/ci-comment.ts";
import { changeReport, exitOf, reportJson } from "../../../cli/output/ci-report.ts";
import { reportText } from "../../../cli/output/ci-text.ts";
import { planTenant } from "../../../operations/plan.ts";
import type { PlannedTenant } from "../../../operations/index.ts";
import type { Problem } from "../../../tenant-file/index.ts";
import { aWorld, planOf, STACK } from "../../operations/support.ts";

const base = { base: "b".repeat(40), head: "h".repeat(40), shared: [], failure: undefined };

async function planned(names: readonly string[]): Promise<PlannedTenant> {
  const world = aWorld();
  world.plans.state = planOf(names);
  const made = await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
  return {
    ...{ stack: STACK, outcome: "waiting", planned: made, problems: [] },
    failure: undefined,
  };
}

const failing = (code: string, outcome: PlannedTenant["outcome"]): PlannedTenant => ({
  ...{ stack: STACK, outcome, planned: undefined, problems: [] },
  failure: { code, message: "No", hint: "Do it again", remedy: {}, details: [] },
});

const people = (count: number): string[] => Array.from({ length: count }, (_, at) => `person${at}`);

describe("the comment", () => {
  it("takes 5 kB for 25 people, and says what it leaves out", async () => {
    const report = changeReport({ ...base, tenants: [await planned(people(25))] });
    const comment = reportComment(report);
    expect(Buffer.byteLength(comment)).toBeLessThan(5_000);
    const many = reportComment(changeReport({ ...base, tenants: [await planned(people(900))] }));
    expect(Buffer.byteLength(many)).toBeLessThan(6_000);
    expect(many).toContain("900");
  });

  it("stays within what GitHub takes for 60 and for 500 tenants", async () => {
    const one = await planned(people(25));
    for (const count of [60, 500]) {
      const tenants = Array.from({ length: count }, (_, at) => ({ ...one, stack: `tenant-${at}` }));
      const comment = reportComment(changeReport({ ...base, tenants }));
      expect(comment.length).toBeLessThan(65_000);
    }
  });
});

describe("the exit code", () => {
  it("tells what waits for a person from what is wrong, and from another run", async () => {
    const of = (...tenants: readonly PlannedTenant[]) =>
      exitOf(changeReport({ ...base, tenants }), { whenWaiting: 5 });
    const waiting = await planned(["anna"]);
    const locked = failing("tenant-locked", "locked");
    const invalid = failing("tenant-file-invalid", "invalid");
    expect([of(), of(waiting), of(waiting, locked), of(invalid, locked, waiting)]).toEqual([
      0, 5, 6, 2,
    ]);
  });
});

describe("a line of the log", () => {
  it("commands no platform, whatever a tenant file holds", () => {
    const tenant = failing("tenant-file-invalid", "invalid");
    const problem: Problem = {
      ...{ level: "error", file: "stacks/a:b,c/tenant.yaml", line: 3, column: 5, path: "users" },
      message: "Bad\n::add-mask::x\n##vso[task.setvariable]x %0A]",
    };
    const report = changeReport({ ...base, tenants: [{ ...tenant, problems: [problem] }] });
    for (const line of reportText(report).split("\n")) {
      expect(line).not.toMatch(/^\s*::|##/);
    }
    const [onGitHub = "", ...none] = annotationLines([problem], { GITHUB_ACTIONS: "true" });
    expect(none).toEqual([]);
    expect(onGitHub).not.toContain("\n");
    expect(onGitHub).toBe(
      "::error file=stacks/a%3Ab%2Cc/tenant.yaml,line=3,col=5::users: Bad%0A::add-mask::x%0A##vso[task.setvariable]x %250A]",
    );
    const [onAzure = ""] = annotationLines([problem], { TF_BUILD: "True" });
    expect(onAzure).not.toContain("\n");
    expect(onAzure).toMatch(
      /^##vso\[task\.logissue type=error;sourcepath=.*;linenumber=3;columnnumber=5\]users/,
    );
    expect(annotationLines([problem], {})).toEqual([]);
    expect(JSON.stringify(reportJson(report))).toContain('"line":3');
  });
});
