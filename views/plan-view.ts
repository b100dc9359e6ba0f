/** The plan as every rendering shows it: what to say in which order, in one language, still unescaped. */
import { isStop, planDigest, ruleChanges } from "../plan/index.ts";
import type { Change, ObjectRef, Plan, PropertyChange } from "../plan/index.ts";
import { localeOf } from "../core/i18n/format.ts";
import type { Locale } from "../core/i18n/format.ts";
import { NOUNS, SECTIONS } from "../core/nouns.ts";
import { nameOfUrn } from "../core/urn.ts";
import type { Section, Severity } from "../core/nouns.ts";
import type { Language } from "../core/language.ts";
import type { ChangeView } from "./change-view.ts";
import { netSections } from "./net.ts";
import { namesOfPeople, sentenceOf } from "./sentence.ts";
import type { NetSection } from "./net.ts";
import { factsOfPlan } from "./page-facts.ts";
import type { PageFacts } from "./page-facts.ts";
import { screenFacts } from "./screen.ts";
import type { ScreenFact } from "./screen.ts";
import { summaryLines } from "./summary.ts";
import { labelOf } from "../core/i18n/labels.ts";
import { propertyView } from "./property-view.ts";
import { RULES_IN, rulesSections, rulesView } from "./rules-view.ts";
import { followersIn, isId, isUsual, shownProperties } from "./shown-properties.ts";

interface Warning {
  /** True when it stops the plan: nobody can approve it as it is. */
  readonly blocks: boolean;
  readonly severity: Severity;
  readonly text: string;
}

type NameOf = ReturnType<typeof namesOfPeople>;

export interface PlanView {
  readonly title: string;
  readonly summary: readonly string[];
  /** The first screen. */
  readonly facts: readonly ScreenFact[];
  readonly warnings: readonly Warning[];
  readonly isBlocked: boolean;
  /** One line a person or place, with its changes under it. */
  readonly net: readonly NetSection[];
  /** Every change by itself. */
  readonly sections: readonly {
    readonly section: Section;
    readonly title: string;
    readonly changes: readonly ChangeView[];
  }[];
  /** What is left alone: a line with a count, and the names where people may want them. */
  readonly stays: readonly { readonly line: string; readonly names: readonly string[] }[];
  /** Pairs of label and value: digest, validity and where the plan comes from. */
  readonly about: readonly (readonly [label: string, value: string])[];
  readonly digest: string;
  readonly locale: Locale;
}

export interface ViewOptions {
  readonly language: Language;
  /** Default: no more than the plan holds. */
  readonly facts?: PageFacts | undefined;
  /** Saves computing it again where one plan is shown twice. */
  readonly digest?: string;
}

export function viewOf(plan: Plan, options: ViewOptions): PlanView {
  const { language, facts = factsOfPlan(plan), digest = planDigest(plan) } = options;
  const locale = localeOf(language);
  const { texts } = locale;
  const warnings = warningsOf(plan, locale);
  const nameOf = namesOfPeople(plan);
  const viewOfChange = (change: Change): ChangeView => changeView(change, { locale, nameOf });
  return {
    title: texts.title(plan.tenant.displayName),
    summary: summaryLines(plan, locale),
    facts: screenFacts(plan, facts, locale),
    warnings,
    isBlocked: warnings.some(({ blocks }) => blocks),
    net: [...rulesSections(plan, locale), ...netSections(plan, locale, viewOfChange)],
    sections: SECTIONS.flatMap((section) => {
      const changes = plan.changes.filter((change) => change.section === section).map(viewOfChange);
      const rules = section === RULES_IN ? rulesView(plan, locale) : [];
      if (changes.length + rules.length === 0) return [];
      return [{ section, title: texts.sections[section], changes: [...rules, ...changes] }];
    }),
    stays: staysOf(plan, locale),
    about: aboutOf(plan, locale, digest),
    digest,
    locale,
  };
}

function changeView(
  change: Change,
  { locale, nameOf }: { readonly locale: Locale; readonly nameOf: NameOf },
): ChangeView {
  const sentence = change.description[locale.language];
  const commitment = change.commitment?.[locale.language];
  const follows = followersIn(change);
  const isTechnical = (property: PropertyChange): boolean =>
    isUsual(change, property) || follows(property);
  return {
    urn: change.urn,
    type: change.type,
    operation: change.operation,
    severity: change.severity,
    sentence: sentenceOf(change, { language: locale.language, nameOf }),
    affected: change.affected.filter((name) => !sentence.includes(name)),
    commitment: commitment !== undefined && sentence.includes(commitment) ? undefined : commitment,
    removal: removalLines(change, locale),
    properties: shownProperties(change, locale)
      .filter(({ property }) => !isUsual(change, property))
      .map(({ view }) => view),
    usual: change.properties.filter(isTechnical).map((property) => propertyView(property, locale)),
    remarks: remarksOf(change, locale),
  };
}

const removalLines = (
  { removal, releaseReason, blockedBecause }: Change,
  { texts }: Locale,
): [string, string][] => {
  const reason = releaseReason ?? blockedBecause;
  if (reason !== undefined) return [[texts.reason, reason]];
  if (removal === undefined) return [];
  return [
    [texts.reason, removal.reason],
    [texts.data, removal.data],
  ];
};

/** What is given once, when the account is made, and is the person's own from then on: no news that it stays. */
const FIRST_ONLY: ReadonlySet<string> = new Set(["password", "forcePasswordChange", "lcid"]);

/** What the sentence does not say: a name, a protection that goes together with other differences, hidden and ignored ones. */
function remarksOf(
  { operation, options, optionChanges, properties, formerUrn, recycleBin, byHand = [] }: Change,
  { texts, list, language }: Locale,
): string[] {
  const names = (paths: readonly string[]): string =>
    list(paths.map((path) => labelOf(path)?.[language].toLowerCase() ?? path));
  const isReplaced = operation === "replace" && options.replaceReasons.length > 0;
  const unprotected = optionChanges.some(
    ({ path, after }) => path === "protect" && after === false,
  );
  const unread = properties.filter(({ unread: is, path }) => is === true && !isId(path));
  const ignored = options.ignoreChanges.filter((path) => !FIRST_ONLY.has(path));
  return [
    ...(recycleBin === undefined ? [] : [texts.recycleBin[recycleBin]]),
    ...(byHand.length === 0 ? [] : [texts.byHandRemark(names(byHand))]),
    ...(formerUrn === undefined ? [] : [texts.renamed(nameOfUrn(formerUrn))]),
    ...(unread.length === 0 ? [] : [texts.unread(names(unread.map(({ path }) => path)))]),
    ...(unprotected && properties.length > 0 ? [texts.protectionOff] : []),
    ...optionChanges
      .filter(({ path }) => path !== "protect" || !unprotected)
      .map(({ path, before, after }) => {
        const values = [before, after].map((value) =>
          value === undefined ? "–" : JSON.stringify(value),
        );
        return `${texts.option} ${path}: ${values.join(" → ")}`;
      }),
    ...(isReplaced ? [texts.replaceReasons(names(options.replaceReasons))] : []),
    ...(ignored.length > 0 ? [texts.ignoresChanges(names(ignored))] : []),
    ...(options.hideDiffs.length > 0 ? [texts.hiddenDiffs(names(options.hideDiffs))] : []),
  ];
}

const opensAccount = ({ path, before, after }: PropertyChange): boolean =>
  path === "accountEnabled" && before === false && after === true;

function warningsOf(plan: Plan, { texts, language }: Locale): Warning[] {
  const findings = plan.findings.map((finding): Warning => ({
    blocks: isStop(finding),
    severity: finding.clearedBy === "none-needed" ? "routine" : "destructive",
    text: finding.message[language],
  }));
  const rules = ruleChanges(plan.rules).length === 0 ? [] : [texts.rulesChange];
  const opened = plan.changes
    .filter(({ properties }) => properties.some(opensAccount))
    .map(({ name, severity }): Warning => ({
      ...{ blocks: false, severity, text: texts.opensAccount(name) },
    }));
  const changes = plan.changes.flatMap(({ optionChanges, severity, description }): Warning[] => {
    const unprotected = optionChanges.some(
      ({ path, after }) => path === "protect" && after === false,
    );
    return unprotected ? [{ blocks: false, severity, text: description[language] }] : [];
  });
  const rank = ({ blocks, severity }: Warning): number =>
    blocks ? 0 : severity === "routine" ? 2 : 1;
  const ofRules = rules.map((text): Warning => ({ blocks: false, severity: "sensitive", text }));
  return [...findings, ...ofRules, ...opened, ...changes].toSorted(
    (one, other) => rank(one) - rank(other),
  );
}

function staysOf(plan: Plan, { texts, language, count }: Locale): PlanView["stays"] {
  const lists: [readonly ObjectRef[], (count: string) => string][] = [
    [plan.unchanged, texts.unchanged],
    [plan.unmanaged, texts.unmanaged],
  ];
  const named = ({ name, reason }: ObjectRef): string =>
    reason === undefined ? name : `${name}: ${reason[language]}`;
  const structureCount = plan.structure.length;
  return [
    ...lists
      .filter(([objects]) => objects.length > 0)
      .map(([objects, say]) => ({
        line: say(count(objects.length, texts.objectForms)),
        names: objects.map(named),
      })),
    ...(structureCount > 0
      ? [{ line: texts.structure(count(structureCount, texts.changeForms)), names: [] }]
      : []),
  ];
}

function aboutOf(
  plan: Plan,
  { texts, instant }: Locale,
  digest: string,
): [label: string, value: string][] {
  const { tool } = plan;
  const pack = `${tool.policyPack.name} ${tool.policyPack.version}`;
  const providers = tool.providers.map(({ name, version }) => `${name} ${version}`);
  const made = [`tenantry ${tool.tenantry}`, `pulumi ${tool.engine}`, pack, ...providers];
  return [
    [texts.organisation, `${plan.tenant.displayName} (${plan.tenant.stack})`],
    [texts.tenantId, plan.tenant.tenantId],
    [texts.createdAt, instant(new Date(plan.createdAt))],
    // The policy pack may have the program's own name and version.
    [texts.madeWith, [...new Set(made)].join(", ")],
    [texts.digest, digest],
    ...(plan.changes.some(({ type }) => type === NOUNS.subscription.type)
      ? [[texts.microsoftTerms, texts.microsoftTermsBind] satisfies [string, string]]
      : []),
  ];
}
