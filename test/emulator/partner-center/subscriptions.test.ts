import { describe, expect, it } from "vitest";
import { pick, pickText } from "../support/pick.ts";
import { DAY_MS, order, startPartnerCenter, unitsInDirectory } from "./support/partner-center.ts";

async function withAnnual(quantity = 10) {
  const center = await startPartnerCenter();
  const id = await order(center, { quantity });
  const path = `/subscriptions/${id}`;
  return {
    center,
    clock: center.emulator.clock,
    read: async () => (await center.contoso("GET", path)).body,
    patch: (body: object) => center.contoso("PATCH", path, body),
    units: () => unitsInDirectory(center, "SPE_E3"),
  };
}

describe("subscriptions in Partner Center", () => {
  it("show the commitment and until when it can be cancelled", async () => {
    const { read, clock } = await withAnnual();
    expect(await read()).toMatchObject({
      quantity: 10,
      status: "active",
      termDuration: "P1Y",
      billingCycle: "monthly",
      autoRenewEnabled: true,
      effectiveStartDate: "2026-11-02T09:00:00Z",
      commitmentEndDate: "2027-11-02T09:00:00Z",
      cancellationAllowedUntilDate: "2026-11-09T09:00:00Z",
      refundOptions: [{ type: "Full" }],
    });
    clock.advance(7 * DAY_MS);
    expect(await read()).toMatchObject({
      cancellationAllowedUntilDate: null,
      refundOptions: [],
      actions: ["edit"],
    });
  });

  it("may lose seats for seven days, and not afterwards", async () => {
    const { patch, units, clock } = await withAnnual();
    clock.advance(7 * DAY_MS - 1);
    expect((await patch({ quantity: 8 })).body).toMatchObject({ quantity: 8 });
    expect(await units()).toBe(8);
    clock.advance(1);
    const refused = await patch({ quantity: 7 });
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: "900257",
        description: "You have passed your 7-day window for reducing seats for this subscription.",
      },
    });
    expect(await units()).toBe(8);
  });

  it("may gain seats at any time, and give back only those for seven days", async () => {
    const { patch, units, clock } = await withAnnual();
    clock.advance(100 * DAY_MS);
    await patch({ quantity: 15 });
    expect(await units()).toBe(15);
    clock.advance(6 * DAY_MS);
    expect((await patch({ quantity: 9 })).status).toBe(400);
    expect((await patch({ quantity: 12 })).status).toBe(200);
    clock.advance(DAY_MS);
    expect((await patch({ quantity: 11 })).body).toMatchObject({ code: "900257" });
    expect(await units()).toBe(12);
  });

  it("are renewed with the seats scheduled for the next term, which opens a new window", async () => {
    const { patch, read, units, clock } = await withAnnual();
    clock.advance(100 * DAY_MS);
    const scheduled = await patch({
      scheduledNextTermInstructions: { quantity: 6, product: { termDuration: "P1M" } },
    });
    expect(scheduled.body).toMatchObject({ quantity: 10, renewalTermDuration: "P1M" });
    clock.advance(265 * DAY_MS - 1);
    expect(await units()).toBe(10);
    clock.advance(1);
    expect(await units()).toBe(6);
    const renewed = await read();
    expect(renewed).toMatchObject({
      quantity: 6,
      termDuration: "P1M",
      effectiveStartDate: "2027-11-02T09:00:00Z",
      commitmentEndDate: "2027-12-02T09:00:00Z",
      cancellationAllowedUntilDate: "2027-11-09T09:00:00Z",
    });
    expect(renewed).not.toHaveProperty("scheduledNextTermInstructions");
    expect((await patch({ quantity: 5 })).status).toBe(200);
  });

  it("end with their term when they are not renewed, and the seats go", async () => {
    const { patch, read, units, clock } = await withAnnual();
    await patch({ autoRenewEnabled: false });
    clock.advance(365 * DAY_MS);
    expect(await units()).toBe(0);
    expect(await read()).toMatchObject({ status: "expired" });
  });

  it("can be cancelled for seven days, for good and at once", async () => {
    const { patch, units } = await withAnnual();
    expect((await patch({ status: "deleted" })).body).toMatchObject({ status: "deleted" });
    expect(await units()).toBe(0);
    expect((await patch({ quantity: 20 })).body).toMatchObject({ code: "2011" });
  });

  it("cannot be cancelled after seven days", async () => {
    const { patch, units, clock } = await withAnnual();
    clock.advance(7 * DAY_MS);
    expect(await patch({ status: "deleted" })).toMatchObject({
      status: 400,
      body: { code: "900117" },
    });
    expect(await units()).toBe(10);
  });

  it("take the whole resource back with one property changed", async () => {
    const { patch, read } = await withAnnual();
    const before = await read();
    const after = await patch({ ...(before as object), quantity: 11 });
    expect(after.body).toEqual({ ...(before as object), quantity: 11 });
  });

  it("exist for the licences that the tenant started with, month by month", async () => {
    const center = await startPartnerCenter();
    center.emulator.clock.advance(100 * DAY_MS);
    const listed = await center.contoso("GET", "/subscriptions");
    expect(listed.body).toMatchObject({
      totalCount: 2,
      items: [
        {
          offerName: "SPB",
          quantity: 5,
          termDuration: "P1M",
          effectiveStartDate: "2027-02-02T09:00:00Z",
        },
        { offerName: "EXCHANGESTANDARD", quantity: 2 },
      ],
    });
    const again = await center.contoso("GET", "/subscriptions");
    expect(pick(again.body, "items")).toEqual(pick(listed.body, "items"));
    const path = `/subscriptions/${pickText(listed.body, "items.0.id")}`;
    expect((await center.contoso("PATCH", path, { quantity: 7 })).status).toBe(200);
    expect(await unitsInDirectory(center, "SPB")).toBe(7);
    expect((await center.contoso("GET", "/subscriptions")).body).toMatchObject({ totalCount: 2 });
  });

  it("are not found, and customers are unknown, by number", async () => {
    const center = await startPartnerCenter();
    const nobody = "99999999-9999-4999-8999-999999999999";
    expect(await center.contoso("GET", `/subscriptions/${nobody}`)).toMatchObject({
      status: 404,
      body: { code: "20003", description: `Subscription with ID ${nobody} not found.` },
    });
    const unknown = await center.call("GET", `/customers/${nobody}/subscriptions`);
    expect(unknown).toMatchObject({ status: 403, body: { code: "20002" } });
    expect(unknown.headers.get("ms-correlationid")).toBe("11111111-0000-4000-8000-000000000000");
    expect((await center.call("GET", "/nothing")).body).toMatchObject({ code: "1000" });
  });

  it("have 500 requests a minute", { timeout: 60_000 }, async () => {
    const center = await startPartnerCenter({ behaviour: { quotas: true } });
    const token = await center.emulator.token({
      scope: "https://api.partnercenter.microsoft.com/.default",
    });
    const url = `${center.emulator.endpoints.partnerCenter}/v1/customers/11111111-2222-4333-8444-555555555555/orders`;
    const headers = { authorization: `Bearer ${token}` };
    for (let count = 0; count < 500; count++) {
      const response = await center.emulator.fetch(url, { headers });
      expect(response.status).toBe(200);
      await response.arrayBuffer();
    }
    const refused = await center.emulator.fetch(url, { headers });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("60");
  });
});
