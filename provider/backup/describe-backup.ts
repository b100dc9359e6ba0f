/** What a change of the backup means to the customer. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { SCHEDULES, SCHEDULE_NAMES } from "../../core/backup-schedules.ts";
import type { Text } from "../../core/language.ts";
import { clauses, en, listChange, nl, objects, text, texts } from "../../core/i18n/phrases.ts";

type Properties = DescribedChange["after"];

const nested = (properties: Properties, key: string): Properties => {
  const value = properties?.[key];
  return typeof value === "object" && value !== null ? (value as Properties) : undefined;
};

const exceptionsOf = (properties: Properties): string[] =>
  objects(properties, "exceptions").map((entry) => text(entry, "name"));

const place = (properties: Properties): string => {
  const location = nested(properties, "location");
  return [text(location, "name"), text(location, "country")].filter(Boolean).join(", ");
};

const COVERED = ["mailboxes", "sites"] as const;
/** Inputs that have a clause of their own. */
const IN_WORDS: readonly string[] = [
  ...COVERED,
  ...["exceptions", "location", "operator", "retention", "schedule", "keyHeldBy"],
];

/** How often, in words. */
function often(properties: Properties): Text {
  const schedule = text(properties, "schedule");
  const hours = SCHEDULES[SCHEDULE_NAMES.find((name) => name === schedule) ?? "daily"];
  return hours === SCHEDULES.daily
    ? { nl: "elke dag", en: "every day" }
    : { nl: `elke ${hours} uur`, en: `every ${hours} hours` };
}

/** Whose word it is that there is a backup; empty where the vendor is read. */
const onWhoseWord = (properties: Properties, operator: string): Text =>
  text(properties, "vendor") === "report"
    ? {
        nl: `; of dat zo is, zegt ${operator} zelf in een opgave, die wij niet kunnen nakijken`,
        en: `; whether that is so is the word of ${operator}, in a report that we cannot check`,
      }
    : { nl: "", en: "" };

const encrypted = (properties: Properties): Text => {
  const holder = text(properties, "keyHeldBy");
  return holder === ""
    ? { nl: "", en: "" }
    : {
        nl: `, versleuteld met een sleutel die alleen ${holder} heeft`,
        en: `, encrypted with a key that only ${holder} holds`,
      };
};

/** How long backups are kept. */
function kept(properties: Properties): { nl: string; en: string } {
  const retention = nested(properties, "retention");
  const until = text(retention, "until");
  if (until !== "") return { nl: `tot en met ${nl.day(until)}`, en: `until ${en.day(until)}` };
  const years = typeof retention?.years === "number" ? retention.years : 0;
  return {
    nl: nl.count(years, { one: "jaar", other: "jaar" }),
    en: `for ${en.count(years, { one: "year", other: "years" })}`,
  };
}

export function describeBackup(change: DescribedChange): Description {
  const { operation, before, after } = change;
  const operator = text(after, "operator") || text(before, "operator");
  const isOnItsWord = text(before, "vendor") === "report";
  const base = { section: "backup" as const };
  const covered = { mailboxes: texts(after, "mailboxes"), sites: texts(after, "sites") };
  switch (operation) {
    case "create":
    case "adopt":
      return {
        ...base,
        severity: "sensitive",
        affected: exceptionsOf(after),
        nl: `Alle mail, agenda's en bestanden krijgen ${often(after).nl} een back-up buiten Microsoft, bij ${operator} (${place(after)}), bewaard ${kept(after).nl}${encrypted(after).nl}${exceptionsNl(exceptionsOf(after))}${onWhoseWord(after, operator).nl}`,
        en: `All mail, calendars and files are backed up ${often(after).en} outside Microsoft, with ${operator} (${place(after)}), kept ${kept(after).en}${encrypted(after).en}${exceptionsEn(exceptionsOf(after))}${onWhoseWord(after, operator).en}`,
      };
    case "delete":
      return {
        ...base,
        severity: "destructive",
        affected: [...texts(before, "mailboxes"), ...texts(before, "sites")],
        nl: isOnItsWord
          ? `De back-up bij ${operator} valt niet meer onder dit beheer: wij zetten daar niets stop en kijken er niet meer naar`
          : `De back-up bij ${operator} stopt: nieuwe mail en bestanden worden niet meer bewaard; wat er al is, blijft staan zolang ${operator} het bewaart`,
        en: isOnItsWord
          ? `The backup with ${operator} is no longer managed here: nothing is stopped there, and nobody looks at it any more`
          : `The backup with ${operator} stops: new mail and files are no longer kept; what is there stays as long as ${operator} keeps it`,
      };
    case "replace":
      return {
        ...base,
        severity: "destructive",
        affected: [...covered.mailboxes, ...covered.sites],
        nl: `De back-up begint opnieuw bij ${operator}: ${isOnItsWord ? "wat er al stond, blijft daar zolang het daar bewaard wordt" : "de oude back-uptaak stopt en blijft bewaard"}, de nieuwe maakt eerst een volledige kopie${onWhoseWord(after, operator).nl}`,
        en: `The backup starts over with ${operator}: ${isOnItsWord ? "what was kept stays there as long as it is kept there" : "the old job stops and is kept"}, the new one first makes a full copy${onWhoseWord(after, operator).en}`,
      };
    case "update":
      return { ...base, ...describeUpdate(change) };
  }
}

const exceptionsNl = (names: readonly string[]): string =>
  names.length === 0 ? "" : `; behalve ${nl.list(names)}, waarvoor een vrijwaring is getekend`;
const exceptionsEn = (names: readonly string[]): string =>
  names.length === 0 ? "" : `; except ${en.list(names)}, for which a disclaimer was signed`;

/** What comes under the backup and what no longer is, of one list of what it covers. */
function coverage(
  { before, after }: Pick<DescribedChange, "before" | "after">,
  key: "mailboxes" | "sites",
): { readonly added: readonly string[]; readonly dropped: readonly string[] } {
  const { added, removed } = listChange(texts(before, key), texts(after, key));
  // Who is signed out of the backup is said as such; somebody who leaves the tenant needs none.
  const signedOut = listChange(exceptionsOf(before), exceptionsOf(after)).added;
  return { added, dropped: removed.filter((name) => !signedOut.includes(name)) };
}

function describeUpdate({
  before,
  after,
  changedPaths,
}: DescribedChange): Pick<Description, "nl" | "en" | "severity" | "affected"> {
  const keys = new Set(changedPaths.map(topLevelKey));
  const exceptions = listChange(exceptionsOf(before), exceptionsOf(after));
  const covers = COVERED.map((key) => coverage({ before, after }, key));
  const operator = text(after, "operator");
  const left = exceptions.added;
  const isOnItsWord = text(after, "vendor") === "report";
  const holder = text(after, "keyHeldBy");
  const hasOther = [...keys].some((key) => !IN_WORDS.includes(key));
  // The same people are signed out, by another disclaimer.
  const isResigned =
    keys.has("exceptions") && exceptions.added.length + exceptions.removed.length === 0;
  return {
    severity:
      left.length > 0
        ? "destructive"
        : keys.has("retention") ||
            ["location", "operator", "schedule", "keyHeldBy"].some((key) => keys.has(key))
          ? "sensitive"
          : "routine",
    affected: [
      ...left,
      ...exceptions.removed,
      ...covers.flatMap(({ added, dropped }) => [...added, ...dropped]),
    ],
    nl: `Back-up${isOnItsWord ? ` (volgens ${operator}, niet door ons nagekeken)` : ""}: ${
      clauses([
        left.length > 0 &&
          `${nl.list(left)} ${nl.form(left.length, { one: "krijgt", other: "krijgen" })} geen back-up meer, na een getekende vrijwaring`,
        exceptions.removed.length > 0 &&
          `${nl.list(exceptions.removed)} ${nl.form(exceptions.removed.length, { one: "komt", other: "komen" })} weer in de back-up`,
        ...covers.flatMap(({ added, dropped }) => [
          added.length > 0 &&
            `${nl.list(added)} ${nl.form(added.length, { one: "valt", other: "vallen" })} voortaan onder de back-up`,
          dropped.length > 0 &&
            `${nl.list(dropped)} ${nl.form(dropped.length, { one: "valt", other: "vallen" })} niet meer onder de back-up (wat al bewaard is, blijft)`,
        ]),
        isResigned && "andere vrijwaringen voor de uitzonderingen",
        keys.has("retention") && `bewaard ${kept(after).nl} (was ${kept(before).nl})`,
        keys.has("location") && `de locatie wordt ${place(after)} (was ${place(before)})`,
        keys.has("operator") &&
          `${operator} voert de back-up uit (was ${text(before, "operator")})`,
        keys.has("schedule") && `voortaan ${often(after).nl} (was ${often(before).nl})`,
        keys.has("keyHeldBy") &&
          holder !== "" &&
          `alleen ${holder} heeft de sleutel van de kopieën`,
        keys.has("keyHeldBy") &&
          holder === "" &&
          "wie de sleutel van de kopieën heeft, staat niet meer vast",
        hasOther && "andere instellingen veranderen",
      ]) ?? "andere instellingen veranderen"
    }`,
    en: `Backup${isOnItsWord ? ` (by the word of ${operator}, not checked by us)` : ""}: ${
      clauses([
        left.length > 0 &&
          `${en.list(left)} ${en.form(left.length, { one: "is", other: "are" })} no longer backed up, after a signed disclaimer`,
        exceptions.removed.length > 0 &&
          `${en.list(exceptions.removed)} ${en.form(exceptions.removed.length, { one: "is", other: "are" })} backed up again`,
        ...covers.flatMap(({ added, dropped }) => [
          added.length > 0 &&
            `${en.list(added)} ${en.form(added.length, { one: "is", other: "are" })} covered from now on`,
          dropped.length > 0 &&
            `${en.list(dropped)} ${en.form(dropped.length, { one: "is", other: "are" })} no longer part of it (what was kept stays)`,
        ]),
        isResigned && "different disclaimers for the exceptions",
        keys.has("retention") && `kept ${kept(after).en} (was ${kept(before).en})`,
        keys.has("location") && `the location becomes ${place(after)} (was ${place(before)})`,
        keys.has("operator") && `${operator} runs the backup (was ${text(before, "operator")})`,
        keys.has("schedule") && `made ${often(after).en} (was ${often(before).en})`,
        keys.has("keyHeldBy") && holder !== "" && `only ${holder} holds the key of the copies`,
        keys.has("keyHeldBy") &&
          holder === "" &&
          "who holds the key of the copies is no longer agreed",
        hasOther && "other settings change",
      ]) ?? "other settings change"
    }`,
  };
}
