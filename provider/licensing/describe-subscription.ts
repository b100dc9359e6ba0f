/** What a change of a subscription costs and commits the customer to. */
import { calendar } from "../../core/calendar.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { en, nl, text } from "../../core/i18n/phrases.ts";
import { productName } from "../../core/sku-catalogue.ts";
import { currentTerm } from "../../core/terms.ts";

/** The number from the next renewal on, where the change is about that. */
function renewalChange(
  before: DescribedChange["before"],
  after: DescribedChange["after"],
): number | undefined {
  if (after === undefined || before?.atRenewal === after.atRenewal) return undefined;
  return typeof after.atRenewal === "number" ? after.atRenewal : countOf(after);
}

const countOf = (properties: DescribedChange["after"]): number =>
  typeof properties?.count === "number" ? properties.count : 0;

export function describeSubscription({ operation, before, after }: DescribedChange): Description {
  const sku = text(after, "sku") || text(before, "sku");
  const product = productName(sku);
  const countBefore = operation === "create" || operation === "adopt" ? 0 : countOf(before);
  const countAfter = operation === "delete" ? 0 : countOf(after);
  const term = text(after ?? before, "term") === "annual" ? "annual" : "monthly";
  const start = text(after ?? before, "start");
  const until = currentTerm(
    { term, start: start === "" ? undefined : start },
    calendar.today(),
  )?.end;
  const renewal = renewalChange(before, after);
  const dutch = (count: number): string => nl.count(count, { one: "licentie", other: "licenties" });
  const english = (count: number): string => en.count(count, { one: "licence", other: "licences" });
  const cost =
    until === undefined
      ? { nl: "per maand opzegbaar", en: "can be ended every month" }
      : {
          nl: `vastgelegd tot ${nl.day(until)}: het aantal kan tot dan omhoog, niet omlaag`,
          en: `committed until ${en.day(until)}: until then the number can rise, not fall`,
        };
  const gone = operation === "delete";
  const sentence = ((): { nl: string; en: string } => {
    if (gone) {
      return {
        nl: `${dutch(countBefore)} ${product} ${nl.form(countBefore, { one: "vervalt", other: "vervallen" })}`,
        en: `${english(countBefore)} of ${product} ${en.form(countBefore, { one: "ends", other: "end" })}`,
      };
    }
    if (countBefore === 0) {
      return {
        nl: `${dutch(countAfter)} ${product} ${nl.form(countAfter, { one: "komt", other: "komen" })} erbij`,
        en: `${english(countAfter)} of ${product} ${en.form(countAfter, { one: "is", other: "are" })} added`,
      };
    }
    if (countBefore === countAfter && until !== undefined && renewal !== undefined) {
      return {
        nl: `${product}: vanaf ${nl.day(until)} ${dutch(renewal)}`,
        en: `${product}: from ${en.day(until)} ${english(renewal)}`,
      };
    }
    if (countBefore === countAfter) {
      return {
        nl: `De afspraken over ${product} veranderen (${dutch(countAfter)})`,
        en: `The terms of ${product} change (${english(countAfter)})`,
      };
    }
    return {
      nl: `${product}: van ${dutch(countBefore)} naar ${countAfter}`,
      en: `${product}: from ${english(countBefore)} to ${countAfter}`,
    };
  })();
  return {
    section: "licenses",
    severity: "sensitive",
    affected: [],
    nl: gone ? sentence.nl : `${sentence.nl}; ${cost.nl}`,
    en: gone ? sentence.en : `${sentence.en}; ${cost.en}`,
    ...(gone
      ? {}
      : {
          commitment: {
            ...cost,
            product: productName(sku),
            countBefore,
            countAfter,
            ...(until === undefined ? {} : { until }),
          },
        }),
  };
}
