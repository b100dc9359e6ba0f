/** Addresses beside the first one, as far as a tenant file can say them. */
import { domainOfAddress } from "../../core/mail-address.ts";
import type { Inventory } from "../../provider/index.ts";

/** Object ids of who has the address in a tenant file, where a group has its name in every domain. */
type OwnersOf = (address: string) => readonly string[];

export function ownersIn({ people, groups, tenant, mail }: Inventory): OwnersOf {
  const domains = [tenant.initialDomain, ...tenant.domains];
  const pairs = [
    ...people.map(({ id, inputs }) => [inputs.userPrincipalName.toLowerCase(), id] as const),
    ...groups
      .filter(({ inputs }) => inputs.mailEnabled === true)
      .flatMap(({ id, inputs }) =>
        domains.map(
          (domain) => [`${inputs.mailNickname?.toLowerCase() ?? ""}@${domain}`, id] as const,
        ),
      ),
    ...[...(mail?.mailboxes ?? [])].map(([id, { address }]) => [address, id] as const),
  ];
  const owners = Map.groupBy(pairs, ([address]) => address);
  return (address) => (owners.get(address) ?? []).map(([, id]) => id);
}

/** Aliases by object id; undefined where there are none that a tenant file could say, or not all. */
export function aliasesIn(inventory: Inventory): (id: string) => readonly string[] | undefined {
  const { tenant, mail } = inventory;
  const ownersOf = ownersIn(inventory);
  return (id) => {
    const all = mail?.mailboxes.get(id)?.aliases ?? mail?.groups.get(id)?.aliases ?? [];
    const own = all.filter((alias) => tenant.domains.includes(domainOfAddress(alias)));
    const isSayable = own.every((alias) => ownersOf(alias).every((owner) => owner === id));
    return own.length === 0 || !isSayable ? undefined : own;
  };
}
