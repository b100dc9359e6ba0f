import { describe, expect, it } from "vitest";
import {
  createGroup,
  createUser,
  reference,
  startTestEmulator,
  type TestEmulator,
} from "../support/emulator.ts";
import { graphClient } from "../support/graph-client.ts";
import { refusalOf } from "../support/graph-error.ts";

const incompatible = (found: string, given: string, kind: string) =>
  `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${found}' and '${given}' for operator kind '${kind}'.`;
const unknown = (name: string, type: string) =>
  `Invalid filter clause: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`;

describe("a filter", () => {
  it.each([
    ["accountEnabled eq 'true'", incompatible("Edm.Boolean", "Edm.String", "Equal")],
    ["displayName eq 5", incompatible("Edm.String", "Edm.Int32", "Equal")],
    ["displayName in ('a', 5)", incompatible("Edm.String", "Edm.Int32", "Equal")],
    [
      "createdDateTime ge '2026-01-01T00:00:00Z'",
      incompatible("Edm.DateTimeOffset", "Edm.String", "GreaterThanOrEqual"),
    ],
    [
      "proxyAddresses eq 'smtp:a@contoso.com'",
      incompatible("Collection(Edm.String)", "Edm.String", "Equal"),
    ],
    [
      "startsWith(accountEnabled,'t')",
      "Invalid filter clause: No function signature for the function with name 'startsWith' matches the specified arguments. The function signatures considered are: startsWith(Edm.String Nullable=true, Edm.String Nullable=true).",
    ],
    ["assignedLicenses/any(l:l/skuid2 eq 1)", unknown("skuid2", "assignedLicense")],
    ["employeeOrgData/floor eq 'x'", unknown("floor", "employeeOrgData")],
  ])("is refused where names or types do not fit: %s", async (filter, message) => {
    const emulator = await startTestEmulator();
    const asked = graphClient(emulator).api("/users").filter(filter).get();
    expect(await refusalOf(asked)).toEqual([400, "BadRequest", message]);
  });

  it("finds the same however a moment is written", async () => {
    const emulator = await startTestEmulator();
    await createUser(emulator);
    // The clock of the test stands at 2026-11-02T09:00:00Z.
    const found = async (filter: string) => {
      const query = `$filter=${encodeURIComponent(filter)}&$select=id`;
      return (await emulator.graph("GET", `/users?${query}`)).body.value.length;
    };
    expect(await found("createdDateTime eq 2026-11-02T10:00:00.000+01:00")).toBe(1);
    expect(await found("createdDateTime lt 2026-11-02T09:30:00+01:00")).toBe(0);
    expect(await found("createdDateTime ge 2026-11-02")).toBe(1);
  });

  it("knows properties in any casing, as $select and $orderby do, and answers in its own", async () => {
    const emulator = await startTestEmulator();
    await createUser(emulator, { displayName: "Anna" });
    const { body } = await emulator.graph(
      "GET",
      "/users?$filter=DisplayName eq 'anna'&$select=DISPLAYNAME",
    );
    expect(body.value).toEqual([{ displayName: "Anna" }]);
    expect((await emulator.graph("GET", "/users?$orderby=DisplayName")).status).toBe(200);
  });
});

describe("members of a group", () => {
  async function withMembers(): Promise<{ emulator: TestEmulator; path: string }> {
    const emulator = await startTestEmulator();
    const group = await createGroup(emulator);
    const path = `/groups/${group.id}/members`;
    const people = [
      await createUser(emulator, { displayName: "Anna" }),
      await createUser(emulator, { displayName: "Bram" }),
      await createGroup(emulator, { displayName: "Anna's" }),
    ];
    for (const { id } of people) await emulator.graph("POST", `${path}/$ref`, reference(id));
    return { emulator, path };
  }

  it.each([
    ["/$count", 3],
    ["/$count?$filter=startsWith(displayName,'anna')", 2],
    ["/microsoft.graph.user/$count", 2],
    ['/microsoft.graph.user/$count?$search="displayName:anna"', 1],
  ])("are counted as %s asks", async (query, count) => {
    const { emulator, path } = await withMembers();
    const headers = { ConsistencyLevel: "eventual" };
    expect((await emulator.graph("GET", path + query, { headers })).body).toBe(count);
    expect((await emulator.graph("GET", path + query)).status).toBe(400);
  });

  it.each(["$select=shoeSize", "$filter=shoeSize eq 'x'", "$orderby=shoeSize"])(
    "have no property that no directory object has: %s",
    async (query) => {
      const { emulator, path } = await withMembers();
      expect((await emulator.graph("GET", `${path}?${query}`)).status).toBe(400);
      const known = query.replace("shoeSize", "displayName");
      const headers = { ConsistencyLevel: "eventual" };
      const answer = await emulator.graph("GET", `${path}?${known}&$count=true`, { headers });
      expect(answer.status).toBe(200);
    },
  );

  it("are listed as references", async () => {
    const { emulator, path } = await withMembers();
    const { body } = await emulator.graph("GET", `${path}/$ref`);
    expect(body.value.every((one) => String(one["@odata.id"]).includes("/directoryObjects/"))).toBe(
      true,
    );
    expect(body.value.length).toBeGreaterThan(0);
  });
});
