/** A group that a rule fills: its people follow the directory, its rule is managed, found when changed, and put back. */
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import type { SeenService } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace } from "./support/workspace.ts";

const RULE = 'user.department -eq "Finance"';
const file = (membershipRule: string): string =>
  aTenantFile({
    people: [{ name: "Anna Bakker", department: "Finance" }, { name: "Bram Visser" }],
    sections: {
      groups: [{ name: "finance", displayName: "Finance", type: "security", membershipRule }],
    },
  });

interface Listed {
  readonly value: readonly { readonly id: string; readonly membershipRule: string }[];
}

const groupOf = async ({ graph }: SeenService): Promise<Listed["value"][number]> => {
  const [found] = ((await graph.api("/groups").get()) as Listed).value;
  if (found === undefined) throw new Error("There is no group");
  return found;
};

it("is made, changed by hand, found, put back, and follows another rule once that is approved", async () => {
  const workspace = TestWorkspace.create({ example: file(RULE) });
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect((await workspace.run(["status", "example"])).exitCode).toBe(0);

  await lookAt(workspace, TENANT_ID, async (service) => {
    const { id, membershipRule } = await groupOf(service);
    expect(membershipRule).toBe(RULE);
    await service.graph
      .api(`/groups/${id}`)
      .patch({ membershipRule: "user.accountEnabled -eq true" });
  });
  const { json } = await workspace.run(["status", "example"]);
  expect(json.drift).toMatchObject([{ properties: [{ after: "user.accountEnabled -eq true" }] }]);
  await workspace.succeed(["plan", "example", "--refresh"]);
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);

  const other = 'user.department -eq "Sales"';
  workspace.declare(file(other));
  const { json: planned } = await workspace.succeed(["plan", "example"]);
  expect(planned.plan).toMatchObject({
    changes: [
      {
        operation: "update",
        severity: "sensitive",
        description: { en: "The group Finance: another rule decides who belongs to it" },
      },
    ],
  });
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
  const found = await lookAt(workspace, TENANT_ID, groupOf);
  expect(found.membershipRule).toBe(other);
});
