/**
 * Who may be without a product for some seconds, because all seats are taken and those who need one wait for each
 * other: one of them gives up first (docs/decisions/0016). As far as the file knows: it says nothing of products whose
 * number, or holders, are not managed.
 */
import { NOUNS } from "../../core/nouns.ts";
import { objects, text } from "../../core/i18n/phrases.ts";
import { byText } from "../model/counts.ts";
import type { Declared } from "./declared.ts";

/** What one person gives up and takes directly, by skuPartNumber. */
interface Move {
  readonly name: string;
  readonly gives: readonly string[];
  readonly takes: readonly string[];
}

/**
 * User principal names after the plan.
 * @param held how many hold each product before the plan; none for one of which nobody knows
 */
export function swapsAtFullCapacity(
  declared: readonly Declared[],
  held: (sku: string) => number | undefined,
): ReadonlySet<string> {
  const free = freeSeats(declared, held);
  const hasSeat = (sku: string): boolean => (free.get(sku) ?? 1) > 0;
  // By name: the engine declares in another order each time, and the plan of an apply has to be the one approved.
  const waiting = declared.flatMap(moveOf).sort((one, other) => byText(one.name, other.name));
  for (;;) {
    const at = waiting.findIndex(({ takes }) => takes.every(hasSeat));
    const [move] = at < 0 ? [] : waiting.splice(at, 1);
    if (move === undefined) break;
    for (const sku of move.takes) free.set(sku, (free.get(sku) ?? Infinity) - 1);
    for (const sku of move.gives) free.set(sku, (free.get(sku) ?? Infinity) + 1);
  }
  return new Set(inCircles(waiting).map(({ name }) => name));
}

/** Those who wait for somebody and are waited for. */
function inCircles(waiting: readonly Move[]): readonly Move[] {
  const [given, taken] = (["gives", "takes"] as const).map(
    (side) => new Set(waiting.flatMap((move) => move[side])),
  );
  const left = waiting.filter(
    ({ gives, takes }) =>
      gives.some((sku) => taken?.has(sku)) && takes.some((sku) => given?.has(sku)),
  );
  return left.length === waiting.length ? left : inCircles(left);
}

function freeSeats(
  declared: readonly Declared[],
  held: (sku: string) => number | undefined,
): Map<string, number> {
  return new Map(
    declared.flatMap(({ type, before, after }): [string, number][] => {
      const { count } = after ?? before ?? {};
      const sku = text(after ?? before, "sku");
      const taken = held(sku);
      const isKnown = type === NOUNS.subscription.type && typeof count === "number";
      return isKnown && taken !== undefined ? [[sku, count - taken]] : [];
    }),
  );
}

function moveOf({ type, before, after, isChange }: Declared): Move[] {
  if (type !== NOUNS.userLicense.type || !isChange) return [];
  const [had, has] = [before, after].map((side) =>
    objects(side, "licenses").map((license) => text(license, "sku")),
  );
  const missingIn = (some: readonly string[] = [], others: readonly string[] = []): string[] =>
    some.filter((sku) => !others.includes(sku));
  const name = text(after ?? before, "userPrincipalName").toLowerCase();
  return [{ name, gives: missingIn(had, has), takes: missingIn(has, had) }];
}
