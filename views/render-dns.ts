/** The DNS records that a customer's domains need, as a list for whoever manages their DNS. Pure. */
import type { CheckedRecord, DomainRecords, Purpose, RecordProblem } from "../core/dns-records.ts";
import type { RecordState } from "../core/dns-records.ts";
import { localeOf } from "../core/i18n/format.ts";
import type { Locale } from "../core/i18n/format.ts";
import type { Language, Text } from "../core/language.ts";
import { isolated } from "../core/visible-text.ts";

/** What was found; see operations/check-dns.ts. */
export interface DnsList {
  readonly displayName: string;
  /** UTC. */
  readonly at: string;
  readonly domains: readonly DomainRecords<CheckedRecord>[];
  readonly notAdded: readonly string[];
}

const STATES: Readonly<Record<RecordState, Text & { readonly sign: string }>> = {
  right: { sign: "✓", nl: "goed", en: "right" },
  missing: { sign: "✗", nl: "ontbreekt", en: "missing" },
  wrong: { sign: "✗", nl: "klopt niet", en: "wrong" },
  "not-looked": { sign: "?", nl: "niet bekeken", en: "not looked at" },
};

const PURPOSES: Readonly<Record<Purpose, Text>> = {
  verification: { nl: "bewijst van wie het domein is", en: "proves whose domain it is" },
  mail: { nl: "waar mail heen gaat", en: "where mail goes" },
  spf: { nl: "SPF: wie mag mailen", en: "SPF: who may send mail" },
  autodiscover: { nl: "Outlook vindt de mailbox", en: "Outlook finds the mailbox" },
  dkim: { nl: "DKIM: handtekening onder mail", en: "DKIM: signature of mail" },
  dmarc: { nl: "DMARC: wat met valse mail gebeurt", en: "DMARC: what happens to forged mail" },
  other: { nl: "andere diensten", en: "other services" },
};

const WORDS = {
  title: { nl: "DNS-records van", en: "DNS records of" },
  now: { nl: "nu", en: "now" },
  wanted: { nl: "moet zijn", en: "must be" },
  optional: { nl: "aanbevolen", en: "recommended" },
  signed: {
    nl: "Mail van dit domein wordt ondertekend (DKIM).",
    en: "Mail of this domain is signed (DKIM).",
  },
  unsigned: {
    nl: "Mail van dit domein wordt nog niet ondertekend (DKIM); status bij Microsoft",
    en: "Mail of this domain is not signed yet (DKIM); status at Microsoft",
  },
  dkimNotRead: {
    nl: "Welke records DKIM nodig heeft is niet bekend",
    en: "Which records DKIM needs is not known",
  },
  unverified: {
    nl: "Nog niet gecontroleerd door Microsoft: zet eerst dit record.",
    en: "Not verified by Microsoft yet: set this record first.",
  },
  federated: {
    nl: "Wie hier inlogt doet dat bij een andere dienst (federated).",
    en: "People sign in at another service (federated).",
  },
  notAdded: {
    nl: "Nog niet aan de omgeving toegevoegd, dus zonder records",
    en: "Not added to the tenant yet, so without records",
  },
  none: { nl: "Er zijn geen records nodig.", en: "No records are needed." },
} as const satisfies Record<string, Text>;

/** Lines of text, ending with a line break. */
export function renderDns(list: DnsList, language: Language): string {
  const locale = localeOf(language);
  const lines = [
    `${WORDS.title[language]} ${list.displayName}, ${locale.instant(new Date(list.at))}`,
    ...list.domains.flatMap((domain) => ["", ...domainLines(domain, { locale, language })]),
    ...(list.notAdded.length === 0
      ? []
      : ["", `${WORDS.notAdded[language]}: ${locale.list(list.notAdded)}`]),
  ];
  return `${lines.map(isolated).join("\n")}\n`;
}

interface In {
  readonly locale: Locale;
  readonly language: Language;
}

function domainLines(
  {
    domain,
    isVerified,
    authenticationType,
    records,
    dkim,
    dkimNotRead,
  }: DomainRecords<CheckedRecord>,
  at: In,
): string[] {
  const { language } = at;
  const signing = dkim?.isEnabled === true ? [WORDS.signed[language]] : [];
  const unsigned = dkim?.isEnabled === false ? [`${WORDS.unsigned[language]}: ${dkim.status}`] : [];
  const unread =
    isVerified && dkimNotRead !== undefined
      ? [`${WORDS.dkimNotRead[language]}: ${dkimNotRead}`]
      : [];
  const unreachable = new Set(
    records.flatMap(({ problems }) =>
      problems.flatMap((problem) => (problem.kind === "unreachable" ? [problem.reason] : [])),
    ),
  );
  return [
    domain,
    ...(isVerified ? [] : [`  ${WORDS.unverified[language]}`]),
    ...(authenticationType === "Federated" ? [`  ${WORDS.federated[language]}`] : []),
    ...(records.length === 0 ? [`  ${WORDS.none[language]}`] : []),
    ...records.flatMap((record) => recordLines(record, at)),
    ...(unreachable.size === 0 ? [] : [`  ${notLookedLine(unreachable)[language]}`]),
    ...[...signing, ...unsigned, ...unread].map((line) => `  ${line}`),
  ];
}

function recordLines(record: CheckedRecord, { locale, language }: In): string[] {
  const { state, type, name, purpose, isOptional, found, problems } = record;
  const { sign, ...words } = STATES[state];
  const optional = isOptional && state !== "right" ? `, ${WORDS.optional[language]}` : "";
  return [
    `  ${sign} ${words[language]}: ${type} ${name} (${PURPOSES[purpose][language]}${optional})`,
    ...(state === "wrong" ? found.map((value) => `      ${WORDS.now[language]}: ${value}`) : []),
    ...(state === "right" ? [] : [`      ${WORDS.wanted[language]}: ${wantedValue(record)}`]),
    ...problems
      .filter((problem) => problem.kind !== "unreachable")
      .map((problem) => `      ${problemLine(problem, locale)[language]}`),
  ];
}

/** Of SPF the customer's record with ours in it; of all others only what is ours. */
function wantedValue({ purpose, whole = [], value }: CheckedRecord): string {
  return purpose === "spf" ? (whole.at(-1) ?? value) : value;
}

/** Once for all of a domain. */
const notLookedLine = (reasons: ReadonlySet<string>): Text => ({
  nl: `Geen DNS-server gaf antwoord (${[...reasons].join(", ")}); of een record er staat is dus niet bekend.`,
  en: `No DNS server answered (${[...reasons].join(", ")}), so nobody knows whether a record is there.`,
});

function problemLine(
  problem: Exclude<RecordProblem, { readonly kind: "unreachable" }>,
  { list }: Locale,
): Text {
  switch (problem.kind) {
    case "several-spf":
      return {
        nl: `Er staan ${problem.count} SPF-records; er mag er één zijn, anders telt geen ervan.`,
        en: `There are ${problem.count} SPF records; only one may be there, or none of them counts.`,
      };
    case "too-many-lookups": {
      const terms = list(problem.terms.map(({ term, count }) => `${term} (${count})`));
      return {
        nl: `Kost ontvangers ${problem.count} DNS-vragen en er mogen er 10 zijn: ${terms}. Haal weg wat niet meer mailt.`,
        en: `Costs receivers ${problem.count} DNS look-ups and 10 are allowed: ${terms}. Take out what no longer sends mail.`,
      };
    }
    case "lookups-unknown":
      return {
        nl: `Hoeveel DNS-vragen het kost is niet bekend, want hier kwam geen antwoord op: ${list(problem.terms)}.`,
        en: `How many DNS look-ups it costs is not known, because these gave no answer: ${list(problem.terms)}.`,
      };
    case "several-dmarc":
      return {
        nl: "Er staan meer DMARC-records; er mag er één zijn.",
        en: "There are several DMARC records; only one may be there.",
      };
    case "moves-mail":
      return {
        nl: "Hiermee verhuist alle mail: pas dit aan op de dag van de overgang, niet eerder.",
        en: "This moves all mail: change it on the day of the move, not before.",
      };
    case "name-in-use":
      return {
        nl: "Wat er nu staat moet eerst weg: naast dit record mag niets anders staan.",
        en: "What is there has to go first: nothing may stand beside this record.",
      };
  }
}
