import { describe, expect, it } from "vitest";
import { NOUNS } from "../../core/nouns.ts";
import { applyApproved } from "../../operations/apply.ts";
import { decide } from "../../operations/decide.ts";
import { orderOf } from "../../operations/order.ts";
import { planTenant } from "../../operations/plan.ts";
import { renderOrder } from "../../views/render-order.ts";
import { aChange, aPlan, property } from "../plan/support.ts";
import { aWorld, planOf, STACK } from "./support.ts";
import type { World } from "./support.ts";

const PARTNER = `licensePartner:
  name: Verdeler
  customerAgreement: { agreedBy: Marieke de Vries, dateAgreed: 2026-01-15 }

subscriptions:`;

const raised = aChange("SPB", {
  type: NOUNS.subscription.type,
  operation: "update",
  section: "licenses",
  commitment: {
    ...{ nl: "", en: "", product: "Microsoft 365 Business Premium" },
    ...{ countBefore: 9, countAfter: 12, until: "2027-02-01", atRenewal: 10 },
  },
});
const dropped = aChange("VISIOCLIENT", {
  type: NOUNS.subscription.type,
  operation: "delete",
  section: "licenses",
  properties: [property("count", 1, undefined)],
});

const { rules, tenant } = planOf([]);

async function planned(...changes: (typeof raised)[]): Promise<World> {
  const world = aWorld();
  world.declare(
    ["subscriptions:", PARTNER],
    [
      "start: 2026-02-01\n    count: 9",
      "start: 2026-02-01\n    billingCycle: monthly\n    count: 12",
    ],
  );
  world.plans.state = aPlan(changes, { rules, tenant });
  await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
  return world;
}

describe("the order for the licence partner", () => {
  it("says what the latest plan asks for, in the customer's language", async () => {
    const { context } = await planned(raised, dropped, aChange("anna"));
    const order = await orderOf(context, { stack: STACK });
    expect(renderOrder(order, order.language).split("\n")).toEqual([
      "Bestelling bij Verdeler",
      "Klant: Contoso Accountants, contoso.onmicrosoft.com, tenant 7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7",
      "Klantovereenkomst van Microsoft: akkoord van Marieke de Vries op 15 januari 2026",
      "- Microsoft 365 Business Premium (SPB): van 9 naar 12 licenties, termijn per jaar, betaald per maand, vanaf 1 februari 2026, vanaf 1 februari 2027 10",
      expect.stringMatching(/^- .*VISIOCLIENT.*: van 1 naar 0 licenties, termijn per maand$/),
      `Voorstel: ${order.digest}`,
    ]);
    expect(renderOrder(order, "en")).toContain("from 9 to 12 licences, term annual, paid monthly");
  });

  it("is none where nothing that was bought changes", async () => {
    const { context } = await planned(aChange("anna"));
    const order = await orderOf(context, { stack: STACK });
    expect(order.lines).toEqual([]);
    expect(renderOrder(order, "en")).toContain("Nothing to order");
  });

  it("is not written before it is known from whom, and who agreed to Microsoft's agreement", async () => {
    const world = await planned(raised);
    const refused = { code: "no-license-partner" };
    world.declare(["subscriptions:", PARTNER.replace("2026-01-15", "2026-12-01")]);
    await expect(orderOf(world.context, { stack: STACK })).rejects.toMatchObject(refused);
    world.declare();
    await expect(orderOf(world.context, { stack: STACK })).rejects.toMatchObject(refused);
  });
});

it("an apply waits for what was ordered: nothing is written, and the approval stays", async () => {
  const world = await planned(raised);
  const yes = { stack: STACK, decision: "approved", remark: "" } as const;
  await decide(world.context, { ...yes, email: undefined, digest: undefined, shown: [] });
  const message = "the tenant has 9 of 12 for Microsoft 365 Business Premium, 3 to come";
  const hindrance = { code: "licenses-not-bought", message } as const;
  world.compared = [{ name: "SPB", comparison: { state: "at-base", paths: [] }, hindrance }];
  const request = { stack: STACK, refresh: false, authors: [] };
  await expect(applyApproved(world.context, request)).rejects.toMatchObject({
    code: "licenses-not-bought",
    details: [`SPB: ${message}`],
    remedy: { order: { tenant: STACK }, apply: { tenant: STACK } },
  });
  world.compared = [];
  expect(await applyApproved(world.context, request)).toMatchObject({ changed: true });
});
