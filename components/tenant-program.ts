/** The Pulumi program: one tenant file becomes the resources of one stack. */
// Not the package's index: it loads a hundred kinds of resource, of which this needs none.
import { Provider as AzureadProvider } from "@pulumi/azuread/provider.js";
import type pulumi from "@pulumi/pulumi";
import { BackupSection } from "./backup.ts";
import type { Context } from "./component.ts";
import { DnsZonesSection } from "./dns-zones.ts";
import { DomainsSection } from "./domains.ts";
import { GroupsSection } from "./groups.ts";
import { GuestsSection } from "./guests.ts";
import { LicensesSection } from "./licenses.ts";
import { MailContactsSection } from "./mail-contacts.ts";
import { MailboxesSection } from "./mailboxes.ts";
import { MailGroupsSection } from "./mail-groups.ts";
import { hasMailKeys, MailSection } from "./mail.ts";
import { PeopleSection } from "./people.ts";
import type { PeopleArgs } from "./people.ts";
import type { DeclaredGroup, Unmanaged } from "./principals.ts";
import { RolesSection } from "./roles.ts";
import { SignInSecuritySection } from "./sign-in-security.ts";
import { SitesSection } from "./sites.ts";
import { TenantSection } from "./tenant.ts";
import { levelOf } from "../core/service-level.ts";
import { endingKey } from "../core/end-days.ts";
import { PackageProvider } from "../provider/index.ts";
import {
  declaredOn,
  endDays,
  isMailGroup,
  licensedPeople,
  peopleWithoutMailbox,
} from "../tenant-file/index.ts";
import type { GroupEntry, Tenant } from "../tenant-file/index.ts";
import { backupArgs, siteAddress } from "./backup-args.ts";

export interface ProgramOptions {
  /** Name of the stack, which is the tenant's folder. */
  readonly stack: string;
  /** First password of a new person; the same for the same person within one run of the command. */
  readonly initialPassword: (userPrincipalName: string) => string;
  /** Of the provider as Microsoft's partner, whose staff stays able to sign in; undefined where the settings name none. */
  readonly partnerTenantId?: string | undefined;
  /** As of which the file reads so: YYYY-MM-DD in the customer's country. */
  readonly day: string;
}

/**
 * Declares everything that the file manages. A section that the file leaves out declares nothing, so what
 * stands there in the tenant is left alone; which rules it breaks is the policy pack's business.
 */
export function declareTenant(file: Tenant, options: ProgramOptions): void {
  const tenant = declaredOn(file, options.day);
  const tenantId = tenant.tenant.id;
  const context: Context = {
    stack: options.stack,
    unmanaged: unmanagedIds(tenant),
    providers: {
      m365: new PackageProvider("m365", { tenantId }),
      azuread: new AzureadProvider("azuread", { tenantId }),
    },
  };

  const { identity } = new TenantSection(context, identityArgs(file, options.day));
  const ours: pulumi.Resource[] = [identity];
  const domains =
    tenant.domains === undefined ? undefined : new DomainsSection(context, tenant.domains, ours);
  if (tenant.dnsZones !== undefined) new DnsZonesSection(context, tenant.dnsZones, ours);
  // Day one: everything that holds data waits for the backup.
  const backup =
    tenant.backup === undefined
      ? undefined
      : new BackupSection(context, backupArgs(tenant, tenant.backup), ours);
  const safe = backup === undefined ? ours : [...ours, backup.policy];

  const people =
    tenant.users === undefined
      ? undefined
      : new PeopleSection(
          context,
          {
            people: peopleOf(tenant),
            initialPassword: options.initialPassword,
            ...(domains && { domains: domains.domains }),
          },
          ours,
        );
  // A licence, also one through a group, goes after the mailbox that would go with it has become a shared one.
  const settled = [...safe, ...(people?.conversions ?? [])];
  const guests =
    tenant.guests === undefined
      ? undefined
      : new GuestsSection(
          context,
          {
            guests: tenant.guests.map(({ adopt: _, recycleBin: _bin, ...guest }) => guest),
            people,
          },
          ours,
        );
  const groups =
    tenant.groups === undefined
      ? undefined
      : new GroupsSection(
          context,
          {
            groups: tenant.groups.filter((group) => !isMailGroup(group)).map(withoutMail),
            people,
            guests,
          },
          settled,
        );
  const licenses = new LicensesSection(
    context,
    {
      subscriptions: (tenant.subscriptions ?? []).map((subscription) => ({
        ...subscription,
        ...(tenant.licensePartner?.atTermEnd && {
          partnerAtTermEnd: tenant.licensePartner.atTermEnd,
        }),
      })),
      people,
      licensedPeople: (tenant.users ?? []).flatMap(
        ({ userPrincipalName: name, licenses, ...holder }) =>
          licenses === undefined ? [] : [{ ...holder, name, licenses }],
      ),
      groups,
      licensedGroups: (tenant.groups ?? []).flatMap(({ licenses, ...group }) =>
        licenses === undefined ? [] : [{ ...group, licenses }],
      ),
    },
    settled,
  );
  people?.returnMailboxes((name) => licenses.of(name));
  const declaredGroups = withMail(context, tenant, {
    ...{ people, guests, groups, licenses, domains, safe },
  });
  if (tenant.mailContacts !== undefined)
    new MailContactsSection(context, tenant.mailContacts, ours);
  if (tenant.signInSecurity !== undefined) {
    const { language, emergencyAccounts = [] } = tenant.tenant;
    const listed = [...(tenant.users ?? []), ...(tenant.groups ?? [])];
    new SignInSecuritySection(
      context,
      {
        ...{ declared: tenant.signInSecurity, language, emergencyAccounts },
        ...{ people, groups: declaredGroups, partnerTenantId: options.partnerTenantId },
        isSynchronized: listed.some(({ source }) => source !== undefined),
      },
      ours,
    );
  }
  if (tenant.roles !== undefined) {
    const formerNames = new Map(
      (tenant.users ?? []).flatMap(({ userPrincipalName, formerly }) =>
        formerly === undefined ? [] : [[userPrincipalName, formerly] as const],
      ),
    );
    new RolesSection(context, { roles: tenant.roles, people, formerNames }, ours);
  }
  if (tenant.sites !== undefined) {
    new SitesSection(
      context,
      {
        sites: tenant.sites.map(({ url, adopt: _, ...site }) => ({
          ...site,
          path: url,
          url: siteAddress(tenant, url),
        })),
        language: tenant.tenant.language,
        people,
        guests,
        groups: declaredGroups,
        licenses: licenses.assignments,
      },
      safe,
    );
  }
}

interface Made {
  readonly people: PeopleSection | undefined;
  readonly guests: GuestsSection | undefined;
  readonly groups: GroupsSection | undefined;
  readonly licenses: LicensesSection;
  readonly domains: DomainsSection | undefined;
  readonly safe: readonly pulumi.Resource[];
}

/** What Exchange makes and keeps, after the mailboxes that it needs. Gives the groups of every kind. */
function withMail(
  context: Context,
  tenant: Tenant,
  { people, guests, groups, licenses, domains: managed, safe }: Made,
): ReadonlyMap<string, DeclaredGroup> {
  const others = { people, guests, licensesOf: (name: string) => licenses.of(name) };
  const names = {
    domains: [...tenant.tenant.domains, ...(tenant.domains ?? []).map(({ name }) => name)],
    ...(managed && { managedDomains: managed.domains }),
  };
  const listed = (tenant.groups ?? []).filter(isMailGroup).map(withoutMail);
  const mailGroups =
    listed.length === 0
      ? undefined
      : new MailGroupsSection(context, { groups: listed, ...others }, safe);
  const declaredGroups = new Map([...(groups?.groups ?? []), ...(mailGroups?.groups ?? [])]);
  const holders = {
    users: (tenant.users ?? []).filter(
      ({ aliases, mailbox }) => (aliases ?? mailbox) !== undefined,
    ),
    groups: (tenant.groups ?? []).filter(hasMailKeys),
  };
  if (holders.users.length + holders.groups.length > 0) {
    const { country } = tenant.tenant;
    new MailSection(context, { ...names, country, ...holders, declaredGroups, ...others }, safe);
  }
  if (tenant.mailboxes !== undefined) {
    const { mailboxes } = tenant;
    const { licensesOf } = others;
    new MailboxesSection(context, { ...names, mailboxes, people, licensesOf }, safe);
  }
  return declaredGroups;
}

/** A group without what other components declare of it. */
function withoutMail({
  licenses: _,
  disabledPlans: _off,
  recycleBin: _bin,
  adopt: _there,
  aliases: _aliases,
  hideFromAddressLists: _hidden,
  senders: _senders,
  ...group
}: GroupEntry) {
  return group;
}

/** Microsoft gives nobody a licence without a country: where the file has none, it is that of the tenant. */
function peopleOf(tenant: Tenant): PeopleArgs["people"] {
  const licensed = licensedPeople(tenant);
  const withoutMailbox = peopleWithoutMailbox(tenant);
  const { users = [] } = tenant;
  return users.map(
    ({
      licenses: _,
      disabledPlans: _off,
      recycleBin: _bin,
      adopt: _there,
      blockedBecause: _reason,
      firstDay: _first,
      lastDay: _last,
      leaves: _leaves,
      aliases: _aliases,
      mailbox,
      ...own
    }) => {
      const { userPrincipalName: name } = own;
      const person =
        mailbox?.type === undefined
          ? own
          : {
              ...own,
              mailboxType:
                mailbox.type === "shared"
                  ? { type: "shared" as const, withoutLicense: withoutMailbox.has(name) }
                  : { type: "regular" as const },
            };
      return licensed.has(name) ? { usageLocation: tenant.tenant.country, ...person } : person;
    },
  );
}

function unmanagedIds({ unmanaged }: Tenant): Unmanaged {
  return {
    users: new Map(
      unmanaged?.users?.map(({ userPrincipalName, id }) => [userPrincipalName, id] as const),
    ),
    groups: new Map(unmanaged?.groups?.map(({ name, id }) => [name, id] as const)),
  };
}

function identityArgs(tenant: Tenant, day: string): ConstructorParameters<typeof TenantSection>[1] {
  const { id, domains, language: _language, country: _country, ...others } = tenant.tenant;
  const { emergencyAccounts: _emergency, globalAdministrators: _administrators, ...own } = others;
  const decisionMakers = tenant.approval?.decisionMakers ?? [];
  return {
    tenantId: id,
    ...own,
    domains: [...domains],
    contract: contractOf(tenant),
    managedBy: { name: tenant.managedBy.name, domains: [...tenant.managedBy.domains] },
    endDays: endDays(tenant)
      .filter(({ until }) => until >= day)
      .map(({ until, ...ending }) => ({ ending: endingKey(ending), until })),
    approval: {
      required: tenant.approval?.required ?? 1,
      decisionMakers: decisionMakers.map(({ name, email }) => ({ name, email })),
    },
  };
}

/** What was agreed, with what the provider promises at that level. */
function contractOf({ contract, managedBy }: Tenant) {
  const { seats, serviceLevel, ...days } = contract;
  const level = levelOf(serviceLevel);
  const promises = level === "none" ? undefined : managedBy.serviceLevels?.[level];
  return {
    ...{ ...days, serviceLevel },
    ...(promises && { promises }),
    ...(seats && {
      seats: seats.map(({ user, device = "", serviceLevel: own = serviceLevel }) =>
        user === undefined
          ? { kind: "device" as const, name: device, serviceLevel: own }
          : { kind: "user" as const, name: user, serviceLevel: own },
      ),
    }),
  };
}
