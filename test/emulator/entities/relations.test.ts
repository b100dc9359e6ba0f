import { describe, expect, it } from "vitest";
import { createGroup, createUser, reference, startTestEmulator } from "../support/emulator.ts";

describe("the manager of a user", () => {
  it("is set, read with its type, expanded and removed", async () => {
    const emulator = await startTestEmulator();
    const [jan, boss] = [
      await createUser(emulator),
      await createUser(emulator, { displayName: "Baas" }),
    ];
    expect((await emulator.graph("GET", `/users/${jan.id}/manager`)).status).toBe(404);
    expect(
      (await emulator.graph("PUT", `/users/${jan.id}/manager/$ref`, reference(boss.id))).status,
    ).toBe(204);
    expect((await emulator.graph("GET", `/users/${jan.id}/manager`)).body).toMatchObject({
      "@odata.type": "#microsoft.graph.user",
      id: boss.id,
    });
    const expanded = await emulator.graph(
      "GET",
      `/users/${jan.id}?$expand=manager($select=id,displayName)`,
    );
    expect(expanded.body.manager).toEqual({
      "@odata.type": "#microsoft.graph.user",
      id: boss.id,
      displayName: "Baas",
    });
    expect(
      (await emulator.graph("GET", `/users/${boss.id}/directReports`)).body.value.map(
        ({ id }) => id,
      ),
    ).toEqual([jan.id]);
    expect((await emulator.graph("DELETE", `/users/${jan.id}/manager/$ref`)).status).toBe(204);
    expect((await emulator.graph("GET", `/users/${jan.id}/manager`)).status).toBe(404);
  });

  it("refuses what is no user", async () => {
    const emulator = await startTestEmulator();
    const [user, group] = [await createUser(emulator), await createGroup(emulator)];
    const path = `/users/${user.id}/manager`;
    expect((await emulator.graph("PUT", `${path}/$ref`, reference(group.id))).status).toBe(400);
    expect((await emulator.graph("GET", path)).status).toBe(404);
  });

  it("refuses a loop, also over others", async () => {
    const emulator = await startTestEmulator();
    const [one, two, three] = [
      await createUser(emulator),
      await createUser(emulator),
      await createUser(emulator),
    ];
    const setManager = (user: { id: string }, boss: { id: string }) =>
      emulator.graph("PUT", `/users/${user.id}/manager/$ref`, reference(boss.id));
    expect((await setManager(two, one)).status).toBe(204);
    expect((await setManager(three, two)).status).toBe(204);
    expect((await setManager(one, three)).status).toBe(400);
    expect((await setManager(one, one)).status).toBe(400);
  });
});

describe("members of a group", () => {
  it("are added by reference, listed by kind, counted and removed", async () => {
    const emulator = await startTestEmulator();
    const [group, nested, user] = [
      await createGroup(emulator),
      await createGroup(emulator),
      await createUser(emulator),
    ];
    for (const { id } of [user, nested]) {
      expect(
        (await emulator.graph("POST", `/groups/${group.id}/members/$ref`, reference(id))).status,
      ).toBe(204);
    }
    const all = await emulator.graph("GET", `/groups/${group.id}/members`);
    expect(all.body.value.map((member) => member["@odata.type"])).toEqual([
      "#microsoft.graph.user",
      "#microsoft.graph.group",
    ]);
    const users = await emulator.graph(
      "GET",
      `/groups/${group.id}/members/microsoft.graph.user?$select=id`,
    );
    expect(users.body.value.map(({ id }) => id)).toEqual([user.id]);
    const eventual = { ConsistencyLevel: "eventual" };
    expect(
      (await emulator.graph("GET", `/groups/${group.id}/members/$count`, { headers: eventual }))
        .body,
    ).toBe(2);
    expect(
      (await emulator.graph("DELETE", `/groups/${group.id}/members/${user.id}/$ref`)).status,
    ).toBe(204);
    expect((await emulator.graph("GET", `/groups/${group.id}/members/${user.id}`)).status).toBe(
      404,
    );
  });

  it("are refused twice, when unknown, and when the request goes to the wrong place, in the words that clients match", async () => {
    const emulator = await startTestEmulator();
    const [group, user] = [await createGroup(emulator), await createUser(emulator)];
    const add = (id: string, path = "members/$ref") =>
      emulator.graph("POST", `/groups/${group.id}/${path}`, reference(id));
    await add(user.id);
    expect(await add(user.id)).toMatchObject({
      status: 400,
      body: {
        error: {
          message:
            "One or more added object references already exist for the following modified properties: 'members'.",
        },
      },
    });
    expect(await add(group.id.replace(/^./, "0"))).toMatchObject({
      status: 404,
      body: { error: { code: "Request_ResourceNotFound" } },
    });
    expect((await add(user.id, "members")).body.error.message).toBe(
      "Write requests are only supported on contained entities",
    );
    await emulator.graph("DELETE", `/groups/${group.id}/members/${user.id}/$ref`);
    const removedTwice = await emulator.graph(
      "DELETE",
      `/groups/${group.id}/members/${user.id}/$ref`,
    );
    expect(removedTwice.status).toBe(404);
    expect(removedTwice.body.error.message).toContain(
      "One or more removed object references do not exist",
    );
  });

  it("are found through nested groups, and the other way", async () => {
    const emulator = await startTestEmulator();
    const [outer, inner, user] = [
      await createGroup(emulator),
      await createGroup(emulator),
      await createUser(emulator),
    ];
    await emulator.graph("POST", `/groups/${outer.id}/members/$ref`, reference(inner.id));
    await emulator.graph("POST", `/groups/${inner.id}/members/$ref`, reference(user.id));
    const ids = async (path: string) =>
      (await emulator.graph("GET", path)).body.value.map(({ id }) => id);
    expect(await ids(`/groups/${outer.id}/transitiveMembers`)).toEqual([inner.id, user.id]);
    expect(await ids(`/users/${user.id}/transitiveMemberOf`)).toEqual([inner.id, outer.id]);
    expect(await ids(`/users/${user.id}/memberOf`)).toEqual([inner.id]);
  });

  it("survive a reference by the emulator's own URL, as the azuread plugin writes it", async () => {
    const emulator = await startTestEmulator();
    const [group, user] = [await createGroup(emulator), await createUser(emulator)];
    const body = {
      "@odata.id": `${emulator.origin}/v1.0/${"x".repeat(8)}/directoryObjects/${user.id}`,
    };
    expect(
      (await emulator.graph("POST", `/groups/${group.id}/members/$ref`, { body })).status,
    ).toBe(204);
  });
});

describe("owners of a group", () => {
  it("keep the last person", async () => {
    const emulator = await startTestEmulator();
    const [one, two] = [await createUser(emulator), await createUser(emulator)];
    const bind = [one, two].map(({ id }) => `${emulator.origin}/v1.0/directoryObjects/${id}`);
    const group = await createGroup(emulator, { "owners@odata.bind": bind });
    const remove = (id: string) =>
      emulator.graph("DELETE", `/groups/${group.id}/owners/${id}/$ref`);
    expect((await remove(one.id)).status).toBe(204);
    expect((await remove(two.id)).status).toBe(400);
    expect(
      (await emulator.graph("GET", `/groups/${group.id}/owners`)).body.value.map(({ id }) => id),
    ).toEqual([two.id]);
  });
});
