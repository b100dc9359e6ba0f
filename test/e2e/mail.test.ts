/** What Exchange alone writes, through the commands: a distribution list, aliases, who may send. */
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace, upnOf } from "./support/workspace.ts";

const ANNA = "Anna Bakker";

const file = (
  anna: Readonly<Record<string, unknown>>,
  sections: Readonly<Record<string, unknown>>,
): string =>
  aTenantFile({
    sections: {
      subscriptions: [{ sku: "SPB", count: 2, term: "monthly" }],
      users: [{ userPrincipalName: upnOf(ANNA), displayName: ANNA, licenses: ["SPB"], ...anna }],
      ...sections,
    },
  });

const list = {
  ...{ name: "verkoop", displayName: "Verkoop", type: "distribution" },
  ...{ owners: [upnOf(ANNA)], members: [upnOf(ANNA)] },
  ...{ aliases: ["sales@example.com"], senders: "anyone" },
};

interface Seen {
  readonly value: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly proxyAddresses: readonly string[];
  }[];
}

const seenAt = (workspace: TestWorkspace, path: string): Promise<Seen["value"]> =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => ((await graph.api(path).get()) as Seen).value);

it("is made after the mailbox that it needs, is no drift, changes and goes", async () => {
  const workspace = TestWorkspace.create({
    example: file({ aliases: ["ab@example.com"] }, { groups: [list] }),
  });
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect((await workspace.run(["status", "example"])).exitCode).toBe(0);
  const [group] = await seenAt(workspace, "/groups?$select=id,displayName,proxyAddresses");
  expect(group).toMatchObject({
    displayName: "Verkoop",
    proxyAddresses: ["SMTP:verkoop@example.onmicrosoft.com", "smtp:sales@example.com"],
  });
  expect(await seenAt(workspace, `/groups/${group?.id ?? ""}/members`)).toMatchObject([
    { displayName: ANNA },
  ]);
  const [anna] = await seenAt(workspace, "/users?$select=id,displayName,proxyAddresses");
  expect(anna?.proxyAddresses).toContain("smtp:ab@example.com");

  const { displayName: _, aliases: _aliases, ...others } = list;
  workspace.declare(
    file({ aliases: [] }, { groups: [{ ...others, displayName: "Sales", senders: "inside" }] }),
  );
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect(await seenAt(workspace, "/groups?$select=displayName,proxyAddresses")).toMatchObject([
    // No longer managed, and left as they are.
    {
      displayName: "Sales",
      proxyAddresses: ["SMTP:verkoop@example.onmicrosoft.com", "smtp:sales@example.com"],
    },
  ]);
  const [later] = await seenAt(workspace, "/users?$select=id,displayName,proxyAddresses");
  expect(later?.proxyAddresses).not.toContain("smtp:ab@example.com");

  const remove = [{ group: "verkoop", reason: "Not used", data: "There is none" }];
  workspace.declare(file({ aliases: [] }, { groups: [], remove }));
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect(await seenAt(workspace, "/groups?$select=id")).toEqual([]);
});

it("forwards and answers for somebody, lets others in, and shares a mailbox whose licence goes; no drift", async () => {
  const bob = { userPrincipalName: upnOf("Bob Smit"), displayName: "Bob Smit", licenses: ["SPB"] };
  const withMailbox = (mailbox: Readonly<Record<string, unknown>>): string => {
    const anna = { userPrincipalName: upnOf(ANNA), displayName: ANNA, licenses: ["SPB"] };
    return file({}, { users: [{ ...anna, mailbox }, bob] });
  };
  const away = {
    ...{ fullAccess: [{ user: bob.userPrincipalName }], forwardTo: ["anna@home.example"] },
    automaticReplies: { status: "alwaysEnabled", internalReplyMessage: "Weg.\nBel Bob." },
  };
  const workspace = TestWorkspace.create({ example: withMailbox(away) });
  const planned = await workspace.succeed(["plan", "example"]);
  expect(JSON.stringify(planned.json)).toContain("forwarding-outside");
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
  expect((await workspace.run(["status", "example"])).exitCode).toBe(0);
  const back = { fullAccess: [], forwardTo: [], automaticReplies: { status: "disabled" } };
  workspace.declare(withMailbox(back));
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect((await workspace.run(["status", "example"])).exitCode).toBe(0);

  // The licence goes to somebody new in the same change: not before the mailbox does without it.
  const carl = { userPrincipalName: upnOf("Carl Bos"), displayName: "Carl Bos", licenses: ["SPB"] };
  const leaves = { ...bob, accountEnabled: false, licenses: [], mailbox: { type: "shared" } };
  const anna = { userPrincipalName: upnOf(ANNA), displayName: ANNA, licenses: ["SPB"] };
  workspace.declare(file({}, { users: [anna, leaves, carl] }));
  expect((await workspace.run(["plan", "example"])).refusal).toBe("adoption-unread");
  await workspace.succeed(["plan", "example", "--refresh"]);
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
  expect((await workspace.run(["status", "example"])).exitCode).toBe(0);
});
