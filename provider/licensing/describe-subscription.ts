/** What a change of a subscription costs and commits the customer to. */
import { calendar } from "../../core/calendar.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { clauses, en, nl, text } from "../../core/i18n/phrases.ts";
import { productName } from "../../core/sku-catalogue.ts";
import { wordOf } from "../../core/i18n/labels.ts";
import { seriesOf, standingOf } from "../../core/terms.ts";
import type { Standing, TermEnd } from "../../core/terms.ts";
import { costOf, totalOf } from "./subscription-cost.ts";

interface Words {
  readonly nl: string;
  readonly en: string;
}

const countOf = (properties: DescribedChange["after"]): number =>
  typeof properties?.count === "number" ? properties.count : 0;

const licenses = (count: number): Words => ({
  nl: nl.count(count, { one: "licentie", other: "licenties" }),
  en: en.count(count, { one: "licence", other: "licences" }),
});

const AT_TERM_END: Readonly<Record<TermEnd, Words>> = {
  renew: { nl: "wordt dan verlengd", en: "renews then" },
  stop: {
    nl: "stopt dan: wie het heeft, raakt het dan kwijt",
    en: "stops then: who has it loses it then",
  },
  extend: { nl: "loopt dan per maand door, duurder", en: "goes on by the month then, dearer" },
};

export function describeSubscription(change: DescribedChange): Description {
  const { operation, before, after } = change;
  const product = productName(text(after, "sku") || text(before, "sku"));
  const countBefore = operation === "create" || operation === "adopt" ? 0 : countOf(before);
  const countAfter = operation === "delete" ? 0 : countOf(after);
  if (operation === "delete") {
    const { nl: dutch, en: english } = licenses(countBefore);
    return {
      section: "licenses",
      severity: "sensitive",
      affected: [],
      nl: `${dutch} ${product} ${nl.form(countBefore, { one: "vervalt", other: "vervallen" })}`,
      en: `${english} for ${product} ${en.form(countBefore, { one: "ends", other: "end" })}`,
      ...costOf(change, product),
    };
  }
  const term = runningTerm(after);
  const until = term?.end;
  const total = term && totalOf(after, term);
  const cost =
    until === undefined
      ? { nl: "per maand opzegbaar", en: "can be cancelled every month" }
      : {
          nl: `vastgelegd tot ${nl.day(until)}: het aantal kan tot dan omhoog, niet omlaag`,
          en: `committed until ${en.day(until)}: until then the number can rise, not fall`,
        };
  const isNew = countBefore === 0 && countAfter > 0;
  const parts = [
    isNew ? added(product, countAfter) : number(change),
    ...(operation === "update" ? termClauses(change) : []),
    cost,
    term?.next && AT_TERM_END[term.next],
  ];
  const [dutch = "", english = ""] = [
    clauses(parts.map((words) => words?.nl)),
    clauses(parts.map((words) => words?.en)),
  ];
  return {
    section: "licenses",
    severity: "sensitive",
    affected: [],
    nl: isNew ? dutch : `${product}: ${dutch}`,
    en: isNew ? english : `${product}: ${english}`,
    commitment: {
      ...{ ...cost, product, countBefore, countAfter },
      ...(until === undefined ? {} : { until }),
      ...(until === undefined || typeof after?.atRenewal !== "number"
        ? {}
        : { atRenewal: after.atRenewal }),
      ...(term?.next === undefined ? {} : { atTermEnd: term.next }),
      ...(total === undefined ? {} : { total }),
    },
    ...costOf(change, product),
  };
}

/** The term of today that commits; undefined where none does. */
function runningTerm(after: DescribedChange["after"]): Standing | undefined {
  const standing = standingOf(seriesOf(after), calendar.today());
  return standing?.phase === "running" ? standing : undefined;
}

const added = (product: string, count: number): Words => ({
  nl: `${licenses(count).nl} ${product} ${nl.form(count, { one: "komt", other: "komen" })} erbij`,
  en: `${licenses(count).en} for ${product} ${en.form(count, { one: "is", other: "are" })} added`,
});

/** Undefined where the number stays. */
function number({ operation, before, after }: DescribedChange): Words | undefined {
  const [was, is] = [countOf(before), countOf(after)];
  if (operation !== "update") return licenses(is);
  if (was === is) return undefined;
  return { nl: `van ${licenses(was).nl} naar ${is}`, en: `from ${licenses(was).en} to ${is}` };
}

function termClauses({ before, after, changedPaths }: DescribedChange): Words[] {
  const keys = new Set(changedPaths.map(topLevelKey));
  const [wasTerm, isTerm] = [before, after].map((side) => wordOf("term", text(side, "term")));
  const [was = "", is = ""] = [before, after].map((side) => text(side, "start"));
  const { atRenewal } = after ?? {};
  const renewal = runningTerm(after)?.end;
  return [
    ...(keys.has("term") && wasTerm && isTerm
      ? [
          {
            nl: `${isTerm.nl} in plaats van ${wasTerm.nl}`,
            en: `${isTerm.en} instead of ${wasTerm.en}`,
          },
        ]
      : []),
    ...(keys.has("start")
      ? [
          {
            nl: `ingangsdatum wordt ${nl.day(is)} (was ${nl.day(was)})`,
            en: `start date becomes ${en.day(is)} (was ${en.day(was)})`,
          },
        ]
      : []),
    ...(keys.has("atRenewal") && typeof atRenewal === "number"
      ? [
          {
            nl: `vanaf ${renewal === undefined ? "de verlenging" : nl.day(renewal)} ${licenses(atRenewal).nl}`,
            en: `from ${renewal === undefined ? "the renewal" : en.day(renewal)} ${licenses(atRenewal).en}`,
          },
        ]
      : []),
  ];
}
