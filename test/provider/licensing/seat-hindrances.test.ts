/** What waits for an order is refused whole: before the first write, and not after the first half. */
import { expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { seatHindrances } from "../../../provider/licensing/seat-hindrances.ts";
import { setBoughtUnits } from "../../../emulator/entities/subscribed-sku.ts";
import { TENANT_ID } from "../../emulator/support/emulator.ts";
import { startWorld } from "../support/world.ts";

const bought = (sku: string, count: number, operation = "update") => ({
  ...{ type: NOUNS.subscription.type, operation },
  inputs: { sku, term: "monthly", count },
});

it("names what is to come of each product, until it has arrived", async () => {
  const world = await startWorld();
  const { service } = world;
  const person = { type: NOUNS.user.type, operation: "create", inputs: { count: 99 } };
  const changes = [person, bought("SPB", 9), bought("SPE_E5", 2, "create"), bought("SPB", 5)];
  const missing = (message: string) => ({ code: "licenses-not-bought", message });
  expect(await seatHindrances(changes, service)).toEqual([
    undefined,
    missing("the tenant has 5 of 9 for Microsoft 365 Business Premium, 4 to come"),
    missing("the tenant has 0 of 2 for Microsoft 365 E5, 2 to come"),
    undefined,
  ]);
  world.emulator.state.write(TENANT_ID, (scope) => {
    setBoughtUnits(scope, "SPB", 9);
    setBoughtUnits(scope, "SPE_E5", 2);
  });
  await world.clock.sleep(60_000);
  expect(await seatHindrances(changes, service)).toEqual(changes.map(() => undefined));
});

it("waits for nothing where a plan drops what there was", async () => {
  const world = await startWorld();
  const changes = [bought("SPB", 99, "delete"), { ...bought("SPB", 99), type: NOUNS.user.type }];
  expect(await seatHindrances(changes, world.service)).toEqual([undefined, undefined]);
});
