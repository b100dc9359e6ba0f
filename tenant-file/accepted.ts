/** The `accepted` section as it counts in a plan and on the record. */
import type { Accepted } from "../core/accepted.ts";
import { objectOf } from "./removals.ts";
import type { Tenant } from "./tenant-schema.ts";

export const acceptedEntries = ({ accepted = [] }: Tenant): readonly Accepted[] =>
  accepted.map(({ user: _user, guest: _guest, group: _group, site: _site, ...entry }, at) => ({
    ...objectOf(accepted[at] ?? {}),
    ...entry,
  }));
