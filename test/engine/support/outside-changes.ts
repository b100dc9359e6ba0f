/** What others change in a tenant that somebody has to hear of. */
import { reference } from "../../emulator/support/emulator.ts";
import { addresses, exchange, group, mayOpen, siteId, SPB, user } from "./by-hand.ts";
import { ANNA, BRAM, CARLA, DOMAIN, INFO, SITE } from "./watched-firm.ts";
import type { WatchedFirm } from "./watched-firm.ts";

const USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1";

/** What differs then, as a look says it. */
export interface OutsideChange {
  readonly happens: (firm: WatchedFirm) => Promise<unknown>;
  readonly found: string;
}

const LIST = "/identity/conditionalAccess/policies";

export const CHANGES: Readonly<Record<string, OutsideChange>> = {
  "another job title": {
    happens: (firm) => user(firm, ANNA, { jobTitle: "Keizer" }),
    found: `${ANNA}: jobTitle`,
  },
  "a blocked account is open again": {
    happens: (firm) => user(firm, CARLA, { accountEnabled: true }),
    found: `${CARLA}: accountEnabled`,
  },
  "another manager": {
    happens: ({ service, idOf }) =>
      service.graph.put(`/users/${idOf(BRAM)}/manager/$ref`, reference(idOf(CARLA)).body),
    found: `${BRAM}: managerId`,
  },
  "a licence is gone": {
    happens: ({ service, idOf }) =>
      service.graph.post(
        `/users/${idOf(BRAM)}/assignLicense`,
        { addLicenses: [{ skuId: SPB, disabledPlans: [] }], removeLicenses: [] },
        { idempotent: true },
      ),
    found: `${BRAM}-licenses: licenses`,
  },
  "somebody joins a group": {
    happens: ({ service, idOf }) =>
      service.graph.post(`/groups/${idOf("team")}/members/$ref`, reference(idOf(CARLA)).body),
    found: "team-members: members",
  },
  "another description": {
    happens: (firm) => group(firm, "team", { description: "Iedereen" }),
    found: "team: description",
  },
  "a group of mail takes mail from outside": {
    happens: (firm) =>
      exchange(firm, "Set-DistributionGroup", {
        Identity: firm.idOf("verkoop"),
        AcceptMessagesOnlyFromSendersOrMembers: [],
      }),
    found: "verkoop-mail-settings: acceptMessagesOnlyFrom",
  },
  "a group shows in Outlook": {
    happens: (firm) =>
      exchange(firm, "Set-UnifiedGroup", {
        ...{ Identity: firm.idOf("kantoor"), HiddenFromAddressListsEnabled: false },
      }),
    found: "kantoor-mail-settings: hideFromAddressLists",
  },
  "mail goes to another address": {
    happens: (firm) =>
      exchange(firm, "Set-Mailbox", {
        ...{ Identity: firm.idOf(ANNA), ForwardingSmtpAddress: "smtp:elders@home.example" },
      }),
    found: `${ANNA}-mail-settings: forwardingSmtpAddress`,
  },
  "nothing is held any more": {
    happens: (firm) =>
      exchange(firm, "Set-Mailbox", { Identity: firm.idOf(ANNA), LitigationHoldEnabled: false }),
    found: `${ANNA}-mail-settings: litigationHoldEnabled`,
  },
  "other words to whoever writes": {
    happens: ({ service, idOf }) =>
      service.graph.patch(`/users/${idOf(ANNA)}/mailboxSettings`, {
        language: { locale: "en-US" },
      }),
    found: `${ANNA}-mailbox-settings: language`,
  },
  "an alias is gone": {
    happens: (firm) =>
      exchange(firm, "Set-Mailbox", {
        ...{ Identity: firm.idOf(ANNA), ...addresses({ remove: [`smtp:directie@${DOMAIN}`] }) },
      }),
    found: `${ANNA}-mail-settings: aliases`,
  },
  "a shared mailbox has another alias": {
    happens: (firm) =>
      exchange(firm, "Set-Mailbox", {
        ...{ Identity: firm.idOf(INFO), ...addresses({ add: [`smtp:hallo@${DOMAIN}`] }) },
      }),
    found: `${INFO}: aliases`,
  },
  "a group has another alias": {
    happens: (firm) =>
      exchange(firm, "Set-DistributionGroup", {
        ...{ Identity: firm.idOf("verkoop"), ...addresses({ add: [`smtp:koop@${DOMAIN}`] }) },
      }),
    found: "verkoop-mail-settings: aliases",
  },
  "forwarded mail stays nowhere": {
    happens: (firm) =>
      exchange(firm, "Set-Mailbox", {
        ...{ Identity: firm.idOf(ANNA), DeliverToMailboxAndForward: false },
      }),
    found: `${ANNA}-mail-settings: deliverToMailboxAndForward`,
  },
  "another time zone": {
    happens: ({ service, idOf }) =>
      service.graph.patch(`/users/${idOf(ANNA)}/mailboxSettings`, { timeZone: "Europe/London" }),
    found: `${ANNA}-mailbox-settings: timeZone`,
  },
  "somebody sends as another": {
    happens: (firm) =>
      exchange(firm, "Add-RecipientPermission", {
        ...{ Identity: firm.idOf(ANNA), Trustee: firm.idOf(CARLA), AccessRights: ["SendAs"] },
      }),
    found: `${ANNA}-mailbox-permissions: sendAs`,
  },
  "nobody sends on behalf of another any more": {
    happens: (firm) =>
      exchange(firm, "Set-Mailbox", { Identity: firm.idOf(INFO), GrantSendOnBehalfTo: [] }),
    found: `${INFO}-mailbox-permissions: sendOnBehalf`,
  },
  "somebody else may open a mailbox": {
    happens: (firm) =>
      exchange(firm, "Add-MailboxPermission", {
        ...{ Identity: firm.idOf(INFO), User: firm.idOf(CARLA), AccessRights: ["FullAccess"] },
      }),
    found: `${INFO}-mailbox-permissions: fullAccess`,
  },
  "somebody may write in a calendar": {
    happens: async ({ service, idOf }) => {
      const path = `/users/${idOf(ANNA)}/calendar/calendarPermissions`;
      const rows = await service.graph.all<{ id: string; isRemovable: boolean }>(path);
      const id = rows.find(({ isRemovable }) => isRemovable)?.id ?? "";
      await service.graph.patch(`${path}/${id}`, { role: "write" });
    },
    found: `${ANNA}-calendar-permissions: permissions`,
  },
  "a site is shared with guests": {
    happens: async (firm) => {
      const path = `/_api/SPO.Tenant/sites('${await siteId(firm)}')`;
      await firm.service.sharePoint("contoso-admin.sharepoint.com").patch(path, {
        SharingCapability: 1,
      });
    },
    found: `${SITE}: sharingCapability`,
  },
  "the tenant shares with anyone": {
    happens: ({ service }) =>
      service.graph.patch("/admin/sharepoint/settings", {
        sharingCapability: "externalUserAndGuestSharing",
      }),
    found: "contoso: sharingCapability",
  },
  "somebody may edit a site who could read it": {
    happens: (firm) => mayOpen(firm, { who: BRAM, role: 6 }),
    found: `${SITE}-permissions: grants`,
  },
  "a role is taken away": {
    happens: async ({ service, idOf }) => {
      const path = "/roleManagement/directory/roleAssignments";
      const filter = encodeURI(`$filter=principalId eq '${idOf(BRAM)}'`);
      for (const { id } of await service.graph.all<{ id: string }>(`${path}?${filter}`)) {
        await service.graph.delete(`${path}/${id}`);
      }
    },
    found: `${BRAM}-role-${USER_ADMINISTRATOR}: gone`,
  },
  "a rule for signing in is off": {
    happens: async ({ service }) => {
      const policies = await service.graph.all<{ id: string; state: string }>(LIST);
      const { id = "" } = policies.find(({ state }) => state === "enabled") ?? {};
      await service.graph.patch(`${LIST}/${id}`, { state: "disabled" });
    },
    found: "twoStepForEveryone: state",
  },
};

/** Of automatic replies, which are their owner's: on ordinary days Outlook saves them as they were. */
export const REPLIES: Readonly<Record<string, OutsideChange>> = {
  "other replies, in a period": {
    happens: ({ service, idOf }) =>
      service.graph.patch(`/users/${idOf(ANNA)}/mailboxSettings`, {
        automaticRepliesSetting: {
          ...{ status: "scheduled", externalAudience: "none", externalReplyMessage: "" },
          internalReplyMessage: "Op vakantie",
          scheduledStartDateTime: { dateTime: "2026-12-23T23:00:00", timeZone: "UTC" },
          scheduledEndDateTime: { dateTime: "2027-01-03T23:00:00", timeZone: "UTC" },
        },
      }),
    found: `${ANNA}-mailbox-settings: automaticReplies.status`,
  },
};
