/** What a net result counts on without touching it: who keeps a product through another group that others change. */
import { beforeAll, describe, expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import type { SeenService } from "./support/service.ts";
import { TENANT_ID, aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";

const ANNA = "Anna Bakker";

/** Both groups give their members the product. */
const file = (office: readonly string[]): string =>
  aTenantFile({
    sections: {
      groups: Object.entries({ office, sales: [ANNA, "Carla Smit"] }).map(([name, members]) => ({
        ...{ name, displayName: name, type: "security", licenses: ["SPB"] },
        members: members.map(upnOf),
      })),
      subscriptions: [{ sku: "SPB", count: 5, term: "monthly" }],
    },
  });

let applied: TestWorkspace;

beforeAll(async () => {
  applied = TestWorkspace.create({ example: file([ANNA]) });
  await planAndApprove(applied);
  await applied.succeed(["apply", "example"]);
});

interface Listed {
  readonly value: readonly { readonly id: string }[];
}

type Graph = SeenService["graph"];

async function idOf(
  graph: Graph,
  { path, filter }: { readonly path: string; readonly filter: string },
): Promise<string> {
  const { value } = (await graph.api(path).filter(filter).get()) as Listed;
  return value[0]?.id ?? "none";
}

async function peopleIn(workspace: TestWorkspace, name: string): Promise<number> {
  return await lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const group = await idOf(graph, { path: "/groups", filter: `displayName eq '${name}'` });
    return ((await graph.api(`/groups/${group}/members`).get()) as Listed).value.length;
  });
}

async function takeOutOfSales(workspace: TestWorkspace, name: string): Promise<void> {
  await lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const group = await idOf(graph, { path: "/groups", filter: "displayName eq 'sales'" });
    const person = await idOf(graph, {
      path: "/users",
      filter: `userPrincipalName eq '${upnOf(name)}'`,
    });
    await graph.api(`/groups/${group}/members/${person}/$ref`).delete();
  });
}

describe("somebody who leaves a group and keeps its product through another one", () => {
  async function approved(): Promise<TestWorkspace> {
    const workspace = applied.copy();
    workspace.declare(file([]));
    const { json } = await workspace.succeed(["plan", "example"]);
    expect(json.plan).toMatchObject({ consequences: [] });
    await workspace.succeed(["approve", "example"]);
    return workspace;
  }

  it("stops the apply where others took them out of that one: they would lose the product unsaid", async () => {
    const workspace = await approved();
    await takeOutOfSales(workspace, ANNA);
    const { refusal, stdout, stderr } = await workspace.run(["apply", "example"]);
    expect(refusal).toBe("base-moved");
    expect(stdout + stderr).toContain("sales: members lacks");
    expect(await peopleIn(workspace, "office")).toBe(1);
  });

  it("is no concern of what others do to the rest of it", async () => {
    const workspace = await approved();
    await takeOutOfSales(workspace, "Carla Smit");
    await workspace.succeed(["apply", "example"]);
    expect(await peopleIn(workspace, "office")).toBe(0);
  });
});
