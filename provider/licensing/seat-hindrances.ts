/**
 * Licences that a plan counts on and that have not arrived, asked before the first write: the order is the licence
 * partner's to carry out, and what waits for it must not fail half way.
 * @see https://learn.microsoft.com/graph/api/subscribedsku-list (v1.0, checked 2026-11-22)
 */
import type { Microsoft365 } from "../../services/index.ts";
import { NOUNS } from "../../core/nouns.ts";
import { productName } from "../../core/sku-catalogue.ts";
import type { Properties } from "../kit/values.ts";
import { readSubscribedSkus } from "./subscribed-skus.ts";

/** A change that a plan is to make. */
interface PlannedSeats {
  readonly type: string;
  readonly operation: string;
  /** As declared. */
  readonly inputs: Properties;
}

export interface SeatHindrance {
  readonly code: "licenses-not-bought";
  /** One sentence without a full stop. */
  readonly message: string;
}

/** What each change waits for; undefined where nothing is missing. */
export async function seatHindrances(
  changes: readonly PlannedSeats[],
  service: Microsoft365,
): Promise<readonly (SeatHindrance | undefined)[]> {
  const countsOn = ({ type, operation }: PlannedSeats): boolean =>
    type === NOUNS.subscription.type && (operation === "create" || operation === "update");
  if (!changes.some(countsOn)) return changes.map(() => undefined);
  const bought = new Map(
    (await readSubscribedSkus(service)).map(({ skuPartNumber, prepaidUnits }) => [
      skuPartNumber,
      prepaidUnits.enabled,
    ]),
  );
  return changes.map((change): SeatHindrance | undefined => {
    const { sku, count } = change.inputs;
    if (!countsOn(change) || typeof sku !== "string" || typeof count !== "number") return undefined;
    const has = bought.get(sku) ?? 0;
    if (has >= count) return undefined;
    const message = `the tenant has ${has} of ${count} for ${productName(sku)}, ${count - has} to come`;
    return { code: "licenses-not-bought", message };
  });
}
