import { describe, expect, it } from "vitest";
import { createMicrosoft365 } from "../../services/microsoft365.ts";
import { directoryRole } from "../../provider/azuread/roles/directory-role.ts";
import type { ResourceDefinition } from "../../provider/kit/define.ts";
import { azureadPackage, m365Package } from "../../provider/registry.ts";
import { site } from "../../provider/sharepoint/site.ts";
import { contoso, TENANT_ID } from "../emulator/support/emulator.ts";
import { certificateCredential } from "./support/certificate.ts";
import { ManagedResource } from "./support/managed-resource.ts";
import { makeMailboxes } from "./support/mailboxes.ts";
import { makeGroup, makePeople } from "./support/people.ts";
import { startSharePointWorld } from "./support/sharepoint-world.ts";
import { settle } from "./support/world.ts";
import type { World } from "./support/world.ts";

const LIMITED_CLIENT_ID = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff";

type Inputs = Record<string, unknown>;

interface Prepared {
  readonly first: Inputs;
  readonly second: Inputs;
}

const url = "https://contoso.sharepoint.com/sites/finance";
/** The role Global Reader. */
const READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

async function onCalendar(world: World): Promise<Prepared> {
  const [anna, bob, cem] = await makeMailboxes(world, ["Anna", "Bob", "Cem"]);
  const base = { mailboxId: anna?.id, mailbox: anna?.name };
  const may = (person: typeof bob, role: string) => ({ userPrincipalName: person?.name, role });
  return {
    first: { ...base, permissions: [may(bob, "read")] },
    second: { ...base, permissions: [may(bob, "write"), may(cem, "read")] },
  };
}

/** Per resource: what it needs around it, and two wishes one after the other. */
const stories: Record<string, (world: World) => Promise<Prepared>> = {
  "m365:directory:Tenant": async () => {
    const first = {
      tenantId: TENANT_ID,
      displayName: "Contoso",
      initialDomain: "contoso.onmicrosoft.com",
      domains: ["contoso.com"],
      contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "goud" },
      approval: { required: 1, decisionMakers: [] },
      managedBy: { name: "Beheer", domains: [] },
      sharingCapability: "ExternalUserSharingOnly",
    };
    return { first, second: { ...first, domains: [], sharingCapability: "Disabled" } };
  },
  // A role in the subscription allows it, which is no permission of the tenant.
  "m365:dns:RecordSet": async ({ emulator }) => {
    const azure =
      "/subscriptions/s/resourceGroups/web/providers/Microsoft.Network/dnsZones/contoso.com";
    emulator.addTenant({ ...contoso, dnsZones: [{ zone: "contoso.com", azure }] });
    const place = { zone: "contoso.com", host: "azure", zoneId: azure };
    const first = { ...place, name: "contoso.com", type: "TXT", values: ["MS=ms1"] };
    return { first, second: { ...first, values: ["MS=ms2"] } };
  },
  "m365:directory:GroupMembership": async (world) => {
    await makePeople(world, ["Anna", "Bob"]);
    const base = { groupId: await makeGroup(world, "staff"), groupName: "staff" };
    await settle(world);
    return {
      first: { ...base, members: [{ userPrincipalName: "anna@contoso.com" }] },
      second: { ...base, members: [{ userPrincipalName: "bob@contoso.com" }] },
    };
  },
  "m365:licensing:Subscription": async () => ({
    first: { sku: "SPB", term: "monthly", count: 1 },
    second: { sku: "SPB", term: "monthly", count: 2 },
  }),
  "m365:licensing:UserLicense": async (world) => {
    const [anna] = await makePeople(world, ["Anna"]);
    const base = { userId: anna?.id, userPrincipalName: "anna@contoso.com" };
    return {
      first: { ...base, licenses: [{ sku: "SPB" }] },
      second: { ...base, licenses: [{ sku: "EXCHANGESTANDARD" }] },
    };
  },
  "m365:licensing:GroupLicense": async (world) => {
    const base = { groupId: await makeGroup(world, "staff"), groupName: "staff" };
    await settle(world);
    return {
      first: { ...base, licenses: [{ sku: "SPB" }] },
      second: { ...base, licenses: [{ sku: "EXCHANGESTANDARD" }] },
    };
  },
  "m365:sharepoint:Site": async (world) => {
    await makePeople(world, ["Anna"]);
    const manual = { isSitesStorageLimitAutomatic: false };
    await world.service.graph.patch("/admin/sharepoint/settings", manual);
    const first = { url, title: "Finance", template: "team", owner: "anna@contoso.com" };
    return { first, second: { ...first, title: "Books", storageQuota: 2048 } };
  },
  "m365:sharepoint:SitePermissions": async (world) => {
    await makePeople(world, ["Anna"]);
    const groupId = await makeGroup(world, "staff");
    await settle(world);
    const made = new ManagedResource(world, site);
    await made.up({ url, title: "Finance", template: "team", owner: "anna@contoso.com" });
    const base = { siteId: made.outputs.siteId, siteUrl: url };
    const group = { kind: "group", principal: "staff", id: groupId };
    const anna = { kind: "user", principal: "anna@contoso.com", role: "read" };
    return {
      first: { ...base, grants: [anna, { ...group, role: "read" }] },
      second: { ...base, grants: [anna, { ...group, role: "edit" }] },
    };
  },
  "m365:directory:Domain": async () => ({
    first: { name: "fabrikam.com", isVerified: true, supportedServices: ["Email"] },
    second: { name: "fabrikam.com", isVerified: true, supportedServices: ["Yammer"] },
  }),
  "m365:sharepoint:Library": async (world) => {
    await makePeople(world, ["Anna"]);
    const groupId = await makeGroup(world, "staff");
    await settle(world);
    const made = new ManagedResource(world, site);
    await made.up({ url, title: "Finance", template: "team", owner: "anna@contoso.com" });
    const base = { siteId: made.outputs.siteId, siteUrl: url, title: "Board" };
    const closed = { ...base, hasUniqueRoleAssignments: true };
    const group = { kind: "group", principal: "staff", id: groupId };
    const anna = { kind: "user", principal: "anna@contoso.com", role: "read" };
    return {
      first: { ...closed, grants: [anna, { ...group, role: "read" }] },
      second: { ...closed, grants: [anna, { ...group, role: "edit" }] },
    };
  },
  "m365:directory:SecurityDefaults": async () => ({
    first: { isEnabled: true },
    second: { isEnabled: false },
  }),
  "m365:directory:Guest": async (world) => {
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const first = {
      email: "piet@partner.example",
      displayName: "Piet",
      sponsors: [anna?.id],
      until: "2027-06-30",
    };
    return { first, second: { ...first, displayName: "Piet Partner", sponsors: [bob?.id] } };
  },
  "m365:exchange:DistributionGroup": async (world) => {
    const [anna, bob] = await makeMailboxes(world, ["Anna", "Bob"]);
    const first = {
      mailNickname: "sales",
      displayName: "Sales",
      type: "Distribution",
      owners: [anna?.id],
    };
    return { first, second: { ...first, displayName: "Verkoop", owners: [bob?.id] } };
  },
  "m365:exchange:UserMail": async (world) => {
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const base = { userId: anna?.id, userPrincipalName: anna?.name, domains: ["contoso.com"] };
    return {
      first: { ...base, aliases: ["a@contoso.com"] },
      second: { ...base, aliases: ["b@contoso.com"], archiveEnabled: true },
    };
  },
  "m365:exchange:MailboxType": async (world) => {
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const first = { userId: anna?.id, userPrincipalName: anna?.name, type: "shared" };
    return { first, second: { ...first, withoutLicense: true } };
  },
  "m365:exchange:GroupMail": async (world) => {
    const unified = { mailEnabled: true, securityEnabled: false, groupTypes: ["Unified"] };
    const base = {
      groupId: await makeGroup(world, "team", unified),
      groupName: "team",
      domains: ["contoso.com"],
    };
    await settle(world);
    return {
      first: { ...base, aliases: ["a@contoso.com"] },
      second: { ...base, hideFromAddressLists: true },
    };
  },
  "m365:exchange:SharedMailbox": async () => {
    const first = {
      ...{ address: "info@contoso.com", displayName: "Info", accountEnabled: false },
      domains: ["contoso.com"],
    };
    return { first, second: { ...first, displayName: "Informatie", aliases: ["i@contoso.com"] } };
  },
  "m365:exchange:MailContact": async () => {
    const first = { email: "kantoor@verhuurder.example", displayName: "Verhuurder" };
    return { first, second: { ...first, displayName: "Pand", hideFromAddressLists: true } };
  },
  "m365:exchange:MailboxPermissions": async (world) => {
    const [anna, bob] = await makeMailboxes(world, ["Anna", "Bob"]);
    const base = { mailboxId: anna?.id, mailbox: anna?.name };
    return {
      first: { ...base, fullAccess: [{ userPrincipalName: bob?.name }] },
      second: { ...base, fullAccess: [], sendAs: [{ userPrincipalName: bob?.name }] },
    };
  },
  "m365:exchange:MailboxSettings": async (world) => {
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const base = { userId: anna?.id, userPrincipalName: anna?.name };
    return {
      first: { ...base, language: "nl-NL" },
      second: { ...base, automaticReplies: { status: "disabled" }, timeZone: "Europe/Amsterdam" },
    };
  },
  "m365:exchange:CalendarPermissions": onCalendar,
  "m365:exchange:UserCalendarPermissions": onCalendar,
  "m365:exchange:UserMailboxPermissions": async (world) => {
    const [anna, bob] = await makeMailboxes(world, ["Anna", "Bob"]);
    const base = { mailboxId: anna?.id, mailbox: anna?.name };
    return {
      first: { ...base, sendOnBehalf: [{ userPrincipalName: bob?.name }] },
      second: { ...base, sendOnBehalf: [] },
    };
  },
  "azuread:index/user:User": async (world) => {
    const [boss] = await makePeople(world, ["Boss"]);
    const first = {
      displayName: "Anna",
      userPrincipalName: "anna@contoso.com",
      password: "first-Password-1",
      usageLocation: "NL",
      managerId: boss?.id,
    };
    return { first, second: { ...first, jobTitle: "Controller" } };
  },
  "azuread:index/group:Group": async (world) => {
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const first = {
      displayName: "Staff",
      mailNickname: "staff",
      securityEnabled: true,
      owners: [anna?.id],
      members: [anna?.id],
    };
    return { first, second: { ...first, displayName: "Everybody", members: [bob?.id] } };
  },
  "azuread:index/namedLocation:NamedLocation": async () => {
    const first = { displayName: "Office", ip: { ipRanges: ["203.0.113.0/24"], trusted: true } };
    return { first, second: { ...first, displayName: "Head office" } };
  },
  "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy": async () => {
    const first = {
      displayName: "Two steps",
      state: "disabled",
      conditions: {
        applications: { includedApplications: ["All"] },
        clientAppTypes: ["all"],
        users: { includedUsers: ["All"] },
      },
      grantControls: { operator: "OR", builtInControls: ["mfa"] },
    };
    return { first, second: { ...first, state: "enabled" } };
  },
  "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy": async () => {
    const first = { displayName: "Keys", allowedCombinations: ["fido2"] };
    return { first, second: { displayName: "Passkeys", allowedCombinations: ["password,sms"] } };
  },
  "azuread:index/groupMember:GroupMember": async (world) => {
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const groupObjectId = await makeGroup(world, "staff");
    await settle(world);
    const first = { groupObjectId, memberObjectId: anna?.id };
    return { first, second: { ...first, memberObjectId: bob?.id } };
  },
  "azuread:index/groupWithoutMembers:GroupWithoutMembers": async (world) => {
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const first = { displayName: "Staff", securityEnabled: true, owners: [anna?.id] };
    return { first, second: { ...first, displayName: "Everybody", owners: [bob?.id] } };
  },
  "azuread:index/directoryRole:DirectoryRole": async () => ({
    first: { displayName: "Global Reader" },
    second: { displayName: "Security Reader" },
  }),
  "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment": async (world) => {
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const first = { principalObjectId: anna?.id, roleId: READER };
    return { first, second: { ...first, principalObjectId: bob?.id } };
  },
  "azuread:index/directoryRoleMember:DirectoryRoleMember": async (world) => {
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const role = new ManagedResource(world, directoryRole);
    await role.up({ templateId: READER });
    await settle(world);
    const first = { roleObjectId: role.outputs.objectId, memberObjectId: anna?.id };
    return { first, second: { ...first, memberObjectId: bob?.id } };
  },
};

interface Stage {
  /** Everything may be done here, to prepare what the limited application meets. */
  readonly world: World;
  readonly limited: World;
  readonly prepared: Prepared;
}

/** A tenant in which an application has only these permissions. */
async function onStage(
  definition: ResourceDefinition,
  roles: readonly string[],
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const world = await startSharePointWorld();
  const prepared = await stories[definition.token]?.(world);
  if (prepared === undefined) throw new Error(`No story for ${definition.token}`);
  const { credential, certificatePem } = await certificateCredential(LIMITED_CLIENT_ID);
  world.emulator.addTenant({
    ...contoso,
    applications: [{ clientId: LIMITED_CLIENT_ID, certificatePem, roles }],
  });
  const service = createMicrosoft365({
    tenantId: TENANT_ID,
    endpoints: world.emulator.endpoints,
    credential,
    trustedCertificatesPem: world.emulator.certificateAuthorityPem,
    clock: world.clock,
  });
  try {
    await play({ world, prepared, limited: { ...world, context: { ...world.context, service } } });
  } finally {
    await service.close();
  }
}

/** Only looks at what somebody else made. */
const look = (definition: ResourceDefinition, roles: readonly string[]): Promise<void> =>
  onStage(definition, roles, async ({ world, limited, prepared }) => {
    const made = new ManagedResource(world, definition);
    await made.up(prepared.first);
    await settle(world);
    await new ManagedResource(limited, definition, made.state).refresh();
  });

/** Makes, changes and removes. */
const live = (definition: ResourceDefinition, roles: readonly string[]): Promise<void> =>
  onStage(definition, roles, async ({ limited, prepared }) => {
    const resource = new ManagedResource(limited, definition);
    await resource.up(prepared.first);
    await settle(limited);
    await resource.refresh();
    await resource.up(prepared.second);
    await settle(limited);
    await resource.down();
  });

const definitions = [...m365Package.resources, ...azureadPackage.resources].filter(
  // The backup has an account at the vendor and no permission in the tenant.
  ({ token }) => token !== "m365:backup:Policy",
);

const without = (permissions: readonly string[], missing: string): string[] =>
  permissions.filter((permission) => permission !== missing);

describe.each(definitions)("$token", (definition) => {
  const { read, write } = definition.permissions;
  const all = [...new Set([...read, ...write])];

  it("can be looked at with the permissions to read that it declares", async () => {
    await expect(look(definition, read)).resolves.toBeUndefined();
  });

  it("lives with the permissions that it declares, and no others", async () => {
    await expect(live(definition, all)).resolves.toBeUndefined();
  });

  it.each(read)("needs %s to read", async (missing) => {
    const reading = look(definition, without(read, missing)).then(() =>
      live(definition, without(all, missing)),
    );
    await expect(reading).rejects.toMatchObject({ code: "forbidden" });
  });

  it.each(write)("needs %s to write", async (missing) => {
    await expect(live(definition, without(all, missing))).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
