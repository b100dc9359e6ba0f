/** What a plan means for one person in the end, as short clauses for their line. */
import { NOUNS } from "../core/nouns.ts";
import type { Locale } from "../core/i18n/format.ts";
import { wordOf } from "../core/i18n/labels.ts";
import { productName } from "../core/sku-catalogue.ts";
import { nameOfUrn } from "../core/urn.ts";
import type { Change, Consequence, Plan, SiteRight } from "../plan/index.ts";
import { names } from "./net-clauses.ts";
import type { Clause, ClauseContext } from "./net-clauses.ts";

/** Those of people; a group's own line says what it gives, whoever is in it. */
export function clausesOfPerson(
  consequence: Consequence,
  { locale, isNew }: { readonly locale: Locale; readonly isNew: boolean },
): Clause[] {
  const { holder, name, products, mailbox, sites, asFarAsKnown, swaps } = consequence;
  if (holder !== "user") return [];
  const { texts } = locale;
  const clause = (text: string, rest: Partial<Clause> = {}): Clause => ({
    ...{ subject: `user:${name}`, text, isLoss: false },
    ...rest,
  });
  const known = (text: string): string => (asFarAsKnown === true ? texts.asFarAsKnown(text) : text);
  const [gained, lost] = [products.gained.map(productName), products.lost.map(productName)];
  const isExchange = gained.length > 0 && lost.length > 0;
  return [
    ...(isExchange
      ? [
          clause(known(texts.exchanges(locale.list(lost), locale.list(gained))), {
            isLoss: lost.length > gained.length,
          }),
          ...(swaps === true ? [clause(texts.swaps)] : []),
        ]
      : [
          ...gained.map((product) => clause(product, { phrase: "getsProduct" })),
          ...(lost.length === 0
            ? []
            : [clause(known(texts.losesProduct(locale.list(lost))), { isLoss: true })]),
        ]),
    ...(mailbox === "lost" ? [clause(known(texts.losesMailbox), { isLoss: true })] : []),
    // A new account that gets a product gets all of it.
    ...(mailbox === "gained" && !isNew ? [clause(texts.getsMailbox)] : []),
    ...sites.map((site) => siteClause(site, { locale, clause })),
  ];
}

function siteClause(
  { url, title, before, after }: SiteRight,
  context: {
    readonly locale: Locale;
    readonly clause: (text: string, rest?: Partial<Clause>) => Clause;
  },
): Clause {
  const { texts, language } = context.locale;
  const role = (word: string): string => wordOf("role", word)?.[language] ?? word;
  const site = title === "" ? url.replace(/^https:\/\/[^/]+/, "") : title;
  const roles = [before, after].flatMap((word) => (word === undefined ? [] : [role(word)]));
  const what = after === undefined ? texts.losesAccess : roles.join(" → ");
  // See plan/build/consequences.ts: a library has the address of its site, a number sign and its name.
  const said = url.includes("#") ? texts.inLibrary(site, what) : texts.onSite(site, what);
  return context.clause(said, { isLoss: after === undefined });
}

/** What people lose and do not get back in another way, one line for all who lose the same; who goes is told as gone. */
export function lossLines(
  { changes, consequences }: Pick<Plan, "changes" | "consequences">,
  { locale, nameOf }: Pick<ClauseContext, "locale" | "nameOf">,
): string[] {
  const { texts, list, form } = locale;
  const gone = new Set(changes.filter(isAccountThatGoes).map(({ urn }) => nameOfUrn(urn)));
  const losses = consequences.flatMap(({ holder, name, products, mailbox, asFarAsKnown }) => {
    const isNet = products.lost.length > products.gained.length;
    if (holder !== "user" || gone.has(name) || !(isNet || mailbox === "lost")) return [];
    const things = [
      ...products.lost.map(productName),
      ...(mailbox === "lost" ? [texts.theMailbox] : []),
    ];
    const what = asFarAsKnown === true ? texts.asFarAsKnown(list(things)) : list(things);
    return [{ what, person: nameOf(name) }];
  });
  return [...Map.groupBy(losses, ({ what }) => what)].map(([what, all]) => {
    const people = all.map(({ person }) => person);
    return `${names(locale, people)} ${form(all.length, texts.loseForms)} ${what}`;
  });
}

const isAccountThatGoes = ({ type, operation }: Change): boolean =>
  type === NOUNS.user.type && operation === "delete";
