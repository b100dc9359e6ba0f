import { describe, expect, it } from "vitest";
import type { Collection, Microsoft365 } from "../../../services/transport/types.ts";
import { emulatedTenant, person } from "./support/emulated-tenant.ts";
import type { EmulatedTenant } from "./support/emulated-tenant.ts";
import { graphError, tinyService } from "./support/tiny-service.ts";
import type { Scripted, TinyService } from "./support/tiny-service.ts";

/** Pages of 50 make several of them out of few people. */
const USERS: Collection = { path: "/users", query: "$select=id,displayName", pageSize: 50 };

interface User {
  id: string;
  displayName: string;
}

const readAll = (client: Microsoft365, ids: readonly string[]): Promise<(User | undefined)[]> =>
  Promise.all(ids.map((id) => client.graph.tryGetOneOf<User>(USERS, id)));

/** As many people, made by somebody else a while ago; the service lists them in the order in which they came. */
async function people(tenant: EmulatedTenant, count: number): Promise<string[]> {
  const other = tenant.connect();
  const ids: string[] = [];
  // A batch at a time: of several at once a later one may arrive first.
  for (let start = 0; start < count; start += 20) {
    const made = await Promise.all(
      Array.from({ length: Math.min(20, count - start) }, (_, at) =>
        other.graph.post<User>("/users", person(`person${start + at}`)),
      ),
    );
    ids.push(...made.map(({ id }) => id));
  }
  await tenant.clock.sleep(120_000);
  return ids;
}

/** Requests on the wire since the last call of this function. */
function counting(client: Microsoft365): () => { requests: number; pages: number; alone: number } {
  const sum = (operation: string): number =>
    client.statistics().find((row) => row.operation === operation)?.calls ?? 0;
  const now = () => ({
    requests: client.statistics().reduce((total, row) => total + row.httpRequests, 0),
    pages: sum("GET /users"),
    alone: sum("GET /users/{id}"),
  });
  let before = now();
  return () => {
    const after = now();
    const { requests, pages, alone } = before;
    before = after;
    return {
      requests: after.requests - requests,
      pages: after.pages - pages,
      alone: after.alone - alone,
    };
  };
}

describe("objects of a collection", () => {
  it("go alone, in a batch, while they are few", async () => {
    const tenant = await emulatedTenant();
    const ids = await people(tenant, 20);
    const count = counting(tenant.client);

    const found = await readAll(tenant.client, ids);

    expect(found.map((user) => user?.id)).toEqual(ids);
    expect(count()).toMatchObject({ pages: 0, alone: 20 });
  });

  it("come from pages when they are many, each as it is by itself", async () => {
    const tenant = await emulatedTenant();
    const ids = await people(tenant, 120);
    const count = counting(tenant.client);

    const found = await readAll(tenant.client, ids);

    expect(count()).toMatchObject({ pages: 3, alone: 20 });
    const { graph } = tenant.connect();
    expect(found).toEqual(
      await Promise.all(
        ids.map(async (id) => {
          const { displayName } = await graph.get<User>(`/users/${id}?${USERS.query}`);
          return expect.objectContaining({ id, displayName }) as unknown;
        }),
      ),
    );
  });

  it("come from pages also when few are asked for at a time", async () => {
    const tenant = await emulatedTenant();
    const ids = await people(tenant, 200);
    const count = counting(tenant.client);
    for (let start = 0; start < ids.length; start += 10) {
      await readAll(tenant.client, ids.slice(start, start + 10));
    }
    expect(count()).toMatchObject({ pages: 4, alone: 20 });
  });

  it("come from all pages as soon as the first ones answer many", async () => {
    const tenant = await emulatedTenant();
    const ids = await people(tenant, 250);
    const count = counting(tenant.client);
    await readAll(
      tenant.client,
      ids.filter((_, at) => at % 4 === 0),
    );
    expect(count()).toMatchObject({ pages: 5, alone: 20 });
  });

  it("that are few among many cost at most twice their batches", async () => {
    const tenant = await emulatedTenant();
    const ids = await people(tenant, 600);
    const count = counting(tenant.client);
    // The pages begin with those that nobody asks for.
    await readAll(tenant.client, ids.slice(-60));
    expect(count()).toMatchObject({ pages: 2, alone: 60 });
  });

  it("are absent only when their own answer says so", async () => {
    const tenant = await emulatedTenant();
    const ids = await people(tenant, 45);
    const [gone = "", ...rest] = ids;
    await readAll(tenant.client, rest.slice(0, 40));
    const other = tenant.connect();
    const late = await other.graph.post<User>("/users", person("late"));
    await other.graph.delete(`/users/${gone}`);
    const count = counting(tenant.client);

    const nobody = "00000000-0000-4000-8000-000000000000";
    const found = await readAll(tenant.client, [late.id, nobody]);

    expect(found).toEqual([expect.objectContaining({ id: late.id }), undefined]);
    expect(count()).toMatchObject({ pages: 0, alone: 2 });
    await tenant.clock.sleep(61_000);
    expect(await readAll(tenant.client, [gone])).toEqual([undefined]);
  });

  it("are read anew after a minute", async () => {
    const tenant = await emulatedTenant();
    const ids = await people(tenant, 45);
    await readAll(tenant.client, ids);
    const [one = ""] = ids;
    await tenant.connect().graph.patch(`/users/${one}`, { displayName: "Another name" });
    await tenant.clock.sleep(61_000);
    expect(await readAll(tenant.client, [one])).toMatchObject([{ displayName: "Another name" }]);
  });

  it("that this client wrote are read by themselves, before and after", async () => {
    const tenant = await emulatedTenant();
    const ids = await people(tenant, 45);
    const { client } = tenant;
    await readAll(client, ids);
    const [one = ""] = ids;
    await client.graph.patch(`/users/${one}`, { displayName: "Another name" });
    const made = await client.graph.post<User>("/users", person("new"));
    const count = counting(client);

    const found = await readAll(client, [one, made.id, ...ids.slice(1)]);

    expect(found[0]).toMatchObject({ displayName: "Another name" });
    expect(found[1]).toMatchObject({ displayName: "Person new" });
    expect(count()).toMatchObject({ pages: 0, alone: 2 });
  });

  it("that this client wrote make nobody read a page", async () => {
    const tenant = await emulatedTenant();
    const { client } = tenant;
    const made = await Promise.all(
      Array.from({ length: 25 }, (_, at) => client.graph.post<User>("/users", person(`new${at}`))),
    );
    const count = counting(client);
    await readAll(
      client,
      made.map(({ id }) => id),
    );
    expect(count()).toMatchObject({ pages: 0, alone: 25 });
  });

  it("that are written while their page is on its way are read by themselves", async () => {
    const service: TinyService = await tinyService(async ({ method, path }) => {
      if (method === "PATCH") return { status: 204 };
      if (!path.startsWith("/users?")) return { body: { id: idIn(path), displayName: "alone" } };
      // The page was read before the write and arrives after it.
      const body = { displayName: "changed" };
      await service.client.graph.patch(`/users/${idAt(3)}`, body, { batch: false });
      return page(Array.from({ length: 40 }, (_, at) => idAt(at)));
    });
    const ids = Array.from({ length: 40 }, (_, at) => idAt(at)).reverse();

    const found = await readAll(service.client, ids);

    expect(found.slice(-4).map((user) => user?.displayName)).toEqual([
      "alone",
      "listed",
      "listed",
      "listed",
    ]);
  });
});

describe("a listing", () => {
  it("of which a page is throttled goes on when the service says so", async () => {
    let refused = 0;
    const service = await tinyService(({ path }) => {
      if (!path.startsWith("/users?")) return alone(path);
      refused += 1;
      if (refused > 1) return page(Array.from({ length: 40 }, (_, at) => idAt(at)));
      return { status: 429, headers: { "retry-after": "7" }, body: graphError("TooManyRequests") };
    });
    const startedAtMs = service.clock.now();
    const found = await readAll(
      service.client,
      Array.from({ length: 40 }, (_, at) => idAt(at)),
    );
    expect(found.filter((user) => user?.displayName === "listed")).toHaveLength(20);
    expect(service.clock.now() - startedAtMs).toBeGreaterThanOrEqual(7000);
  });

  it.each<[string, Scripted]>([
    ["fails", { status: 500, body: graphError("InternalServerError") }],
    ["is no page", { body: { id: "something else" } }],
  ])("of which a page %s is an error to all who wait, not an absence", async (_what, answer) => {
    const service: TinyService = await tinyService(
      ({ path }) => {
        if (!path.startsWith("/users?")) return alone(path);
        if (path.includes("skiptoken")) return answer;
        return page([idAt(20), idAt(21)], `${service.origin}/v1.0/users?$skiptoken=2`);
      },
      { deadlineMs: 20_000 },
    );
    const asked = Array.from({ length: 60 }, (_, at) =>
      service.client.graph.tryGetOneOf<User>(USERS, idAt(at)),
    );

    const outcomes = await Promise.allSettled(asked);

    const failed = outcomes.slice(22);
    expect(outcomes.slice(0, 22).every(({ status }) => status === "fulfilled")).toBe(true);
    expect(failed.every(({ status }) => status === "rejected")).toBe(true);
    expect(failed).toHaveLength(38);
    await expect(readAll(service.client, [idAt(59)])).resolves.toMatchObject([{ id: idAt(59) }]);
  });

  it.each([400, 403])("that the service refuses with %i is not asked for again", async (status) => {
    const service = await tinyService(({ path }) =>
      path.startsWith("/users?") ? { status, body: graphError("Refused") } : alone(path),
    );
    const ids = Array.from({ length: 120 }, (_, at) => idAt(at));
    const found = await readAll(service.client, ids);
    await readAll(service.client, ids);
    expect(found.map((user) => user?.id)).toEqual(ids);
    expect(service.seen.filter(({ path }) => path.startsWith("/users?"))).toHaveLength(1);
  });
});

const idAt = (at: number): string => `00000000-0000-4000-8000-${at.toString().padStart(12, "0")}`;
const idIn = (path: string): string => /users\/([^?]+)/.exec(path)?.[1] ?? "";
const alone = (path: string): Scripted => ({ body: { id: idIn(path), displayName: "alone" } });
const page = (ids: readonly string[], next?: string): Scripted => ({
  body: {
    value: ids.map((id) => ({ id, displayName: "listed" })),
    ...(next === undefined ? {} : { "@odata.nextLink": next }),
  },
});
