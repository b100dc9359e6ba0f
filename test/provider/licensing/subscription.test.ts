import { afterEach, describe, expect, it, vi } from "vitest";
import { calendar } from "../../../core/calendar.ts";
import { subscription } from "../../../provider/licensing/subscription.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { startWorld } from "../support/world.ts";
import { without } from "../support/without.ts";

const today = (day: string): void => {
  vi.spyOn(calendar, "today").mockReturnValue(day);
};
afterEach(() => {
  vi.restoreAllMocks();
});

const annual = { sku: "SPB", term: "annual", start: "2026-02-01", count: 3 };
const monthly = { sku: "SPB", term: "monthly", count: 3 };

describe("a subscription", () => {
  it("is found among what the tenant has, and nothing is written", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, subscription);

    expect(await resource.up(annual)).toBe("created");
    expect(resource.outputs).toMatchObject({ committedUntil: "2027-02-01" });
    expect(resource.outputs.skuId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await resource.refresh()).toEqual(annual);
    expect(await resource.up(annual)).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("refuses until the order has arrived", async () => {
    const world = await startWorld();
    await expect(
      new ManagedResource(world, subscription).up({ ...monthly, count: 9 }),
    ).rejects.toMatchObject({
      code: "licenses-not-bought",
      message: "The tenant has 5 licences for Microsoft 365 Business Premium (SPB), 9 are declared",
      hint: expect.stringContaining("Order 4 more from the licence partner") as unknown,
    });
    await expect(
      new ManagedResource(world, subscription).up({ ...monthly, sku: "SPE_E5" }),
    ).rejects.toMatchObject({
      code: "licenses-not-bought",
    });
  });

  it("may rise in the middle of an annual term", async () => {
    today("2026-11-22");
    const world = await startWorld();
    const resource = new ManagedResource(world, subscription);
    await resource.up(annual);
    expect(await resource.up({ ...annual, count: 5 })).toBe("updated");
  });

  it.each([
    ["fewer licences", { count: 2 }, "count"],
    ["another start", { start: "2026-05-01" }, "start"],
    ["a monthly term", { term: "monthly" }, "term"],
    ["another product", { sku: "EXCHANGESTANDARD", count: 3 }, "sku"],
  ])("refuses %s until the last day of an annual term has passed", async (_, part, property) => {
    today("2027-01-31");
    const world = await startWorld();
    const resource = new ManagedResource(world, subscription);
    await resource.up(annual);

    await expect(resource.up({ ...annual, ...part })).rejects.toMatchObject({
      failures: [
        expect.objectContaining({
          property,
          reason: expect.stringContaining("1 February 2027") as unknown,
        }),
      ],
    });
  });

  it.each([
    ["fewer licences", { count: 2 }],
    ["another start", { start: "2027-02-01" }],
    ["a monthly term", { term: "monthly" }],
  ])("allows %s once the annual term has ended", async (_, part) => {
    today("2027-02-01");
    const world = await startWorld();
    const resource = new ManagedResource(world, subscription);
    await resource.up(annual);
    expect(await resource.up({ ...annual, ...part })).toBe("updated");
  });

  it("renews: a year later the same number is committed for another year", async () => {
    today("2027-11-26");
    const world = await startWorld();
    const resource = new ManagedResource(world, subscription);
    await resource.up(annual);
    expect(resource.outputs).toMatchObject({ committedUntil: "2028-02-01" });
    await expect(resource.up({ ...annual, count: 2 })).rejects.toMatchObject({
      failures: [
        {
          property: "count",
          reason: expect.stringContaining("before 1 February 2028") as unknown,
        },
      ],
    });
    await expect(resource.down()).rejects.toMatchObject({ code: "commitment-running" });
  });

  it("says what is to be from the renewal on, and then takes it", async () => {
    today("2026-11-22");
    const world = await startWorld();
    const resource = new ManagedResource(world, subscription);
    await resource.up(annual);
    const agreed = { ...annual, atRenewal: 2 };
    expect(await resource.up(agreed)).toBe("updated");
    const told = subscription.describe({
      operation: "update",
      before: annual,
      after: agreed,
      changedPaths: ["atRenewal"],
    });
    expect(told.nl).toMatch(/^Microsoft 365 Business Premium: vanaf 1 februari 2027 2 licenties; /);
    expect(told.en).toMatch(/^Microsoft 365 Business Premium: from 1 February 2027 2 licences; /);
    expect(told.commitment).toMatchObject({ until: "2027-02-01", atRenewal: 2 });

    today("2027-03-15");
    expect(await resource.up({ ...annual, start: "2027-02-01", count: 2 })).toBe("updated");
  });

  it("may fall every month where the term is monthly", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, subscription);
    await resource.up(monthly);
    expect(await resource.up({ ...monthly, count: 1 })).toBe("updated");
    expect(resource.outputs).not.toHaveProperty("committedUntil");
    await resource.down();
    await resource.down();
  });

  it("refuses to be dropped while its annual term runs", async () => {
    today("2026-11-22");
    const world = await startWorld();
    const resource = new ManagedResource(world, subscription);
    await resource.up(annual);
    await expect(resource.down()).rejects.toMatchObject({ code: "commitment-running" });
    today("2027-02-01");
    await resource.down();
  });

  it("refuses an annual term without a first day", async () => {
    const world = await startWorld();
    const rest = without(annual, "start");
    await expect(new ManagedResource(world, subscription).up(rest)).rejects.toMatchObject({
      failures: [{ property: "start", reason: "is required for a term that commits" }],
    });
  });

  describe("of which the file has the price", () => {
    const price = { amount: "20.60", currency: "EUR", per: "month", asOf: "2026-11-01" } as const;
    const priced = { ...annual, price };
    type Change = Parameters<typeof subscription.describe>[0];
    const costOf = (change: Change) => subscription.describe(change).cost;
    const update = (before: Change["before"], after: Change["before"], changedPaths: string[]) =>
      costOf({ operation: "update", before, after, changedPaths });
    const cost = (perYear: string) => ({
      product: "Microsoft 365 Business Premium",
      price: { perYear, currency: "EUR", asOf: "2026-11-01" },
    });

    it("says what more or fewer cost at the price of now", () => {
      const dearer = { ...priced, price: { ...price, amount: "30" }, count: 4 };
      expect(update(priced, { ...priced, count: 4 }, ["count"])).toEqual(cost("247.2"));
      expect(update(priced, dearer, ["count"])).toEqual(cost("360"));
      expect(update({ ...priced, count: 4 }, priced, ["count"])).toEqual(cost("-247.2"));
      const made = { operation: "create", before: undefined, after: priced, changedPaths: [] };
      expect(costOf({ ...made, operation: "create" })).toEqual(cost("741.6"));
      const gone = { before: priced, after: undefined, changedPaths: [] };
      expect(costOf({ ...gone, operation: "delete" })).toEqual(cost("-741.6"));
    });

    it("says what another term costs, each at its own price", () => {
      const byYear = { ...priced, term: "annual", price: { ...price, amount: "200", per: "year" } };
      expect(update({ ...priced, term: "monthly" }, byYear, ["term"])).toEqual(cost("-141.6"));
    });

    it("says what the whole term comes to, a first one that ends earlier by its days", () => {
      today("2026-11-22");
      const totalOf = (after: Change["after"]) =>
        subscription.describe({ operation: "create", before: undefined, after, changedPaths: [] })
          .commitment?.total;
      const total = (amount: string) => ({ since: "2026-02-01", amount, currency: "EUR" });
      expect(totalOf(priced)).toEqual(total("741.6"));
      expect(totalOf({ ...priced, term: "triennial" })).toEqual(total("2224.8"));
      // 334 of 365 days.
      expect(totalOf({ ...priced, customTermEndDate: "2026-12-31" })).toEqual(total("678.6148"));
      expect(totalOf({ ...priced, term: "monthly" })).toBeUndefined();
      expect(totalOf(annual)).toBeUndefined();
    });

    it("never guesses: no price, another currency, nothing that is bought", () => {
      const unknown = { product: "Microsoft 365 Business Premium" };
      const dollars = { ...priced, term: "monthly", price: { ...price, currency: "USD" } };
      expect(update(annual, { ...annual, count: 4 }, ["count"])).toEqual(unknown);
      expect(update(dollars, priced, ["term"])).toEqual(unknown);
      expect(update(priced, { ...priced, atRenewal: 2 }, ["atRenewal"])).toBeUndefined();
      const found = { before: priced, after: priced, changedPaths: [] };
      expect(costOf({ ...found, operation: "adopt" })).toBeUndefined();
    });

    it("is left alone where only the price list is another", async () => {
      const world = await startWorld();
      const resource = new ManagedResource(world, subscription);
      await resource.up(priced);
      expect(await resource.up({ ...priced, price: { ...price, amount: "21" } })).toBe("same");
    });
  });

  it("says what happens where the term ends, and commits to nothing once it has", () => {
    today("2026-11-22");
    const told = (after: object) =>
      subscription.describe({
        ...{ operation: "update", before: annual, changedPaths: ["atTermEnd"] },
        after: { ...annual, ...after },
      });
    const stops = told({ atTermEnd: "stop" });
    expect(stops.en).toMatch(/; stops then: who has it loses it then$/);
    expect(stops.nl).toMatch(/; stopt dan: wie het heeft, raakt het dan kwijt$/);
    expect(stops.commitment).toMatchObject({ until: "2027-02-01", atTermEnd: "stop" });
    expect(told({ partnerAtTermEnd: "extend" }).commitment).toMatchObject({ atTermEnd: "extend" });
    expect(told({}).commitment).not.toHaveProperty("atTermEnd");
    today("2027-02-01");
    expect(told({ atTermEnd: "stop" }).commitment).not.toHaveProperty("until");
  });

  it("takes licences back until the day that the partner shows, which alone changes nothing", async () => {
    today("2026-11-22");
    const world = await startWorld();
    const resource = new ManagedResource(world, subscription);
    await resource.up(annual);
    expect(await resource.up({ ...annual, cancellationAllowedUntil: "2026-11-22" })).toBe("same");
    const fewer = { ...annual, count: 2 };
    await expect(
      resource.up({ ...fewer, cancellationAllowedUntil: "2026-11-21" }),
    ).rejects.toMatchObject({ failures: [{ property: "count" }] });
    expect(await resource.up({ ...fewer, cancellationAllowedUntil: "2026-11-22" })).toBe("updated");
  });

  it("says what is committed, and until when", () => {
    today("2026-11-22");
    const told = subscription.describe({
      operation: "update",
      before: annual,
      after: { ...annual, count: 4 },
      changedPaths: ["count"],
    });
    expect(told.nl).toBe(
      "Microsoft 365 Business Premium: van 3 licenties naar 4; vastgelegd tot 1 februari 2027: het aantal kan tot dan omhoog, niet omlaag",
    );
    expect(told.commitment).toEqual({
      nl: "vastgelegd tot 1 februari 2027: het aantal kan tot dan omhoog, niet omlaag",
      en: "committed until 1 February 2027: until then the number can rise, not fall",
      product: "Microsoft 365 Business Premium",
      countBefore: 3,
      countAfter: 4,
      until: "2027-02-01",
    });
    const one = subscription.describe({
      operation: "create",
      before: undefined,
      after: { ...monthly, count: 1 },
      changedPaths: [],
    });
    expect(one.nl).toBe(
      "1 licentie Microsoft 365 Business Premium komt erbij; per maand opzegbaar",
    );
    expect(one.en).toBe(
      "1 licence for Microsoft 365 Business Premium is added; can be cancelled every month",
    );
  });
});
