/** What one change does to a person or a place, as short clauses for their line. */
import { NOUNS, nounOf, ownerOfList } from "../core/nouns.ts";
import type { Noun } from "../core/nouns.ts";
import type { Json } from "../core/json.ts";
import { NAME_ORDER } from "../core/i18n/format.ts";
import type { Locale } from "../core/i18n/format.ts";
import { en as english, listChange, nl as dutch } from "../core/i18n/phrases.ts";
import { labelOf, wordOf } from "../core/i18n/labels.ts";
import { productName } from "../core/sku-catalogue.ts";
import { nameOfUrn } from "../core/urn.ts";
import type { Change, ElementChange } from "../plan/index.ts";
import { monthly } from "./cost.ts";
import { newTexts } from "./new-texts.ts";
import type { PropertyView } from "./property-view.ts";
import { sentenceOf } from "./sentence.ts";
import { isUsual, shownProperties } from "./shown-properties.ts";
import type { ShownProperty } from "./shown-properties.ts";

/** `user:anna@contoso.com`: whose line it is, or the URN of what is neither a person nor a place. */
export type SubjectKey = string;

export interface Clause {
  readonly subject: SubjectKey;
  readonly text: string;
  /** Somebody has less than before. */
  readonly isLoss: boolean;
  /** The text is a name, to be said with others of its line in this phrase. */
  readonly phrase?: Phrase;
  /** The text is a whole sentence, which may begin with the name of its line. */
  readonly isSentence?: true;
}

type Phrase =
  "joinsGroup" | "leavesGroup" | "getsProduct" | "losesProduct" | "keepsProduct" | "getsDirectly";

export interface ClauseContext {
  readonly locale: Locale;
  /** What people call the person with this user principal name. */
  readonly nameOf: (userPrincipalName: string) => string;
  /** Products that the person with this user principal name gets or loses in the end, by skuPartNumber. */
  readonly differsFor: (userPrincipalName: string) => ReadonlySet<string>;
}

export function subjectOf({ type, urn }: Pick<Change, "type" | "urn">): SubjectKey {
  const noun = nounOf(type);
  const name = nameOfUrn(urn);
  if (noun?.list !== undefined) {
    const list = noun.list;
    return `${list.owner}:${ownerOfList({ list }, name)}`;
  }
  if (noun?.removedAs === undefined) return urn;
  // Lists of people name guests by address too.
  return `${noun.removedAs === "guest" ? "user" : noun.removedAs}:${name}`;
}

/** Shortens a list of names as sentences do, in the order of an address book: "a, b, c, d en 9 anderen". */
export const names = ({ language }: Locale, list: readonly string[]): string =>
  (language === "nl" ? dutch : english).list(list.toSorted(NAME_ORDER.compare));

/** Empty only for a list without elements that comes or goes with its owner; what has no clause has its sentence. */
export function clausesOf(change: Change, context: ClauseContext): Clause[] {
  const { type, operation, description, severity } = change;
  const subject = subjectOf(change);
  const own = (text: string, isLoss = false): Clause => ({ subject, text, isLoss });
  const clauses = knownClauses(change, context, own).map((clause) =>
    clause.subject === subject ? undone(clause, change, context.locale) : clause,
  );
  const isOfOwner = nounOf(type)?.list !== undefined && ["create", "delete"].includes(operation);
  if (clauses.length > 0 || isOfOwner || isToldOfPerson(change)) return clauses;
  const isLoss = severity === "destructive" || operation === "delete";
  return [{ ...own(description[context.locale.language], isLoss), isSentence: true }];
}

/** What somebody gets and loses directly is told with what they have in the end. */
const isToldOfPerson = ({ type, properties }: Change): boolean =>
  type === NOUNS.userLicense.type && properties.some(({ elements = [] }) => elements.length > 0);

/** An update of an object says it of each of its properties; what is restored is not made again. */
function undone(clause: Clause, change: Change, { texts }: Locale): Clause {
  const { byHand, type, operation, recycleBin } = change;
  const isObject = nounOf(type)?.removedAs !== undefined;
  const isSaid = recycleBin === "restore" || (isObject && operation === "update");
  if (byHand === undefined || isSaid || clause.phrase !== undefined) return clause;
  const say = byHand.length === 0 ? texts.goneByHand : texts.byHand;
  return { ...clause, text: say(clause.text) };
}

function knownClauses(change: Change, context: ClauseContext, own: Own): Clause[] {
  const noun = nounOf(change.type);
  if (noun?.type === NOUNS.subscription.type) return commitmentClauses(change, context, own);
  if (noun?.type === NOUNS.backup.type) return coverClauses(change, context, own);
  if (noun?.list !== undefined) return listClauses(change, context, own);
  if (noun?.removedAs === undefined) return [];
  return objectClauses(change, { ...context, noun }).map(({ text, isLoss }) => own(text, isLoss));
}

type Own = (text: string, isLoss?: boolean) => Clause;

/** The clauses of one line as texts: "wordt lid van Finance en Kantoor" rather than two of them. */
export function saidTogether(clauses: readonly Clause[], { texts, list }: Locale): string[] {
  const say: Readonly<Record<Phrase, (names: string) => string>> = {
    joinsGroup: texts.joinsGroup,
    leavesGroup: texts.leavesGroup,
    getsProduct: texts.getsProduct,
    losesProduct: texts.losesProduct,
    keepsProduct: texts.keepsProduct,
    getsDirectly: texts.getsDirectly,
  };
  const groups = Map.groupBy(clauses, (clause) => clause.phrase ?? clause);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first?.phrase === undefined) return first === undefined ? [] : [first.text];
    return [say[first.phrase](list([first, ...others].map(({ text }) => text)))];
  });
}

function commitmentClauses(
  { commitment, operation, cost }: Change,
  { locale }: ClauseContext,
  own: Own,
): Clause[] {
  if (commitment === undefined || operation === "forget") return [];
  const { texts } = locale;
  const { countBefore, countAfter, until } = commitment;
  const term = until === undefined ? texts.monthly : texts.until(locale.day(until));
  if (countBefore === countAfter) return [];
  const licenses = (count: number): string => locale.count(count, texts.kinds.licenses);
  const amount =
    countBefore === 0
      ? licenses(countAfter)
      : `${locale.number(countBefore)} → ${licenses(countAfter)}`;
  const said = [amount, term, ...(cost?.price ? [monthly(cost.price, locale)] : [])];
  return [own(said.join(", "), countAfter < countBefore)];
}

/** Who is covered from now on and who is gone; whoever loses the backup and stays is told in its sentence. */
function coverClauses(change: Change, { locale, nameOf }: ClauseContext, own: Own): Clause[] {
  const { operation, properties, severity } = change;
  const elements = properties.flatMap((property) => property.elements ?? []);
  // Those lists hold names; whatever else changes is told in the sentence.
  const isCoverOnly =
    properties.every((property) => property.elements !== undefined) &&
    elements.every(({ before, after }) => typeof (before ?? after) === "string");
  if (operation !== "update" || severity === "destructive" || !isCoverOnly) return [];
  const covered = (side: "before" | "after"): string[] =>
    elements.flatMap((element) => {
      const name = element[side];
      return typeof name === "string" ? [nameOf(name)] : [];
    });
  const [before, after] = [covered("before"), covered("after")];
  const { added, removed } = listChange(before, after);
  const renamed = after.filter((name) => before.includes(name));
  const { texts } = locale;
  return [
    ...(added.length > 0 ? [own(texts.joins(names(locale, added)))] : []),
    ...(removed.length > 0 ? [own(texts.leaves(names(locale, removed)))] : []),
    ...(renamed.length > 0 ? [own(texts.coveredAs(names(locale, renamed)))] : []),
  ];
}

/** What happens to the object itself. */
function objectClauses(
  change: Change,
  { locale, noun }: ClauseContext & { readonly noun: Noun },
): Pick<Clause, "text" | "isLoss">[] {
  const { texts } = locale;
  const { removedAs } = noun;
  if (removedAs === undefined) return [];
  switch (change.operation) {
    case "create":
      return newTexts(change, locale, removedAs).map((text) => ({ text, isLoss: false }));
    case "adopt":
      return [
        { text: texts.isAdopted, isLoss: false },
        ...shownProperties(change, locale)
          .filter(({ property }) => !isUsual(change, property))
          .map((shown) => propertyClause(shown, locale)),
      ];
    case "delete":
      return [{ text: texts.isGone[removedAs], isLoss: true }];
    case "replace":
      return [{ text: texts.isReplaced, isLoss: true }];
    case "forget":
      return [{ text: texts.released, isLoss: false }];
    case "update":
      return [
        ...shownProperties(change, locale).map((shown) => {
          const { property } = shown;
          const clause = propertyClause(shown, locale);
          const isByHand = change.byHand?.includes(property.path) === true;
          return isByHand ? { ...clause, text: texts.byHand(clause.text) } : clause;
        }),
        ...(change.formerUrn === undefined || hasNewName(change)
          ? []
          : [{ text: texts.wasCalled(nameOfUrn(change.formerUrn)), isLoss: false }]),
        ...change.optionChanges
          .filter(({ path, after }) => path === "protect" && after === false)
          .map(() => ({ text: texts.protectionOff, isLoss: true })),
      ];
  }
}

const hasNewName = ({ properties }: Change): boolean =>
  properties.some(({ path }) => path === "userPrincipalName");

function propertyClause(
  { property, view }: ShownProperty,
  locale: Locale,
): Pick<Clause, "text" | "isLoss"> {
  const { texts } = locale;
  const { path, before, after, kind } = property;
  if (path === "accountEnabled" && kind !== "released") {
    if (after === false) return { text: texts.isBlocked, isLoss: true };
    if (before === false) return { text: texts.isOpened, isLoss: false };
  }
  const text = propertyText(view, locale);
  return {
    text: property.unread === true ? texts.nowManaged(text) : text,
    isLoss: (view.list?.removed.length ?? 0) > 0,
  };
}

/** "functie: Boekhouder → Hoofd Financiën". */
export function propertyText(view: PropertyView, locale: Locale): string {
  const { texts } = locale;
  const label = view.label === undefined ? view.path : lowerFirst(view.label);
  if (view.note !== undefined) return `${label}: ${view.note}`;
  if (view.list !== undefined) {
    const { added, removed, isReordered } = view.list;
    const parts = [
      ...(added.length > 0 ? [`+ ${names(locale, added)}`] : []),
      ...(removed.length > 0 ? [`− ${names(locale, removed)}`] : []),
      ...(isReordered ? [texts.reordered] : []),
    ];
    return `${label}: ${parts.join(" ")}`;
  }
  const is = view.after ?? texts.empty;
  return view.before === undefined ? `${label}: ${is}` : `${label}: ${view.before} → ${is}`;
}

const lowerFirst = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

/** What comes and goes of a list, on the line of its owner and on that of each person in it. */
function listClauses(change: Change, context: ClauseContext, own: Own): Clause[] {
  if (change.operation === "forget") return [own(releasedList(change, context.locale))];
  if (change.operation === "adopt") return [];
  const elements = change.properties.flatMap((property) => property.elements ?? []);
  switch (change.type) {
    case NOUNS.userLicense.type:
    case NOUNS.groupLicense.type:
      return elements.flatMap((element) => licenseClause(element, { change, context, own }));
    case NOUNS.groupMembership.type:
      return memberClauses(change, { elements, context, own });
    case NOUNS.sitePermissions.type:
      return elements.map((element) => grantClause(element, { context, own }));
    case NOUNS.groupMail.type:
    case NOUNS.userMail.type:
    case NOUNS.mailboxPermissions.type:
    case NOUNS.userMailboxPermissions.type:
    case NOUNS.userMailboxSettings.type:
    case NOUNS.userCalendar.type:
    case NOUNS.calendarPermissions.type:
      return change.operation === "delete" ? [] : [ownSentence(change, context, own)];
    default:
      return [];
  }
}

/** Its sentence, on the line of its owner; somebody or something that is taken out of a list is a loss. */
function ownSentence(change: Change, { locale, nameOf }: ClauseContext, own: Own): Clause {
  const isLess = change.properties.some(({ elements = [] }) =>
    elements.some(({ after }) => after === undefined),
  );
  const sentence = sentenceOf(change, { language: locale.language, nameOf });
  return { ...own(sentence, isLess || change.severity === "destructive"), isSentence: true };
}

function releasedList({ type }: Change, { language, texts }: Locale): string {
  const key = nounOf(type)?.list?.key ?? "";
  return `${labelOf(key)?.[language].toLowerCase() ?? key}: ${texts.released}`;
}

type Fields = Readonly<Record<string, Json>>;

const fields = (value: Json | undefined): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;

const textOf = (value: Fields | undefined, key: string): string => {
  const text = value?.[key];
  return typeof text === "string" ? text : "";
};

interface OfList {
  readonly context: ClauseContext;
  readonly own: Own;
}

/** What a person gets and loses in the end has its own clauses. */
function licenseClause(
  { before, after }: ElementChange,
  { change, context, own }: OfList & { readonly change: Change },
): Clause[] {
  const { texts } = context.locale;
  const sku = textOf(fields(after) ?? fields(before), "sku");
  const product = productName(sku);
  if (before !== undefined && after !== undefined) return [own(texts.otherParts(product))];
  if (change.type === NOUNS.userLicense.type) {
    const person = ownerOfList(NOUNS.userLicense, nameOfUrn(change.urn));
    if (context.differsFor(person).has(sku)) return [];
    return [{ ...own(product), phrase: before === undefined ? "getsDirectly" : "keepsProduct" }];
  }
  return [
    before === undefined
      ? { ...own(product), phrase: "getsProduct" }
      : { ...own(product, true), phrase: "losesProduct" },
  ];
}

function memberClauses(
  change: Change,
  { elements, context, own }: OfList & { readonly elements: readonly ElementChange[] },
): Clause[] {
  const { locale, nameOf } = context;
  const { texts } = locale;
  const group = texts.kinds.groups.one;
  const only = (
    [side, other]: readonly ["before" | "after", "before" | "after"],
    nameIn: (member: Fields | undefined) => string,
  ): string[] =>
    elements
      .filter((element) => element[other] === undefined)
      .map((element) => nameIn(fields(element[side])))
      .filter((name) => name !== "");
  const address = (member: Fields | undefined): string => textOf(member, "userPrincipalName");
  // What it means to the people in it is on their lines.
  const groupIn = (member: Fields | undefined): string => {
    const name = textOf(member, "groupName");
    return name === "" ? "" : `${group} ${textOf(member, "displayName") || name}`;
  };
  const [comes, goes] = [["after", "before"] as const, ["before", "after"] as const];
  const [added, removed] = [only(comes, address), only(goes, address)];
  const [joining, leaving] = [only(comes, groupIn), only(goes, groupIn)];
  const ofPerson = (name: string, phrase: Phrase): Clause => ({
    ...{ subject: `user:${name}`, text: change.name, phrase },
    isLoss: phrase === "leavesGroup",
  });
  const said = (people: readonly string[], groups: readonly string[]): string =>
    names(locale, [...people.map(nameOf), ...groups]);
  return [
    ...(added.length + joining.length > 0 ? [own(texts.joins(said(added, joining)))] : []),
    ...(removed.length + leaving.length > 0
      ? [own(texts.leaves(said(removed, leaving)), leaving.length > 0)]
      : []),
    ...added.map((one) => ofPerson(one, "joinsGroup")),
    ...removed.map((one) => ofPerson(one, "leavesGroup")),
  ];
}

/** On the line of the site; what a person can do there in the end has its own clause. */
function grantClause({ before, after }: ElementChange, { context, own }: OfList): Clause {
  const { locale, nameOf } = context;
  const { texts, language } = locale;
  const grant = fields(after) ?? fields(before);
  const principal = textOf(grant, "principal");
  const isPerson = textOf(grant, "kind") !== "group";
  const named = textOf(grant, "displayName") || (isPerson ? nameOf(principal) : principal);
  // A site is often called as its group is.
  const name = isPerson ? named : `${texts.kinds.groups.one} ${named}`;
  const role = (value: Json | undefined): string => {
    const word = textOf(fields(value), "role");
    return wordOf("role", word)?.[language] ?? word;
  };
  const what =
    after === undefined
      ? texts.losesAccess
      : before === undefined
        ? role(after)
        : `${role(before)} → ${role(after)}`;
  return own(`${name}: ${what}`, after === undefined);
}
