/**
 * Safety brakes on top of approval. Limits stop a mistake that one person overlooks; what must never go is
 * refused whoever approves. Pure: the plan and a few facts of the tenant in, findings out.
 */
import { kindOf, TENANT_TYPE } from "../../core/nouns.ts";
import { removes } from "./removes.ts";
import type { Change, Plan } from "../model/model.ts";
import type { Text } from "../../core/language.ts";
import { localeOf } from "../../core/i18n/format.ts";
import { isListed } from "./remove-entries.ts";
import type { RemoveEntry } from "./remove-entries.ts";
import { LICENSES, removedLicenses } from "./removed-licenses.ts";

export const BRAKED_KINDS = ["people", "mailboxes", "sites", LICENSES] as const;
export type BrakedKind = (typeof BRAKED_KINDS)[number];

/** How much may go or be replaced in one plan without a second decision maker. */
export interface BrakeLimit {
  /** Absolute number. */
  readonly most: number;
  /** Share of what there was, between 0 and 1. Counts from the second object on: one alone is never "all". */
  readonly mostShare: number;
}

export type BrakeLimits = Readonly<Record<BrakedKind, BrakeLimit>>;

export const DEFAULT_LIMITS: BrakeLimits = {
  people: { most: 3, mostShare: 0.1 },
  mailboxes: { most: 3, mostShare: 0.1 },
  sites: { most: 1, mostShare: 0.1 },
  licenses: { most: 5, mostShare: 0.2 },
};

/** What the brakes must know of the tenant besides the plan. */
export interface BrakeFacts {
  /** How many there are before the plan. */
  readonly existing: Readonly<Record<BrakedKind, number>>;
  readonly remove: readonly RemoveEntry[];
  /** Kinds of which the tenant file says in so many words that this plan may go over the limits. */
  readonly allowsMany: readonly BrakedKind[];
  /** User principal names or object ids of emergency access accounts. */
  readonly emergencyAccounts: readonly string[];
  /** User principal names or object ids of those who hold the role Global Administrator. */
  readonly globalAdministrators: readonly string[];
  /** Application ids, object ids or names of the application that Tenantry itself signs in with. */
  readonly ownApplication: readonly string[];
  readonly limits?: BrakeLimits;
}

export type BrakeCode =
  | "too-many-removed"
  | "too-large-share-removed"
  | "remove-entry-missing"
  | "tenant-removed"
  | "emergency-account-removed"
  | "last-global-administrator-removed"
  | "own-application-removed";

export interface BrakeFinding {
  readonly code: BrakeCode;
  readonly sentence: Text;
  /**
   * second-decision-maker: allowed once a second decision maker approves; explicit-word: the tenant file must
   * say so first (and then a second decision maker approve); nothing: never.
   */
  readonly override: "second-decision-maker" | "explicit-word" | "nothing";
  readonly urns: readonly string[];
}

/** Everything that the brakes hold against the plan; empty when there is nothing. */
export function checkBrakes(plan: Plan, facts: BrakeFacts): BrakeFinding[] {
  const removed = plan.changes.filter(removes);
  return [
    ...neverGo(plan.changes.filter(isLost), facts),
    ...withoutEntry(removed, facts.remove),
    ...BRAKED_KINDS.flatMap((kind) => overLimit(kind, { changes: plan.changes, facts })),
  ];
}

/** Whether one approval is not enough for the plan. */
export const needsSecondDecisionMaker = (findings: readonly BrakeFinding[]): boolean =>
  findings.some(({ override }) => override === "second-decision-maker");

/** The findings that stop the plan whoever approves it as it is. */
export const stoppedBy = (findings: readonly BrakeFinding[]): BrakeFinding[] =>
  findings.filter(({ override }) => override !== "second-decision-maker");

/** Gone, or of no use any more: an account that may not sign in is as good as none. */
const isLost = (change: Change): boolean =>
  removes(change) ||
  change.properties.some(({ path, after }) => path === "accountEnabled" && after === false);

function neverGo(lost: readonly Change[], facts: BrakeFacts): BrakeFinding[] {
  const found: BrakeFinding[] = [];
  const never = (code: BrakeCode, changes: readonly Change[], sentence: Text): void => {
    if (changes.length === 0) return;
    found.push({ code, sentence, override: "nothing", urns: changes.map(({ urn }) => urn) });
  };
  const names = (changes: readonly Change[]): string => changes.map(({ name }) => name).join(", ");
  const emergency = lost.filter((change) => isListed(change, facts.emergencyAccounts));
  never("emergency-account-removed", emergency, {
    nl: `Noodaccount ${names(emergency)} mag nooit verdwijnen`,
    en: `Emergency access account ${names(emergency)} must never go`,
  });
  const administrators = lost.filter((change) => isListed(change, facts.globalAdministrators));
  const leavesNone = administrators.length >= facts.globalAdministrators.length;
  never("last-global-administrator-removed", leavesNone ? administrators : [], {
    nl: `Met ${names(administrators)} verdwijnt de laatste globale beheerder`,
    en: `With ${names(administrators)} the last Global Administrator would go`,
  });
  const own = lost.filter((change) => isListed(change, facts.ownApplication));
  never("own-application-removed", own, {
    nl: `De toepassing waarmee het beheer werkt (${names(own)}) mag nooit verdwijnen`,
    en: `The application that the management works with (${names(own)}) must never go`,
  });
  return found;
}

/** People, mailboxes, sites, groups and the tenant itself go only when the tenant file says why and what of the data. */
function withoutEntry(removed: readonly Change[], remove: readonly RemoveEntry[]): BrakeFinding[] {
  const entries = remove.filter(({ reason, data }) => reason.trim() !== "" && data.trim() !== "");
  return removed.flatMap((change): BrakeFinding[] => {
    const kind = kindOf(change.type);
    const isTenant = change.type === TENANT_TYPE;
    if (!isTenant && kind === undefined) return [];
    // The old object of a replacement goes too, but its successor was declared: limits and approval see to it.
    if (!isTenant && change.operation === "replace") return [];
    if (
      isListed(
        change,
        entries.map(({ object }) => object),
      )
    )
      return [];
    const code = isTenant ? "tenant-removed" : "remove-entry-missing";
    const sentence = {
      nl: `${change.name} zou verdwijnen zonder vermelding onder “remove” met reden en wat er met de gegevens gebeurt`,
      en: `${change.name} would go without an entry under “remove” with the reason and what happens to the data`,
    };
    return [{ code, sentence, override: "explicit-word", urns: [change.urn] }];
  });
}

function overLimit(
  kind: BrakedKind,
  { changes, facts }: { changes: readonly Change[]; facts: BrakeFacts },
): BrakeFinding[] {
  const limit = (facts.limits ?? DEFAULT_LIMITS)[kind];
  const going = changes.map((change) => ({ change, count: goingCount(kind, change) }));
  const count = going.reduce((sum, entry) => sum + entry.count, 0);
  const existing = facts.existing[kind];
  const urns = going.filter((entry) => entry.count > 0).map(({ change }) => change.urn);
  const override = facts.allowsMany.includes(kind)
    ? ("second-decision-maker" as const)
    : ("explicit-word" as const);
  if (count > limit.most) {
    const sentence = limitSentence(kind, { count, existing, most: String(limit.most) });
    return [{ code: "too-many-removed", sentence, override, urns }];
  }
  if (count > 1 && count > limit.mostShare * existing) {
    const most = `${Math.round(limit.mostShare * 100)}%`;
    const sentence = limitSentence(kind, { count, existing, most });
    return [{ code: "too-large-share-removed", sentence, override, urns }];
  }
  return [];
}

function goingCount(kind: BrakedKind, change: Change): number {
  if (kind === LICENSES) return removedLicenses(change);
  return removes(change) && kindOf(change.type) === kind ? 1 : 0;
}

const LICENSE_NAMES = { nl: "licenties", en: "licences" } as const;

function limitSentence(
  kind: BrakedKind,
  { count, existing, most }: { count: number; existing: number; most: string },
): Text {
  const name = (language: "nl" | "en"): string =>
    kind === LICENSES ? LICENSE_NAMES[language] : localeOf(language).texts.kinds[kind].other;
  return {
    nl: `${count} van de ${existing} ${name("nl")} gaan weg of worden vervangen; zonder tweede beslisser is de grens ${most}`,
    en: `${count} of ${existing} ${name("en")} go or are replaced; without a second decision maker the limit is ${most}`,
  };
}
