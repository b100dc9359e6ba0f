/** What a change of the tenant's own entry means to the customer: contract, decision makers, management. */
import { sharePointSettings } from "../sharepoint/sharepoint-settings.ts";
import { settingsChanges } from "../sharepoint/sharing-words.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { wordOf } from "../../core/i18n/labels.ts";
import { dayOfEnding, endingWords, isStart } from "../../core/end-days.ts";
import type { Language, Text } from "../../core/language.ts";
import { clauses, en, listChange, nl, objects, text, texts } from "../../core/i18n/phrases.ts";

type Properties = DescribedChange["after"];

const inside = (properties: Properties, key: string): Properties => {
  const value = properties?.[key];
  return typeof value === "object" && value !== null ? (value as Properties) : undefined;
};

const decisionMakerNames = (properties: Properties): string[] =>
  objects(inside(properties, "approval"), "decisionMakers").map((person) => text(person, "name"));

const decisionMakersChange = ({
  before,
  after,
}: Pick<DescribedChange, "before" | "after">): { added: string[]; removed: string[] } =>
  listChange(decisionMakerNames(before), decisionMakerNames(after));

const SEATS = {
  nl: { one: "beheerde werkplek", other: "beheerde werkplekken" },
  en: { one: "managed seat", other: "managed seats" },
};

/** What the level comes to in words, and how many seats are managed; empty and 0 where nothing says it. */
function promisesOf(properties: Properties): { readonly response: Text; readonly seats: number } {
  const contract = inside(properties, "contract");
  const response = inside(inside(contract, "promises"), "response");
  return {
    response: { nl: text(response, "nl"), en: text(response, "en") },
    seats: objects(contract, "seats").length,
  };
}

/** The same behind a level, with a comma before each. */
function agreed(properties: Properties): Text {
  const { response, seats } = promisesOf(properties);
  const joined = (...parts: readonly (string | false)[]): string =>
    parts.flatMap((part) => (part === false || part === "" ? [] : `, ${part}`)).join("");
  return {
    nl: joined(response.nl, seats > 0 && nl.count(seats, SEATS.nl)),
    en: joined(response.en, seats > 0 && en.count(seats, SEATS.en)),
  };
}

const contractOf = (properties: Properties) => {
  const {
    start = "",
    end = "",
    serviceLevel: level = "",
  } = (properties?.contract ?? {}) as Partial<Record<"start" | "end" | "serviceLevel", string>>;
  return { start, end, level: wordOf("serviceLevel", level) ?? { nl: level, en: level } };
};

export function describeTenant({
  operation,
  before,
  after,
  changedPaths,
}: DescribedChange): Description {
  const name = text(after, "displayName") || text(before, "displayName");
  const makers = decisionMakerNames(after);
  const base = { section: "tenant" as const, affected: makers };
  const settings = operation === "adopt" ? [] : settingsChanges({ before, after });
  const isLess = settings.some((one) => one.severity === "destructive");
  switch (operation) {
    case "create":
    case "adopt": {
      const { end, level } = contractOf(after);
      return {
        ...base,
        severity: "sensitive",
        nl: [
          `De Microsoft 365-omgeving van ${name} komt onder beheer (${level.nl}, tot en met ${nl.day(end)}${agreed(after).nl})`,
          `${nl.list(makers)} ${nl.form(makers.length, { one: "beslist", other: "beslissen" })}`,
          ...settings.map((one) => one.nl),
        ].join("; "),
        en: [
          `The Microsoft 365 tenant of ${name} comes under management (${level.en}, until ${en.day(end)}${agreed(after).en})`,
          `${en.list(makers)} ${en.form(makers.length, { one: "decides", other: "decide" })}`,
          ...settings.map((one) => one.en),
        ].join("; "),
      };
    }
    case "delete":
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `De Microsoft 365-omgeving van ${name} valt niet meer onder dit beheer; in de omgeving zelf verandert hierdoor niets`,
        en: `The Microsoft 365 tenant of ${name} is no longer managed here; this changes nothing in the tenant itself`,
      };
    case "update":
      return {
        ...base,
        affected: Object.values(decisionMakersChange({ before, after })).flat(),
        severity: isLess ? "destructive" : "sensitive",
        ...updated({ before, after, changedPaths }, name),
      };
  }
}

/** Inputs that have clauses of their own. */
const IN_WORDS = [
  ...[
    "approval",
    "contract",
    "displayName",
    "domains",
    "endDays",
    "lastEmergencyDrill",
    "managedBy",
  ],
  ...Object.keys(sharePointSettings),
];

function updated(
  { before, after, changedPaths }: Pick<DescribedChange, "before" | "after" | "changedPaths">,
  name: string,
): { readonly nl: string; readonly en: string } {
  const keys = new Set(changedPaths.map(topLevelKey));
  const settings = settingsChanges({ before, after });
  const { start, end, level } = contractOf(after);
  const [wasRequired, required] = [before, after].map((side) => inside(side, "approval")?.required);
  const makers = decisionMakersChange({ before, after });
  const domains = listChange(texts(before, "domains"), texts(after, "domains"));
  const [wasManager, manager] = [before, after].map((side) => inside(side, "managedBy"));
  const [wasManagedBy, managedBy] = [wasManager, manager].map((side) => text(side, "name"));
  const theirs = listChange(texts(wasManager, "domains"), texts(manager, "domains"));
  const promised = promiseClauses(before, after);
  const isOtherContract = ["start", "end", "serviceLevel"].some(
    (key) => inside(before, "contract")?.[key] !== inside(after, "contract")?.[key],
  );
  const drill = keys.has("lastEmergencyDrill") ? text(after, "lastEmergencyDrill") : "";
  const ends = keys.has("endDays") ? endDayClauses(before, after) : [];
  // The same people, under other addresses or in another order.
  const isSamePeople =
    keys.has("approval") &&
    makers.added.length + makers.removed.length === 0 &&
    wasRequired === required;
  // How often there is a backup, or which seats are managed.
  const isOtherPromise = (language: Language): boolean =>
    keys.has("contract") && !isOtherContract && promised.every((one) => one[language] === "");
  const hasOther = (language: Language): boolean =>
    isOtherPromise(language) || [...keys].some((key) => !IN_WORDS.includes(key));
  const dutch = clauses([
    makers.added.length > 0 &&
      `${nl.list(makers.added)} ${nl.form(makers.added.length, { one: "beslist", other: "beslissen" })} voortaan mee`,
    makers.removed.length > 0 &&
      `${nl.list(makers.removed)} ${nl.form(makers.removed.length, { one: "beslist", other: "beslissen" })} niet meer mee`,
    wasRequired !== required &&
      `voor een voorstel is voortaan ${nl.value(required)} keer akkoord nodig (was ${nl.value(wasRequired)})`,
    isSamePeople && "andere gegevens van wie beslist",
    isOtherContract &&
      `het contract loopt van ${nl.day(start)} tot en met ${nl.day(end)} (${level.nl})`,
    ...promised.map((one) => one.nl),
    domains.added.length > 0 && `domein erbij: ${nl.list(domains.added)}`,
    domains.removed.length > 0 && `domein verwijderd: ${nl.list(domains.removed)}`,
    wasManagedBy !== managedBy && `het beheer gaat van ${wasManagedBy} naar ${managedBy}`,
    theirs.added.length > 0 && `domein van de beheerder erbij: ${nl.list(theirs.added)}`,
    theirs.removed.length > 0 && `domein van de beheerder verwijderd: ${nl.list(theirs.removed)}`,
    keys.has("displayName") && `heette ${text(before, "displayName")}`,
    ...settings.map((one) => one.nl),
    ...ends.map((one) => one.nl),
    drill !== "" && `de noodaccounts zijn tot en met ${nl.day(drill)} met reden gebruikt`,
    hasOther("nl") && "andere gegevens veranderen",
  ]);
  const english = clauses([
    makers.added.length > 0 &&
      `${en.list(makers.added)} ${en.form(makers.added.length, { one: "becomes a decision maker", other: "become decision makers" })}`,
    makers.removed.length > 0 &&
      `${en.list(makers.removed)} ${en.form(makers.removed.length, { one: "is no longer a decision maker", other: "are no longer decision makers" })}`,
    wasRequired !== required &&
      `a proposal needs ${en.value(required)} approvals from now on (was ${en.value(wasRequired)})`,
    isSamePeople && "other details of the decision makers",
    isOtherContract && `the contract runs from ${en.day(start)} to ${en.day(end)} (${level.en})`,
    ...promised.map((one) => one.en),
    domains.added.length > 0 && `domains added: ${en.list(domains.added)}`,
    domains.removed.length > 0 && `domains removed: ${en.list(domains.removed)}`,
    wasManagedBy !== managedBy && `${managedBy} manages the tenant instead of ${wasManagedBy}`,
    theirs.added.length > 0 && `domains of the provider added: ${en.list(theirs.added)}`,
    theirs.removed.length > 0 && `domains of the provider removed: ${en.list(theirs.removed)}`,
    keys.has("displayName") && `was called ${text(before, "displayName")}`,
    ...settings.map((one) => one.en),
    ...ends.map((one) => one.en),
    drill !== "" && `use of the emergency accounts until ${en.day(drill)} was meant`,
    hasOther("en") && "other details change",
  ]);
  return {
    nl: `${name}: ${dutch ?? "andere gegevens veranderen"}`,
    en: `${name}: ${english ?? "other details change"}`,
  };
}

/** What of the words of the level, and of the number of seats, is another than before. */
function promiseClauses(before: Properties, after: Properties): Text[] {
  const [was, now] = [before, after].map(promisesOf);
  if (was === undefined || now === undefined) return [];
  // Each language by itself: the words of one may change alone.
  const response = (language: Language, said: string, none: string): string =>
    was.response[language] === now.response[language]
      ? ""
      : now.response[language] === ""
        ? none
        : `${said}: ${now.response[language]}`;
  return [
    {
      nl: response("nl", "reactie", "geen afspraak meer over reactie"),
      en: response("en", "response", "nothing agreed about response any more"),
    },
    ...(was.seats === now.seats
      ? []
      : [
          {
            nl: `${nl.count(now.seats, SEATS.nl)} (was ${was.seats})`,
            en: `${en.count(now.seats, SEATS.en)} (was ${was.seats})`,
          },
        ]),
  ];
}

/** What is agreed to end, and which of that stands no more: it has ended, or other words were agreed. */
function endDayClauses(before: Properties, after: Properties): Text[] {
  const [was, now] = [before, after].map(
    (side) =>
      new Map(objects(side, "endDays").map((one) => [text(one, "ending"), text(one, "until")])),
  );
  const agreed = [...(now ?? [])].filter(([ending, until]) => was?.get(ending) !== until);
  const over = [...(was ?? [])].filter(([ending]) => now?.has(ending) !== true);
  return [...sayEnds(agreed, AGREED), ...sayEnds(over, OVER)];
}

const AGREED = {
  first: { nl: "eerste dag afgesproken", en: "first day agreed" },
  last: { nl: "laatste dag afgesproken", en: "last day agreed" },
};
const OVER = {
  first: { nl: "eerste dag is er of vervallen", en: "first day is here or no longer agreed" },
  last: { nl: "laatste dag voorbij of vervallen", en: "last day over or no longer agreed" },
};

type DatedEnding = readonly [ending: string, until: string];

/** What begins before what ends. */
const sayEnds = (
  dated: readonly DatedEnding[],
  say: Readonly<Record<"first" | "last", Text>>,
): Text[] => {
  const { first = [], last = [] } = Object.groupBy(dated, ([ending]) =>
    isStart(ending) ? "first" : "last",
  );
  return [
    ...(first.length === 0 ? [] : [sayDays(first, say.first)]),
    ...(last.length === 0 ? [] : [sayDays(last, say.last)]),
  ];
};

const sayDays = (dated: readonly DatedEnding[], say: Text): Text => {
  const list = (language: "nl" | "en", day: (day: string) => string): string[] =>
    dated.map(
      ([ending, until]) =>
        `${endingWords(ending)[language]} (${day(dayOfEnding({ ending, until }))})`,
    );
  return {
    nl: `${say.nl}: ${nl.list(list("nl", (day) => nl.day(day)))}`,
    en: `${say.en}: ${en.list(list("en", (day) => en.day(day)))}`,
  };
};
