/** One change on the page. Written without optional end tags: a plan may hold thousands of them. */
import { both, escapeHtml, value } from "./html.ts";
import { en } from "../core/i18n/en.ts";
import { nl } from "../core/i18n/nl.ts";
import type { Language } from "../core/language.ts";
import type { ChangeView, PlanView } from "./plan-view.ts";
import type { PropertyView } from "./property-view.ts";

/** The same plan seen in both languages. */
export interface Views {
  readonly nl: PlanView;
  readonly en: PlanView;
  /** The language that shows first. */
  readonly first: Language;
  readonly isLarge: boolean;
}

/** The same change, or property, in both languages. */
interface Pair<T> {
  readonly nl: T;
  readonly en: T;
}

export function changeItem(change: Pair<ChangeView>, views: Views): string {
  const { operation, severity, affected, removal, properties, remarks } = change.nl;
  const pairs = properties.map((property, index) => ({
    nl: property,
    en: change.en.properties[index] ?? property,
  }));
  const isPlain = (pair: Pair<PropertyView>): boolean =>
    views.isLarge || pair.nl.label !== undefined;
  const plain = pairs.filter(isPlain);
  const technical = pairs.filter((pair) => !isPlain(pair));
  return [
    `<li class="${operation}${views.isLarge && severity === "routine" ? "" : ` ${severity}`}"><p>`,
    views.isLarge && severity !== "destructive" ? "" : tag(change.nl, views),
    both({ nl: change.nl.sentence, en: change.en.sentence }, views.first),
    ...removal.map(([label, words], index) => {
      const name = both({ nl: label, en: change.en.removal[index]?.[0] ?? label }, views.first);
      return `<p class=w><strong>${name}:</strong> ${value(words)}`;
    }),
    affected.length === 0 ? "" : `<p class=n>${affectedText(change, views)}`,
    change.nl.commitment === undefined ? "" : `<p class=r>${commitmentText(change, views)}`,
    ...remarks.map(
      (remark, index) =>
        `<p class=r>${both({ nl: remark, en: change.en.remarks[index] ?? remark }, views.first)}`,
    ),
    plain.length === 0 ? "" : `<dl>${plain.map((pair) => propertyRow(pair, views)).join("")}</dl>`,
    views.isLarge || change.nl.urn === "" ? "" : technicalDetails(change.nl, { technical, views }),
  ].join("");
}

function tag({ operation }: ChangeView, { first }: Views): string {
  const name = { nl: nl.operations[operation], en: en.operations[operation] };
  return `<span class=tag>${both(name, first)}</span>`;
}

function affectedText(change: Pair<ChangeView>, { nl: dutch, en: english, first }: Views): string {
  return both(
    {
      nl: `${nl.affects}: ${dutch.locale.list(change.nl.affected)}`,
      en: `${en.affects}: ${english.locale.list(change.en.affected)}`,
    },
    first,
  );
}

function commitmentText(change: Pair<ChangeView>, { first }: Views): string {
  return both(
    {
      nl: `${nl.commits}: ${change.nl.commitment ?? ""}`,
      en: `${en.commits}: ${change.en.commitment ?? ""}`,
    },
    first,
  );
}

function technicalDetails(
  { urn, type }: ChangeView,
  { technical, views }: { technical: readonly Pair<PropertyView>[]; views: Views },
): string {
  const title = both({ nl: nl.technical, en: en.technical }, views.first);
  const rows = technical.map((pair) => propertyRow(pair, views)).join("");
  return `<details><summary>${title}</summary><dl>${rows}<dt>type<dd><code>${escapeHtml(type)}</code><dt>URN<dd><code>${escapeHtml(urn)}</code></dl></details>`;
}

function propertyRow(pair: Pair<PropertyView>, views: Views): string {
  const { path, label } = pair.nl;
  const name =
    views.isLarge || label === undefined
      ? escapeHtml(path)
      : both({ nl: label, en: pair.en.label ?? label }, views.first);
  return `<dt>${name}<dd>${propertyValue(pair, views)}`;
}

function propertyValue(pair: Pair<PropertyView>, { first, nl: dutch, en: english }: Views): string {
  const { nl: property, en: other } = pair;
  if (property.note !== undefined) return both({ nl: property.note, en: other.note ?? "" }, first);
  if (property.list !== undefined) {
    const { added, removed, keptCount, isReordered } = property.list;
    const items = (list: readonly string[], { tagName, sign, others }: ListMarks): string[] =>
      list.map((item, index) => {
        const text = both({ nl: item, en: others?.[index] ?? item }, first);
        return `<li><${tagName}>${sign} ${text}</${tagName}>`;
      });
    const kept = {
      nl: dutch.locale.count(keptCount, nl.keptForms),
      en: english.locale.count(keptCount, en.keptForms),
    };
    const lines = [
      ...items(added, { tagName: "ins", sign: "+", others: other.list?.added }),
      ...items(removed, { tagName: "del", sign: "−", others: other.list?.removed }),
      ...(isReordered ? [`<li>${both({ nl: nl.reordered, en: en.reordered }, first)}`] : []),
      ...(keptCount > 0 ? [`<li class=k>${both(kept, first)}`] : []),
    ];
    return lines.length === 0
      ? both({ nl: nl.empty, en: en.empty }, first)
      : `<ul>${lines.join("")}</ul>`;
  }
  const shown = (side: "before" | "after"): string =>
    both({ nl: property[side] ?? "", en: other[side] ?? "" }, first);
  if (property.before === undefined)
    return property.after === undefined ? value("") : shown("after");
  if (property.after === undefined) return `<del>${shown("before")}</del>`;
  return `<del>${shown("before")}</del> → <ins>${shown("after")}</ins>`;
}

interface ListMarks {
  readonly tagName: "ins" | "del";
  readonly sign: string;
  readonly others: readonly string[] | undefined;
}
