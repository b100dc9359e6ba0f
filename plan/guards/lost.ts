/** How much of what the safeguards count a plan takes away. */
import { NOUNS, nounOf } from "../../core/nouns.ts";
import type { Safeguarded } from "../../core/nouns.ts";
import type { Change, Consequence } from "../model/model.ts";
import type { Json } from "../../core/json.ts";
import { nameOfUrn } from "../../core/urn.ts";
import { removes } from "./removes.ts";

/** What people have before the plan, over all of them. */
export interface HeldAtBase {
  readonly licenses: number;
  readonly mailboxes: number;
}

/** What a plan does: to objects, and to people in the end. */
export interface Effects {
  readonly changes: readonly Change[];
  readonly consequences: readonly Consequence[];
}

interface Lost {
  readonly count: number;
  /** Changes that take it away. */
  readonly urns: readonly string[];
}

/** Net: who exchanges one product for another loses none, and neither does a customer who buys another one instead. */
export function lostOf(what: Safeguarded, { changes, consequences }: Effects) {
  const ofObjects = changes.map((change) => ({ count: fallOf(change, what), urns: [change.urn] }));
  const ofPeople = consequences.map((one) => ({ count: lostBy(one, what), urns: one.urns }));
  const sum = (all: readonly Lost[]): number => all.reduce((total, { count }) => total + count, 0);
  const involved = [...ofObjects, ...ofPeople].filter(({ count }) => count > 0);
  const [fallen, lost] = [Math.max(0, sum(ofObjects)), sum(ofPeople)];
  return {
    count: fallen + lost - Math.min(fallen, inBothOf(what, { changes, consequences })),
    urns: [...new Set(involved.flatMap(({ urns }) => urns))].sort(),
  };
}

/** Below zero for a number that rises. */
function fallOf({ type, operation, properties }: Change, what: Safeguarded): number {
  const counted = nounOf(type)?.counted;
  if (counted?.as !== what) return 0;
  const { lost } = counted;
  if (lost === "object") return removes({ operation }) ? 1 : 0;
  const property = properties.find(({ path, kind }) => path === lost.number && kind !== "released");
  return numberOf(property?.before) - numberOf(property?.after);
}

function lostBy({ products, mailbox }: Consequence, what: Safeguarded): number {
  if (what === NOUNS.sharedMailbox.counted.as) return mailbox === "lost" ? 1 : 0;
  if (what !== "licenses") return 0;
  return Math.max(0, products.lost.length - products.gained.length);
}

/** Licences that are given up and that people lose: they go once. */
function inBothOf(what: Safeguarded, { changes, consequences }: Effects): number {
  const lost = consequences.flatMap(({ products }) => products.lost.slice(products.gained.length));
  return changes
    .map((change) => ({ sku: nameOfUrn(change.urn), fall: fallOf(change, what) }))
    .filter(({ fall }) => what === "licenses" && fall > 0)
    .map(({ sku, fall }) => Math.min(fall, lost.filter((one) => one === sku).length))
    .reduce((sum, count) => sum + count, 0);
}

const numberOf = (value: Json | undefined): number => (typeof value === "number" ? value : 0);
