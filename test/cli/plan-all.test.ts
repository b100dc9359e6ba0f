/** `tenantry plan --all`: real operations on tenants without an engine, and what the command makes of them. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../cli/exit-codes.ts";
import { planAllStep } from "../../cli/plan-all.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { aWorld, NOTHING, planOf, STACK } from "../operations/support.ts";
import type { World } from "../operations/support.ts";
import { fabrikam } from "../tenant-file/contoso.ts";
import { folderWith, refusalOf } from "./support/program.ts";

interface Json {
  readonly tenants: readonly {
    readonly tenant: string;
    readonly outcome: string;
    readonly digest?: string;
    readonly failure?: { readonly code: string };
  }[];
}

async function planned(world: World, given: { refresh?: boolean; exitCode?: boolean } = {}) {
  const context = { operation: () => Promise.resolve(world.context) };
  const asked = { refresh: false, exitCode: false, ...given };
  const { json, ...outcome } = await planAllStep(context as never, asked);
  return { ...outcome, tenants: (json as Json).tenants };
}

/** Beside the sample tenant, in stacks/. */
function add(world: World, name: string, content: string): void {
  const folder = join(world.context.workspace.stacksDirectory, name);
  cpSync(join(folder, "..", STACK), folder, { recursive: true });
  writeFileSync(join(folder, "tenant.yaml"), content);
}

const locked = new ExpectedError("stack-locked", "Another run is at work.", { hint: "Wait." });

describe("plan --all", () => {
  it("says how each tenant stands, and goes on after one that is not valid", async () => {
    const world = aWorld();
    world.plans.state = planOf(["anna"]);
    add(world, "broken", "version: 7\n");
    const { exitCode, tenants, text } = await planned(world, { exitCode: true });
    expect(tenants).toMatchObject([
      { tenant: "broken", outcome: "invalid", failure: { code: "tenant-file-invalid" } },
      { tenant: STACK, outcome: "waiting", digest: expect.stringMatching(/^sha256:/) as unknown },
    ]);
    expect(exitCode).toBe(EXIT.refused);
    expect(text).toContain("broken: not valid");
    expect(text).toContain("stacks/broken/tenant.yaml:1");
    expect(text).toContain(`${STACK}: waiting for approval; 1 created; sha256:`);
  });

  it.each([
    { plan: planOf(["anna"]), exitCode: true, code: EXIT.changesWaiting, outcome: "waiting" },
    { plan: planOf(["anna"]), exitCode: false, code: EXIT.done, outcome: "waiting" },
    { plan: NOTHING, exitCode: true, code: EXIT.done, outcome: "unchanged" },
    { plan: locked, exitCode: true, code: EXIT.locked, outcome: "locked" },
  ])("ends with $code where a tenant is $outcome", async ({ plan, exitCode, code, outcome }) => {
    const world = aWorld();
    world.plans.state = plan;
    expect(await planned(world, { exitCode })).toMatchObject({
      exitCode: code,
      tenants: [{ tenant: STACK, outcome }],
    });
  });

  it("starts from what is in each tenant with --refresh", async () => {
    const world = aWorld();
    world.plans.tenant = planOf(["bram"]);
    add(world, "fabrikam", fabrikam);
    await planned(world, { refresh: true });
    expect(world.sessions.length).toBeGreaterThan(1);
    expect(world.sessions.every(({ refresh }) => refresh)).toBe(true);
  });
});

describe("the words of plan", () => {
  it.each([
    [["plan"], "invalid-argument", "or plan all tenants with --all"],
    [["plan", "example", "--all"], "invalid-option", "Leave out --all or tenant."],
    [["plan", "--all", "--new"], "invalid-option", "Leave out --all or --new."],
  ])("%j is refused", async (argv, code, hint) => {
    expect(await refusalOf(argv, folderWith(["example"]))).toMatchObject({
      code,
      hint: expect.stringContaining(hint) as unknown,
    });
  });
});
