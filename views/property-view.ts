/** One property as people read it: a label, what it is now and what it will be, in words of one language. */
import type { Locale } from "../core/i18n/format.ts";
import { isDay } from "../core/i18n/format.ts";
import { PEOPLE_PROPERTIES, UNKNOWN } from "../plan/index.ts";
import type { ElementChange, PropertyChange } from "../plan/index.ts";
import type { Json } from "../core/json.ts";
import { endingUntil } from "../core/end-days.ts";
import { labelOf, wordOf } from "../core/i18n/labels.ts";
import { productName } from "../core/sku-catalogue.ts";

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
  const { path } = property;
  const label = labelOf(path, property.after ?? property.before)?.[locale.language];
  const shown = { path, label };
  const nothing = { before: undefined, after: undefined, list: undefined, note: undefined };
  if (property.secret) {
    const note = property.kind === "changed" ? texts.secretChanged : texts.secret;
    return { ...shown, ...nothing, note };
  }
  const { before, after } = { ...property, ...property.shownAs };
  if (property.kind === "released") {
    const value = before === undefined ? "" : `: ${valueText(before, locale, property.path)}`;
    return { ...shown, ...nothing, note: `${texts.released}${value}` };
  }
  if (property.elements !== undefined) {
    return { ...shown, ...nothing, list: listView(property, property.elements, locale) };
  }
  const isUnknown = property.unknown !== undefined && after === undefined;
  // What becomes managed may have had a value before.
  const isChange = property.kind !== "added";
  return {
    ...shown,
    before:
      before === undefined || !isChange ? undefined : valueText(before, locale, property.path),
    after: isUnknown
      ? texts.unknown
      : after === undefined
        ? undefined
        : valueText(after, locale, property.path),
    list: undefined,
    note: undefined,
  };
}

function listView(
  { path, kept = 0, reordered }: PropertyChange,
  elements: readonly ElementChange[],
  locale: Locale,
): ListView {
  const texts = (side: "before" | "after"): string[] =>
    elements.flatMap((element) => {
      const value = { ...element, ...element.shownAs }[side];
      return value === undefined ? [] : [valueText(value, locale, path)];
    });
  return {
    added: texts("after"),
    removed: texts("before"),
    keptCount: kept,
    isReordered: reordered === true,
  };
}

/** Any value as one line of words. */
export function valueText(value: Json, locale: Locale, key = ""): string {
  const { texts } = locale;
  if (value === null || value === "") return texts.empty;
  if (value === UNKNOWN) return texts.unknown;
  if (typeof value === "boolean") return value ? texts.yes : texts.no;
  // A code, not a quantity.
  if (typeof value === "number" && isLcid(key)) return locale.windowsLanguage(value);
  if (typeof value === "number" && isStorage(key)) return locale.storage(value);
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

const isStorage = (path: string): boolean =>
  /(?:Quota|ReceiveSize|SendSize)$/.test(path.split(".").at(-1) ?? "");

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function wordFor(key: string, value: string, locale: Locale): string | undefined {
  if (PEOPLE_PROPERTIES.has(key) && OBJECT_ID.test(value)) return locale.texts.stranger(value);
  if (key === "sku") return productName(value);
  if (key === "ending") return endingUntil(value)[locale.language];
  if (isDay(value)) return locale.day(value);
  if (/country$|^usageLocation$/i.test(key) && /^[A-Z]{2}$/.test(value))
    return locale.country(value);
  return wordOf(key, value)?.[locale.language];
}

/** Keys whose value names an object, the best first. */
const NAMING = [
  ...["displayName", "name", "principal", "userPrincipalName"],
  ...["ending", "sku", "mailbox", "site"],
];

const isNothing = (value: Json): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** "Finance (soort groep, rol bewerken)": the name first, then everything else with its label. Nobody reads ids. */
function objectText(value: Readonly<Record<string, Json>>, locale: Locale): string {
  const naming = NAMING.find((key) => typeof value[key] === "string");
  const rest = Object.entries(value)
    .filter(([key, item]) => key !== naming && !isNothing(item) && !(naming && key === "id"))
    .map(([key, item]) => {
      const label = labelOf(key)?.[locale.language].toLowerCase() ?? key;
      return `${label} ${valueText(item, locale, key)}`;
    })
    .join(", ");
  if (naming === undefined) return rest === "" ? locale.texts.empty : rest;
  const name = valueText(value[naming] ?? "", locale, naming);
  return rest === "" ? name : `${name} (${rest})`;
}
