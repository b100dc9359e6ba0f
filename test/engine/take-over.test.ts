/**
 * Any tenant → its file → a take-over without a difference: with random tenants of the emulator, read over HTTPS, and the
 * program of the file as the engine would run it. The engine itself is in test/e2e/import.test.ts.
 */
import pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { expect, it } from "vitest";
import { draftTenant } from "../../components/take-over/draft.ts";
import { declareTenant } from "../../components/tenant-program.ts";
import { adoptionBy } from "../../provider/adoption.ts";
import { definitionOf } from "../../provider/catalogue.ts";
import { takeInventory } from "../../provider/inventory.ts";
import type { Inventory } from "../../provider/inventory.ts";
import { adopt } from "../../provider/kit/adopt.ts";
import { readingContext } from "../../provider/kit/connection.ts";
import type { Connection } from "../../provider/kit/connection.ts";
import { decode } from "../../provider/kit/values.ts";
import type { Properties } from "../../provider/kit/values.ts";
import { parseTenant } from "../../tenant-file/load.ts";
import { tenantFileText } from "../../tenant-file/write.ts";
import { TENANT_ID } from "../emulator/support/emulator.ts";
import { anyTenant, clientOf, makeTenant } from "./support/random-tenant.ts";

const SEED = Number(process.env.TENANTRY_TAKE_OVER_SEED ?? Date.now() % 2 ** 31);
const RUNS = 20;

it(
  `the file of any tenant takes it over as it is, and only reads (seed ${SEED})`,
  { timeout: 300_000 },
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
        const inventory = await takeInventory(connection, {
          tenantId: TENANT_ID,
          initialDomain: "contoso.onmicrosoft.com",
        });
        const { draft, remarks, counts, left } = draftTenant(inventory, {
          name: "Voorbeeld Beheer",
          domains: ["beheer.example"],
        });
        expect(counts.people.found).toBe(given.people.length);
        expect(counts.groups.found).toBe(given.groups.length);
        expect(counts.sites?.found).toBe(sitesThere);
        const sum = (of: "found" | "managed"): number =>
          counts.people[of] + counts.groups[of] + (counts.sites?.[of] ?? 0);
        const managed = sum("managed");
        expect(managed + left.length).toBe(sum("found"));
        const read = parseTenant(tenantFileText(draft, remarks), "tenant.yaml");
        if (!("tenant" in read)) throw new Error(JSON.stringify(read.problems));
        const taken = await takenOver(
          () => {
            // An import does not declare them, but whoever knows the terms may, and import again.
            const subscriptions = [{ sku: "SPB" as const, term: "monthly" as const, count: 5 }];
            declareTenant(
              { ...read.tenant, subscriptions },
              { stack: "contoso", initialPassword: () => "unused-Aa1" },
            );
          },
          { inventory, connection },
        );
        expect(
          taken.filter((type) => /user:User|group:Group|sharepoint:Site$/.test(type)),
        ).toHaveLength(managed);
        const sent = emulator.requestLog.entries().slice(asked);
        const written = sent.filter(
          ({ method, route }) => method !== "GET" && !/\/(token|\$batch)$/.test(route),
        );
        expect(written.map(({ method, route }) => `${method} ${route}`)).toEqual([]);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  },
);

/** Runs the program; each of its resources is looked for in the tenant, as in a take-over. Gives their types. */
async function takenOver(
  program: () => void,
  { inventory, connection }: { readonly inventory: Inventory; readonly connection: Connection },
): Promise<string[]> {
  const adopted = adoptionBy(inventory);
  const context = readingContext(connection);
  const taken: string[] = [];
  const failures: unknown[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: async ({ type, name, inputs }) => {
        const definition = definitionOf(type);
        if (definition === undefined) return { id: name, state: inputs as Properties };
        const properties = definition.inputs.parse(decode(inputs as Properties).values);
        try {
          const is = { id: adopted(type, properties), inputs: properties };
          const found = await adopt(definition, context, is);
          taken.push(type);
          return found;
        } catch (error) {
          failures.push(error);
          return { id: name, state: { objectId: name } };
        }
      },
    },
    "tenantry",
    "contoso",
  );
  program();
  await pulumi.runtime.disconnect();
  expect(failures).toEqual([]);
  return taken;
}
