/** The tenant file of a tenant that exists: what there is, as a person would write it, and what is left as it is. */
import type { Inventory } from "../../provider/index.ts";
import { firstContract, tenantEntry } from "../../tenant-file/index.ts";
import type { Remarks, TenantDraft } from "../../tenant-file/index.ts";
import { calendar } from "../../core/calendar.ts";
import type { TenantOverview } from "../../core/tenant-overview.ts";
import { NOUNS } from "../../core/nouns.ts";
import { findingsOf } from "./findings.ts";
import type { TenantFinding } from "./findings.ts";
import { fitting } from "./fitting.ts";
import { draftGroups } from "./groups.ts";
import { draftGuests } from "./guests.ts";
import { draftMailContacts } from "./mail-contacts.ts";
import { draftMail } from "./mail.ts";
import { overviewOf } from "./overview.ts";
import { draftPeople } from "./people.ts";
import type { LeftAlone } from "./people.ts";
import { draftRoles } from "./roles.ts";
import { draftSites } from "./sites.ts";
import type { DraftedSites } from "./sites.ts";
import { unmanagedSection } from "./unmanaged.ts";

export interface DraftedTenant {
  readonly draft: TenantDraft;
  readonly remarks: Remarks;
  /** What is not managed from here, each with the reason. */
  readonly left: readonly LeftAlone[];
  readonly findings: readonly TenantFinding[];
  readonly overview: TenantOverview;
  /** Of what the tenant has; `managed` and what is left add up to `found`. */
  readonly counts: {
    readonly people: Count;
    readonly guests?: Count;
    readonly groups: Count;
    /** Shared ones. */
    readonly mailboxes?: Count;
    readonly contacts?: Count;
    readonly sites?: Count;
  };
  /** What nobody looked at, and so nobody counted. */
  readonly notRead: Inventory["notRead"];
}

interface Count {
  readonly found: number;
  readonly managed: number;
}

const SECTIONS: Remarks["sections"] = {
  contract: ["Agreed between people, so not in the tenant: correct this before the first plan."],
  approval: [
    "approval: who decides at the customer. A plan is refused until it is here, such as",
    "approval:",
    "  decisionMakers:",
    "    - { name: Anna de Vries, email: anna@example.com }",
  ],
  backup: ["backup: outside Microsoft. A plan is refused until it is here."],
};

/** @param managedBy the provider: no service knows it */
export function draftTenant(
  inventory: Inventory,
  managedBy: TenantDraft["managedBy"],
): DraftedTenant {
  const { tenant } = inventory;
  const mail = draftMail(inventory);
  const { contacts, left: leftContacts } = draftMailContacts(inventory);
  const language = tenant.language?.toLowerCase().startsWith("nl") === true ? "nl" : "en";
  const country = countryOf(inventory);
  const people = draftPeople(inventory, {
    accounts: mail.accounts,
    place: { language, country, day: calendar.today() },
  });
  const guests = draftGuests(inventory, people);
  const groups = draftGroups(inventory, { people, guests });
  const sites =
    inventory.sites &&
    draftSites(inventory.sites, {
      names: { user: people.names, guest: guests.names, group: groups.names },
      language,
      tenant: inventory.sharing ?? {},
    });
  const unmanaged = unmanagedSection({ people, guests, groups, mail, sites });
  const { globalAdministrators, ...administrators } = draftRoles(inventory, people);
  return {
    draft: {
      version: 1,
      tenant: {
        ...{ id: tenant.id, displayName: tenant.displayName },
        ...{ initialDomain: tenant.initialDomain, domains: [...tenant.domains] },
        language,
        country,
        ...fitting(tenantEntry, { ...inventory.sharing }).kept,
        ...(globalAdministrators.length === 0
          ? {}
          : { globalAdministrators: [...globalAdministrators] }),
      },
      managedBy,
      contract: firstContract(calendar.today()),
      users: [...people.users],
      ...(guests.guests.length === 0 ? {} : { guests: [...guests.guests] }),
      groups: [...groups.groups],
      ...(mail.mailboxes.length === 0 ? {} : { mailboxes: [...mail.mailboxes] }),
      ...(contacts.length === 0 ? {} : { mailContacts: [...contacts] }),
      ...(sites === undefined || sites.sites.length === 0 ? {} : { sites: [...sites.sites] }),
      ...(administrators.roles.length === 0 ? {} : { roles: [...administrators.roles] }),
      ...(unmanaged === undefined ? {} : { unmanaged }),
    },
    remarks: {
      sections: {
        ...SECTIONS,
        subscriptions: boughtIn(inventory),
        ...siteRemarks(inventory, sites),
        ...(unmanaged === undefined ? {} : { unmanaged: ["Named above, and left as they are."] }),
      },
      entries: new Map([
        ...people.remarks,
        ...guests.remarks,
        ...groups.remarks,
        ...mail.remarks,
        ...administrators.remarks,
        ...(sites?.remarks ?? []),
      ]),
    },
    left: [
      ...[...people.left, ...guests.left, ...groups.left, ...mail.left, ...leftContacts],
      ...(sites?.left ?? []),
      ...tenant.unverifiedDomains.map((name) => ({
        ...{ kind: "domain" as const, name, id: name },
        reason: "not verified; under `domains` it would be",
      })),
      ...(inventory.signIn?.rules ?? []).map(({ id, name, purpose }) => ({
        ...{ kind: "sign-in rule" as const, name, id },
        reason:
          purpose === undefined
            ? "a conditional access policy that the file has no words for"
            : "a conditional access policy; one that does the same under `signInSecurity` would be a second",
      })),
    ],
    findings: findingsOf(inventory),
    overview: overviewOf(inventory),
    counts: {
      people: {
        found: inventory.people.length - mail.accounts.size,
        managed: people.users.length,
      },
      ...(inventory.guests.length === 0
        ? {}
        : { guests: { found: inventory.guests.length, managed: guests.guests.length } }),
      groups: { found: inventory.groups.length, managed: groups.groups.length },
      ...(mail.mailboxes.length + mail.left.length === 0
        ? {}
        : {
            mailboxes: {
              found: mail.mailboxes.length + mail.left.length,
              managed: mail.mailboxes.length,
            },
          }),
      ...(contacts.length + leftContacts.length === 0
        ? {}
        : {
            contacts: {
              found: contacts.length + leftContacts.length,
              managed: contacts.length,
            },
          }),
      ...(sites === undefined
        ? {}
        : {
            sites: { found: sites.sites.length + sites.left.length, managed: sites.sites.length },
          }),
    },
    notRead: inventory.notRead,
  };
}

/** What is said where the section would stand, or above it. */
function siteRemarks(
  { notRead }: Inventory,
  sites: DraftedSites | undefined,
): Pick<Remarks["sections"], typeof NOUNS.site.listedIn> {
  const { listedIn } = NOUNS.site;
  if (sites === undefined) {
    const why = notRead.find(({ part }) => part === listedIn)?.reason ?? "";
    return { [listedIn]: [`${listedIn}: nobody looked: ${why}. Left as they are.`] };
  }
  if (sites.sites.length > 0) return {};
  return { [listedIn]: [`${listedIn}: none that this file can say; left as they are.`] };
}

/** A section of the file has to say the length of each term, which no directory knows. */
const boughtIn = ({ products, subscriptions }: Inventory): string[] => [
  "subscriptions: whether a term is monthly or annual, and whether it renews, is the licence partner's to know.",
  "Bought now:",
  ...products.map(({ sku, bought, used }) => `  ${sku}: ${bought}, ${used} used`).sort(),
  ...(subscriptions.length === 0 ? [] : ["As ordered:"]),
  ...subscriptions.map(({ sku, count, since, nextStep, status, isTrial }) =>
    [
      `  ${sku}: ${count} since ${since}`,
      ...(nextStep === undefined ? [] : [`renews or ends on ${nextStep}`]),
      ...(status === "Enabled" ? [] : [status]),
      ...(isTrial ? ["a trial"] : []),
    ].join(", "),
  ),
];

type Country = TenantDraft["tenant"]["country"];

/** Where the tenant does not say it, the country in which most of its people use it. */
function countryOf({ tenant, people }: Inventory): Country {
  const places = people.flatMap(({ inputs }) => inputs.usageLocation ?? []);
  const counted = [...Map.groupBy(places.sort(), (place) => place)];
  const [most] = counted.sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
  return tenant.country ?? most ?? "NL";
}
