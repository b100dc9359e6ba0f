/** How much of what the safeguards count goes with a change. */
import { nounOf } from "../../core/nouns.ts";
import type { Safeguarded } from "../../core/nouns.ts";
import type { Change } from "../model/model.ts";
import type { Json } from "../../core/json.ts";
import { removes } from "./removes.ts";

export function lostCount(change: Change, what: Safeguarded): number {
  const counted = nounOf(change.type)?.counted;
  if (counted?.as !== what) return 0;
  const { lost } = counted;
  if (lost === "object") return removes(change) ? 1 : 0;
  const path = "number" in lost ? lost.number : lost.elements;
  const property = change.properties.find((one) => one.path === path);
  if ("number" in lost) {
    return Math.max(0, numberOf(property?.before) - numberOf(property?.after));
  }
  const kept = new Set(namesOf(property?.after));
  return namesOf(property?.before).filter((name) => !kept.has(name)).length;
}

const numberOf = (value: Json | undefined): number => (typeof value === "number" ? value : 0);

/** The products of a list of licences, which are names or objects with a `sku`. */
const namesOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : []).map((item) => {
    const sku = typeof item === "object" && item !== null && !Array.isArray(item) ? item.sku : item;
    return typeof sku === "string" ? sku : JSON.stringify(item);
  });
