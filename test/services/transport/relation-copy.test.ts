/** Rounds of changes that do not go as they should, of a service that answers as written here. */
import { describe, expect, it } from "vitest";
import type { KeptRelations, RelationMemory } from "../../../services/transport/relations.ts";
import { graphError, tinyService } from "./support/tiny-service.ts";
import type { Scripted, TinyService } from "./support/tiny-service.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

const USER = "#microsoft.graph.user";
const PEOPLE = "/users/delta?$select=id,manager";
const GROUPS = "/groups/delta?$select=id,members,owners";

function memoryOf(kept?: KeptRelations): RelationMemory & { kept: KeptRelations | undefined } {
  const memory = {
    kept,
    load: async () => memory.kept,
    save: async (now: KeptRelations) => {
      memory.kept = now;
    },
  };
  return memory;
}

/** Answers by the path that was asked, in order. */
async function answering(
  memory: RelationMemory,
  answers: Readonly<Record<string, readonly Scripted[]>>,
): Promise<TinyService> {
  const left = new Map(Object.entries(answers).map(([path, those]) => [path, [...those]]));
  return await tinyService(
    ({ path }) => {
      const answer = left.get(decodeURIComponent(path))?.shift();
      if (answer === undefined) throw new Error(`Nobody expected ${path}`);
      return answer;
    },
    { relations: memory },
  );
}

/** As it was kept a second ago. */
const going = (objects: KeptRelations[string]["objects"]): KeptRelations => ({
  [PEOPLE]: {
    startedAt: new Date(new VirtualClock().now() - 1000).toISOString(),
    link: "/users/delta?$deltatoken=1",
    objects,
  },
});

const page = (value: readonly unknown[], link: Record<string, string>): Scripted => ({
  body: { value, ...link },
});
const next = (token: string) => ({ "@odata.nextLink": `/users/delta?$skiptoken=${token}` });
const end = (token: string, path = "/users/delta") => ({
  "@odata.deltaLink": `${path}?$deltatoken=${token}`,
});
const manager = (id: string, more = {}) => ({
  "manager@delta": [{ "@odata.type": USER, id, ...more }],
});

describe("a round of changes", () => {
  it("counts once it has come to its end; what came before a page that is missing does not", async () => {
    const memory = memoryOf();
    const first = page([{ id: "anna", ...manager("bram") }], next("1"));
    const { client } = await answering(memory, {
      [PEOPLE]: [first],
      "/users/delta?$skiptoken=1": [{ status: 404, body: graphError("Request_ResourceNotFound") }],
    });
    await expect(client.graph.tryRelated("anna", "manager")).rejects.toMatchObject({
      code: "not-found",
    });
    expect(memory.kept).toBeUndefined();
  });

  it.each([
    ["that has no end", page([{ id: "anna" }], {}), "its pages have no end"],
    ["that is no list", { body: { id: "anna" } }, "a page of it is not a list"],
  ])("is no answer %s", async (_, answer, reason) => {
    const memory = memoryOf();
    const { client } = await answering(memory, { [PEOPLE]: [answer] });
    const asked = client.graph.tryRelated("anna", "manager");
    await expect(asked).rejects.toThrow(reason);
    await expect(asked).rejects.toMatchObject({ code: "incomplete-answer" });
    expect(memory.kept).toBeUndefined();
  });

  it("does not go round and round", async () => {
    const { client } = await answering(memoryOf(), {
      [PEOPLE]: [page([], next("1"))],
      "/users/delta?$skiptoken=1": [page([], next("1"))],
    });
    await expect(client.graph.tryRelated("anna", "manager")).rejects.toThrow("have no end");
  });

  it("puts an object together that comes in parts, twice, and with what is gone", async () => {
    const memory = memoryOf();
    const member = (id: string, more = {}) => ({ "@odata.type": USER, id, ...more });
    const group = (...members: readonly object[]) => ({ id: "TEAM", "members@delta": members });
    const gone = { "@removed": { reason: "deleted" } };
    const { client } = await answering(memory, {
      [GROUPS]: [
        page([group(member("Anna"), member("old", gone)), { id: "gone", ...gone }], {
          "@odata.nextLink": "/groups/delta?$skiptoken=1",
        }),
      ],
      "/groups/delta?$skiptoken=1": [
        page([group(member("bram"), member("anna"))], end("2", "/groups/delta")),
      ],
    });
    expect(await client.graph.tryRelated("team", "members")).toEqual([
      { id: "anna", type: USER },
      { id: "bram", type: USER },
    ]);
    expect(await client.graph.tryRelated("team", "owners")).toEqual([]);
    expect(await client.graph.tryRelated("gone", "members")).toBeUndefined();
    expect(await client.graph.tryRelated("never-named", "members")).toBeUndefined();
    expect(memory.kept?.[GROUPS]).toMatchObject({
      link: "/groups/delta?$deltatoken=2",
      objects: { team: { members: { anna: USER, bram: USER }, owners: {} }, gone: null },
    });
  });

  it("leaves to the object's own list what lies in the bin, came out of it, or has a type of its own", async () => {
    const { client } = await answering(memoryOf(going({ out: null })), {
      "/users/delta?$deltatoken=1": [
        page(
          [
            { id: "out", ...manager("bram") },
            {
              id: "odd",
              "manager@delta": [{ "@odata.type": "#microsoft.graph.directoryObject", id: "x" }],
            },
            { id: "new", ...manager("bram") },
          ],
          end("2"),
        ),
      ],
    });
    const { graph } = client;
    expect(await graph.tryRelated("out", "manager")).toBeUndefined();
    expect(await graph.tryRelated("odd", "manager")).toBeUndefined();
    expect(await graph.tryRelated("new", "manager")).toEqual([{ id: "bram", type: USER }]);
  });

  it.each([
    ["400", { status: 400, body: graphError("syncStateNotFound") }],
    ["410", { status: 410, body: graphError("syncStateNotFound") }],
  ])("begins again where the token is refused with %s", async (_, refusal) => {
    const memory = memoryOf(going({ anna: { manager: { old: USER } } }));
    const { client } = await answering(memory, {
      "/users/delta?$deltatoken=1": [refusal],
      [PEOPLE]: [page([{ id: "anna", ...manager("bram") }], end("2"))],
    });
    expect(await client.graph.tryRelated("anna", "manager")).toEqual([{ id: "bram", type: USER }]);
  });

  it("does not begin again where nobody answers: the round may be good", async () => {
    const kept = going({});
    const memory = memoryOf(kept);
    const { client } = await answering(memory, {
      "/users/delta?$deltatoken=1": [{ status: 401, body: graphError("no") }],
    });
    await expect(client.graph.tryRelated("anna", "manager")).rejects.toThrow();
    expect(memory.kept).toEqual(kept);
  });

  it("leaves everything to the lists where the service tells no changes", async () => {
    const { client } = await answering(memoryOf(), {
      [PEOPLE]: [{ status: 400, body: graphError("Request_UnsupportedQuery") }],
    });
    expect(await client.graph.tryRelated("anna", "manager")).toBeUndefined();
    expect(client.graph.distrustRelations()).toBe(false);
  });
});
