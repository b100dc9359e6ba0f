/** Requests of unusual form: what they say must be understood or refused, never a defect of the emulator. */
import { describe, expect, it } from "vitest";
import { createGroup, createUser, reference, startTestEmulator } from "../support/emulator.ts";

describe("an object", () => {
  it("is the same by its id in any casing: in the path, in a reference, in a filter", async () => {
    const emulator = await startTestEmulator();
    const [user, group] = [await createUser(emulator), await createGroup(emulator)];
    const upper = user.id.toUpperCase();
    const answers = [
      await emulator.graph("GET", `/users/${upper}?$select=id`),
      await emulator.graph(
        "POST",
        `/groups/${group.id.toUpperCase()}/members/$ref`,
        reference(upper),
      ),
      await emulator.graph("GET", `/users?$select=id&$filter=id eq '${upper}'`),
      await emulator.graph("DELETE", `/groups/${group.id}/members/${upper}/$ref`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 204, 200, 204]);
    expect(answers[2]?.body.value).toEqual([{ id: user.id }]);
    expect((await emulator.graph("GET", "/domains/CONTOSO.com")).body.id).toBe("contoso.com");
  });

  it("is found by a name with an apostrophe in every form that OData has for it", async () => {
    const emulator = await startTestEmulator();
    const { id } = await createUser(emulator, { userPrincipalName: "o'neil@contoso.com" });
    for (const path of [
      "/users/o'neil@contoso.com",
      "/users('o''neil@contoso.com')",
      "/users(%27o%27%27neil%40contoso.com%27)",
      "/users(userPrincipalName='o''neil@contoso.com')",
    ]) {
      expect([path, (await emulator.graph("GET", path)).body.id]).toEqual([path, id]);
    }
  });

  it("has pages that go on also when its name holds signs of a URL", async () => {
    const emulator = await startTestEmulator();
    const userPrincipalName = "jan_example.com#EXT#@contoso.onmicrosoft.com";
    const guest = await createUser(emulator, { userPrincipalName });
    const groups = [await createGroup(emulator), await createGroup(emulator)];
    for (const { id } of groups) {
      await emulator.graph("POST", `/groups/${id}/members/$ref`, reference(guest.id));
    }
    const path = `/users/${encodeURIComponent(userPrincipalName)}/memberOf?$top=1&$select=id`;
    const first = await emulator.graph("GET", path);
    const next = first.body["@odata.nextLink"].slice(emulator.origin.length);
    const second = await emulator.graph("GET", next);
    expect([...first.body.value, ...second.body.value].map(({ id }) => id)).toEqual(
      groups.map(({ id }) => id),
    );
  });
});

describe("a name that every JavaScript object has", () => {
  it.each([
    ["GET", "/constructor", 404],
    ["GET", "/users/x/constructor", 404],
    ["GET", "/users?$select=constructor", 400],
    ["GET", "/users?$filter=toString eq 'x'", 400],
    ["GET", "/users?$orderby=valueOf", 400],
    ["GET", "/users?$expand=constructor", 400],
  ])("is unknown in %s %s", async (method, path, status) => {
    const emulator = await startTestEmulator();
    expect((await emulator.graph(method, path)).status).toBe(status);
  });
});

it.each([
  [
    "a filter nested too deep",
    `/users?$filter=${"(".repeat(3000)}accountEnabled${")".repeat(3000)}`,
  ],
  ["a page token before the first page", "/users?$orderby=displayName&$skiptoken=LTM"],
])("%s is refused with 400", async (_what, path) => {
  const emulator = await startTestEmulator();
  expect((await emulator.graph("GET", path)).status).toBe(400);
});

it.each([[5], [null], ["https://graph.microsoft.com/v1.0/users/%zz"]])(
  "the reference %j is refused with 400",
  async (given) => {
    const emulator = await startTestEmulator();
    const group = await createGroup(emulator);
    const answer = await emulator.graph("PATCH", `/groups/${group.id}`, {
      body: { "members@odata.bind": [given] },
    });
    expect(answer.status).toBe(400);
  },
);
