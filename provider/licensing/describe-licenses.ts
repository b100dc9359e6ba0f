/** What a change of somebody's licences means to the customer. */
import type { DescribedChange, Description, Operation } from "../kit/define.ts";
import { clauses, en, listChange, nl, objects, text, texts } from "../../core/i18n/phrases.ts";
import { partName } from "../../core/service-plans.ts";
import { productName } from "../../core/sku-catalogue.ts";

type Words = Pick<Description, "nl" | "en">;

/** "Microsoft 365 Business Premium (zonder Viva Engage)", of what somebody gets. */
function whole(
  after: DescribedChange["after"],
  {
    list,
    without,
  }: { readonly list: (names: readonly string[]) => string; readonly without: string },
): (product: string) => string {
  const off = new Map(
    objects(after, "licenses").map((entry) => [
      productName(text(entry, "sku")),
      texts(entry, "disabledPlans").map(partName),
    ]),
  );
  return (product) => {
    const parts = off.get(product) ?? [];
    return parts.length === 0 ? product : `${product} (${without} ${list(parts)})`;
  };
}

/** Who gets or loses the licences, and in which way, in both languages: another way may give them all the same. */
export interface Holder {
  readonly nl: string;
  readonly en: string;
  readonly by: { readonly nl: string; readonly en: string };
  readonly affected: readonly string[];
}

/** Parts of one product that are switched on or off, for somebody who has it on both sides. */
interface PartsChange {
  readonly product: string;
  readonly on: readonly string[];
  readonly off: readonly string[];
}

function partsChanges({ before, after }: Pick<DescribedChange, "before" | "after">): PartsChange[] {
  const old = new Map(objects(before, "licenses").map((entry) => [text(entry, "sku"), entry]));
  return objects(after, "licenses").flatMap((entry): PartsChange[] => {
    const was = old.get(text(entry, "sku"));
    if (was === undefined) return [];
    const { added, removed } = listChange(
      texts(was, "disabledPlans"),
      texts(entry, "disabledPlans"),
    );
    if (added.length + removed.length === 0) return [];
    return [
      {
        product: productName(text(entry, "sku")),
        on: removed.map(partName),
        off: added.map(partName),
      },
    ];
  });
}

const productsOf = (properties: DescribedChange["after"]): string[] =>
  objects(properties, "licenses").map((entry) => productName(text(entry, "sku")));

export function describeLicenses(change: DescribedChange, holder: Holder): Description {
  const { operation, before, after } = change;
  const was = operation === "create" || operation === "adopt" ? [] : productsOf(before);
  const is = operation === "delete" ? [] : productsOf(after);
  const { added, removed } = listChange(was, is);
  const base = { section: "licenses" as const, affected: holder.affected };
  if (operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `De licenties van ${holder.nl} worden voortaan hier beheerd`,
      en: `The licences of ${holder.en} are managed here from now on`,
    };
  }
  const [dutchGains, englishGains] = [
    added.map(whole(after, { list: (names) => nl.list(names), without: "zonder" })),
    added.map(whole(after, { list: (names) => en.list(names), without: "without" })),
  ];
  const parts = operation === "update" ? partsChanges(change) : [];
  const dutch = clauses([
    removed.length > 0 &&
      `${holder.nl} verliest ${holder.by.nl} ${nl.list(removed)}${added.length > 0 ? ` en krijgt ${nl.list(dutchGains)}` : ""}`,
    removed.length === 0 &&
      added.length > 0 &&
      `${holder.nl} krijgt de ${nl.form(added.length, { one: "licentie", other: "licenties" })} ${nl.list(dutchGains)}`,
    ...parts.flatMap(({ product, on, off }) => [
      on.length > 0 && `ingeschakeld in ${product}: ${nl.list(on)}`,
      off.length > 0 && `uitgeschakeld in ${product}: ${nl.list(off)}`,
    ]),
  ]);
  const english = clauses([
    removed.length > 0 &&
      `${holder.en} loses ${holder.by.en} ${en.list(removed)}${added.length > 0 ? ` and gets ${en.list(englishGains)}` : ""}`,
    removed.length === 0 &&
      added.length > 0 &&
      `${holder.en} gets the ${en.form(added.length, { one: "licence", other: "licences" })} ${en.list(englishGains)}`,
    ...parts.flatMap(({ product, on, off }) => [
      on.length > 0 && `switched on in ${product}: ${en.list(on)}`,
      off.length > 0 && `switched off in ${product}: ${en.list(off)}`,
    ]),
  ]);
  if (dutch === undefined || english === undefined) {
    return { ...base, severity: "routine", ...withoutProducts(operation, holder) };
  }
  const isPartsOnly = added.length + removed.length === 0;
  return {
    ...base,
    severity: removed.length > 0 ? "destructive" : "sensitive",
    nl: isPartsOnly ? `${holder.nl}: ${dutch}` : dutch,
    en: isPartsOnly ? `${holder.en}: ${english}` : english,
  };
}

/** Where no product comes or goes. */
function withoutProducts(operation: Operation, { nl: dutch, en: english }: Holder): Words {
  switch (operation) {
    case "update":
      return {
        nl: `Andere gegevens van de licenties van ${dutch} veranderen`,
        en: `Other details of the licences of ${english} change`,
      };
    case "replace":
      return {
        nl: `${dutch}: de licenties worden aan het nieuwe account of de nieuwe groep gegeven`,
        en: `${english}: the licences are given to the new account or group`,
      };
    case "create":
    case "adopt":
    case "delete":
      return { nl: `${dutch} heeft geen eigen licenties`, en: `${english} has no direct licences` };
  }
}
