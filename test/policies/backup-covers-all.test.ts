import { describe, expect, it } from "vitest";
import { UNKNOWNS } from "../../core/engine-markers.ts";
import { backupCoversAll } from "../../policies/backup-covers-all.ts";
import { knownOnly } from "../../policies/known-values.ts";
import {
  backup,
  membership,
  site,
  stackWith,
  user,
  userLicense,
  violationsOf,
} from "./support/stack.ts";

const disclaimer = { signedBy: "Anna de Vries", signedOn: "2026-02-01", document: "dossier 12" };

describe("m365-backup-covers-all", () => {
  it("refuses a licensed person whose mailbox is left out", () => {
    const messages = violationsOf(backupCoversAll, stackWith(userLicense("new@contoso.com")));
    expect(messages).toEqual([
      "No backup and no signed disclaimer for the mailbox of new@contoso.com",
    ]);
  });

  it("refuses a person who is left out and licensed through a group", () => {
    const resources = stackWith(backup({ mailboxes: ["anna@contoso.com"] }));
    expect(violationsOf(backupCoversAll, resources)).toEqual([
      "No backup and no signed disclaimer for the mailbox of piet@contoso.com",
    ]);
  });

  it("says in one sentence whose mailboxes are left out", () => {
    expect(violationsOf(backupCoversAll, stackWith(backup({ mailboxes: [] })))).toEqual([
      "No backup and no signed disclaimer for the mailboxes of anna@contoso.com and piet@contoso.com",
    ]);
  });

  it("refuses a backup without archives, OneDrives, groups or teams, each by its name", () => {
    const resources = stackWith(backup({ kinds: ["mailbox", "oneDrive", "site", "group"] }));
    expect(violationsOf(backupCoversAll, resources)).toEqual([
      "The backup does not cover archive mailboxes and teams",
    ]);
  });

  it("refuses a site that is left out", () => {
    const url = "https://contoso.sharepoint.com/sites/hr";
    expect(violationsOf(backupCoversAll, stackWith(site(url)))).toEqual([
      `No backup and no signed disclaimer for the site ${url}`,
    ]);
  });

  it("accepts what a signed disclaimer leaves out, whatever the case of its address", () => {
    const resources = stackWith(
      backup({
        mailboxes: ["anna@contoso.com"],
        sites: [],
        exceptions: [
          { kind: "mailbox", name: "Piet@Contoso.com", disclaimer },
          { kind: "site", name: "https://contoso.sharepoint.com/sites/finance", disclaimer },
        ],
      }),
    );
    expect(violationsOf(backupCoversAll, resources)).toEqual([]);
  });

  it("refuses an exception whose disclaimer nobody signed", () => {
    const unsigned = {
      kind: "mailbox",
      name: "piet@contoso.com",
      disclaimer: { ...disclaimer, signedBy: "" },
    };
    const resources = stackWith(backup({ exceptions: [unsigned] }));
    expect(() => violationsOf(backupCoversAll, resources)).toThrow(/signedBy/);
  });

  it("refuses a person's mailbox that became a shared one, and is left out", () => {
    const type = "m365:exchange:MailboxType";
    const props = { userPrincipalName: "eva@contoso.com", type: "shared" };
    const shared = { ...user("eva@contoso.com"), type, props, urn: `urn:${type}::eva` };
    expect(violationsOf(backupCoversAll, stackWith(shared))).toEqual([
      "No backup and no signed disclaimer for the mailbox of eva@contoso.com",
    ]);
  });

  it("asks for no mailbox of somebody without a licence", () => {
    const resources = stackWith(
      backup({ mailboxes: ["piet@contoso.com"] }),
      userLicense("anna@contoso.com", []),
    );
    expect(violationsOf(backupCoversAll, resources)).toEqual([]);
  });

  it("knows people who are renamed by their ids, where what they hold still has the old name", () => {
    const resources = stackWith(
      backup({ mailboxes: ["anna.smit@contoso.com", "piet.smit@contoso.com"] }),
      user("anna.smit@contoso.com", { objectId: "1" }),
      user("piet.smit@contoso.com", { objectId: "2" }),
      userLicense("anna@contoso.com", ["SPB"], { userId: "1" }),
      membership("staff", [{ id: "2", userPrincipalName: "piet@contoso.com" }]),
    );
    expect(violationsOf(backupCoversAll, resources)).toEqual([]);
  });

  it("goes by names where ids are not known before apply", () => {
    const isNew = { objectId: UNKNOWNS[0] };
    const resources = stackWith(
      backup({ mailboxes: ["anna@contoso.com"] }),
      user("anna@contoso.com", isNew),
      userLicense("anna@contoso.com", ["SPB"], { userId: UNKNOWNS[0] }),
      membership("staff", [{ id: String(UNKNOWNS[0]), userPrincipalName: "piet@contoso.com" }]),
    ).map((resource) => ({ ...resource, props: knownOnly(resource.props) }));
    expect(violationsOf(backupCoversAll, resources)).toEqual([
      "No backup and no signed disclaimer for the mailbox of piet@contoso.com",
    ]);
  });
});
