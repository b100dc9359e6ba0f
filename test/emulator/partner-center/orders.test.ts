import { describe, expect, it } from "vitest";
import { TENANT_ID } from "../support/emulator.ts";
import { pick, pickText } from "../support/pick.ts";
import {
  catalogItemId,
  order,
  startPartnerCenter,
  unitsInDirectory,
} from "./support/partner-center.ts";

describe("orders in Partner Center", () => {
  it("bring the licences to the directory some time later", async () => {
    const center = await startPartnerCenter({ behaviour: { orderDelayMs: 900_000 } });
    const offerId = await catalogItemId(center, "SPE_E3");
    const ordered = await center.contoso("POST", "/orders", {
      PartnerOnRecordAttestationAccepted: true,
      billingCycle: "monthly",
      lineItems: [
        {
          lineItemNumber: 0,
          offerId,
          quantity: 3,
          termDuration: "P1Y",
          friendlyName: "E3 for sales",
        },
      ],
    });
    expect(ordered).toMatchObject({
      status: 201,
      body: {
        referenceCustomerId: TENANT_ID,
        billingCycle: "monthly",
        lineItems: [{ offerId, quantity: 3, termDuration: "P1Y", friendlyName: "E3 for sales" }],
      },
    });
    expect(await unitsInDirectory(center, "SPE_E3")).toBeUndefined();
    center.emulator.clock.advance(900_000);
    expect(await unitsInDirectory(center, "SPE_E3")).toBe(3);
    const read = await center.contoso("GET", `/orders/${pickText(ordered.body, "id")}`);
    expect(read.body).toEqual(ordered.body);
    const subscriptionId = pickText(ordered.body, "lineItems.0.subscriptionId");
    const shown = await center.emulator.graph(
      "GET",
      `/directory/subscriptions?$filter=skuPartNumber eq 'SPE_E3'`,
    );
    expect(shown.body).toMatchObject({
      value: [
        { commerceSubscriptionId: subscriptionId, nextLifecycleDateTime: "2027-11-02T09:00:00Z" },
      ],
    });
  });

  it("add to what the tenant has", async () => {
    const center = await startPartnerCenter();
    expect(await unitsInDirectory(center, "SPB")).toBe(5);
    await order(center, { skuPartNumber: "SPB", quantity: 4 });
    expect(await unitsInDirectory(center, "SPB")).toBe(9);
  });

  it("names the licence that a product brings", async () => {
    const center = await startPartnerCenter();
    const products = await center.call("GET", "/products?country=NL");
    const product = (pick(products.body, "items") as { id: string; title: string }[]).find(
      ({ title }) => title === "SPB",
    );
    const skus = await center.call("GET", `/products/${String(product?.id)}/skus?country=NL`);
    expect(pickText(skus.body, "items.0.dynamicAttributes.provisioningId")).toBe(
      "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46",
    );
  });

  it.each([
    {
      code: "900206",
      what: "an attestation",
      order: { PartnerOnRecordAttestationAccepted: false },
      line: {},
    },
    {
      code: "400019",
      what: "an offer of the catalogue",
      order: {},
      line: { offerId: "CFQ7TTC0XXXX:0001:CFQ7TTC0YYYY" },
    },
    { code: "800121", what: "a term that exists", order: {}, line: { termDuration: "P2Y" } },
    {
      code: "900270",
      what: "a billing cycle within the term",
      order: { billingCycle: "annual" },
      line: { termDuration: "P1M" },
    },
    { code: "2002", what: "at least one seat", order: {}, line: { quantity: 0 } },
    { code: "800002", what: "a whole number of seats", order: {}, line: { quantity: 1.5 } },
  ])("refuses with $code without $what", async ({ code, order: orderChange, line: lineChange }) => {
    const center = await startPartnerCenter();
    const offerId = await catalogItemId(center, "SPE_E3");
    const refused = await center.contoso("POST", "/orders", {
      PartnerOnRecordAttestationAccepted: true,
      billingCycle: "monthly",
      lineItems: [{ lineItemNumber: 0, offerId, quantity: 1, termDuration: "P1Y", ...lineChange }],
      ...orderChange,
    });
    expect(refused.body).toMatchObject({ code, source: "PartnerFD", data: [] });
    expect((await center.contoso("GET", "/orders")).body).toMatchObject({ totalCount: 0 });
  });
});
