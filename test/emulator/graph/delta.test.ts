import { describe, expect, it } from "vitest";
import {
  createGroup,
  createUser,
  reference,
  startTestEmulator,
  TENANT_ID,
  type Json,
  type TestEmulator,
} from "../support/emulator.ts";
import { groups } from "../../../emulator/entities/collections.ts";
import { MEMBERS } from "../../../emulator/entities/group-links.ts";
import { graphClient } from "../support/graph-client.ts";
import { refusalOf } from "../support/graph-error.ts";

async function follow(emulator: TestEmulator, link: string): Promise<Json> {
  return (await emulator.graph("GET", link.slice(emulator.origin.length))).body;
}

describe("a delta query", () => {
  it("gives everything first, and then what was added, changed, deleted and purged", async () => {
    const emulator = await startTestEmulator();
    const [stays, changes, goes] = [
      await createUser(emulator),
      await createUser(emulator),
      await createUser(emulator),
    ];
    const first = (await emulator.graph("GET", "/users/delta?$select=displayName")).body;
    expect(first.value.map(({ id }) => id)).toEqual([stays.id, changes.id, goes.id]);
    await emulator.graph("PATCH", `/users/${changes.id}`, { body: { displayName: "Anders" } });
    await emulator.graph("DELETE", `/users/${goes.id}`);
    const second = await follow(emulator, first["@odata.deltaLink"]);
    expect(second.value).toEqual([
      { id: changes.id, displayName: "Anders" },
      { id: goes.id, "@removed": { reason: "changed" } },
    ]);
    const third = await follow(emulator, second["@odata.deltaLink"]);
    expect(third.value).toEqual([]);
  });

  it("tells who joined and left a group", async () => {
    const emulator = await startTestEmulator();
    const [group, one, two] = [
      await createGroup(emulator),
      await createUser(emulator),
      await createUser(emulator),
    ];
    await emulator.graph("POST", `/groups/${group.id}/members/$ref`, reference(one.id));
    const first = (await emulator.graph("GET", "/groups/delta")).body;
    expect(first.value[0]?.["members@delta"]).toEqual([
      { "@odata.type": "#microsoft.graph.user", id: one.id },
    ]);
    await emulator.graph("POST", `/groups/${group.id}/members/$ref`, reference(two.id));
    await emulator.graph("DELETE", `/groups/${group.id}/members/${one.id}/$ref`);
    const second = await follow(emulator, first["@odata.deltaLink"]);
    expect(second.value[0]?.["members@delta"]).toEqual([
      { "@odata.type": "#microsoft.graph.user", id: two.id },
      { "@odata.type": "#microsoft.graph.user", id: one.id, "@removed": { reason: "deleted" } },
    ]);
  });

  it("gives a group with many members in parts, at first and when they join", async () => {
    const emulator = await startTestEmulator();
    const [group, later, small] = [
      await createGroup(emulator),
      await createGroup(emulator),
      await createGroup(emulator),
    ];
    const one = await createUser(emulator);
    const many = Array.from({ length: 2300 }, (_, at) => `00000000-0000-4000-8000-${at + 1e11}`);
    const join = (to: Json, ids: readonly string[]): void => {
      emulator.state.write(TENANT_ID, ({ store }) => {
        for (const id of ids) store.link(MEMBERS, to.id, id);
        store.changes.record(groups, to.id, ["members"]);
      });
    };
    const round = async (start: string) => {
      const found = new Map<string, string[]>();
      let link = start;
      for (let pages = 1; ; pages += 1) {
        const { body } = await emulator.graph("GET", link.replace(emulator.origin, ""));
        for (const each of body.value) {
          const members = (each["members@delta"] ?? []) as Json[];
          expect(members.length).toBeLessThanOrEqual(1000);
          found.set(each.id, [...(found.get(each.id) ?? []), ...members.map(({ id }) => id)]);
        }
        if ("@odata.deltaLink" in body) return { found, pages, end: body["@odata.deltaLink"] };
        link = body["@odata.nextLink"];
      }
    };
    join(group, many);
    join(small, [one.id]);
    const first = await round("/groups/delta?$select=members");
    expect(first).toMatchObject({ pages: 3 });
    expect(first.found.get(group.id)).toEqual(many);
    expect(first.found.get(small.id)).toEqual([one.id]);
    join(later, many);
    const second = await round(first.end);
    expect(second).toMatchObject({ pages: 3 });
    expect([...second.found]).toEqual([[later.id, many]]);
  });

  it("says nothing of changes that were not selected, and tells a relation that was", async () => {
    const emulator = await startTestEmulator();
    const [user, boss] = [await createUser(emulator), await createUser(emulator)];
    const client = graphClient(emulator);
    const round = async (link: string) =>
      (await client.api(link).get()) as { value: Json[]; "@odata.deltaLink": string };
    const names = await round("/users/delta?$select=displayName");
    const managers = await round("/users/delta?$select=displayName,manager");
    await client.api(`/users/${user.id}`).patch({ jobTitle: "Baas" });
    expect((await round(names["@odata.deltaLink"])).value).toEqual([]);
    await client
      .api(`/users/${user.id}/manager/$ref`)
      .put({ "@odata.id": `${emulator.origin}/v1.0/users/${boss.id}` });
    expect((await round(names["@odata.deltaLink"])).value).toEqual([]);
    expect((await round(managers["@odata.deltaLink"])).value).toEqual([
      {
        id: user.id,
        displayName: user.displayName,
        "manager@delta": [{ "@odata.type": "#microsoft.graph.user", id: boss.id }],
      },
    ]);
  });

  it("follows only the objects that its filter names by id", async () => {
    const emulator = await startTestEmulator();
    const [one, other, third] = [
      await createUser(emulator),
      await createUser(emulator),
      await createUser(emulator),
    ];
    const client = graphClient(emulator);
    const round = async (link: string) =>
      (await client.api(link).get()) as { value: Json[]; "@odata.deltaLink": string };
    const filter = `id eq '${one.id}' or id eq '${other.id.toUpperCase()}'`;
    const first = await round(`/users/delta?$filter=${filter}&$select=displayName`);
    expect(first.value.map(({ id }) => id)).toEqual([one.id, other.id]);
    for (const { id } of [third, other])
      await client.api(`/users/${id}`).patch({ displayName: "Anders" });
    expect((await round(first["@odata.deltaLink"])).value).toEqual([
      { id: other.id, displayName: "Anders" },
    ]);
    for (const query of ["$filter=displayName eq 'x'", "$top=5", "Top=5", "$expand=manager"]) {
      expect((await refusalOf(client.api(`/users/delta?${query}`).get()))[0]).toBe(400);
    }
  });

  it("starts from now with $deltatoken=latest", async () => {
    const emulator = await startTestEmulator();
    await createUser(emulator);
    const start = (await emulator.graph("GET", "/users/delta?$deltatoken=latest")).body;
    expect(start.value).toEqual([]);
    const later = await createUser(emulator);
    expect((await follow(emulator, start["@odata.deltaLink"])).value.map(({ id }) => id)).toEqual([
      later.id,
    ]);
  });

  it("goes over more than one page", async () => {
    const emulator = await startTestEmulator();
    const { seed } = emulator.addSampleTenant({
      people: 450,
      clientId: "aaaaaaaa-0000-4ccc-8ddd-eeeeeeeeeeee",
      clientSecret: "s",
    });
    const response = await emulator.fetch(`${emulator.origin}/${seed.tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: "aaaaaaaa-0000-4ccc-8ddd-eeeeeeeeeeee",
        client_secret: "s",
        scope: "https://graph.microsoft.com/.default",
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}` };
    const ids = new Set<string>();
    let path: string | undefined = "/users/delta?$select=id";
    let pages = 0;
    while (path !== undefined) {
      const { body }: { body: Json } = await emulator.graph("GET", path, { headers });
      for (const { id } of body.value) ids.add(id);
      pages += 1;
      path = (body["@odata.nextLink"] as string | undefined)?.slice(emulator.origin.length);
    }
    expect([ids.size, pages]).toEqual([450, 3]);
  });

  it("refuses a token of more than seven days ago with 410 and where to start again", async () => {
    const emulator = await startTestEmulator();
    const { body } = await emulator.graph("GET", "/users/delta");
    emulator.clock.advance(7 * 86_400_000 + 1);
    const { status, headers } = await emulator.graph(
      "GET",
      body["@odata.deltaLink"].slice(emulator.origin.length),
    );
    expect(status).toBe(410);
    const again = `${emulator.origin}/v1.0/users/delta?%24deltatoken=`;
    expect(headers.get("location")).toBe(again);
    expect((await follow(emulator, again)).value).toEqual([]);
  });
});
