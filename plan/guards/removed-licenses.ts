/** How many licences a change takes away: bought ones that are given up, and those that people lose. */
import type { Change } from "../model/model.ts";
import type { Json } from "../../core/json.ts";

export const LICENSES = "licenses";

const LISTS = ["licenses", "skus"];

/** A licence that a group loses counts once: how many people that is, the plan cannot know. */
export function removedLicenses({ type, properties }: Change): number {
  if (type === "m365:licensing:Subscription") {
    const count = properties.find(({ path }) => path === "count");
    const before = numberOf(count?.before);
    return Math.max(0, before - numberOf(count?.after));
  }
  if (type !== "m365:licensing:UserLicense" && type !== "m365:licensing:GroupLicense") return 0;
  return properties
    .filter(({ path }) => LISTS.includes(path))
    .reduce((sum, { before, after }) => {
      const kept = new Set(skusOf(after));
      return sum + skusOf(before).filter((sku) => !kept.has(sku)).length;
    }, 0);
}

const numberOf = (value: Json | undefined): number => (typeof value === "number" ? value : 0);

/** The products of a list of licences, which are names or objects with a `sku`. */
const skusOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : []).map((item) => {
    const sku = typeof item === "object" && item !== null && !Array.isArray(item) ? item.sku : item;
    return typeof sku === "string" ? sku : JSON.stringify(item);
  });
