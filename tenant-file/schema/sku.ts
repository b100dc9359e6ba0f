import * as z from "zod";
import { skuPartNumbers } from "../../core/sku-catalogue.ts";

/** A product by Microsoft's name for it; the names known here are in core/sku-catalogue.ts. */
export const sku = z.enum(skuPartNumbers).meta({
  description:
    "A product of core/sku-catalogue.ts by Microsoft's name for it (skuPartNumber), e.g. SPB for Microsoft 365 Business Premium",
});

/** Licences of one person or group. Left out: not managed; []: none. */
export const licenses = z.array(sku).meta({
  description: "Licences, by skuPartNumber. Left out: not managed. []: no licences.",
});
