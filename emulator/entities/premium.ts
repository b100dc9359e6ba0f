/** Whether a tenant has bought Microsoft Entra ID P1 or P2, which some of what it does needs. */
import type { Scope } from "../core/workload.ts";
import { subscribedSkus } from "./collections.ts";
import { findSku } from "./sku-catalogue.ts";

const PREMIUM: readonly string[] = ["AAD_PREMIUM", "AAD_PREMIUM_P2"];

export const isPremium = ({ store }: Scope): boolean =>
  store
    .list(subscribedSkus)
    .some(({ object }) =>
      findSku(String(object.skuId))?.plans.some((plan) => PREMIUM.includes(plan)),
    );
