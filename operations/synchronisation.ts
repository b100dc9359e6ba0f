/** How long ago the on-premises directory was synchronised: what is changed or blocked there comes here no sooner. */
import { timeIn } from "../core/calendar.ts";
import { ageOf } from "../state/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { Beside } from "../engine/index.ts";

export interface SynchronisationAge {
  /** Undefined where none has ended yet. */
  readonly last:
    | {
        /** UTC. */
        readonly at: string;
        /** In the customer's zone, to the minute. */
        readonly localTime: string;
        /** Such as "2 h 5 min". */
        readonly age: string;
      }
    | undefined;
  /** None for several hours: it stands still. */
  readonly isLate: boolean;
}

/**
 * Microsoft Entra Connect synchronises every 30 minutes, so that six in a row did not happen by then.
 * @see https://learn.microsoft.com/entra/identity/hybrid/connect/how-to-connect-sync-feature-scheduler (checked 2026-11-27)
 */
const LATE_MS = 3 * 3_600_000;

type Synchronisation = NonNullable<Beside["synchronised"]>;

export function ageOfSynchronisation(
  { lastAt }: Synchronisation,
  { tenant, now }: { readonly tenant: Pick<Tenant, "tenant">; readonly now: Date },
): SynchronisationAge {
  if (lastAt === undefined) return { last: undefined, isLate: true };
  const ageMs = now.getTime() - lastAt.getTime();
  const localTime = timeIn(tenant.tenant.country, lastAt);
  return {
    last: { at: lastAt.toISOString(), localTime, age: ageOf(ageMs) },
    isLate: ageMs > LATE_MS,
  };
}
