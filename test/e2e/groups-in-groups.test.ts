/** Groups in a group through the commands: who gets into a site that way, changed by hand, taken over. */
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace, upnOf } from "./support/workspace.ts";

const [ANNA, BRAM] = ["Anna Bakker", "Bram Visser"];

const file = (memberGroups: readonly string[] | undefined): string =>
  aTenantFile({
    people: [{ name: ANNA }, { name: BRAM }],
    sections: {
      groups: [
        // Before the group that it contains.
        {
          ...{ name: "office", displayName: "Office", type: "security" },
          ...(memberGroups && { memberGroups }),
        },
        { name: "sales", displayName: "Sales", type: "security", members: [upnOf(BRAM)] },
      ],
      sites: [
        {
          ...{ url: "/sites/office", title: "Office site", owner: upnOf(ANNA) },
          permissions: [{ group: "office", role: "edit" }],
        },
      ],
    },
  });

interface Listed {
  readonly value: readonly { readonly id: string; readonly mailNickname: string }[];
}

/** Groups in the group `office`, before and after what is done to them. */
const nestedIn = (
  workspace: TestWorkspace,
  change?: "take-out",
): Promise<readonly (string | undefined)[]> =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const groups = ((await graph.api("/groups").get()) as Listed).value;
    const idOf = (name: string): string =>
      groups.find(({ mailNickname }) => mailNickname === name)?.id ?? "";
    const members = `/groups/${idOf("office")}/members`;
    if (change === "take-out") await graph.api(`${members}/${idOf("sales")}/$ref`).delete();
    const { value } = (await graph.api(members).get()) as Listed;
    return value.map(({ mailNickname }) => mailNickname);
  });

it("are planned with who gets in, made, seen when changed by hand, taken over and let go", async () => {
  const workspace = TestWorkspace.create({ example: file(undefined) });
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);

  workspace.declare(file(["sales"]));
  const { json: planned } = await workspace.succeed(["plan", "example"]);
  expect(planned.plan).toMatchObject({
    changes: [
      {
        description: {
          en: "Group Sales becomes a member of the group Office, with everybody in it",
          nl: "Groep Sales wordt met iedereen erin lid van de groep Office",
        },
      },
    ],
    consequences: [{ name: upnOf(BRAM), sites: [{ title: "Office site", after: "edit" }] }],
  });
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
  expect(await nestedIn(workspace)).toEqual(["sales"]);
  expect((await workspace.run(["status", "example", "--exit-code"])).exitCode).toBe(0);

  expect(await nestedIn(workspace, "take-out")).toEqual([]);
  const { json } = await workspace.run(["status", "example"]);
  expect(json.drift).toMatchObject([{ object: "office", keys: ["memberGroups"] }]);
  const { json: pulled } = await workspace.succeed(["pull", "example"]);
  expect(pulled).toMatchObject({
    done: [{ name: "office", key: "memberGroups", change: { kind: "take-out", element: "sales" } }],
    left: [],
  });

  workspace.declare(file(undefined));
  await workspace.succeed(["plan", "example", "--refresh"]);
});
