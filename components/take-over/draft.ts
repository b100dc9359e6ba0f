/** The tenant file of a tenant that exists: what there is, as a person would write it, and what is left as it is. */
import type { Inventory } from "../../provider/index.ts";
import type { Remarks, TenantDraft } from "../../tenant-file/index.ts";
import { addDays, addMonths, calendar } from "../../core/calendar.ts";
import { findingsOf } from "./findings.ts";
import type { TenantFinding } from "./findings.ts";
import { draftGroups } from "./groups.ts";
import { draftPeople } from "./people.ts";
import type { LeftAlone } from "./people.ts";

export interface DraftedTenant {
  readonly draft: TenantDraft;
  readonly remarks: Remarks;
  /** People and groups that are not managed from here, each with the reason. */
  readonly left: readonly LeftAlone[];
  readonly findings: readonly TenantFinding[];
  /** Of what the tenant has; `managed` and what is left add up to `found`. */
  readonly counts: { readonly people: Count; readonly groups: Count };
}

interface Count {
  readonly found: number;
  readonly managed: number;
}

const CONTRACT_MONTHS = 36;
const SECTIONS: Remarks["sections"] = {
  contract: ["Agreed between people, so not in the tenant: correct this before the first plan."],
  approval: ["approval: who decides at the customer. A plan is refused until it is here."],
  backup: ["backup: outside Microsoft. A plan is refused until it is here."],
  sites: ["sites: not taken over yet, and left as they are."],
};

/** @param managedBy the provider: no service knows it */
export function draftTenant(
  inventory: Inventory,
  managedBy: TenantDraft["managedBy"],
): DraftedTenant {
  const { tenant, products } = inventory;
  const people = draftPeople(inventory);
  const { groups, ...drafted } = draftGroups(inventory, people);
  const start = calendar.today();
  const idOf = new Map([...people.names].map(([id, name]) => [name, id]));
  const managed = new Set(people.users.map(({ userPrincipalName }) => userPrincipalName));
  const referred = [
    ...people.users.flatMap(({ manager }) => manager ?? []),
    ...groups.flatMap(({ owners, members }) => [...(owners ?? []), ...(members ?? [])]),
  ];
  const unmanaged = [...new Set(referred)].filter((name) => !managed.has(name)).sort();
  const bought = products.map(
    ({ sku, ...count }) => `  ${sku}: ${count.bought}, ${count.used} used`,
  );
  return {
    draft: {
      version: 1,
      tenant: {
        ...{ id: tenant.id, displayName: tenant.displayName },
        ...{ initialDomain: tenant.initialDomain, domains: [...tenant.domains] },
        language: tenant.language?.toLowerCase().startsWith("nl") === true ? "nl" : "en",
        country: countryOf(inventory),
      },
      managedBy,
      contract: {
        start,
        end: addDays(addMonths(start, CONTRACT_MONTHS), -1),
        serviceLevel: "bronze",
      },
      users: [...people.users],
      groups: [...groups],
      ...(unmanaged.length === 0
        ? {}
        : {
            unmanaged: {
              users: unmanaged.map((userPrincipalName) => ({
                userPrincipalName,
                id: idOf.get(userPrincipalName) ?? "",
              })),
            },
          }),
    },
    remarks: {
      sections: {
        ...SECTIONS,
        subscriptions: [
          "subscriptions: the terms are the licence partner's to know. Bought now:",
          ...bought,
        ],
        ...(unmanaged.length === 0 ? {} : { unmanaged: ["Named above, and left as they are."] }),
      },
      entries: new Map([...people.remarks, ...drafted.remarks]),
    },
    left: [...people.left, ...drafted.left],
    findings: findingsOf(inventory),
    counts: {
      people: { found: inventory.people.length, managed: people.users.length },
      groups: { found: inventory.groups.length, managed: groups.length },
    },
  };
}

type Country = TenantDraft["tenant"]["country"];

/** Where the tenant does not say it, the country in which most of its people use it. */
function countryOf({ tenant, people }: Inventory): Country {
  const places = people.flatMap(({ inputs }) => inputs.usageLocation ?? []);
  const counted = [...Map.groupBy(places, (place) => place)];
  const [most] = counted.sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
  return tenant.country ?? most ?? "NL";
}
