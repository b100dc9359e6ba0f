/**
 * What the tenant has bought, read once for all resources of a run: names and ids of products do not change.
 * Counts do; whoever needs them reads afresh.
 * @see https://learn.microsoft.com/graph/api/subscribedsku-list (v1.0, checked 2026-11)
 */
import type { Microsoft365 } from "../../services/index.ts";

export interface SubscribedSku {
  readonly id: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly capabilityStatus: string;
  readonly consumedUnits: number;
  readonly prepaidUnits: { readonly enabled: number; readonly warning: number };
  readonly servicePlans: readonly {
    readonly servicePlanId: string;
    readonly servicePlanName: string;
  }[];
}

const known = new WeakMap<Microsoft365, Promise<readonly SubscribedSku[]>>();

/** Read afresh, and remembered for `products`. */
export function readSubscribedSkus(service: Microsoft365): Promise<readonly SubscribedSku[]> {
  const reading = service.graph.all<SubscribedSku>("/subscribedSkus");
  known.set(service, reading);
  // A failure is for who asked; the next one asks the service again.
  reading.catch(() => known.delete(service));
  return reading;
}

/** What was bought as it was read before in this run; `mustKnow` names skuPartNumbers that have to be in it. */
export async function products(
  service: Microsoft365,
  mustKnow: readonly string[] = [],
): Promise<readonly SubscribedSku[]> {
  const before = await (known.get(service) ?? readSubscribedSkus(service));
  const names = new Set(before.map(({ skuPartNumber }) => skuPartNumber));
  return mustKnow.every((name) => names.has(name)) ? before : readSubscribedSkus(service);
}
