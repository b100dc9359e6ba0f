/** Who is related to whom by delta queries: as the lists say it, in a handful of requests. */
import { expect, it } from "vitest";
import { readBeside } from "../../engine/read-beside.ts";
import { createMicrosoft365 } from "../../services/microsoft365.ts";
import type { KeptRelations, Microsoft365, RelationMemory } from "../../services/index.ts";
import type { Tenant } from "../../tenant-file/index.ts";
import type { ResourceDefinition } from "../../provider/kit/define.ts";
import * as lifecycle from "../../provider/kit/lifecycle.ts";
import { readingContext } from "../../provider/kit/connection.ts";
import { group } from "../../provider/azuread/groups/group.ts";
import { user } from "../../provider/azuread/users/user.ts";
import { groupMembership } from "../../provider/directory/group-membership.ts";
import { userLicense } from "../../provider/licensing/user-license.ts";
import { CLIENT_ID, CLIENT_SECRET, startTestEmulator } from "../emulator/support/emulator.ts";
import type { TestEmulator } from "../emulator/support/emulator.ts";
import { guidFrom } from "../../emulator/core/random.ts";

const PEOPLE = 1000;

/** What the bench calls one by one: each object and each list by itself. */
const LISTS_OF_GROUPS = 2;

class Memory implements RelationMemory {
  kept: KeptRelations | undefined;
  saved = 0;

  async load(): Promise<KeptRelations | undefined> {
    return this.kept;
  }

  async save(kept: KeptRelations): Promise<void> {
    this.saved += 1;
    this.kept = JSON.parse(JSON.stringify(kept)) as KeptRelations;
  }
}

interface Firm {
  readonly emulator: TestEmulator;
  readonly tenantId: string;
  readonly people: readonly string[];
  readonly groups: string[];
  readonly connect: (relations?: RelationMemory) => Microsoft365;
  /** By the tenant's own application, as somebody else would. */
  readonly change: (
    method: "POST" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
  ) => Promise<void>;
}

async function firm(people: number): Promise<Firm> {
  const emulator = await startTestEmulator({}, { prepare: () => undefined });
  const credential = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
  const { seed } = emulator.addSampleTenant({ people, ...credential });
  const { tenantId } = seed;
  const connect = (relations?: RelationMemory): Microsoft365 =>
    createMicrosoft365({
      ...{ tenantId, endpoints: emulator.endpoints, relations },
      credential: { kind: "client-secret", ...credential },
      trustedCertificatesPem: emulator.certificateAuthorityPem,
      clock: emulator.clock,
    });
  const { graph } = connect();
  const ids = async (path: string): Promise<string[]> =>
    (await graph.all<{ id: string }>(`${path}?$select=id&$top=999`)).map(({ id }) => id);
  return {
    ...{ emulator, tenantId, connect },
    ...{ people: await ids("/users"), groups: await ids("/groups") },
    change: async (method, path, body) => {
      await graph.send({ method, path, body });
    },
  };
}

const definitions = { user, group, groupMembership, userLicense } as unknown as Record<
  string,
  ResourceDefinition
>;

/** For security. */
async function newGroup({ connect, groups }: Firm, name: string): Promise<string> {
  const body = { displayName: name, mailNickname: name, mailEnabled: false, securityEnabled: true };
  const { id } = await connect().graph.post<{ id: string }>("/groups", body);
  groups.push(id);
  return id;
}

/** Everything of the firm as the engine reads it, by definition and id; lists without order. */
async function look({ people, groups }: Firm, service: Microsoft365): Promise<unknown> {
  const context = readingContext({ service, backupCredentials: undefined });
  const asked = [
    ...people.flatMap((id) => [["user", `/users/${id}`] as const, ["userLicense", id] as const]),
    ...groups.flatMap((id) => [
      ["group", `/groups/${id}`] as const,
      ["groupMembership", id] as const,
    ]),
  ];
  const found = await Promise.all(
    asked.map(async ([name, id]) => {
      const definition = definitions[name];
      if (definition === undefined) throw new Error(name);
      const read = await lifecycle.read(definition, context, { id, oldInputs: undefined });
      return [`${name} ${id}`, sorted(read)] as const;
    }),
  );
  return Object.fromEntries(found);
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((one, other) => (toText(one) < toText(other) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, sorted(one)]));
};
const toText = (value: unknown): string => JSON.stringify([value]);

const requestsOf = (service: Microsoft365): number =>
  service.statistics().reduce((sum, { httpRequests }) => sum + httpRequests, 0);

const deltasOf = (service: Microsoft365): number =>
  service
    .statistics()
    .filter(({ operation }) => operation.endsWith("/delta"))
    .reduce((sum, { calls }) => sum + calls, 0);

const reference = (id: string) => ({
  "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
});

it("a second look at 1,000 people takes ten requests, with all that status asks besides", async () => {
  const contoso = await firm(PEOPLE);
  const { people, groups, tenantId } = contoso;
  const memory = new Memory();
  const status = async (): Promise<number> => {
    const service = contoso.connect(memory);
    await look(contoso, service);
    const tenant = { tenant: { id: tenantId, country: "NL", domains: [] } } as unknown as Tenant;
    const place = { stacksDirectory: "stacks", tenant: "contoso" };
    await readBeside({ service, backupCredentials: undefined }, { tenant, ids: [], place });
    return requestsOf(service);
  };
  const alone = people.length * 2 + groups.length * (2 + LISTS_OF_GROUPS);
  expect(await status()).toBeLessThanOrEqual(alone / 20);
  expect(await status()).toBeLessThanOrEqual(10);
}, 120_000);

it("says what the lists say, whatever changed in between", async () => {
  const contoso = await firm(60);
  const memory = new Memory();
  const compare = async (): Promise<void> => {
    const plain = await look(contoso, contoso.connect());
    expect(await look(contoso, contoso.connect(memory))).toEqual(plain);
  };
  await compare();
  const [first = "", second = "", third = "", fourth = "", fifth = ""] = contoso.people.slice(10);
  const { change, connect } = contoso;
  const joined = `/users/${first}/memberOf/microsoft.graph.group?$select=id`;
  const [everybody = ""] = (await connect().graph.all<{ id: string }>(joined)).map(({ id }) => id);
  const [team = "", other = ""] = contoso.groups.filter((id) => id !== everybody);
  const [inner, outer] = [await newGroup(contoso, "inner"), await newGroup(contoso, "outer")];
  await change("DELETE", `/groups/${everybody}/members/${first}/$ref`);
  await change("PUT", `/users/${second}/manager/$ref`, reference(third));
  await change("DELETE", `/users/${third}/manager/$ref`);
  await change("POST", `/groups/${outer}/members/$ref`, reference(inner));
  await change("POST", `/groups/${other}/owners/$ref`, reference(fourth));
  await change("DELETE", `/users/${fifth}`);
  await compare();
  // Back and forth is no change; who comes back is as before.
  await change("POST", `/groups/${everybody}/members/$ref`, reference(first));
  await change("DELETE", `/groups/${everybody}/members/${first}/$ref`);
  await change("POST", `/directory/deletedItems/${fifth}/restore`, {});
  await change("DELETE", `/groups/${team}`);
  await compare();
});

it("reads everything again where the token is too old, or the clock was put back", async () => {
  const contoso = await firm(30);
  const memory = new Memory();
  await look(contoso, contoso.connect(memory));
  const started = (): string[] => Object.values(memory.kept ?? {}).map((one) => one.startedAt);
  const [begun] = started();
  contoso.emulator.clock.advance(6 * 86_400_000);
  await look(contoso, contoso.connect(memory));
  expect(started()).toEqual([begun, begun]);
  contoso.emulator.clock.advance(2 * 86_400_000);
  const plain = await look(contoso, contoso.connect());
  expect(await look(contoso, contoso.connect(memory))).toEqual(plain);
  expect(started()).not.toContain(begun);

  const future = "2099-01-01T00:00:00.000Z";
  memory.kept = Object.fromEntries(
    Object.entries(memory.kept ?? {}).map(([query, one]) => [query, { ...one, startedAt: future }]),
  );
  expect(await look(contoso, contoso.connect(memory))).toEqual(plain);
  expect(started()).not.toContain(future);
});

it("reads everything again where Graph does not know the token, as after a reset", async () => {
  const contoso = await firm(30);
  const memory = new Memory();
  const plain = await look(contoso, contoso.connect());
  await look(contoso, contoso.connect(memory));
  memory.kept = Object.fromEntries(
    Object.entries(memory.kept ?? {}).map(([query, one]) => [
      query,
      { ...one, link: `${one.link}x`, objects: {} },
    ]),
  );
  expect(await look(contoso, contoso.connect(memory))).toEqual(plain);
  expect(Object.values(memory.kept).map(({ link }) => link.endsWith("x"))).toEqual([false, false]);
});

it("is not asked of a client that keeps nothing", async () => {
  const contoso = await firm(30);
  const service = contoso.connect();
  await look(contoso, service);
  expect(deltasOf(service)).toBe(0);
  expect(await service.graph.tryRelated(guidFrom(1, "nobody"), "manager")).toBeUndefined();
  expect(service.graph.distrustRelations()).toBe(false);
});

it("knows nothing any more once it is distrusted, and says whether it had answered", async () => {
  const contoso = await firm(30);
  const service = contoso.connect(new Memory());
  const [person = ""] = contoso.people;
  expect(await service.graph.tryRelated(person, "manager")).toEqual([]);
  expect(service.graph.distrustRelations()).toBe(true);
  expect(await service.graph.tryRelated(person, "manager")).toBeUndefined();
});
