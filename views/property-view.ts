/** One property as people read it: a label, what it is now and what it will be, in words of one language. */
import type { Locale } from "../core/i18n/format.ts";
import { isDay } from "../core/i18n/format.ts";
import { PEOPLE_PROPERTIES, UNKNOWN } from "../plan/index.ts";
import type { PropertyChange } from "../plan/index.ts";
import type { Json } from "../core/json.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import { labelOf, wordOf } from "../core/i18n/labels.ts";

/** Raw text: a renderer still has to escape and isolate it. */
export interface PropertyView {
  readonly path: string;
  /** Undefined when people have no word for it: a technical detail. */
  readonly label: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** For lists: what comes and what goes instead of before and after. */
  readonly list: ListView | undefined;
  /** Said instead of a value. */
  readonly note: string | undefined;
}

interface ListView {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly keptCount: number;
  /** The same elements in another order. */
  readonly isReordered: boolean;
}

export function propertyView(property: PropertyChange, locale: Locale): PropertyView {
  const { texts } = locale;
  const shown = { path: property.path, label: labelOf(property.path)?.[locale.language] };
  const nothing = { before: undefined, after: undefined, list: undefined, note: undefined };
  if (property.secret) {
    const note = property.kind === "changed" ? texts.secretChanged : texts.secret;
    return { ...shown, ...nothing, note };
  }
  const { before, after } = { ...property, ...property.shownAs };
  if (Array.isArray(before) || Array.isArray(after)) {
    if (isListOrNothing(before) && isListOrNothing(after)) {
      return {
        ...shown,
        ...nothing,
        list: listView({ before, after, locale, path: property.path }),
      };
    }
  }
  const isUnknown = property.unknown !== undefined && after === undefined;
  return {
    ...shown,
    before: before === undefined ? undefined : valueText(before, locale, property.path),
    after: isUnknown
      ? texts.unknown
      : after === undefined
        ? undefined
        : valueText(after, locale, property.path),
    list: undefined,
    note: undefined,
  };
}

const isListOrNothing = (value: Json | undefined): value is Json[] | undefined =>
  value === undefined || Array.isArray(value);

function listView(change: {
  before: readonly Json[] | undefined;
  after: readonly Json[] | undefined;
  locale: Locale;
  path: string;
}): ListView {
  const before = change.before ?? [];
  const after = change.after ?? [];
  const left = new Map<string, number>();
  for (const item of before)
    left.set(canonicalJson(item), (left.get(canonicalJson(item)) ?? 0) + 1);
  const added: Json[] = [];
  let keptCount = 0;
  for (const item of after) {
    const count = left.get(canonicalJson(item)) ?? 0;
    if (count === 0) added.push(item);
    else {
      left.set(canonicalJson(item), count - 1);
      keptCount += 1;
    }
  }
  const removed = before.filter((item) => {
    const count = left.get(canonicalJson(item)) ?? 0;
    left.set(canonicalJson(item), count - 1);
    return count > 0;
  });
  const texts = (items: readonly Json[]): string[] =>
    items.map((item) => valueText(item, change.locale, change.path));
  return {
    added: texts(added),
    removed: texts(removed),
    keptCount,
    isReordered: added.length === 0 && removed.length === 0 && before.length > 0,
  };
}

/** Any value as one line of words. */
function valueText(value: Json, locale: Locale, key = ""): string {
  const { texts } = locale;
  if (value === null || value === "") return texts.empty;
  if (value === UNKNOWN) return texts.unknown;
  if (typeof value === "boolean") return value ? texts.yes : texts.no;
  // A code, not a quantity.
  if (typeof value === "number" && isLcid(key)) return locale.windowsLanguage(value);
  if (typeof value === "number") return locale.number(value);
  if (typeof value === "string") return wordFor(key, value, locale) ?? value;
  if (Array.isArray(value)) {
    return value.length === 0
      ? texts.empty
      : locale.list(value.map((item) => valueText(item, locale, key)));
  }
  return objectText(value, locale);
}

const isLcid = (path: string): boolean => path.split(".").at(-1) === "lcid";

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function wordFor(key: string, value: string, locale: Locale): string | undefined {
  if (PEOPLE_PROPERTIES.has(key) && OBJECT_ID.test(value)) return locale.texts.stranger(value);
  if (isDay(value)) return locale.day(value);
  if (/country$|^usageLocation$/i.test(key) && /^[A-Z]{2}$/.test(value))
    return locale.country(value);
  return wordOf(key, value)?.[locale.language];
}

/** Keys whose value names an object, the best first. */
const NAMING = ["displayName", "name", "principal", "sku", "mailbox", "site"];

/** "Finance (soort groep, rol bewerken)": the name first, then everything else with its label. */
function objectText(value: Readonly<Record<string, Json>>, locale: Locale): string {
  const naming = NAMING.find((key) => typeof value[key] === "string");
  const rest = Object.entries(value)
    .filter(([key]) => key !== naming)
    .map(([key, item]) => {
      const label = labelOf(key)?.[locale.language].toLowerCase() ?? key;
      return `${label} ${valueText(item, locale, key)}`;
    })
    .join(", ");
  if (naming === undefined) return rest === "" ? locale.texts.empty : rest;
  const name = valueText(value[naming] ?? "", locale);
  return rest === "" ? name : `${name} (${rest})`;
}
