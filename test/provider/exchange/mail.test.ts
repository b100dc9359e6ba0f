import { describe, expect, it } from "vitest";
import { distributionGroup } from "../../../provider/exchange/distribution-group.ts";
import { groupMail } from "../../../provider/exchange/group-mail.ts";
import { userMail } from "../../../provider/exchange/user-mail.ts";
import { giveMailbox, makeMailboxes } from "../support/mailboxes.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const domains = ["contoso.com"];

async function addressesOf(world: World, cmdlet: string, identity: string): Promise<unknown> {
  const found = await world.service.exchange.tryGet<{ EmailAddresses: string[] }>(cmdlet, {
    Identity: identity,
  });
  return found?.EmailAddresses;
}

const setByHand = (world: World, identity: string, add: readonly string[]) =>
  world.service.exchange.invoke("Set-Mailbox", {
    Identity: identity,
    EmailAddresses: { "@odata.type": "#Exchange.GenericHashTable", add },
  });

describe("the limits of a mailbox", () => {
  const limits = {
    ...{ maxSendSize: 50, maxReceiveSize: 60, issueWarningQuota: 20_480 },
    ...{ prohibitSendQuota: 25_600, prohibitSendReceiveQuota: 30_720 },
    smtpClientAuthenticationDisabled: false,
  };
  const declared = (person: { id: string; name: string } | undefined) => ({
    ...{ userId: person?.id, userPrincipalName: person?.name, displayName: "Anna", domains },
    ...limits,
  });

  it("are written where they differ, in megabytes, and by hand they are drift", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const resource = new ManagedResource(world, userMail);
    expect(await resource.up(declared(anna))).toBe("created");
    expect(await resource.up(declared(anna))).toBe("same");
    expect(await resource.refresh()).toEqual(declared(anna));
    const Identity = anna?.id ?? "";
    await world.service.exchange.invoke("Set-Mailbox", { Identity, MaxSendSize: "25MB" });
    const smtp = { SmtpClientAuthenticationDisabled: null };
    await world.service.exchange.invoke("Set-CASMailbox", { Identity, ...smtp });
    const { smtpClientAuthenticationDisabled: _, ...others } = declared(anna);
    // Whether it may send with a password is the tenant's again.
    expect(await resource.refresh()).toEqual({ ...others, maxSendSize: 25 });
  });

  it("are told with their unit; who lets old programs in says so", () => {
    const told = userMail.describe({
      ...{ operation: "create", before: undefined, changedPaths: [] },
      after: { displayName: "Anna", maxSendSize: 50, smtpClientAuthenticationDisabled: false },
    });
    expect(told).toMatchObject({
      severity: "sensitive",
      nl: "Anna: kan mails tot 50 MB versturen; scanners en oude programma's kunnen er met een wachtwoord mee mailen",
      en: "Anna: can send messages of up to 50 MB; scanners and old programs can send from it with a password",
    });
  });
});

describe("the aliases of somebody", () => {
  const declared = (person: { id: string; name: string } | undefined, aliases: string[]) => ({
    ...{ userId: person?.id, userPrincipalName: person?.name, displayName: "Anna" },
    ...{ domains, aliases },
  });

  it("come and go; primary, SIP, X500 and Microsoft's own addresses are left alone", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const id = anna?.id ?? "";
    const others = ["SIP:anna@contoso.com", "X500:/o=old/cn=anna"];
    await setByHand(world, id, others);
    await settle(world);
    const resource = new ManagedResource(world, userMail);
    const first = declared(anna, ["a.vries@contoso.com", "sales@contoso.com"]);
    expect(await resource.up(first)).toBe("created");
    expect(await resource.up(first)).toBe("same");
    expect(await resource.refresh()).toEqual(first);
    expect(await resource.up(declared(anna, ["sales@contoso.com"]))).toBe("updated");
    expect(await addressesOf(world, "Get-Mailbox", id)).toEqual([
      "SMTP:anna@contoso.com",
      "smtp:anna@contoso.onmicrosoft.com",
      ...others,
      "smtp:sales@contoso.com",
    ]);
  });

  it("that somebody else added are drift, and go when that is approved", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const resource = new ManagedResource(world, userMail);
    const none = declared(anna, []);
    await resource.up(none);
    await setByHand(world, anna?.id ?? "", ["smtp:ceo@contoso.com"]);
    expect(await resource.refresh()).toMatchObject({ aliases: ["ceo@contoso.com"] });
    expect(await resource.up(none)).toBe("updated");
    expect(await resource.refresh()).toEqual(none);
  });

  it("wait for the mailbox, and a second try goes on", async () => {
    const world = await startWorld({ behaviour: { mailboxProvisioningDelayMs: 600_000 } });
    const [anna] = await makePeople(world, ["Anna"]);
    const wanted = declared(anna, ["a@contoso.com"]);
    const resource = new ManagedResource(world, userMail);
    await expect(resource.up(wanted)).rejects.toMatchObject({
      code: "no-mailbox-yet",
      message: "Anna has no mailbox yet, after 20 minutes of waiting",
    });
    expect(resource.state).toBeUndefined();
    if (anna !== undefined) await giveMailbox(world, anna);
    expect(await resource.up(wanted)).toBe("created");
    expect(await resource.refresh()).toEqual(wanted);
  });

  it("that another has are refused", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna", "Bob"]);
    const resource = new ManagedResource(world, userMail);
    await expect(resource.up(declared(anna, ["bob@contoso.com"]))).rejects.toMatchObject({
      code: "address-taken",
    });
  });
});

describe("the mailbox of somebody", () => {
  const declared = (person: { id: string; name: string } | undefined, more: object) => ({
    ...{ userId: person?.id, userPrincipalName: person?.name, displayName: "Anna", domains },
    ...more,
  });

  it("forwards, is held and archived; what is not declared is left alone", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna", "Bob"]);
    await setByHand(world, anna?.id ?? "", ["smtp:own@contoso.com"]);
    const resource = new ManagedResource(world, userMail);
    const first = declared(anna, {
      ...{ forwardingSmtpAddress: "anna@home.example", deliverToMailboxAndForward: true },
      ...{ litigationHoldEnabled: true, archiveEnabled: true },
    });
    expect(await resource.up(first)).toBe("created");
    expect(await resource.up(first)).toBe("same");
    expect(await resource.refresh()).toEqual(first);
    const second = declared(anna, {
      ...{ forwardingSmtpAddress: "", deliverToMailboxAndForward: false },
      ...{ litigationHoldEnabled: false, archiveEnabled: true },
    });
    expect(await resource.up(second)).toBe("updated");
    const found = await world.service.exchange.tryGet("Get-Mailbox", { Identity: anna?.id });
    expect(found).toMatchObject({
      ...{ ForwardingSmtpAddress: null, DeliverToMailboxAndForward: false },
      ...{ LitigationHoldEnabled: false, ArchiveStatus: "Active" },
      EmailAddresses: expect.arrayContaining(["smtp:own@contoso.com"]) as unknown,
    });
  });

  it("that somebody else had forwarded inside is drift, and is forwarded as declared again", async () => {
    const world = await startWorld();
    const [anna, bob] = await makeMailboxes(world, ["Anna", "Bob"]);
    const resource = new ManagedResource(world, userMail);
    const none = declared(anna, {
      forwardingSmtpAddress: "",
      deliverToMailboxAndForward: false,
    });
    await resource.up(none);
    const byHand = { ForwardingAddress: "bob", ForwardingSmtpAddress: "x@evil.example" };
    await world.service.exchange.invoke("Set-Mailbox", { Identity: anna?.id, ...byHand });
    expect(await resource.refresh()).toMatchObject({ forwardingSmtpAddress: bob?.name });
    expect(await resource.up(none)).toBe("updated");
    expect(await resource.refresh()).toEqual(none);
    const found = await world.service.exchange.tryGet("Get-Mailbox", { Identity: anna?.id });
    expect(found).toMatchObject({ ForwardingAddress: null, ForwardingSmtpAddress: null });
  });

  it("is told in sentences", () => {
    const before = { displayName: "Anna", forwardingSmtpAddress: "", litigationHoldEnabled: true };
    const after = {
      ...{ displayName: "Anna", forwardingSmtpAddress: "a@x.nl", archiveEnabled: true },
      ...{ deliverToMailboxAndForward: false, litigationHoldEnabled: false },
    };
    const changedPaths = [
      ...["forwardingSmtpAddress", "deliverToMailboxAndForward"],
      ...["litigationHoldEnabled", "archiveEnabled"],
    ];
    expect(userMail.describe({ operation: "update", before, after, changedPaths })).toMatchObject({
      severity: "destructive",
      nl: "Anna: mail wordt doorgestuurd naar a@x.nl; van doorgestuurde mail blijft hier niets; verwijderde mail wordt niet langer bewaard (geen juridische bewaring); krijgt een archiefmailbox",
      en: "Anna: mail is forwarded to a@x.nl; nothing of forwarded mail stays here; deleted mail is no longer kept (no litigation hold); gets an archive mailbox",
    });
    const [created, stopped] = [
      {
        operation: "create" as const,
        before: undefined,
        after: { ...after, deliverToMailboxAndForward: true },
      },
      { operation: "update" as const, before: after, after: before },
    ].map((change) => userMail.describe({ ...change, changedPaths: ["forwardingSmtpAddress"] }));
    expect(created?.en).toContain("mail is forwarded to a@x.nl; forwarded mail stays here too");
    expect(created?.severity).toBe("sensitive");
    expect(stopped?.en).toBe("Anna: mail is not forwarded");
  });
});

describe("the mail of a group", () => {
  it.each(["Unified", "Distribution"])("is written for a %s group", async (kind) => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna"]);
    let groupId = "";
    if (kind === "Unified") {
      const unified = { mailEnabled: true, securityEnabled: false, groupTypes: [kind] };
      groupId = await makeGroup(world, "team", unified);
    } else {
      const list = new ManagedResource(world, distributionGroup);
      await list.up({ mailNickname: "team", displayName: "Team", type: kind });
      groupId = String(list.outputs.objectId);
    }
    await settle(world);
    const resource = new ManagedResource(world, groupMail);
    const base = { groupId, groupName: "team", groupDisplayName: "team", domains };
    const first = { ...base, aliases: ["crew@contoso.com"], hideFromAddressLists: true };
    expect(await resource.up(first)).toBe("created");
    expect(await resource.up(first)).toBe("same");
    const sender = { id: anna?.id, name: "anna@contoso.com" };
    const second = {
      ...{ ...base, aliases: [], requireSenderAuthentication: true },
      acceptMessagesOnlyFrom: [sender],
    };
    expect(await resource.up(second)).toBe("updated");
    expect(await resource.refresh()).toMatchObject({
      aliases: [],
      requireSenderAuthentication: true,
      acceptMessagesOnlyFrom: [sender],
    });
    const open = { ...base, requireSenderAuthentication: false, acceptMessagesOnlyFrom: [] };
    expect(await resource.up(open)).toBe("updated");
    const cmdlet = kind === "Unified" ? "Get-UnifiedGroup" : "Get-DistributionGroup";
    expect(await world.service.exchange.tryGet(cmdlet, { Identity: groupId })).toMatchObject({
      HiddenFromAddressListsEnabled: true,
      RequireSenderAuthenticationEnabled: false,
      AcceptMessagesOnlyFromSendersOrMembers: [],
      EmailAddresses: ["SMTP:team@contoso.onmicrosoft.com"],
    });
  });

  it("has its senders in the order of their names, whichever ids they get", () => {
    const senders = [
      { id: "2", name: "anna@contoso.com" },
      { id: "1", name: "bert@contoso.com" },
    ];
    const wanted = { groupId: "g", groupName: "team", domains, acceptMessagesOnlyFrom: senders };
    expect(groupMail.inputs.parse(wanted).acceptMessagesOnlyFrom).toEqual(senders);
  });

  it("is told in sentences", () => {
    const after = {
      ...{ groupDisplayName: "Team", aliases: ["crew@contoso.com"] },
      ...{
        requireSenderAuthentication: true,
        acceptMessagesOnlyFrom: [{ id: "1", name: "a@x.nl" }],
      },
    };
    const created = groupMail.describe({
      ...{ operation: "create", before: undefined, after, changedPaths: [] },
    });
    expect(created).toMatchObject({
      severity: "sensitive",
      nl: "Team: ontvangt ook mail op crew@contoso.com; ontvangt geen mail van buiten; a@x.nl mag ernaar mailen, anderen alleen als ze ook genoemd zijn",
      en: "Team: also receives mail at crew@contoso.com; receives no mail from outside; a@x.nl may send to it, others only where they are named too",
    });
    const before = { ...after, requireSenderAuthentication: false, acceptMessagesOnlyFrom: [] };
    const opened = groupMail.describe({
      ...{ operation: "update", before: after, after: { ...before, aliases: [] } },
      changedPaths: ["aliases[0]", "requireSenderAuthentication"],
    });
    expect(opened.en).toBe(
      "Team: no longer receives mail at crew@contoso.com; also receives mail from outside",
    );
  });
});
