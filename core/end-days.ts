/** What ends by itself after its last day, as the tenant file declares it and the state keeps it. */
import { ROLE_NAMES } from "./directory-roles.ts";
import { labelOf } from "./i18n/labels.ts";
import type { Text } from "./language.ts";

/** `user` and `guest` are blocked; the others are a right of somebody on a mailbox, a role of somebody, or their exception to a rule. */
export const ENDING_KINDS = [
  "user",
  "guest",
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
  /** Last day on which it holds: YYYY-MM-DD in the customer's country. */
  readonly until: string;
}

/** One text for what ends, whenever. */
export const endingKey = ({ kind, name, user }: Omit<Ended, "until">): string =>
  [kind, name, ...(user === undefined ? [] : [user])].join(" ");

/** What a key stands for, in words. */
export function endingWords(key: string): Text {
  const [kind = "", name = key, user] = key.split(" ");
  if (user === undefined) {
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
  return {
    nl: `${right.nl} van ${user} op ${name}`,
    en: `${right.en} of ${user} on ${name}`,
  };
}
