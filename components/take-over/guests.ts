/** The inverse of guests.ts: guests that exist as entries of a tenant file, where the file can say who they are. */
import type { InventoriedGuest, Inventory } from "../../provider/index.ts";
import { guestEntry } from "../../tenant-file/index.ts";
import type { GuestEntry } from "../../tenant-file/index.ts";
import { fitting } from "./fitting.ts";
import type { DraftedPeople, LeftAlone } from "./people.ts";

export interface DraftedGuests {
  /** Sorted by mail address. */
  readonly guests: readonly GuestEntry[];
  readonly left: readonly LeftAlone[];
  /** What is said above an entry, by mail address. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
  /** Mail addresses of those who are taken over, by object id. */
  readonly names: ReadonlyMap<string, string>;
}

export function draftGuests({ guests, tenant }: Inventory, people: DraftedPeople): DraftedGuests {
  const own = new Set([tenant.initialDomain, ...tenant.domains]);
  const byMail = Map.groupBy(guests, ({ inputs }) => inputs.email);
  const judged = guests.map((guest) => {
    const isOnly = byMail.get(guest.inputs.email)?.length === 1;
    return { guest, reason: isOnly ? reasonToLeave(guest, own) : "another guest has the address" };
  });
  const drafted = judged
    .filter(({ reason }) => reason === undefined)
    .map(({ guest }) => entryOf(guest, people.names))
    .sort((one, other) => (one.entry.email < other.entry.email ? -1 : 1));
  return {
    guests: drafted.map(({ entry }) => entry),
    left: judged.flatMap(({ guest: { id, inputs }, reason }) => {
      const name = inputs.email ?? inputs.displayName ?? id;
      return reason === undefined ? [] : [{ kind: "guest" as const, name, id, reason }];
    }),
    remarks: new Map(drafted.map(({ entry, remarks }) => [entry.email, remarks])),
    names: new Map(drafted.map(({ id, entry }) => [id, entry.email])),
  };
}

/** Undefined where the program would declare exactly this guest. */
function reasonToLeave({ inputs }: InventoriedGuest, own: ReadonlySet<string>): string | undefined {
  const { email, displayName } = inputs;
  if (email === undefined) return "no mail address";
  if (own.has(email.slice(email.indexOf("@") + 1))) return "an address of the tenant itself";
  return fitting(guestEntry, { email, displayName }).dropped.length === 0 &&
    displayName !== undefined
    ? undefined
    : "the address or name has characters that a tenant file does not take";
}

function entryOf(
  { id, inputs, isPending }: InventoriedGuest,
  people: ReadonlyMap<string, string>,
): { id: string; entry: GuestEntry; remarks: readonly string[] } {
  const { email = "", displayName = "", sponsors: ids = [], accountEnabled = true } = inputs;
  const sponsors = ids.flatMap((sponsor) => people.get(sponsor) ?? []).sort();
  const isNamed = sponsors.length === ids.length;
  return {
    id,
    entry: {
      ...{ email, displayName, ...(isNamed && sponsors.length > 0 ? { sponsors } : {}) },
      ...(accountEnabled ? {} : { accountEnabled }),
    },
    remarks: [
      "No last day is known: agree on one (until). A plan is refused without it.",
      ...(isPending ? ["Has not accepted the invitation yet."] : []),
      ...(isNamed ? [] : ["Has sponsors that cannot be named here; left as they are."]),
    ],
  };
}
