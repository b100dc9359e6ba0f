/** The plan as every rendering shows it: what to say in which order, in one language, still unescaped. */
import { isStop, planDigest } from "../plan/index.ts";
import type { Change, ObjectRef, Plan, PropertyChange } from "../plan/index.ts";
import { localeOf } from "../core/i18n/format.ts";
import type { Locale } from "../core/i18n/format.ts";
import { SECTIONS } from "../core/nouns.ts";
import type { Operation, Section, Severity } from "../core/nouns.ts";
import type { Language } from "../core/language.ts";
import { summaryLines } from "./summary.ts";
import { labelOf } from "../core/i18n/labels.ts";
import { propertyView } from "./property-view.ts";
import type { PropertyView } from "./property-view.ts";

interface Warning {
  /** True when it stops the plan: nobody can approve it as it is. */
  readonly blocks: boolean;
  readonly severity: Severity;
  readonly text: string;
}

export interface ChangeView {
  readonly urn: string;
  readonly type: string;
  readonly operation: Operation;
  readonly severity: Severity;
  readonly sentence: string;
  /** Names that the sentence does not mention. */
  readonly affected: readonly string[];
  readonly commitment: string | undefined;
  /** For what goes: pairs of label and the tenant file's own words. */
  readonly removal: readonly (readonly [label: string, words: string])[];
  readonly properties: readonly PropertyView[];
  /** What the options of the resource mean for people. */
  readonly remarks: readonly string[];
}

export interface PlanView {
  readonly title: string;
  readonly summary: readonly string[];
  readonly warnings: readonly Warning[];
  readonly isBlocked: boolean;
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

/** `digest` saves computing it again where one plan is shown twice. */
export function viewOf(plan: Plan, language: Language, digest = planDigest(plan)): PlanView {
  const locale = localeOf(language);
  const { texts } = locale;
  const warnings = warningsOf(plan, language);
  return {
    title: texts.title(plan.tenant.displayName),
    summary: summaryLines(plan, locale),
    warnings,
    isBlocked: warnings.some(({ blocks }) => blocks),
    sections: SECTIONS.flatMap((section) => {
      const changes = plan.changes.filter((change) => change.section === section);
      if (changes.length === 0) return [];
      const views = changes.map((change) => changeView(change, locale));
      return [{ section, title: texts.sections[section], changes: views }];
    }),
    stays: staysOf(plan, locale),
    about: aboutOf(plan, locale, digest),
    digest,
    locale,
  };
}

function changeView(change: Change, locale: Locale): ChangeView {
  const sentence = change.description[locale.language];
  return {
    urn: change.urn,
    type: change.type,
    operation: change.operation,
    severity: change.severity,
    sentence,
    affected: change.affected.filter((name) => !sentence.includes(name)),
    commitment: change.commitment?.[locale.language],
    removal: removalLines(change, locale),
    properties: change.properties.map((property) =>
      // What is forgotten keeps its values: they are no loss.
      propertyView(change.operation === "forget" ? keeping(property) : property, locale),
    ),
    remarks: remarksOf(change, locale),
  };
}

const removalLines = ({ removal }: Change, { texts }: Locale): [string, string][] =>
  removal === undefined
    ? []
    : [
        [texts.reason, removal.reason],
        [texts.data, removal.data],
      ];

/** What the sentence does not say: a protection that goes together with other differences, hidden and ignored ones. */
const keeping = ({ before, ...property }: PropertyChange): PropertyChange => ({
  ...property,
  ...(before === undefined ? {} : { after: before }),
});

function remarksOf(
  { operation, options, optionChanges, properties }: Change,
  { texts, list, language }: Locale,
): string[] {
  const names = (paths: readonly string[]): string =>
    list(paths.map((path) => labelOf(path)?.[language].toLowerCase() ?? path));
  const isReplaced = operation === "replace" && options.replaceReasons.length > 0;
  const unprotected = optionChanges.some(
    ({ path, after }) => path === "protect" && after === false,
  );
  return [
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
    ...(options.ignoreChanges.length > 0
      ? [texts.ignoresChanges(names(options.ignoreChanges))]
      : []),
    ...(options.hideDiffs.length > 0 ? [texts.hiddenDiffs(names(options.hideDiffs))] : []),
  ];
}

function warningsOf(plan: Plan, language: Language): Warning[] {
  const findings = plan.findings.map((finding): Warning => ({
    blocks: isStop(finding),
    severity: finding.clearedBy === "none-needed" ? "routine" : "destructive",
    text: finding.message[language],
  }));
  const changes = plan.changes.flatMap((change): Warning[] => {
    const unprotected = change.optionChanges.some(
      ({ path, after }) => path === "protect" && after === false,
    );
    if (change.severity !== "destructive" && !unprotected) return [];
    return [{ blocks: false, severity: change.severity, text: change.description[language] }];
  });
  const rank = ({ blocks, severity }: Warning): number =>
    blocks ? 0 : severity === "routine" ? 2 : 1;
  return [...findings, ...changes].toSorted((one, other) => rank(one) - rank(other));
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
  return [
    [texts.organisation, `${plan.tenant.displayName} (${plan.tenant.stack})`],
    [texts.tenantId, plan.tenant.tenantId],
    [texts.createdAt, instant(new Date(plan.createdAt))],
    [
      texts.madeWith,
      [`tenantry ${tool.tenantry}`, `pulumi ${tool.engine}`, pack, ...providers].join(", "),
    ],
    [texts.digest, digest],
  ];
}
