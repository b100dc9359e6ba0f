/** Who came in by an emergency account, other than was meant. */
import { dayIn, timeIn } from "../core/calendar.ts";
import type { Beside, Directory } from "../engine/index.ts";
import { dayAt } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";

interface EmergencyUse {
  /** As the tenant file names it. */
  readonly account: string;
  /** UTC. */
  readonly at: string;
  /** In the customer's country, to the minute. */
  readonly localTime: string;
}

/** Sorted by account; empty where none was used since the last drill. */
export type EmergencyUses =
  { readonly uses: readonly EmergencyUse[] } | { readonly reason: string };

export function emergencyUses(
  read: NonNullable<Beside["emergencySignIns"]>,
  known: { readonly tenant: Tenant; readonly directory: Directory; readonly now: Date },
): EmergencyUses {
  if (!("found" in read)) return { reason: read.reason };
  const { tenant, directory, now } = known;
  const { country, lastEmergencyDrill: drill = "" } = tenant.tenant;
  // A day to come would say of a use that it was meant before it happened.
  const meantUntil = drill > dayAt(tenant, now) ? "" : drill;
  const uses = directory.people.flatMap(({ id, key }): EmergencyUse[] => {
    const at = read.found.get(id);
    if (at === undefined || dayIn(country, new Date(at)) <= meantUntil) return [];
    return [{ account: key.toLowerCase(), at, localTime: timeIn(country, new Date(at)) }];
  });
  return { uses: uses.toSorted((one, other) => (one.account < other.account ? -1 : 1)) };
}
