/** What falls due by the days of a tenant file: what ends, renews or was agreed until a day. Reads no tenant. */
import { dayOfEnding, endingKey, endingWords } from "../core/end-days.ts";
import type { Text } from "../core/language.ts";
import { seatsDue } from "./due-leavers.ts";
import { termsDue } from "./due-terms.ts";
import type { Agreed } from "./due-terms.ts";
import { endDays } from "./end-days.ts";
import type { Tenant } from "./tenant-schema.ts";

export interface DueDay extends Agreed {
  /** The day is over, and the file still has it. */
  readonly isOver: boolean;
}

/** @param today in the customer's country. @returns sorted by day */
export function dueDays(tenant: Tenant, today: string): readonly DueDay[] {
  const agreed = [
    ...ends(tenant, today),
    ...replies(tenant),
    ...deviations(tenant),
    ...deciders(tenant),
    ...seatsDue(tenant, today),
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

/** What has begun is of the past; what has ended and is still in the file waits for somebody to take it out. */
const ends = (tenant: Tenant, today: string): Agreed[] =>
  endDays(tenant).flatMap(({ until, ...ending }) => {
    const key = endingKey(ending);
    const { nl: dutch, en: english } = endingWords(key);
    const day = dayOfEnding({ ending: key, until });
    if (ending.isStart !== true) {
      return [{ day, text: { nl: `Laatste dag: ${dutch}`, en: `Last day: ${english}` } }];
    }
    return day < today
      ? []
      : [{ day, text: { nl: `Eerste dag: ${dutch}`, en: `First day: ${english}` } }];
  });

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
