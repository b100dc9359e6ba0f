/** What a look at a tenant tells its owner, as lines of one language. A pure function of the look. */
import { dayIn } from "../core/calendar.ts";
import { localeOf } from "../core/i18n/format.ts";
import type { Locale } from "../core/i18n/format.ts";
import type { Language, Text } from "../core/language.ts";
import { foundText, wordsOf } from "../core/tenant-findings.ts";
import type {
  FindingKind,
  FindingLevel,
  MissingForPart,
  ReadPart,
} from "../core/tenant-findings.ts";
import type { TenantOverview } from "../core/tenant-overview.ts";

export interface Observation {
  readonly displayName: string;
  /** UTC, as are all times here. */
  readonly at: string;
  readonly overview: TenantOverview;
  readonly findings: readonly {
    readonly kind: FindingKind;
    readonly objects: readonly FoundObject[];
  }[];
  readonly notRead: readonly {
    readonly part: ReadPart;
    readonly needs?: MissingForPart | undefined;
  }[];
  /** Undefined where this is the first look. */
  readonly first: { readonly at: string; readonly overview: TenantOverview } | undefined;
  readonly followed: readonly Followed[];
}

interface FoundObject {
  readonly name: string;
  readonly detail?: Text | undefined;
}

interface Followed {
  readonly kind: FindingKind;
  readonly name: string;
  readonly since: string;
  readonly solved?: string | undefined;
}

export interface ObservationView {
  readonly title: string;
  readonly summary: readonly LabelledLines[];
  readonly thereIs: readonly LabelledLines[];
  /** Without those of which nothing was found. */
  readonly levels: readonly LevelView[];
  readonly progress:
    { readonly title: string; readonly facts: readonly LabelledLines[] } | undefined;
  readonly notLooked: readonly string[];
}

interface LabelledLines {
  readonly label: string;
  readonly lines: readonly string[];
}

export interface LevelView {
  readonly level: FindingLevel;
  readonly title: string;
  readonly findings: readonly FindingView[];
}

export interface FindingView {
  readonly title: string;
  /** How long it stands, or that it is new; undefined where nobody follows it, and on the day of the first look. */
  readonly age: string | undefined;
  readonly names: readonly string[];
  readonly explained: readonly (readonly [label: string, text: string])[];
}

const LEVELS = ["risk", "cost", "notice"] as const satisfies readonly FindingLevel[];

/** Where the customers are, as everywhere on pages. */
const dayOf = (instant: string): string => dayIn("NL", new Date(instant));

export function observationView(observation: Observation, language: Language): ObservationView {
  const locale = localeOf(language);
  const { report } = locale.texts;
  const { overview, findings, notRead, first } = observation;
  const levels = LEVELS.flatMap((level): LevelView[] => {
    const ofLevel = findings.filter(({ kind }) => wordsOf(kind).level === level);
    if (ofLevel.length === 0) return [];
    const rows = ofLevel.map((finding) => findingView(finding, { observation, locale }));
    return [{ level, title: report.levels[level], findings: rows }];
  });
  const found = levels.map(({ level, findings: rows }) =>
    locale.count(rows.length, report.levelForms[level]),
  );
  return {
    title: report.title(observation.displayName),
    summary: [
      { label: report.lookedAt, lines: [locale.instant(new Date(observation.at))] },
      { label: report.thereIs, lines: [locale.list(totals(overview, locale))] },
      {
        label: report.found,
        lines: [found.length === 0 ? report.nothingFound : locale.list(found)],
      },
    ],
    thereIs: thereIs(overview, locale),
    levels,
    progress:
      first === undefined
        ? undefined
        : {
            title: report.progress(locale.day(dayOf(first.at))),
            facts: progressOf(observation, { first, locale }),
          },
    notLooked: notRead.map(({ part, needs }) => {
      return `${report.parts[part]}: ${whyNot(needs, locale)}`;
    }),
  };
}

function whyNot(needs: MissingForPart | undefined, { texts: { report } }: Locale): string {
  if (needs === undefined) return report.noAnswer;
  return "permission" in needs
    ? report.needs(needs.permission)
    : report.needsProduct(needs.product);
}

const totals = (
  { people, guests, groups, sites }: TenantOverview,
  { count, texts: { kinds, report } }: Locale,
): string[] => [
  count(people, report.accountForms),
  ...(guests === 0 ? [] : [count(guests, report.guestForms)]),
  count(groups, kinds.groups),
  ...(sites === undefined ? [] : [count(sites, kinds.sites)]),
];

function thereIs(overview: TenantOverview, locale: Locale): LabelledLines[] {
  const { report, sections } = locale.texts;
  const { people, blocked, guests, groups, sites, domains, products } = overview;
  const blockedOf = blocked === 0 ? "" : `, ${report.blocked(locale.number(blocked))}`;
  const numbers = (label: string, value: number | undefined): LabelledLines[] =>
    value === undefined ? [] : [{ label, lines: [locale.number(value)] }];
  return [
    {
      label: report.accounts,
      lines: [
        `${locale.number(people)}${blockedOf}`,
        ...(guests === 0 ? [] : [locale.count(guests, report.guestForms)]),
      ],
    },
    ...numbers(sections.groups, groups),
    ...numbers(sections.sites, sites),
    ...(domains.length === 0 ? [] : [{ label: report.domains, lines: domains }]),
    ...(products.length === 0
      ? []
      : [{ label: sections.licenses, lines: products.map((one) => productLine(one, locale)) }]),
  ];
}

function productLine(
  { name, bought, used }: TenantOverview["products"][number],
  { number, texts: { report } }: Locale,
): string {
  const inUse =
    bought === undefined
      ? report.usedFree(number(used))
      : report.used(number(used), number(bought));
  return `${name}: ${inUse}`;
}

function findingView(
  { kind, objects }: Observation["findings"][number],
  { observation, locale }: { readonly observation: Observation; readonly locale: Locale },
): FindingView {
  const { report } = locale.texts;
  const { language } = locale;
  const { why, proposal, by } = wordsOf(kind);
  return {
    title: foundText(kind, objects.length, language),
    age: ageOf(kind, { observation, locale }),
    names: objects.map(({ name, detail }) =>
      detail === undefined ? name : `${name}: ${detail[language]}`,
    ),
    explained: [
      [report.why, why[language]],
      [report.proposal, proposal[language]],
      [report.who, report.by[by]],
    ],
  };
}

function ageOf(
  kind: FindingKind,
  { observation, locale }: { readonly observation: Observation; readonly locale: Locale },
): string | undefined {
  const { first, followed, at } = observation;
  const { report } = locale.texts;
  const standing = followed.filter((one) => one.kind === kind && one.solved === undefined);
  const [oldest] = standing.map(({ since }) => since).sort();
  if (first === undefined || oldest === undefined) return undefined;
  if (oldest > first.at) return report.isNew;
  return dayOf(oldest) === dayOf(at) ? undefined : report.longest(daysBetween(oldest, at, locale));
}

const daysBetween = (from: string, to: string, { count, texts: { report } }: Locale): string =>
  count((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / 86_400_000, report.dayForms);

/** Solved, new, still open, and the numbers that are others now. */
function progressOf(
  { followed, overview }: Observation,
  { first, locale }: { readonly first: NonNullable<Observation["first"]>; readonly locale: Locale },
): LabelledLines[] {
  const { report } = locale.texts;
  const standing = followed.filter(({ solved }) => solved === undefined);
  const solved = followed.flatMap((one) =>
    one.solved === undefined ? [] : [{ ...one, solved: one.solved }],
  );
  const what = (group: readonly Followed[], withNames: boolean): string => {
    const [one] = group;
    const text = one === undefined ? "" : foundText(one.kind, group.length, locale.language);
    const names = group.map(({ name }) => name).filter((name) => name !== "");
    return withNames && names.length > 0 ? `${text}: ${locale.list(names)}` : text;
  };
  const grouped = <T extends Followed>(all: readonly T[], by: (one: T) => string): T[][] => [
    ...Map.groupBy(all, (one) => `${one.kind} ${by(one)}`).values(),
  ];
  const lines = (label: string, found: readonly string[]): LabelledLines => ({
    label,
    lines: found.length === 0 ? [report.nothing] : found,
  });
  return [
    lines(
      report.solved,
      grouped(solved, ({ since, solved: at }) => `${since} ${at}`).flatMap((group) => {
        const [one] = group;
        if (one === undefined) return [];
        const days = daysBetween(one.since, one.solved, locale);
        return report.solvedOn(what(group, true), locale.day(dayOf(one.solved)), days);
      }),
    ),
    lines(
      report.new,
      grouped(
        standing.filter(({ since }) => since > first.at),
        ({ since }) => since,
      ).map((group) => {
        const since = group[0]?.since ?? first.at;
        return report.seenOn(what(group, true), locale.day(dayOf(since)));
      }),
    ),
    lines(
      report.remains,
      grouped(
        standing.filter(({ since }) => since === first.at),
        () => "",
      ).map((group) => what(group, false)),
    ),
    ...thenAndNow(first.overview, { now: overview, locale }),
  ];
}

function thenAndNow(
  before: TenantOverview,
  { now, locale }: { readonly now: TenantOverview; readonly locale: Locale },
): LabelledLines[] {
  const { report } = locale.texts;
  const after = new Map(thereIs(now, locale).map(({ label, lines }) => [label, lines]));
  const lines = thereIs(before, locale).flatMap(({ label, lines: then }) => {
    const [was, is] = [locale.list(then), locale.list(after.get(label) ?? [])];
    return was === is || is === "" ? [] : [`${label}: ${report.thenAndNow(was, is)}`];
  });
  return lines.length === 0 ? [] : [{ label: report.before, lines }];
}
