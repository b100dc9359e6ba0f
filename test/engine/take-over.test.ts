/**
 * Any tenant → its file → a take-over without a difference: with random tenants of the emulator, read over HTTPS, and the
 * program of the file as the engine would run it. The engine itself is in test/e2e/import.test.ts.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { draftTenant } from "../../components/take-over/draft.ts";
import type { DraftedTenant } from "../../components/take-over/draft.ts";
import { takeInventory } from "../../provider/inventory.ts";
import type { Inventory } from "../../provider/inventory.ts";
import { readingContext } from "../../provider/kit/connection.ts";
import type { Connection } from "../../provider/kit/connection.ts";
import { create } from "../../provider/kit/lifecycle.ts";
import { tenantFileText } from "../../tenant-file/write.ts";
import { TENANT_ID } from "../emulator/support/emulator.ts";
import type { TestEmulator } from "../emulator/support/emulator.ts";
import { resourcesOf } from "./support/program-run.ts";
import { takenOver, tenantIn } from "./support/taken-over.ts";
import {
  anyTenant,
  clientOf,
  emptyTenant,
  makeTenant,
  sayableTenant,
} from "./support/random-tenant.ts";

const SEED = Number(process.env.TENANTRY_TAKE_OVER_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.TENANTRY_TAKE_OVER_RUNS ?? 20);
const TIMEOUT_MS = 300_000 + RUNS * 5000;
const EXPECTED = { tenantId: TENANT_ID, initialDomain: "contoso.onmicrosoft.com" };
const PROVIDER = { name: "Voorbeeld Beheer", domains: ["beheer.example"] };

it(
  `the file of any tenant takes it over as it is, and only reads (seed ${SEED})`,
  { timeout: TIMEOUT_MS },
  async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant, async (given) => {
        const emulator = await makeTenant(given);
        const sitesThere = (await emulator.graph("GET", "/sites/getAllSites")).body.value.length;
        const mayWrite = (): void => {
          throw new Error("A take-over only reads");
        };
        const service = await clientOf(emulator, { mayWrite });
        const connection: Connection = { service, backupCredentials: undefined };
        const asked = emulator.requestLog.entries().length;
        const inventory = await takeInventory(connection, EXPECTED);
        const { draft, remarks, counts, left } = draftTenant(inventory, PROVIDER);
        const accounts = counts.mailboxes?.managed ?? 0;
        expect(counts.people.found).toBe(given.people.length + given.mailboxes.length - accounts);
        expect(counts.groups.found).toBe(inventory.groups.length);
        expect(counts.sites?.found).toBe(sitesThere);
        const sum = (of: "found" | "managed"): number =>
          counts.people[of] +
          counts.groups[of] +
          (counts.mailboxes?.[of] ?? 0) +
          (counts.contacts?.[of] ?? 0) +
          (counts.sites?.[of] ?? 0);
        const managed = sum("managed");
        expect(managed + left.length).toBe(sum("found"));
        const text = tenantFileText(draft, remarks);
        // No service promises an order.
        const again = draftTenant(inOtherOrder(inventory), PROVIDER);
        expect(tenantFileText(again.draft, again.remarks)).toBe(text);
        // An import does not declare them, but whoever knows the terms may, and import again.
        const subscriptions = [{ sku: "SPB" as const, term: "monthly" as const, count: 5 }];
        const tenant = { ...tenantIn(text), subscriptions };
        const taken = await takenOver(tenant, { inventory, connection });
        expect(
          taken.filter((type) =>
            /user:User|group:Group|DistributionGroup|SharedMailbox|MailContact|sharepoint:Site$/.test(
              type,
            ),
          ),
        ).toHaveLength(managed);
        const sent = emulator.requestLog.entries().slice(asked);
        const written = sent.filter(
          ({ method, route }) =>
            method !== "GET" && !/\/(token|\$batch|InvokeCommand)$/.test(route),
        );
        expect(written.map(({ method, route }) => `${method} ${route}`)).toEqual([]);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  },
);

it(
  `the file of a tenant makes an equal one of an empty one (seed ${SEED})`,
  { timeout: TIMEOUT_MS },
  async () => {
    const drafted = async (emulator: TestEmulator): Promise<DraftedTenant> => {
      const service = await clientOf(emulator);
      const inventory = await takeInventory({ service, backupCredentials: undefined }, EXPECTED);
      return draftTenant(inventory, PROVIDER);
    };
    await fc.assert(
      fc.asyncProperty(sayableTenant, async (given) => {
        const { draft, remarks, left } = await drafted(await makeTenant(given));
        expect(left.filter(({ kind }) => kind !== "site")).toEqual([]);
        const empty = await emptyTenant();
        const service = await clientOf(empty);
        const context = readingContext({ service, backupCredentials: undefined });
        const tenant = tenantIn(tenantFileText(draft, remarks));
        await resourcesOf(tenant, (definition, { inputs }) =>
          create(definition, context, { inputs }),
        );
        expect((await drafted(empty)).draft).toEqual(draft);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  },
);

/** The same, as listings may give it another time. */
const inOtherOrder = (inventory: Inventory): Inventory => ({
  ...inventory,
  people: inventory.people.toReversed(),
  groups: inventory.groups.toReversed(),
  products: inventory.products.toReversed(),
  sites: inventory.sites?.toReversed(),
});
