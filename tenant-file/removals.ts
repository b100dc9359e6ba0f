/** What the file says of objects that go. */
import type { Tenant } from "./tenant-schema.ts";

export interface Removal {
  /** Key of the object: user principal name, group name or address of the site. */
  readonly object: string;
  readonly reason: string;
  /** What happens to the data. */
  readonly data: string;
}

/** The `remove` section, whatever kind of object an entry names. */
export const removeEntries = (tenant: Tenant): readonly Removal[] =>
  (tenant.remove ?? []).map(removeEntry);

function removeEntry(entry: NonNullable<Tenant["remove"]>[number]): Removal {
  const { user, group, site, reason, data } = {
    user: undefined,
    group: undefined,
    site: undefined,
    ...entry,
  };
  return { object: user ?? group ?? site ?? "", reason, data };
}
