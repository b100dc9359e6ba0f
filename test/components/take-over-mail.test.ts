/** What Exchange has, in the file of an inventory: aliases, lists, shared mailboxes, and what is left. */
import { expect, it } from "vitest";
import type { Inventory } from "../../provider/inventory.ts";
import { parseTenant } from "../../tenant-file/load.ts";
import { tenantFileText } from "../../tenant-file/write.ts";
import { aGroup, aPerson, drafted, named } from "./support/inventory.ts";

type Mail = NonNullable<Inventory["mail"]>;

const anna = aPerson("anna");
const info = named("info", { accountEnabled: false });
const zaal = named("zaal", { accountEnabled: false });
const nobody = { fullAccess: [], sendAs: [], sendOnBehalf: [] };
const shared = (rights: Partial<typeof nobody> | Record<string, string[]> = {}) => ({
  ...{ address: "info@contoso.com", displayName: "Info", aliases: [], type: "shared" },
  rights: { ...nobody, ...rights },
});
const mailOf = (
  mailboxes: Record<string, unknown>,
  groups: Record<string, unknown> = {},
): Mail => ({
  mailboxes: new Map(Object.entries(mailboxes)) as unknown as Mail["mailboxes"],
  groups: new Map(Object.entries(groups)) as unknown as Mail["groups"],
  contacts: [],
});

const list = aGroup("verkoop", {
  inputs: {
    ...{ ...aGroup("verkoop").inputs, mailEnabled: true, securityEnabled: false },
    members: [anna.id],
  },
});
const asList = {
  ...{ aliases: ["sales@contoso.com"], hideFromAddressLists: true, senders: [] },
  ...{ requireSenderAuthentication: false, list: { isSecurity: false, owners: [anna.id] } },
};

it("takes aliases, lists and shared mailboxes over as a person would write them", () => {
  const { draft, remarks, counts } = drafted({
    ...{ people: [anna, info, zaal], groups: [list] },
    mail: mailOf(
      {
        [anna.id]: {
          ...{ address: "anna@contoso.com", displayName: "anna" },
          aliases: ["a@contoso.com", "anna@contoso.onmicrosoft.com"],
        },
        [info.id]: shared({ fullAccess: ["anna@contoso.com"], sendAs: ["s-1-5-21"] }),
        [zaal.id]: { ...shared(), address: "zaal@contoso.com", displayName: "Zaal", type: "room" },
      },
      { [list.id]: asList },
    ),
  });
  const text = tenantFileText(draft, remarks);
  expect(text.slice(text.indexOf("users:"), text.indexOf("# sites"))).toBe(`users:
  - userPrincipalName: anna@contoso.com
    displayName: anna
    aliases: [a@contoso.com]

groups:
  - name: verkoop
    displayName: verkoop
    type: distribution
    owners: [anna@contoso.com]
    members: [anna@contoso.com]
    aliases: [sales@contoso.com]
    hideFromAddressLists: true
    senders: anyone

mailboxes:
  # Left as it is in the tenant: sendAs.
  - address: info@contoso.com
    displayName: Info
    fullAccess:
      - user: anna@contoso.com
  - address: zaal@contoso.com
    displayName: Zaal
    type: room

`);
  expect(parseTenant(text, "tenant.yaml")).toHaveProperty("tenant");
  expect(counts).toMatchObject({
    ...{ people: { found: 1, managed: 1 }, groups: { found: 1, managed: 1 } },
    mailboxes: { found: 2, managed: 2 },
  });
});

const own = {
  ...{ forwardingSmtpAddress: "", deliverToMailboxAndForward: true },
  ...{ litigationHoldEnabled: false, archiveEnabled: false },
};
const ownOf = (more: Record<string, unknown>, rights: Record<string, unknown> = {}) => ({
  ...{ address: "anna@contoso.com", displayName: "anna", aliases: [], type: "regular" },
  ...{ rights: nobody, ...rights, own: { ...own, ...more } },
});
const scheduled = (start: string) => ({
  ...{ status: "scheduled", externalAudience: "all" },
  ...{ internalReplyMessage: "Weg", externalReplyMessage: "Weg" },
  ...{ scheduledStartDateTime: start, scheduledEndDateTime: "2031-07-14T22:00:00Z" },
});

it("takes over what is different about somebody's own mailbox, in days of the country", () => {
  const { draft, remarks } = drafted({
    people: [anna, aPerson("bob")],
    mail: mailOf({
      [anna.id]: ownOf(
        {
          ...{ forwardingSmtpAddress: "anna@elders.example", deliverToMailboxAndForward: false },
          ...{ archiveEnabled: true, language: "fr-BE", maxSendSize: 50, maxReceiveSize: 36 },
          smtpClientAuthenticationDisabled: false,
          automaticReplies: scheduled("2031-06-30T22:00:00Z"),
        },
        { calendar: [{ userPrincipalName: "bob@contoso.com", role: "write" }] },
      ),
    }),
  });
  const text = tenantFileText(draft, remarks);
  expect(
    text.slice(
      text.indexOf("  - userPrincipalName: anna"),
      text.indexOf("  - userPrincipalName: bob"),
    ),
  ).toBe(`  - userPrincipalName: anna@contoso.com
    displayName: anna
    mailbox:
      calendar:
        - user: bob@contoso.com
          role: write
      forwardTo:
        - anna@elders.example
      deliverToMailboxAndForward: false
      archiveEnabled: true
      maxSendSize: 50
      smtpClientAuthenticationDisabled: false
      automaticReplies:
        status: scheduled
        internalReplyMessage: Weg
        externalReplyMessage: Weg
        from: 2031-07-01
        until: 2031-07-14
      language: fr-BE
`);
  expect(parseTenant(text, "tenant.yaml")).toHaveProperty("tenant");
});

it.each([
  ["a mailbox like any other", { language: "nl-NL" }, undefined],
  [
    "replies that are over",
    {
      automaticReplies: {
        ...scheduled("2021-06-30T22:00:00Z"),
        scheduledEndDateTime: "2021-07-14T22:00:00Z",
      },
    },
    undefined,
  ],
  [
    "a period that begins at five",
    { automaticReplies: scheduled("2031-06-30T15:00:00Z") },
    "mailbox.automaticReplies",
  ],
  [
    "a reply without a word",
    { automaticReplies: { ...scheduled("2031-06-30T22:00:00Z"), internalReplyMessage: "" } },
    "mailbox.automaticReplies",
  ],
  ["mail sent on to itself", { forwardingSmtpAddress: "anna@contoso.com" }, "mailbox.forwardTo"],
])("declares nothing of %s", (_, more, left) => {
  const { draft, remarks } = drafted({
    people: [anna],
    mail: mailOf({ [anna.id]: ownOf(more) }),
  });
  expect(draft.users?.[0]).not.toHaveProperty("mailbox");
  expect(remarks.entries.get("anna@contoso.com")).toEqual(
    left === undefined ? undefined : [`Left as it is in the tenant: ${left}.`],
  );
});

it("leaves a shared mailbox untouched whose account can sign in: somebody may work in it", () => {
  const open = named("info", {});
  const { draft, left } = drafted({
    people: [anna, open],
    mail: mailOf({ [open.id]: shared() }),
  });
  expect(draft.mailboxes).toBeUndefined();
  expect(left).toMatchObject([
    {
      ...{ kind: "mailbox", name: "info@contoso.com" },
      reason: "its account can sign in: ask who does; blocked, it can be taken over",
    },
  ]);
});

it("manages no aliases that are the name of a group in another domain", () => {
  const own = { address: "anna@contoso.com", displayName: "anna" };
  const aliases = ["a@contoso.com", "verkoop@contoso.com"];
  const { draft } = drafted({
    ...{ people: [anna], groups: [list] },
    mail: mailOf({ [anna.id]: { ...own, aliases } }, { [list.id]: asList }),
  });
  expect(draft.users?.[0]).not.toHaveProperty("aliases");
});

it("leaves lists alone where nobody looked", () => {
  const { left } = drafted({ people: [anna], groups: [list], mail: undefined });
  expect(left).toMatchObject([{ kind: "group", reason: "a distribution list" }]);
});
