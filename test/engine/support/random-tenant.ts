/** Tenants of any kind, made over the wire as administrators would. */
import fc from "fast-check";
import { onTestFinished } from "vitest";
import { groups as groupCollection, users } from "../../../emulator/entities/collections.ts";
import type { Microsoft365 } from "../../../services/index.ts";
import { createMicrosoft365 } from "../../../services/microsoft365.ts";
import { systemClock } from "../../../services/transport/clock.ts";
import type { Microsoft365Options } from "../../../services/transport/types.ts";
import {
  CLIENT_ID,
  contoso,
  reference,
  startTestEmulator,
  TENANT_ID,
} from "../../emulator/support/emulator.ts";
import type { TestEmulator } from "../../emulator/support/emulator.ts";
import { certificateCredential } from "../../provider/support/certificate.ts";
import { ownMailbox, settingsOf } from "./own-mailboxes.ts";

const SPB = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46";
const HOST = "contoso.sharepoint.com";

const person = fc.record({
  // Equal names are common.
  displayName: fc.constantFrom<string>(
    "Jan Jansen",
    "Ada O'Brien",
    "Zoë Yılmaz",
    "NO",
    "Naam  met spaties",
  ),
  capitals: fc.boolean(),
  mail: fc.constantFrom<string>("same", "none", "other"),
  accountEnabled: fc.boolean(),
  usageLocation: fc.constantFrom("NL", "NO"),
  jobTitle: fc.option(fc.constantFrom("Controller", "on", " met spatie", "+31")),
  mobilePhone: fc.option(fc.constantFrom("+31 6 5550 0101", "06-12345678")),
  license: fc.constantFrom<string>("none", "all", "partly"),
  manager: fc.option(fc.nat(9)),
  isSynchronized: fc.constantFrom(false, false, true),
  // A group may have it as its name.
  alias: fc.option(fc.constantFrom<string>("sales", "ander")),
  mailbox: ownMailbox,
});
const group = fc.record({
  displayName: fc.constantFrom<string>("Sales", "Verkoop", "yes"),
  alias: fc.constantFrom<string>("sales", "verkoop", "Team", "e.g"),
  type: fc.constantFrom<string>(
    ...["security", "microsoft365", "without security"],
    ...["distribution", "mailSecurity"],
  ),
  isOpen: fc.boolean(),
  description: fc.option(fc.constantFrom("Wie verkoopt", "off")),
  owners: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
  members: fc.uniqueArray(fc.nat(9), { maxLength: 6 }),
  isNested: fc.boolean(),
  isSynchronized: fc.constantFrom(false, false, true),
});
/** A mailbox that is nobody's own. */
const mailbox = fc.record({
  kind: fc.constantFrom("Shared", "Room", "Equipment"),
  isBlocked: fc.constantFrom(true, true, false),
  alias: fc.boolean(),
  holders: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
});
const grant = fc.record({
  to: fc.constantFrom("person", "group"),
  at: fc.nat(5),
  // SP.RoleType: read, edit, full control, and contribute, which a tenant file cannot say.
  role: fc.constantFrom(2, 6, 5, 3),
});
const site = fc.record({
  title: fc.constantFrom<string>("Archief", "NO", " met spatie"),
  template: fc.constantFrom<string>("STS#3", "STS#3", "SITEPAGEPUBLISHING#0"),
  lcid: fc.constantFrom(1033, 1043),
  owner: fc.nat(9),
  grants: fc.array(grant, { maxLength: 4 }),
  isLocked: fc.constantFrom(false, false, true),
});
export const anyTenant = fc.record({
  people: fc.array(person, { maxLength: 8 }),
  groups: fc.array(group, { maxLength: 4 }),
  mailboxes: fc.array(mailbox, { maxLength: 2 }),
  sites: fc.array(site, { maxLength: 3 }),
});
type AnyTenant = typeof anyTenant extends fc.Arbitrary<infer T> ? T : never;

/** Of which a tenant file can say everything, so that nothing is left alone. */
export const sayableTenant = anyTenant.map(({ people, groups, mailboxes, sites }): AnyTenant => ({
  people: people.map((one) => ({
    ...{ ...one, capitals: false, mail: "same", isSynchronized: false },
    displayName: one.displayName.replace("  ", " "),
    license: one.license === "none" ? "none" : "all",
    alias: null,
    mailbox: {
      ...one.mailbox,
      forwards: one.mailbox.forwards === "itself" ? null : one.mailbox.forwards,
      replies: ["always", "days"].includes(one.mailbox.replies ?? "") ? one.mailbox.replies : null,
    },
  })),
  groups: groups.map((one, at) => ({
    ...{ ...one, alias: `group${at}`, isNested: false, isSynchronized: false },
    type: one.type === "security" ? "security" : "microsoft365",
  })),
  // Who takes them over has them; nothing but the take-over of the first test is about those of lists.
  mailboxes: mailboxes.map((one) => ({ ...one, isBlocked: true, alias: true })),
  sites: sites.map((one) => ({
    ...{ ...one, template: "STS#3", isLocked: false, title: one.title.trim() },
  })),
}));

/** Contoso with licences for everybody, and the application of a provider in it. */
export async function emptyTenant(): Promise<TestEmulator> {
  const { certificatePem } = await certificateCredential();
  const subscribedSkus = [{ skuPartNumber: "SPB", enabledUnits: 50 }];
  return await startTestEmulator(
    {},
    {
      prepare: (fresh) => {
        fresh.addTenant({ ...contoso, subscribedSkus });
        fresh.addTenant({ ...contoso, applications: [{ clientId: CLIENT_ID, certificatePem }] });
      },
    },
  );
}

/** The real client, with a certificate. */
export async function clientOf(
  emulator: TestEmulator,
  more: Pick<Microsoft365Options, "mayWrite" | "relations"> = {},
): Promise<Microsoft365> {
  const { credential } = await certificateCredential();
  const service = createMicrosoft365({
    tenantId: TENANT_ID,
    endpoints: emulator.endpoints,
    credential,
    trustedCertificatesPem: emulator.certificateAuthorityPem,
    clock: {
      ...systemClock,
      now: () => emulator.clock.now(),
      sleep: (ms) => emulator.clock.sleep(ms),
    },
    ...more,
  });
  onTestFinished(() => service.close());
  return service;
}

export async function makeTenant({
  people,
  groups,
  mailboxes,
  sites,
}: AnyTenant): Promise<TestEmulator> {
  const emulator = await emptyTenant();
  const send = async (method: string, path: string, body: unknown): Promise<string> => {
    const answer = await emulator.graph(method, path, { body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  };
  const { body } = await emulator.graph("GET", "/subscribedSkus");
  const plans = body.value[0]?.servicePlans as { servicePlanId: string; servicePlanName: string }[];
  // One that no other depends on.
  const plan = plans.find(({ servicePlanName }) => servicePlanName === "YAMMER_ENTERPRISE");
  const ids: string[] = [];
  const addresses: string[] = [];
  for (const [at, one] of people.entries()) {
    const alias = `${one.capitals ? "Person" : "person"}${at}`;
    const address = `${alias}@contoso.com`;
    const {
      mail,
      license,
      manager,
      capitals: _,
      isSynchronized,
      alias: _alias,
      mailbox: _mailbox,
      ...properties
    } = one;
    const id = await send("POST", "/users", {
      ...properties,
      mailNickname: alias,
      userPrincipalName: address,
      passwordProfile: { password: "Tijdelijk-1" },
      ...(mail === "none" ? {} : { mail: mail === "same" ? address : `info${at}@contoso.com` }),
    });
    ids.push(id);
    addresses.push(address);
    if (license !== "none") {
      const disabledPlans = license === "partly" ? [plan?.servicePlanId] : [];
      const addLicenses = [{ skuId: SPB, disabledPlans }];
      await send("POST", `/users/${id}/assignLicense`, { addLicenses, removeLicenses: [] });
    }
    const boss = ids[manager ?? -1];
    if (boss !== undefined && boss !== id) {
      await send("PUT", `/users/${id}/manager/$ref`, reference(boss).body);
    }
    if (isSynchronized) synchronise(emulator, users, id);
  }
  const service = await clientOf(emulator);
  const { exchange } = service;
  const withMailbox = new Set(
    (await exchange.invoke<{ ExternalDirectoryObjectId: string }>("Get-Mailbox", {})).value.map(
      ({ ExternalDirectoryObjectId }) => ExternalDirectoryObjectId,
    ),
  );
  for (const [at, { alias }] of people.entries()) {
    const id = ids[at] ?? "";
    if (alias === null || !withMailbox.has(id)) continue;
    const add = [`smtp:${alias}${alias === "ander" ? at : ""}@contoso.com`];
    const EmailAddresses = { "@odata.type": "#Exchange.GenericHashTable", add };
    try {
      await exchange.invoke("Set-Mailbox", { Identity: id, EmailAddresses });
    } catch {
      // Somebody else has it.
    }
  }
  for (const [at, { mailbox }] of people.entries()) {
    const [id = "", own = ""] = [ids[at], addresses[at]];
    if (!withMailbox.has(id)) continue;
    const { forwards, keeps, hold, archive } = mailbox;
    const [first] = ids.filter((other) => withMailbox.has(other) && other !== id);
    await exchange.invoke("Set-Mailbox", {
      ...{ Identity: id, DeliverToMailboxAndForward: keeps, LitigationHoldEnabled: hold },
      ...(forwards === "first" && first !== undefined ? { ForwardingAddress: first } : {}),
      ...(forwards === "itself" ? { ForwardingSmtpAddress: `smtp:${own}` } : {}),
      ...(forwards?.includes("@") === true ? { ForwardingSmtpAddress: `smtp:${forwards}` } : {}),
    });
    if (archive) await exchange.invoke("Enable-Mailbox", { Identity: id, Archive: true });
    await send("PATCH", `/users/${id}/mailboxSettings`, settingsOf(mailbox));
    for (const place of mailbox.holders) {
      const [holder = "", address] = [ids[place], addresses[place]];
      if (address === undefined || holder === id || !withMailbox.has(holder)) continue;
      const body = { emailAddress: { address, name: address }, role: mailbox.role };
      await send("POST", `/users/${id}/calendar/calendarPermissions`, body);
      const full = { User: address, AccessRights: ["FullAccess"] };
      await exchange.invoke("Add-MailboxPermission", { Identity: id, ...full });
    }
  }
  for (const [at, { kind, isBlocked, alias, holders }] of mailboxes.entries()) {
    const address = `gedeeld${at}@contoso.com`;
    const made = await exchange.invoke<{ ExternalDirectoryObjectId: string }>("New-Mailbox", {
      ...{ [kind]: true, Name: `gedeeld${at}`, PrimarySmtpAddress: address },
    });
    await exchange.invoke("New-MailContact", {
      ...{ Name: `buiten${at}`, ExternalEmailAddress: `buiten${at}@elders.example` },
    });
    const id = made.value[0]?.ExternalDirectoryObjectId ?? "";
    if (isBlocked) await send("PATCH", `/users/${id}`, { accountEnabled: false });
    const add = alias ? [`smtp:g${at}@contoso.com`, `smtp:g${at}@contoso.onmicrosoft.com`] : [];
    const EmailAddresses = { "@odata.type": "#Exchange.GenericHashTable", add };
    await exchange.invoke("Set-Mailbox", { Identity: id, EmailAddresses });
    for (const holder of holders.flatMap((place) => addresses[place] ?? [])) {
      const full = { User: holder, AccessRights: ["FullAccess"] };
      await exchange.invoke("Add-MailboxPermission", { Identity: id, ...full });
      const sender = { Trustee: holder, AccessRights: ["SendAs"] };
      await exchange.invoke("Add-RecipientPermission", { Identity: id, ...sender });
    }
  }
  const aliases = new Set<string>();
  const security: string[] = [];
  const logins: string[] = [];
  for (const one of groups) {
    const { alias, type, owners, members, isNested, isSynchronized, isOpen, ...properties } = one;
    if (type === "distribution" || type === "mailSecurity") {
      const places = members.filter((place) => withMailbox.has(ids[place] ?? ""));
      const [owner] = places;
      const name = aliases.has(alias) ? `${alias}${aliases.size}` : alias;
      if (owner === undefined) continue;
      aliases.add(name);
      const made = await exchange.invoke<{ ExternalDirectoryObjectId: string }>(
        "New-DistributionGroup",
        {
          ...{ Name: name, Alias: name, DisplayName: properties.displayName },
          ...{ Type: type === "distribution" ? "Distribution" : "Security" },
          ManagedBy: [ids[owner]],
        },
      );
      // By id: the name of one can be what another is called.
      const Identity = made.value[0]?.ExternalDirectoryObjectId;
      const target = { Identity, BypassSecurityGroupManagerCheck: true };
      for (const place of places) {
        await exchange.invoke("Add-DistributionGroupMember", { ...target, Member: ids[place] });
      }
      const settings = { RequireSenderAuthenticationEnabled: !isOpen };
      await exchange.invoke("Set-DistributionGroup", { ...target, ...settings });
      continue;
    }
    const isUnified = type !== "security";
    const name = isUnified && aliases.has(alias) ? `${alias}${aliases.size}` : alias;
    aliases.add(name);
    const id = await send("POST", "/groups", {
      ...properties,
      mailNickname: name,
      mailEnabled: isUnified,
      securityEnabled: type !== "without security",
      groupTypes: isUnified ? ["Unified"] : [],
    });
    const of = (places: readonly number[]): string[] => places.flatMap((at) => ids[at] ?? []);
    for (const owner of of(owners))
      await send("POST", `/groups/${id}/owners/$ref`, reference(owner).body);
    const nested = isNested && !isUnified ? security.slice(0, 1) : [];
    for (const member of [...of(members), ...nested]) {
      await send("POST", `/groups/${id}/members/$ref`, reference(member).body);
    }
    if (!isUnified) security.push(id);
    if (isSynchronized && !isUnified) synchronise(emulator, groupCollection, id);
    logins.push(isUnified ? `c:0o.c|federateddirectoryclaimprovider|${id}` : `c:0t.c|tenant|${id}`);
  }
  for (const [at, one] of sites.entries()) {
    const logonNames = one.grants.flatMap(({ to, at: place, role }) => {
      const people_ = addresses.map((address) => `i:0#.f|membership|${address}`);
      const logonName = (to === "person" ? people_ : logins)[place];
      return logonName === undefined ? [] : [{ logonName, role }];
    });
    const owner = addresses[one.owner % addresses.length];
    if (owner === undefined) continue;
    await makeSite(service, { ...one, path: `/sites/site${at}`, owner, grants: logonNames });
  }
  return emulator;
}

/** As the synchronisation leaves it: nothing else over the wire makes such an object. */
function synchronise(emulator: TestEmulator, collection: typeof users, id: string): void {
  emulator.state.write(TENANT_ID, ({ store }) => {
    const object = store.get(collection, id);
    if (object === undefined) throw new Error(`${id} is not there`);
    store.replace(collection, { ...object, onPremisesSyncEnabled: true });
  });
}

async function makeSite(
  service: Microsoft365,
  site: {
    readonly path: string;
    readonly title: string;
    readonly template: string;
    readonly lcid: number;
    readonly owner: string;
    readonly isLocked: boolean;
    readonly grants: readonly { readonly logonName: string; readonly role: number }[];
  },
): Promise<void> {
  const sharePoint = service.sharePoint(HOST);
  const idempotent = { idempotent: true } as const;
  const { path, title: Title, template: WebTemplate, lcid: Lcid, owner: Owner } = site;
  const request = { Title, Url: `https://${HOST}${path}`, Lcid, WebTemplate, Owner };
  const { SiteId } = await sharePoint.post<{ SiteId: string }>(
    "/_api/SPSiteManager/create",
    { request },
    idempotent,
  );
  const web = `${path}/_api/web`;
  const roles = await sharePoint.all<{ Id: number; RoleTypeKind: number }>(
    `${web}/roledefinitions?$select=Id,RoleTypeKind`,
  );
  for (const { logonName, role } of site.grants) {
    const { Id } = await sharePoint.post<{ Id: number }>(
      `${web}/ensureuser`,
      { logonName },
      idempotent,
    );
    const roleId = roles.find(({ RoleTypeKind }) => RoleTypeKind === role)?.Id;
    const added = `principalid=${Id},roledefid=${roleId ?? 0}`;
    await sharePoint.post(
      `${web}/roleassignments/addroleassignment(${added})`,
      undefined,
      idempotent,
    );
  }
  if (!site.isLocked) return;
  await service
    .sharePoint("contoso-admin.sharepoint.com")
    .patch(`/_api/SPO.Tenant/sites('${SiteId}')`, { LockState: "NoAccess" });
}
