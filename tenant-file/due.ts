/** What falls due by the days of a tenant file: what ends, renews or was agreed until a day. Reads no tenant. */
import type { Text } from "../core/language.ts";
import { labelOf } from "../core/i18n/labels.ts";
import type { Tenant } from "./tenant-schema.ts";
import { termsDue } from "./due-terms.ts";
import { RIGHTS } from "./rules/mailbox-rights.ts";

export interface DueDay {
  /** Last day on which it holds, or the day of a renewal: YYYY-MM-DD in the customer's country. */
  readonly day: string;
  readonly text: Text;
  /** The day is over, and the file still has it. */
  readonly isOver: boolean;
}

export type Agreed = Pick<DueDay, "day" | "text">;
type RightHolders = Pick<NonNullable<Tenant["mailboxes"]>[number], (typeof RIGHTS)[number]>;

/** @param today in the customer's country. @returns sorted by day */
export function dueDays(tenant: Tenant, today: string): readonly DueDay[] {
  const agreed = [
    ...guests(tenant),
    ...rights(tenant),
    ...replies(tenant),
    ...deviations(tenant),
    ...exceptions(tenant),
    ...deciders(tenant),
    ...termsDue(tenant, today),
    contract(tenant),
  ];
  return agreed
    .map((one) => ({ ...one, isOver: one.day < today }))
    .toSorted((a, b) => a.day.localeCompare(b.day));
}

/** What has no day falls never due. */
const onDay = (day: string | undefined, text: Text): Agreed[] =>
  day === undefined ? [] : [{ day, text }];

const guests = (tenant: Tenant): Agreed[] =>
  (tenant.guests ?? []).flatMap(({ until, displayName, email }) =>
    onDay(until, {
      nl: `Laatste dag van gast ${displayName} (${email})`,
      en: `Last day of the guest ${displayName} (${email})`,
    }),
  );

function rights(tenant: Tenant): Agreed[] {
  const shared = (tenant.mailboxes ?? []).map((mailbox) => [mailbox.address, mailbox] as const);
  const own = (tenant.users ?? []).map(
    ({ userPrincipalName, mailbox }) => [userPrincipalName, mailbox ?? {}] as const,
  );
  return [...shared, ...own].flatMap(([address, holders]) => rightsOn(address, holders));
}

const rightsOn = (address: string, holders: RightHolders): Agreed[] =>
  RIGHTS.flatMap((right) =>
    (holders[right] ?? []).flatMap(({ user, until }) => {
      const label = labelOf(right) ?? { nl: right, en: right };
      return onDay(until, {
        nl: `Laatste dag: ${label.nl}, ${user} op ${address}`,
        en: `Last day: ${label.en}, ${user} on ${address}`,
      });
    }),
  );

const replies = (tenant: Tenant): Agreed[] =>
  (tenant.users ?? []).flatMap(({ displayName, mailbox }) =>
    onDay(mailbox?.automaticReplies?.until, {
      nl: `Laatste dag van het automatische antwoord van ${displayName}`,
      en: `Last day of the automatic reply of ${displayName}`,
    }),
  );

const deviations = (tenant: Tenant): Agreed[] =>
  (tenant.accepted ?? []).flatMap(({ until, property, ...named }) => {
    const object = named.user ?? named.group ?? named.site ?? "";
    return onDay(until, {
      nl: `Laatste dag waarop ${property} van ${object} mag afwijken`,
      en: `Last day on which ${property} of ${object} may differ`,
    });
  });

const exceptions = (tenant: Tenant): Agreed[] =>
  (tenant.signInSecurity?.trustedCountries?.exceptions ?? []).flatMap(({ user, until }) =>
    onDay(until, {
      nl: `Laatste dag waarop ${user} van overal mag aanmelden`,
      en: `Last day on which ${user} may sign in from anywhere`,
    }),
  );

const deciders = (tenant: Tenant): Agreed[] =>
  (tenant.approval?.decisionMakers ?? []).flatMap(({ name, until }) =>
    onDay(until, {
      nl: `Laatste dag waarop ${name} beslist`,
      en: `Last day on which ${name} decides`,
    }),
  );

const contract = ({ contract: { end }, tenant: { displayName } }: Tenant): Agreed => ({
  day: end,
  text: {
    nl: `Laatste dag van het contract met ${displayName}`,
    en: `Last day of the contract with ${displayName}`,
  },
});
