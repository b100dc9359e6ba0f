/**
 * What somebody changes by hand in the sample's tenant, one change a noun. A noun without a row here does not compile: each is
 * seen by `status`, undone by an approved plan, and removed.
 */
import type { NOUNS } from "../../../core/nouns.ts";
import type { Json, SeenService } from "./service.ts";

interface ByHand {
  /** As `status` names what was changed, and the first of its properties; `gone`: all of it. */
  readonly object: string;
  readonly path: string;
  readonly change: (service: SeenService) => Promise<unknown>;
}

interface Listed {
  readonly value: readonly Json[];
}

const SHAREPOINT = "https://contoso.sharepoint.com/sites";
const POLICIES = "/identity/conditionalAccess/policies";
const at = (name: string): string => `${name}@contoso.com`;

/** Of the first that there is. */
async function idOf({ graph }: SeenService, path: string, filter: string): Promise<string> {
  const { value } = (await graph.api(path).filter(filter).get()) as Listed;
  return String(value[0]?.id);
}
const group = (service: SeenService, name: string): Promise<string> =>
  idOf(service, "/groups", `mailNickname eq '${name}'`);
const user = (service: SeenService, name: string): Promise<string> =>
  idOf(service, "/users", `userPrincipalName eq '${at(name)}'`);

/** Takes away what somebody else may do in the main calendar. */
async function closeCalendar({ graph }: SeenService, owner: string): Promise<unknown> {
  const path = `/users/${at(owner)}/calendar/calendarPermissions`;
  const { value } = (await graph.api(path).get()) as {
    value: { id: string; emailAddress?: Json }[];
  };
  const given = value.find(({ emailAddress }) => emailAddress?.address !== undefined);
  return await graph.api(`${path}/${given?.id ?? ""}`).delete();
}

/** Nobody buys a subscription through Graph; the two others have stories of their own (dns-zones, mail). */
type Elsewhere = "subscription" | "dnsRecords" | "userMailboxType";

export const BY_HAND: Readonly<Record<Exclude<keyof typeof NOUNS, Elsewhere>, ByHand>> = {
  tenant: {
    ...{ object: "Contoso Accountants", path: "deletedUserPersonalSiteRetentionPeriodInDays" },
    change: ({ graph }) =>
      graph
        .api("/admin/sharepoint/settings")
        .patch({ deletedUserPersonalSiteRetentionPeriodInDays: 30 }),
  },
  domain: {
    ...{ object: "contoso.example", path: "supportedServices" },
    change: ({ graph }) =>
      graph.api("/domains/contoso.example").patch({ supportedServices: ["Yammer"] }),
  },
  user: {
    ...{ object: at("zoe.bos"), path: "jobTitle" },
    change: ({ graph }) => graph.api(`/users/${at("zoe.bos")}`).patch({ jobTitle: "Directeur" }),
  },
  guest: {
    ...{ object: "tess.verbeek@softwarehuis.example", path: "displayName" },
    change: async (service) => {
      const id = await idOf(service, "/users", "mail eq 'tess.verbeek@softwarehuis.example'");
      await service.graph.api(`/users/${id}`).patch({ displayName: "Tess" });
    },
  },
  userLicense: {
    ...{ object: at("pieter.jansen"), path: "licenses" },
    change: async ({ graph }) => {
      const { value } = (await graph.api("/subscribedSkus").get()) as Listed;
      const visio = value.find(({ skuPartNumber }) => skuPartNumber === "VISIOCLIENT");
      await graph
        .api(`/users/${at("pieter.jansen")}/assignLicense`)
        .post({ addLicenses: [], removeLicenses: [visio?.skuId] });
    },
  },
  userMail: {
    ...{ object: at("noor.mulder"), path: "forwardingSmtpAddress" },
    change: ({ exchange }) =>
      exchange("Set-Mailbox", {
        Identity: at("noor.mulder"),
        ForwardingSmtpAddress: `smtp:${at("zoe.bos")}`,
      }),
  },
  userMailboxSettings: {
    ...{ object: at("lars.degroot"), path: "timeZone" },
    change: ({ graph }) =>
      graph.api(`/users/${at("lars.degroot")}/mailboxSettings`).patch({ timeZone: "UTC" }),
  },
  userMailboxPermissions: {
    ...{ object: at("noor.mulder"), path: "fullAccess" },
    change: ({ exchange }) =>
      exchange("Add-MailboxPermission", {
        ...{ Identity: at("noor.mulder"), User: at("lars.degroot") },
        AccessRights: ["FullAccess"],
      }),
  },
  userCalendar: {
    ...{ object: at("sanne.bakker"), path: "permissions" },
    change: (service) => closeCalendar(service, "sanne.bakker"),
  },
  site: {
    ...{ object: "/sites/jaarrekening", path: "title" },
    change: ({ sharePoint }) =>
      sharePoint(`${SHAREPOINT}/jaarrekening`, "/_api/web", {
        ...{ isMerge: true, body: { Title: "Oud" } },
      }),
  },
  sitePermissions: {
    ...{ object: "/sites/kantoor", path: "grants" },
    change: async ({ sharePoint }) => {
      const web = `${SHAREPOINT}/kantoor`;
      const query = "?$expand=Member,RoleDefinitionBindings";
      const { value } = (await sharePoint(web, `/_api/web/roleassignments${query}`)) as {
        value: { PrincipalId: number; Member: Json; RoleDefinitionBindings: { Id: number }[] }[];
      };
      const given = value.find(({ Member }) => Member.Title === "Kantoor");
      const which = `principalid=${given?.PrincipalId ?? 0},roledefid=${given?.RoleDefinitionBindings[0]?.Id ?? 0}`;
      await sharePoint(web, `/_api/web/roleassignments/removeroleassignment(${which})`, {});
    },
  },
  library: {
    ...{ object: "Salarissen", path: "grants" },
    change: ({ sharePoint }) =>
      sharePoint(
        `${SHAREPOINT}/jaarrekening`,
        "/_api/web/lists/getbytitle('Salarissen')/resetroleinheritance",
        {},
      ),
  },
  group: {
    ...{ object: "stagiairs", path: "dynamicMembership.rule" },
    change: async (service) => {
      const id = await group(service, "stagiairs");
      await service.graph
        .api(`/groups/${id}`)
        .patch({ membershipRule: "user.accountEnabled -eq true" });
    },
  },
  mailGroup: {
    ...{ object: "verkoop", path: "displayName" },
    change: ({ exchange }) =>
      exchange("Set-DistributionGroup", { Identity: "verkoop", DisplayName: "Oud" }),
  },
  groupMembership: {
    ...{ object: "salarissen", path: "memberGroups" },
    change: async (service) => {
      const [id, inner] = [await group(service, "salarissen"), await group(service, "directie")];
      await service.graph.api(`/groups/${id}/members/${inner}/$ref`).delete();
    },
  },
  groupMail: {
    ...{ object: "finance", path: "hideFromAddressLists" },
    change: ({ exchange }) =>
      exchange("Set-UnifiedGroup", {
        Identity: "finance",
        HiddenFromAddressListsEnabled: false,
      }),
  },
  sharedMailbox: {
    ...{ object: at("administratie"), path: "accountEnabled" },
    change: ({ graph }) =>
      graph.api(`/users/${at("administratie")}`).patch({ accountEnabled: true }),
  },
  mailboxPermissions: {
    ...{ object: at("administratie"), path: "sendAs" },
    change: ({ exchange }) =>
      exchange("Remove-RecipientPermission", {
        ...{ Identity: at("administratie"), Trustee: at("sanne.bakker") },
        AccessRights: ["SendAs"],
      }),
  },
  calendarPermissions: {
    ...{ object: at("administratie"), path: "permissions" },
    change: (service) => closeCalendar(service, "administratie"),
  },
  mailContact: {
    ...{ object: "Verhuurder kantoorpand", path: "hideFromAddressLists" },
    change: ({ exchange }) =>
      exchange("Set-MailContact", {
        Identity: "kantoor@verhuurder.example",
        HiddenFromAddressListsEnabled: true,
      }),
  },
  groupLicense: {
    ...{ object: "kantoor", path: "licenses" },
    change: async (service) => {
      const { value } = (await service.graph.api("/subscribedSkus").get()) as Listed;
      const { skuId } = value.find(({ skuPartNumber }) => skuPartNumber === "SPB") ?? {};
      const addLicenses = [{ skuId, disabledPlans: [] }];
      await service.graph
        .api(`/groups/${await group(service, "kantoor")}/assignLicense`)
        .post({ addLicenses, removeLicenses: [] });
    },
  },
  accessRule: {
    ...{ object: "Tweestapsverificatie voor iedereen", path: "state" },
    change: async (service) => {
      const { value } = (await service.graph.api(POLICIES).get()) as Listed;
      const rule = value.find(({ displayName }) => String(displayName).startsWith("Tweestaps"));
      await service.graph.api(`${POLICIES}/${String(rule?.id)}`).patch({ state: "disabled" });
    },
  },
  namedLocation: {
    ...{ object: "Vertrouwde landen", path: "country.countriesAndRegions" },
    change: async ({ graph }) => {
      const path = "/identity/conditionalAccess/namedLocations";
      const { value } = (await graph.api(path).get()) as Listed;
      await graph.api(`${path}/${String(value[0]?.id)}`).patch({
        "@odata.type": "#microsoft.graph.countryNamedLocation",
        countriesAndRegions: ["NL", "BE", "DE"],
      });
    },
  },
  roleAssignment: {
    ...{ object: `${at("pieter.jansen")} (Global Reader)`, path: "gone" },
    change: async (service) => {
      const path = "/roleManagement/directory/roleAssignments";
      const id = await user(service, "pieter.jansen");
      const assignment = await idOf(service, path, `principalId eq '${id}'`);
      await service.graph.api(`${path}/${assignment}`).delete();
    },
  },
  securityDefaults: {
    ...{ object: "securityDefaults", path: "isEnabled" },
    change: ({ graph }) =>
      graph.api("/policies/identitySecurityDefaultsEnforcementPolicy").patch({ isEnabled: false }),
  },
  backup: {
    ...{ object: "contoso-backup", path: "mailboxes" },
    change: async ({ vendor }) => {
      const { results } = (await vendor("/Jobs")) as { results: readonly Json[] };
      await vendor(`/Jobs/${String(results[0]?.id)}/disable`, {});
    },
  },
};
