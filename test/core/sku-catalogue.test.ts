import { describe, expect, it } from "vitest";
import { findSku, skuCatalogue } from "../../core/sku-catalogue.ts";
import list from "../../core/skus.json" with { type: "json" };
import { servicePlans } from "../../emulator/entities/service-plans.ts";
import { skuCatalogue as emulated } from "../../emulator/entities/sku-catalogue.ts";

describe("the catalogue of products", () => {
  it("holds each name and each id once, ids as lower-case GUIDs", () => {
    const ids = new Set(skuCatalogue.map(({ skuId }) => skuId));
    expect(ids.size).toBe(skuCatalogue.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it.each([
    [
      "SPB",
      { skuId: "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", hasMailbox: true, hasSharePoint: true },
    ],
    ["EXCHANGESTANDARD", { hasMailbox: true, hasSharePoint: false }],
    ["SHAREPOINTSTANDARD", { hasMailbox: false, hasSharePoint: true }],
    // Holds EXCHANGE_S_FOUNDATION, which is not a mailbox.
    ["AAD_PREMIUM", { hasMailbox: false, hasSharePoint: false }],
  ])("knows what %s opens", (name, services) => {
    expect(findSku(name)).toMatchObject(services);
  });

  it("does not know other names", () => {
    expect(findSku("SBP")).toBeUndefined();
    expect(findSku("toString")).toBeUndefined();
  });

  it("is the one of the emulator, which knows every plan in it", () => {
    expect(emulated.map(({ skuId }) => skuId)).toEqual(skuCatalogue.map(({ skuId }) => skuId));
    const plans = Object.values(list).flatMap((product): string[] => product.plans);
    expect([...new Set(plans)].sort()).toEqual(Object.keys(servicePlans).sort());
  });
});
