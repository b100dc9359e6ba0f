/** Rules for signing in: counted before they are on, and never without a word on who they leave out. */
import { en, nl } from "../../core/i18n/phrases.ts";
import { NOUNS } from "../../core/nouns.ts";
import { nameOfUrn } from "../../core/urn.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

/** Whom the tenant file leaves out of its rules for signing in. */
export interface SignInExclusions {
  /** User principal names. */
  readonly emergencyAccounts: readonly string[];
  /** Names of groups. */
  readonly groups: readonly string[];
  /** Who may sign in from anywhere, until and with this day. */
  readonly travellers: readonly {
    readonly user: string;
    readonly until: string;
    readonly reason: string;
  }[];
  /** Names of rules of the tenant that do the same as one of these. */
  readonly alongside: readonly string[];
  /** Whether the staff of the provider, as Microsoft's partner, is left out. */
  readonly partner: boolean;
}

const IN_FORCE = "enabled";
/** Key of the tenant file, which is the name of the resource. */
const TWO_STEPS = "twoStepForEveryone";

export function signInFindings(
  changes: readonly Change[],
  exclusions: SignInExclusions | undefined,
): Finding[] {
  const rules = changes.filter(({ type }) => type === NOUNS.accessRule.type);
  const defaults = changes.find(({ type }) => type === NOUNS.securityDefaults.type);
  const written = rules.filter(({ operation }) => operation !== "delete" && operation !== "forget");
  return [
    ...notCounted(rules),
    ...withoutSecondStep(rules, defaults),
    ...(exclusions === undefined || written.length === 0 ? [] : leftOut(written, exclusions)),
  ];
}

const valueOf = (change: Change | undefined, path: string, side: "before" | "after"): unknown =>
  change?.properties.find((property) => property.path === path)?.[side];

/** Whoever was not told of a rule that counts has not seen whom it would stop. */
function notCounted(rules: readonly Change[]): Finding[] {
  const sudden = rules.filter((rule) => {
    if (valueOf(rule, "state", "after") !== IN_FORCE) return false;
    return rule.operation !== "update" || valueOf(rule, "state", "before") !== REPORT_ONLY;
  });
  // What somebody switched off or took away by hand was in force before, and is only put back.
  const first = sudden.filter(
    ({ byHand }) => byHand === undefined || (byHand.length > 0 && !byHand.includes("state")),
  );
  if (first.length === 0) return [];
  const names = first.map(({ name }) => name);
  return [
    {
      ...bySafeguard("not-counted-first", first),
      message: {
        nl: `${nl.list(names)} zou meteen gelden, zonder dat eerst geteld is wie erdoor wordt tegengehouden`,
        en: `${en.list(names)} would be in force at once, without counting first whom it would stop`,
      },
      clearedBy: "declaration",
    },
  ];
}

const REPORT_ONLY = "enabledForReportingButNotEnforced";

/** Said aloud: it is the customer's to decide, and easily overlooked. */
function withoutSecondStep(rules: readonly Change[], defaults: Change | undefined): Finding[] {
  if (valueOf(defaults, "isEnabled", "after") === true) return [];
  const ended = rules.filter(
    (rule) =>
      nameOfUrn(rule.urn) === TWO_STEPS &&
      valueOf(rule, "state", "before") === IN_FORCE &&
      valueOf(rule, "state", "after") !== IN_FORCE,
  );
  if (ended.length === 0) return [];
  return [
    {
      ...bySafeguard("second-step-ends", ended),
      message: {
        nl: "Daarna vraagt niets hier nog iedereen om een tweede stap bij het inloggen",
        en: "After that nothing here asks everybody for a second step at sign-in",
      },
      clearedBy: "none-needed",
    },
  ];
}

function leftOut(
  written: readonly Change[],
  { emergencyAccounts, groups, travellers, alongside, partner }: SignInExclusions,
): Finding[] {
  const dutch = [
    `noodaccount ${nl.list(emergencyAccounts)}`,
    ...groups.map((name) => `groep ${name}`),
    ...travellers.map(
      ({ user, until, reason }) =>
        `${user} buiten de vertrouwde landen, tot en met ${nl.day(until)} (${reason})`,
    ),
  ];
  const english = [
    `emergency account ${en.list(emergencyAccounts)}`,
    ...groups.map((name) => `group ${name}`),
    ...travellers.map(
      ({ user, until, reason }) =>
        `${user} outside the trusted countries, until ${en.day(until)} (${reason})`,
    ),
  ];
  const exclusions: Finding = {
    ...bySafeguard("left-out-of-sign-in-rules", written),
    message: {
      nl: `De inlogregels gelden niet voor: ${dutch.join("; ")}`,
      en: `The rules for signing in do not apply to: ${english.join("; ")}`,
    },
    clearedBy: "none-needed",
  };
  const shutsOut: Finding = {
    ...bySafeguard("partner-shut-out", written),
    message: {
      nl: "De inlogregels gelden ook voor medewerkers van de beheerder die als partner van Microsoft inloggen: die kunnen buitengesloten worden",
      en: "The rules for signing in also apply to the provider's staff who sign in as Microsoft's partner: they may be shut out",
    },
    clearedBy: "none-needed",
  };
  const kept: Finding = {
    ...bySafeguard("kept-alongside", written),
    message: {
      nl: `Ernaast blijft bestaan wat al hetzelfde doet: ${nl.list(alongside)}`,
      en: `What does the same already stays beside it: ${en.list(alongside)}`,
    },
    clearedBy: "none-needed",
  };
  return [exclusions, ...(alongside.length === 0 ? [] : [kept]), ...(partner ? [] : [shutsOut])];
}
