/** The `accepted` section as it counts in a plan and on the record. */
import type { Accepted } from "../core/accepted.ts";
import { objectOf } from "./removals.ts";
import type { Tenant } from "./tenant-schema.ts";

export const acceptedEntries = (tenant: Tenant): readonly Accepted[] => [
  ...(tenant.accepted ?? []).map((whole) => {
    const {
      user: _user,
      guest: _guest,
      group: _group,
      mailbox: _mailbox,
      site: _site,
      domain: _domain,
      ...entry
    } = whole;
    return { ...objectOf(whole), ...entry };
  }),
  ...helpersInGroups(tenant),
];

const WHY = {
  nl: "Account waarmee de back-up wordt gemaakt",
  en: "Account that makes the backup",
} as const;

/** The backup vendor's accounts put themselves back into every group: accepted there as long as the contract runs. */
function helpersInGroups({ backup, groups = [], contract, tenant }: Tenant): Accepted[] {
  const helpers = backup?.helperAccounts ?? [];
  return groups
    .filter(({ members }) => members !== undefined)
    .flatMap(({ name }) =>
      helpers.map(({ userPrincipalName, id }) => ({
        ...{ kind: "group" as const, name, property: "members", extra: userPrincipalName, id },
        ...{ reason: WHY[tenant.language], until: contract.end },
      })),
    );
}
