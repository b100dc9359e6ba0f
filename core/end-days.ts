/** What ends or begins by itself on a day, as the tenant file declares it and the state keeps it. */
import { ROLE_NAMES } from "./directory-roles.ts";
import { addDays } from "./calendar.ts";
import { labelOf, wordOf } from "./i18n/labels.ts";
import type { Text } from "./language.ts";

/** Of `user` and `guest` the sign-in; of `leaver` all that somebody has; the others are a right of somebody on a mailbox, a role of somebody, or their exception to a rule. */
export const ENDING_KINDS = [
  "user",
  "guest",
  "leaver",
  "fullAccess",
  "sendAs",
  "sendOnBehalf",
  "calendar",
  "role",
  "exception",
] as const;

export interface Ended {
  readonly kind: (typeof ENDING_KINDS)[number];
  /** User principal name, address of a guest or of a mailbox, id of a role's template, or key of a rule. */
  readonly name: string;
  /** Whose right, role or exception it is. */
  readonly user?: string;
  /** Of a right on a calendar that begins: which. What is given on its day is what was approved. */
  readonly role?: string;
  /** What ends is that it is not there yet: it begins on the day after `until`. */
  readonly isStart?: true;
  /** Last day on which it holds, or on which it does not hold yet: YYYY-MM-DD in the customer's country. */
  readonly until: string;
}

const START = "start ";

/** One text for what ends or begins, whenever. */
export const endingKey = ({ kind, name, user, role, isStart }: Omit<Ended, "until">): string =>
  (isStart === true ? START : "") +
  [kind, name, user, role].filter((part) => part !== undefined).join(" ");

/** The key taken apart again; its last day is not in it. */
export function endingOf(key: string): Omit<Ended, "until"> | undefined {
  const own = isStart(key) ? key.slice(START.length) : key;
  const [first, name, user, role] = own.split(" ");
  const kind = ENDING_KINDS.find((one) => one === first);
  if (kind === undefined || name === undefined) return undefined;
  return {
    ...{ kind, name },
    ...(user === undefined ? {} : { user }),
    ...(role === undefined ? {} : { role }),
    ...(isStart(key) ? { isStart: true as const } : {}),
  };
}

/** Whether the key is that of something that begins. */
export const isStart = (key: string): boolean => key.startsWith(START);

/** The first day of what begins, the last one of what ends: as people say it. */
export const dayOfEnding = ({ ending, until }: { ending: string; until: string }): string =>
  isStart(ending) ? addDays(until, 1) : until;

/** A key in words, where its last day stands beside it. */
export function endingUntil(key: string): Text {
  const { nl: dutch, en: english } = endingWords(key);
  return isStart(key)
    ? { nl: `nog niet: ${dutch}`, en: `not yet: ${english}` }
    : { nl: dutch, en: english };
}

/** What a key stands for, in words; not whether it ends or begins. */
export function endingWords(key: string): Text {
  const { kind, name = key, user, role: level } = endingOf(key) ?? {};
  if (kind === "leaver") {
    return {
      nl: `alles van ${name}: aanmelden, groepen, rollen, rechten en licenties (de mailbox blijft, als gedeelde)`,
      en: `all that ${name} has: sign-in, groups, roles, rights and licences (the mailbox stays, as a shared one)`,
    };
  }
  if (user === undefined || kind === undefined) {
    return kind === "guest"
      ? { nl: `gast ${name}`, en: `guest ${name}` }
      : { nl: `account van ${name}`, en: `account of ${name}` };
  }
  if (kind === "role") {
    const role = ROLE_NAMES[name] ?? { nl: name, en: name };
    return { nl: `rol ${role.nl} van ${user}`, en: `role ${role.en} of ${user}` };
  }
  if (kind === "exception") {
    return {
      nl: `inloggen buiten de vertrouwde landen door ${user}`,
      en: `sign-in outside the trusted countries by ${user}`,
    };
  }
  const right = labelOf(kind) ?? { nl: kind, en: kind };
  const word =
    level === undefined ? undefined : (wordOf("role", level) ?? { nl: level, en: level });
  const which =
    word === undefined ? { nl: "", en: "" } : { nl: ` (${word.nl})`, en: ` (${word.en})` };
  return {
    nl: `${right.nl}${which.nl} van ${user} op ${name}`,
    en: `${right.en}${which.en} of ${user} on ${name}`,
  };
}
