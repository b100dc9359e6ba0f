/** Everything that speaks against a plan, from every source, and what follows for it. */
import { nounOf, NOUNS, SAFEGUARDED } from "../../core/nouns.ts";
import type { ManagedSection, Safeguarded } from "../../core/nouns.ts";
import type { Change, Finding, ObjectRef, Plan } from "../model/model.ts";
import { nameOfUrn, typeOfUrn } from "../../core/urn.ts";
import { acceptedFindings } from "./accepted.ts";
import { forwardingFindings } from "./forwarding.ts";
import { omissionFindings } from "./omitted-sections.ts";
import { legacySignInFindings } from "./legacy-sign-in.ts";
import { licenseNeedFindings } from "./shared-people.ts";
import type { LicenseNeeds } from "./shared-people.ts";
import type { LegacySignIns } from "./legacy-sign-in.ts";
import { onPremisesFindings } from "./on-premises.ts";
import { recycleBinFindings } from "./recycle-bin.ts";
import { nestedLicenseFindings } from "./nested-licenses.ts";
import { protectionFindings } from "./protection.ts";
import { renameFindings } from "./renames.ts";
import { roleFindings } from "./roles.ts";
import type { AgreedRole } from "./roles.ts";
import { ruleFindings, rulesInForce } from "./rules.ts";
import { runningTermFindings } from "./running-terms.ts";
import { policyFindings } from "./policy-findings.ts";
import type { Violation } from "./policy-findings.ts";
import { signInFindings } from "./sign-in.ts";
import type { SignInExclusions } from "./sign-in.ts";
import { siteLimitFindings } from "./site-limits.ts";
import type { SiteLimits } from "./site-limits.ts";
import { safeguardFindings } from "./safeguards.ts";
import type { Effects, HeldAtBase } from "./lost.ts";
import type { SafeguardFacts } from "./safeguards.ts";

/** What the guards are told of the tenant file. */
export interface GuardFacts extends Pick<SafeguardFacts, "remove" | "allowsMany"> {
  /** Sections that stand in the file, be they empty. */
  readonly sections: readonly ManagedSection[];
  /** Licences that are bought by the file, by skuPartNumber. */
  readonly bought: Readonly<Record<string, number>>;
  /** Names of people and groups that a directory on premises masters. */
  readonly onPremises: readonly string[];
  /** Of the sites that have one, in megabytes. */
  readonly storageQuotas: readonly number[];
  /** Undefined where the file has no rules for signing in. */
  readonly signIn?: SignInExclusions | undefined;
  /** Administrator roles that the file gives. */
  readonly roles?: readonly AgreedRole[];
  /** Of the tenant. */
  readonly domains: readonly string[];
  /** Names of groups that give licences and contain groups, which get none of them. */
  readonly licensedAround?: readonly string[];
}

interface Judged extends Effects {
  readonly held: HeldAtBase;
  readonly unchanged: readonly ObjectRef[];
  readonly violations: readonly Violation[];
  /** See `Declarations`. */
  readonly deleted: ReadonlyMap<string, string>;
  readonly siteLimits: SiteLimits | undefined;
  readonly legacySignIns: LegacySignIns | undefined;
  readonly licenseNeeds: LicenseNeeds | undefined;
  /** Names of those who came from a directory on premises when they were applied last. */
  readonly cameFromOnPremises: readonly string[];
}

/** Made once, with the plan. */
export function findingsOf(
  judged: Judged,
  { facts, rules }: { readonly facts: GuardFacts; readonly rules: Plan["rules"] },
): Finding[] {
  const { changes, unchanged, consequences, held, violations, deleted } = judged;
  const { cameFromOnPremises, siteLimits } = judged;
  const existing = existingCounts({ changes, unchanged, held }, facts);
  return [
    ...policyFindings(violations),
    ...omissionFindings(changes, facts.sections),
    ...renameFindings(changes),
    ...recycleBinFindings(changes, deleted),
    ...siteLimitFindings(changes, { limits: siteLimits, quotas: facts.storageQuotas }),
    ...signInFindings(changes, facts.signIn),
    ...roleFindings(changes, {
      roles: facts.roles ?? [],
      emergencyAccounts: rulesInForce(rules).emergencyAccounts,
    }),
    ...legacySignInFindings(changes, judged.legacySignIns),
    ...licenseNeedFindings(changes, judged.licenseNeeds),
    ...forwardingFindings(changes, facts.domains),
    ...nestedLicenseFindings(changes, facts.licensedAround),
    ...protectionFindings(changes),
    ...runningTermFindings(changes),
    ...onPremisesFindings(changes, {
      declared: facts.onPremises,
      applied: cameFromOnPremises,
    }),
    ...ruleFindings(rules),
    ...acceptedFindings(rules, changes),
    ...safeguardFindings({ changes, consequences }, { ...facts, ...rulesInForce(rules), existing }),
  ];
}

export interface Admission {
  /** What stops the plan, whoever approves it. */
  readonly stops: readonly Finding[];
  /** Whether one approval is not enough. */
  readonly needsSecondApprover: boolean;
}

/** Whether a plan may be approved and applied at all, and by how many. */
export function admission({ findings }: Pick<Plan, "findings">): Admission {
  return {
    stops: findings.filter(isStop),
    needsSecondApprover: findings.some(({ clearedBy }) => clearedBy === "second-approver"),
  };
}

export const isStop = ({ clearedBy }: Finding): boolean =>
  clearedBy === "nothing" || clearedBy === "declaration";

/** How many of each kind there are before the plan. */
function existingCounts(
  { changes, unchanged, held }: Pick<Judged, "changes" | "unchanged" | "held">,
  { bought }: GuardFacts,
): Record<Safeguarded, number> {
  const types = [
    ...unchanged.map(({ urn }) => typeOfUrn(urn ?? "")),
    ...changes.filter(({ operation }) => operation !== "create").map(({ type }) => type),
  ];
  const counts = Object.fromEntries(
    SAFEGUARDED.map((what) => [what, types.filter((type) => isObjectOf(type, what)).length]),
  ) as Record<Safeguarded, number>;
  return {
    ...counts,
    // Those of people are not objects of their own.
    mailboxes: counts.mailboxes + held.mailboxes,
    // Where the subscriptions are not managed, what people hold is all that is known.
    licenses: Math.max(held.licenses, licensesBefore(changes, bought)),
  };
}

function isObjectOf(type: string, what: Safeguarded): boolean {
  const counted = nounOf(type)?.counted;
  return counted?.as === what && counted.lost === "object";
}

function licensesBefore(changes: readonly Change[], bought: GuardFacts["bought"]): number {
  const before = new Map(Object.entries(bought));
  for (const { type, urn, properties } of changes) {
    const count = properties.find(({ path }) => path === "count");
    if (type === NOUNS.subscription.type && count !== undefined)
      before.set(nameOfUrn(urn), typeof count.before === "number" ? count.before : 0);
  }
  return [...before.values()].reduce((sum, count) => sum + count, 0);
}
