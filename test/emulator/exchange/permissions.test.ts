import { describe, expect, it } from "vitest";
import { pick, pickText } from "../support/pick.ts";
import { addMailbox, startExchange, warningsOf, type Exchange } from "./support/exchange.ts";

const ADA = { Identity: "ada@contoso.com" };
const FULL = { ...ADA, User: "bob@contoso.com", AccessRights: ["FullAccess"], Confirm: false };
const SEND_AS = { ...ADA, Trustee: "bob@contoso.com", AccessRights: ["SendAs"], Confirm: false };
const SELF = "NT AUTHORITY\\SELF";

async function withTwo(): Promise<Exchange> {
  const exchange = await startExchange();
  await addMailbox(exchange, "Ada");
  await addMailbox(exchange, "Bob");
  return exchange;
}

describe("full access to a mailbox", () => {
  it("is given, listed beside the owner's own, and taken", async () => {
    const exchange = await withTwo();
    const own = { User: SELF, AccessRights: ["FullAccess", "ReadPermission"] };
    expect(await exchange.output("Get-MailboxPermission", ADA)).toMatchObject([own]);
    const added = await exchange.output("Add-MailboxPermission", {
      ...FULL,
      InheritanceType: "All",
      AutoMapping: false,
    });
    const entry = {
      User: "bob@contoso.com",
      AccessRights: ["FullAccess"],
      IsInherited: false,
      Deny: false,
      InheritanceType: "All",
    };
    expect(added).toMatchObject([entry]);
    expect(await exchange.output("Get-MailboxPermission", ADA)).toMatchObject([own, entry]);
    expect(await exchange.output("Get-MailboxPermission", { ...ADA, User: "bob" })).toMatchObject([
      entry,
    ]);
    await exchange.run("Remove-MailboxPermission", FULL);
    expect(await exchange.output("Get-MailboxPermission", ADA)).toHaveLength(1);
  });

  it("is given twice, or taken when absent, with a warning only", async () => {
    const exchange = await withTwo();
    expect(warningsOf(await exchange.run("Add-MailboxPermission", FULL))).toEqual([]);
    const again = await exchange.run("Add-MailboxPermission", FULL);
    expect(again.status).toBe(200);
    expect(warningsOf(again)).toEqual([expect.stringContaining("is already present")]);
    expect(await exchange.output("Get-MailboxPermission", ADA)).toHaveLength(2);
    await exchange.run("Remove-MailboxPermission", FULL);
    const gone = await exchange.run("Remove-MailboxPermission", FULL);
    expect(gone.status).toBe(200);
    expect(warningsOf(gone)).toEqual([expect.stringContaining("the ACE isn't present")]);
  });

  it("keeps the rights of one person in one entry, and takes them one by one", async () => {
    const exchange = await withTwo();
    const change = (verb: string, right: string) =>
      exchange.run(`${verb}-MailboxPermission`, { ...FULL, AccessRights: [right] });
    const rights = async () =>
      (await exchange.output("Get-MailboxPermission", { ...ADA, User: "bob" })).map((row) =>
        pick(row, "AccessRights"),
      );
    await change("Add", "ReadPermission");
    await change("Add", "FullAccess");
    expect(await rights()).toEqual([["ReadPermission", "FullAccess"]]);
    await change("Remove", "ReadPermission");
    expect(await rights()).toEqual([["FullAccess"]]);
  });

  it("is refused for people and groups that Exchange does not know", async () => {
    const exchange = await withTwo();
    const group = await exchange.emulator.graph("POST", "/groups", {
      body: {
        displayName: "Auditors",
        mailNickname: "auditors",
        mailEnabled: false,
        securityEnabled: true,
      },
    });
    for (const User of ["nobody", pickText(group.body, "id")]) {
      expect((await exchange.run("Add-MailboxPermission", { ...FULL, User })).status).toBe(404);
    }
    expect(
      (await exchange.run("Add-MailboxPermission", { ...FULL, AccessRights: ["Everything"] }))
        .status,
    ).toBe(400);
  });

  it("disappears from the list with the one who had it", async () => {
    const exchange = await withTwo();
    await exchange.run("Add-MailboxPermission", FULL);
    await exchange.emulator.graph("DELETE", "/users/bob@contoso.com");
    expect(await exchange.output("Get-MailboxPermission", ADA)).toMatchObject([{ User: SELF }]);
  });
});

describe("sending as a mailbox", () => {
  it("is given once, listed, and taken", async () => {
    const exchange = await withTwo();
    await exchange.run("Add-RecipientPermission", SEND_AS);
    const again = await exchange.run("Add-RecipientPermission", SEND_AS);
    expect(warningsOf(again)).toEqual([expect.stringContaining("is already present")]);
    expect(await exchange.output("Get-RecipientPermission", ADA)).toMatchObject([
      { Trustee: SELF },
      { Trustee: "bob@contoso.com", AccessControlType: "Allow", AccessRights: ["SendAs"] },
    ]);
    await exchange.run("Remove-RecipientPermission", SEND_AS);
    expect(await exchange.output("Get-RecipientPermission", { ...ADA, Trustee: "bob" })).toEqual(
      [],
    );
  });

  it("knows no other right", async () => {
    const exchange = await withTwo();
    const answer = await exchange.run("Add-RecipientPermission", {
      ...SEND_AS,
      AccessRights: ["FullAccess"],
    });
    expect(answer.status).toBe(400);
  });
});

it("rights are taken as one text with commas too, and an unknown inheritance is refused", async () => {
  const exchange = await withTwo();
  const entry = { ...ADA, User: "bob", AccessRights: "fullaccess, ReadPermission" };
  const wrong = await exchange.run("Add-MailboxPermission", { ...entry, InheritanceType: "Some" });
  expect(wrong.status).toBe(400);
  expect(await exchange.output("Add-MailboxPermission", entry)).toMatchObject([
    { AccessRights: ["FullAccess", "ReadPermission"] },
  ]);
});
