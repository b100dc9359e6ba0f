/** A tenant as it was applied last: each object with what is set of it, in both languages. Pure. */
import { localeOf } from "../core/i18n/format.ts";
import { labelOf } from "../core/i18n/labels.ts";
import type { Json } from "../core/json.ts";
import type { Text } from "../core/language.ts";
import { costPerYear, perMonth, sumOf } from "../core/money.ts";
import { NOUNS, SECTIONS } from "../core/nouns.ts";
import type { Noun } from "../core/nouns.ts";
import { SECRET } from "../plan/index.ts";
import type { AppliedObject } from "../plan/index.ts";
import { valueText } from "./property-view.ts";
import { isId } from "./shown-properties.ts";

interface Line {
  readonly label: Text;
  readonly value: Text;
}

interface ObjectView {
  readonly name: Text;
  readonly lines: readonly Line[];
}

export interface TenantSection {
  readonly title: Text;
  readonly objects: readonly ObjectView[];
  /** Said below them, such as what all licences cost. */
  readonly note: Text | undefined;
}

/** Whose lists are told with the object that they belong to. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  user: [NOUNS.user.type],
  group: [NOUNS.group.type, NOUNS.mailGroup.type],
  mailbox: [NOUNS.sharedMailbox.type],
  site: [NOUNS.site.type],
};

/** What only repeats the name, or nobody needs to read. */
const LEFT_OUT = new Set([
  ...["displayName", "givenName", "surname", "mailNickname", "password", "forcePasswordChange"],
  ...["domains", "endDays", "price", "groupDisplayName", "groupName", "siteTitle", "siteUrl"],
  ...["principalObjectId", "roleId", "lcid", "approval", "emergencyAccounts"],
  "globalAdministrators",
]);

/** Of a rule for signing in its name says what it does. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  [NOUNS.accessRule.type]: ["state"],
  [NOUNS.namedLocation.type]: [],
};

const both = (make: (language: "nl" | "en") => string): Text => ({
  nl: make("nl"),
  en: make("en"),
});

export function tenantView(objects: readonly AppliedObject[]): readonly TenantSection[] {
  const owned = Map.groupBy(objects, (one) => ownerOf(one, objects) ?? one);
  return SECTIONS.flatMap((section) => {
    const here = [...owned].filter(([{ noun }]) => noun.section === section);
    if (here.length === 0) return [];
    return [
      {
        title: both((language) => localeOf(language).texts.sections[section]),
        objects: here
          .map(([owner, all]) => ({
            name: owner.noun.type === NOUNS.securityDefaults.type ? DEFAULTS : owner.name,
            lines: [owner, ...all.filter((one) => one !== owner)].flatMap(linesOf),
          }))
          .toSorted((a, b) => a.name.nl.localeCompare(b.name.nl, "nl")),
        note: section === "licenses" ? costOf(objects) : undefined,
      },
    ];
  });
}

const DEFAULTS: Text = {
  nl: "Standaardbeveiliging van Microsoft",
  en: "Microsoft's security defaults",
};

/** The object whose list this is; undefined where it stands by itself. */
function ownerOf(
  { noun, properties }: AppliedObject,
  objects: readonly AppliedObject[],
): AppliedObject | undefined {
  const types = noun.list === undefined ? [] : (OWNERS[noun.list.owner] ?? []);
  const key = properties[noun.unique[0] ?? ""];
  if (types.length === 0 || typeof key !== "string") return undefined;
  return objects.find(
    (one) => types.includes(one.noun.type) && one.identifiers.includes(key.toLowerCase()),
  );
}

function linesOf({ noun, properties }: AppliedObject): readonly Line[] {
  const only = ONLY[noun.type];
  const isUnsaid = (key: string, value: Json): boolean =>
    LEFT_OUT.has(key) ||
    isId(key) ||
    noun.naming[0] === key ||
    (noun.list !== undefined && noun.naming.includes(key)) ||
    only?.includes(key) === false ||
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0) ||
    JSON.stringify(value).includes(SECRET);
  const lines = Object.entries(properties).flatMap(([key, value]) => {
    const label = key === "committedUntil" ? RENEWS : labelOf(key, value);
    if (label === undefined || isUnsaid(key, value)) return [];
    return [{ label, value: both((language) => valueText(value, localeOf(language), key)) }];
  });
  const cost = noun.type === NOUNS.subscription.type ? priceOf(properties) : undefined;
  return cost === undefined ? lines : [...lines, { label: COSTS, value: amountText([cost]) }];
}

const RENEWS: Text = { nl: "Vast tot", en: "Committed until" };
const COSTS: Text = { nl: "Kosten", en: "Cost" };

interface Price {
  readonly perYear: string;
  readonly currency: string;
}

/** Undefined where the tenant file has no price. */
function priceOf({ price, count }: AppliedObject["properties"]): Price | undefined {
  if (typeof price !== "object" || price === null || Array.isArray(price)) return undefined;
  const { amount, currency, per } = price;
  if (typeof amount !== "string" || typeof currency !== "string") return undefined;
  const term = per === "year" ? "year" : "month";
  const perYear = costPerYear({ amount, per: term }, typeof count === "number" ? count : 0);
  return { perYear, currency };
}

const amountText = (prices: readonly Price[]): Text =>
  both((language) => {
    const { money, list } = localeOf(language);
    const amounts = [...Map.groupBy(prices, ({ currency }) => currency)].map(([currency, all]) =>
      money(perMonth(sumOf(all.map(({ perYear }) => perYear))), currency),
    );
    return language === "nl"
      ? `${list(amounts)} per maand, zonder btw`
      : `${list(amounts)} a month, excluding VAT`;
  });

/** All of them together; undefined where none has a price. */
function costOf(objects: readonly AppliedObject[]): Text | undefined {
  const all = objects.filter(
    ({ noun }: { readonly noun: Noun }) => noun.type === NOUNS.subscription.type,
  );
  const prices = all.flatMap(({ properties }) => priceOf(properties) ?? []);
  if (prices.length === 0) return undefined;
  const total = amountText(prices);
  const unknown = all.length - prices.length;
  return {
    nl: `Samen ${total.nl}${unknown === 0 ? "" : `; van ${unknown} is de prijs niet bekend`}`,
    en: `Together ${total.en}${unknown === 0 ? "" : `; of ${unknown} the price is not known`}`,
  };
}
