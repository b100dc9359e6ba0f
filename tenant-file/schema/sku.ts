import * as z from "zod";
import { SERVICE_PLANS, servicePlanNames } from "../../core/service-plans.ts";
import { skuCatalogue, skuPartNumbers } from "../../core/sku-catalogue.ts";
import { valuesByName } from "./values-by-name.ts";

/** A product by Microsoft's name for it; the names known here are in core/skus.json. */
export const sku = z.enum(skuPartNumbers).meta({
  description:
    "A product of core/skus.json by Microsoft's name for it (skuPartNumber), e.g. SPB for Microsoft 365 Business Premium",
});

/** A product's common name is not a valid value, but shows what was meant. */
valuesByName.add(sku, {
  values: new Map(skuCatalogue.map(({ name, skuPartNumber }) => [name, skuPartNumber])),
});

/** Licences of one person or group. Omitted: not managed; []: none. */
export const licenses = z.array(sku).meta({
  description: "Licences, by skuPartNumber. Omitted: not managed. []: no licences.",
});

const plan = z.enum(servicePlanNames);
valuesByName.add(plan, {
  values: new Map<string, string>(servicePlanNames.map((name) => [SERVICE_PLANS[name], name])),
});

/** Parts that none of the licences of one person or group has. Omitted or []: all of them have everything. */
export const disabledPlans = z.array(plan).meta({
  description:
    "Parts (service plans) of these licences that are switched off, e.g. YAMMER_ENTERPRISE. Omitted: none",
});
