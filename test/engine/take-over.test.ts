/**
 * Any tenant → its file → a take-over without a difference: with random tenants of the emulator, read over HTTPS, and the
 * program of the file as the engine would run it. The engine itself is in test/e2e/import.test.ts.
 */
import pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
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
import { createMicrosoft365 } from "../../services/microsoft365.ts";
import { parseTenant } from "../../tenant-file/load.ts";
import { tenantFileText } from "../../tenant-file/write.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  contoso,
  reference,
  startTestEmulator,
  TENANT_ID,
} from "../emulator/support/emulator.ts";
import type { TestEmulator } from "../emulator/support/emulator.ts";

const SEED = Number(process.env.TENANTRY_TAKE_OVER_SEED ?? Date.now() % 2 ** 31);
const RUNS = 20;
const SPB = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46";

const person = fc.record({
  // Equal names are common.
  displayName: fc.constantFrom(
    "Jan Jansen",
    "Ada O'Brien",
    "Zoë Yılmaz",
    "NO",
    "Naam  met spaties",
  ),
  capitals: fc.boolean(),
  mail: fc.constantFrom("same", "none", "other"),
  accountEnabled: fc.boolean(),
  usageLocation: fc.constantFrom("NL", "NO"),
  jobTitle: fc.option(fc.constantFrom("Controller", "on", " met spatie", "+31")),
  mobilePhone: fc.option(fc.constantFrom("+31 6 5550 0101", "06-12345678")),
  license: fc.constantFrom("none", "all", "partly"),
  manager: fc.option(fc.nat(9)),
});
const group = fc.record({
  displayName: fc.constantFrom("Sales", "Verkoop", "yes"),
  alias: fc.constantFrom("sales", "verkoop", "Team", "e.g"),
  type: fc.constantFrom("security", "microsoft365", "without security"),
  description: fc.option(fc.constantFrom("Wie verkoopt", "off")),
  owners: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
  members: fc.uniqueArray(fc.nat(9), { maxLength: 6 }),
  isNested: fc.boolean(),
});
const anyTenant = fc.record({
  people: fc.array(person, { maxLength: 8 }),
  groups: fc.array(group, { maxLength: 4 }),
});
type AnyTenant = typeof anyTenant extends fc.Arbitrary<infer T> ? T : never;

it(
  `the file of any tenant takes it over as it is, and only reads (seed ${SEED})`,
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant, async (given) => {
        const emulator = await made(given);
        const connection = readOnly(emulator);
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
        const managed = counts.people.managed + counts.groups.managed;
        expect(managed + left.length).toBe(given.people.length + given.groups.length);
        const read = parseTenant(tenantFileText(draft, remarks), "tenant.yaml");
        if (!("tenant" in read)) throw new Error(JSON.stringify(read.problems));
        const taken = await takenOver(
          () => {
            declareTenant(read.tenant, { stack: "contoso", initialPassword: () => "unused-Aa1" });
          },
          { inventory, connection },
        );
        expect(taken.filter((type) => /user:User|group:Group$/.test(type))).toHaveLength(managed);
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

function readOnly(emulator: TestEmulator): Connection {
  const service = createMicrosoft365({
    tenantId: TENANT_ID,
    endpoints: emulator.endpoints,
    credential: { kind: "client-secret", clientId: CLIENT_ID, clientSecret: CLIENT_SECRET },
    trustedCertificatesPem: emulator.certificateAuthorityPem,
    mayWrite: () => {
      throw new Error("A take-over only reads");
    },
  });
  onTestFinished(() => service.close());
  return { service, backupCredentials: undefined };
}

/** The tenant, made over the wire as administrators would. */
async function made({ people, groups }: AnyTenant): Promise<TestEmulator> {
  const emulator = await startTestEmulator(
    {},
    {
      prepare: (fresh) => {
        fresh.addTenant({
          ...contoso,
          subscribedSkus: [{ skuPartNumber: "SPB", enabledUnits: 50 }],
        });
      },
    },
  );
  const send = async (method: string, path: string, body: unknown): Promise<string> => {
    const answer = await emulator.graph(method, path, { body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  };
  const { body } = await emulator.graph("GET", "/subscribedSkus");
  const plans = body.value[0]?.servicePlans as { servicePlanId: string; servicePlanName: string }[];
  // One that no other depends on.
  const plan = plans.find(({ servicePlanName }) => servicePlanName === "YAMMER_ENTERPRISE");
  const ids: string[] = [];
  for (const [at, one] of people.entries()) {
    const alias = `${one.capitals ? "Person" : "person"}${at}`;
    const address = `${alias}@contoso.com`;
    const { mail, license, manager, capitals: _, ...properties } = one;
    const id = await send("POST", "/users", {
      ...properties,
      mailNickname: alias,
      userPrincipalName: address,
      passwordProfile: { password: "Tijdelijk-1" },
      ...(mail === "none" ? {} : { mail: mail === "same" ? address : `info${at}@contoso.com` }),
    });
    ids.push(id);
    if (license !== "none") {
      const disabledPlans = license === "partly" ? [plan?.servicePlanId] : [];
      const addLicenses = [{ skuId: SPB, disabledPlans }];
      await send("POST", `/users/${id}/assignLicense`, { addLicenses, removeLicenses: [] });
    }
    const boss = ids[manager ?? -1];
    if (boss !== undefined && boss !== id) {
      await send("PUT", `/users/${id}/manager/$ref`, reference(boss).body);
    }
  }
  const aliases = new Set<string>();
  const security: string[] = [];
  for (const { alias, type, owners, members, isNested, ...properties } of groups) {
    const isUnified = type !== "security";
    const name = isUnified && aliases.has(alias) ? `${alias}${aliases.size}` : alias;
    aliases.add(name);
    const id = await send("POST", "/groups", {
      ...properties,
      mailNickname: name,
      mailEnabled: isUnified,
      securityEnabled: type !== "without security",
      groupTypes: isUnified ? ["Unified"] : [],
    });
    const of = (places: readonly number[]): string[] => places.flatMap((at) => ids[at] ?? []);
    for (const owner of of(owners))
      await send("POST", `/groups/${id}/owners/$ref`, reference(owner).body);
    const nested = isNested && !isUnified ? security.slice(0, 1) : [];
    for (const member of [...of(members), ...nested]) {
      await send("POST", `/groups/${id}/members/$ref`, reference(member).body);
    }
    if (!isUnified) security.push(id);
  }
  return emulator;
}
