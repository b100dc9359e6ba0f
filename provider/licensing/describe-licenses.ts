/** What a change of somebody's licences means to the customer. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { en, listChange, nl, objects, text } from "../../core/i18n/phrases.ts";
import { productName } from "../../core/sku-catalogue.ts";

/** Who gets or loses the licences, and in which way, in both languages: another way may give them all the same. */
export interface Holder {
  readonly nl: string;
  readonly en: string;
  readonly by: { readonly nl: string; readonly en: string };
  readonly affected: readonly string[];
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
  if (removed.length > 0) {
    return {
      ...base,
      severity: "destructive",
      nl: `${holder.nl} verliest ${holder.by.nl} ${nl.list(removed)}${added.length > 0 ? ` en krijgt ${nl.list(added)}` : ""}`,
      en: `${holder.en} loses ${holder.by.en} ${en.list(removed)}${added.length > 0 ? ` and gets ${en.list(added)}` : ""}`,
    };
  }
  if (added.length > 0) {
    return {
      ...base,
      severity: "sensitive",
      nl: `${holder.nl} krijgt de ${nl.form(added.length, { one: "licentie", other: "licenties" })} ${nl.list(added)}`,
      en: `${holder.en} gets the ${en.form(added.length, { one: "licence", other: "licences" })} ${en.list(added)}`,
    };
  }
  if (operation === "create" || operation === "delete") {
    return {
      ...base,
      severity: "routine",
      nl: `${holder.nl} heeft geen licenties`,
      en: `${holder.en} has no licences`,
    };
  }
  return {
    ...base,
    severity: "sensitive",
    nl: `Bij ${holder.nl} veranderen de onderdelen van ${nl.list(is)} die aan of uit staan`,
    en: `For ${holder.en} other parts of ${en.list(is)} are switched on or off`,
  };
}
