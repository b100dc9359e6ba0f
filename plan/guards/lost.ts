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
  const property = change.properties.find((one) => one.path === path && one.kind !== "released");
  if ("number" in lost) {
    return Math.max(0, numberOf(property?.before) - numberOf(property?.after));
  }
  // An element that only differs is still there.
  return (property?.elements ?? []).filter(({ after }) => after === undefined).length;
}

const numberOf = (value: Json | undefined): number => (typeof value === "number" ? value : 0);
