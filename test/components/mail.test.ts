import { expect, it } from "vitest";
import type { GroupDeclaration } from "../../components/groups.ts";
import { MailGroupsSection } from "../../components/mail-groups.ts";
import { MailboxesSection } from "../../components/mailboxes.ts";
import { MailSection } from "../../components/mail.ts";
import type { MailArgs } from "../../components/mail.ts";
import { PeopleSection } from "../../components/people.ts";
import { declaredIn, named, objectIdOf, outline } from "./support/declared.ts";

const ANNA = "anna@contoso.com";
const BERT = "bert@contoso.com";

const declareMail = (groups: readonly GroupDeclaration[], mail: Partial<MailArgs> = {}) =>
  declaredIn((context) => {
    const persons = [ANNA, BERT].map((userPrincipalName) => ({
      ...{ userPrincipalName, displayName: userPrincipalName },
    }));
    const people = new PeopleSection(
      context,
      { people: persons, initialPassword: (name) => `first password of ${name}` },
      [],
    );
    const bert = people.users.get(BERT);
    // Stands for the licence of Anna.
    const licensesOf = (name: string) => (name === ANNA && bert !== undefined ? [bert] : []);
    const others = { people, guests: undefined, licensesOf };
    const made = new MailGroupsSection(context, { groups, ...others }, []);
    const { groups: declaredGroups } = made;
    const domains = ["contoso.com"];
    new MailSection(
      context,
      { domains, country: "NL", users: [], groups: [], declaredGroups, ...others, ...mail },
      [],
    );
  });

const sales: GroupDeclaration = { name: "sales", displayName: "Sales", type: "distribution" };

it("declares a group that Exchange makes, after the licences of its people", async () => {
  const declared = await declareMail([{ ...sales, owners: [ANNA], members: [ANNA] }]);
  expect(outline(declared).filter((line) => line.includes("mailgroups"))).toEqual([
    "- > tenantry:index:MailGroups contoso-mailgroups",
    "contoso-mailgroups > m365:directory:GroupMembership sales-members",
    "contoso-mailgroups > m365:exchange:DistributionGroup sales",
  ]);
  expect(named(declared, "sales").inputs).toEqual({
    ...{ mailNickname: "sales", displayName: "Sales", type: "Distribution" },
    owners: [objectIdOf(ANNA)],
  });
  expect(named(declared, "sales").dependsOn).toEqual(expect.arrayContaining([ANNA, BERT]));
  expect(named(declared, "sales-members").dependsOn).toEqual(expect.arrayContaining([ANNA, BERT]));
});

it("declares who may send by id, and the aliases of people after their licence", async () => {
  const declared = await declareMail([sales], {
    users: [{ userPrincipalName: ANNA, displayName: "Anna", aliases: ["a@contoso.com"] }],
    groups: [{ name: "sales", displayName: "Sales", senders: [ANNA, "sales"] }],
  });
  expect(named(declared, "sales-mail-settings").inputs).toMatchObject({
    groupId: objectIdOf("sales"),
    requireSenderAuthentication: true,
    acceptMessagesOnlyFrom: [
      { id: objectIdOf(ANNA), name: ANNA },
      { id: objectIdOf("sales"), name: "sales" },
    ],
  });
  const aliases = named(declared, `${ANNA}-mail-settings`);
  expect(aliases.inputs).toMatchObject({ userId: objectIdOf(ANNA), aliases: ["a@contoso.com"] });
  expect(aliases.dependsOn).toContain(BERT);
});

it("declares the rights on somebody's own mailbox, after both licences", async () => {
  const user = { userPrincipalName: BERT, displayName: "Bert" };
  const mailbox = { fullAccess: [{ user: ANNA }], sendAs: [] };
  const declared = await declareMail([], { users: [{ ...user, mailbox }] });
  expect(outline(declared).filter((line) => line.includes("-mail > "))).toEqual([
    `contoso-mail > m365:exchange:UserMailboxPermissions ${BERT}-mailbox-permissions`,
  ]);
  const { inputs, dependsOn } = named(declared, `${BERT}-mailbox-permissions`);
  expect(inputs).toEqual({
    ...{ mailboxId: objectIdOf(BERT), mailbox: BERT, displayName: "Bert" },
    ...{ fullAccess: [{ userPrincipalName: ANNA }], sendAs: [] },
  });
  expect(dependsOn).toEqual(expect.arrayContaining([ANNA, BERT]));
});

it("declares who may see somebody's own calendar and that of a shared mailbox, after their licences", async () => {
  const calendar = [{ user: ANNA, role: "read" as const, until: "2027-06-30" }];
  const user = { userPrincipalName: BERT, displayName: "Bert", mailbox: { calendar } };
  const own = await declareMail([], { users: [user] });
  const permissions = [{ userPrincipalName: ANNA, role: "read", until: "2027-06-30" }];
  const { inputs, dependsOn, type } = named(own, `${BERT}-calendar-permissions`);
  expect([type, inputs]).toEqual([
    "m365:exchange:UserCalendarPermissions",
    { mailboxId: objectIdOf(BERT), mailbox: BERT, displayName: "Bert", permissions },
  ]);
  expect(dependsOn).toEqual(expect.arrayContaining([ANNA, BERT]));
  const shared = await declaredIn((context) => {
    const mailboxes = [{ address: "info@contoso.com", displayName: "Info", calendar: [] }];
    const args = { domains: [], mailboxes, people: undefined, licensesOf: () => [] };
    new MailboxesSection(context, args, []);
  });
  expect(named(shared, "info@contoso.com-calendar-permissions").inputs).toMatchObject({
    ...{ mailboxId: objectIdOf("info@contoso.com"), permissions: [] },
  });
});

it("declares forwarding, hold and archive with the aliases; a copy stays unless told", async () => {
  const settingsOf = async (mailbox: NonNullable<MailArgs["users"][number]["mailbox"]>) => {
    const user = { userPrincipalName: BERT, displayName: "Bert", mailbox };
    const declared = await declareMail([], { users: [user] });
    return named(declared, `${BERT}-mail-settings`).inputs;
  };
  expect(await settingsOf({ forwardTo: [ANNA], archiveEnabled: true })).toMatchObject({
    ...{ forwardingSmtpAddress: ANNA, deliverToMailboxAndForward: true, archiveEnabled: true },
  });
  const limited = { maxSendSize: 50, smtpClientAuthenticationDisabled: false };
  expect(await settingsOf(limited)).toMatchObject(limited);
  const moved = {
    ...{ forwardTo: [ANNA], deliverToMailboxAndForward: false, litigationHoldEnabled: false },
  };
  expect(await settingsOf(moved)).toMatchObject({
    ...{ deliverToMailboxAndForward: false, litigationHoldEnabled: false },
  });
  expect(await settingsOf({ forwardTo: [] })).toMatchObject({
    ...{ forwardingSmtpAddress: "", deliverToMailboxAndForward: false },
  });
});

it("declares automatic replies from the first day until after the last, as it is there", async () => {
  const settingsOf = async (mailbox: NonNullable<MailArgs["users"][number]["mailbox"]>) => {
    const user = { userPrincipalName: BERT, displayName: "Bert", mailbox };
    const declared = await declareMail([], { users: [user] });
    return named(declared, `${BERT}-mailbox-settings`).inputs;
  };
  const period = { from: "2027-03-22", until: "2027-03-28" };
  const texts = { internalReplyMessage: "Weg", externalReplyMessage: "Away" };
  expect(
    await settingsOf({ automaticReplies: { status: "scheduled", ...texts, ...period } }),
  ).toEqual({
    ...{ userId: objectIdOf(BERT), userPrincipalName: BERT, displayName: "Bert" },
    automaticReplies: {
      ...{ status: "scheduled", externalAudience: "all", ...texts, ...period },
      scheduledStartDateTime: "2027-03-21T23:00:00Z",
      // The clocks are put forward on the last day.
      scheduledEndDateTime: "2027-03-28T22:00:00Z",
    },
  });
  const inside = { status: "alwaysEnabled", internalReplyMessage: "Weg" } as const;
  expect(await settingsOf({ automaticReplies: inside, language: "nl-NL" })).toMatchObject({
    ...{ automaticReplies: { ...inside, externalAudience: "none" }, language: "nl-NL" },
  });
});

it("declares shared mailboxes with a blocked account, and rights after the people who have them", async () => {
  const declared = await declaredIn((context) => {
    const persons = [{ userPrincipalName: ANNA, displayName: "Anna" }];
    const people = new PeopleSection(context, { people: persons, initialPassword: () => "x" }, []);
    const info = { address: "info@contoso.com", displayName: "Info" };
    const rights = { fullAccess: [{ user: ANNA, automapping: false, until: "2027-06-30" }] };
    const mailboxes = [
      { ...info, ...rights },
      { ...info, address: "leeg@contoso.com", type: "room" as const },
    ];
    const args = { domains: ["contoso.com"], mailboxes, people, licensesOf: () => [] };
    new MailboxesSection(context, args, []);
  });
  expect(outline(declared).filter((line) => line.includes("mailboxes"))).toEqual([
    "- > tenantry:index:Mailboxes contoso-mailboxes",
    "contoso-mailboxes > m365:exchange:MailboxPermissions info@contoso.com-mailbox-permissions",
    "contoso-mailboxes > m365:exchange:SharedMailbox info@contoso.com",
    "contoso-mailboxes > m365:exchange:SharedMailbox leeg@contoso.com",
  ]);
  expect(named(declared, "info@contoso.com").inputs).toMatchObject({ accountEnabled: false });
  expect(named(declared, "info@contoso.com").inputs).not.toHaveProperty("type");
  expect(named(declared, "leeg@contoso.com").inputs).toMatchObject({ type: "room" });
  const { inputs, dependsOn } = named(declared, "info@contoso.com-mailbox-permissions");
  expect(inputs).toMatchObject({
    mailboxId: objectIdOf("info@contoso.com"),
    fullAccess: [{ userPrincipalName: ANNA, autoMapping: false, until: "2027-06-30" }],
  });
  expect(dependsOn).toContain(ANNA);
});
