import type { Client } from "@microsoft/microsoft-graph-client";
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

interface Page {
  value: { displayName: string; [name: string]: unknown }[];
  "@odata.count"?: number;
  "@odata.nextLink"?: string;
}

async function withPeople(): Promise<{ emulator: TestEmulator; client: Client }> {
  const emulator = await startTestEmulator();
  for (const displayName of ["Anna Bakker", "Bram Visser", "Carla Smit"])
    await createUser(emulator, { displayName });
  return { emulator, client: graphClient(emulator) };
}

function advanced(client: Client, path: string) {
  return client.api(path).header("ConsistencyLevel", "eventual").count(true);
}

const MISSING = (operator: string) =>
  `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`;

describe("filters of the directory", () => {
  it.each([
    ["endsWith(mail,'x')", "endsWith"],
    ["displayName ne 'x'", "ne"],
    ["not(displayName eq 'x')", "not"],
    ["assignedLicenses/$count eq 0", "$count"],
    ["department eq null", "eq"],
    ["startsWith(mobilePhone,'+31')", "startsWith"],
    ["proxyAddresses/any(p:endsWith(p,'x'))", "endsWith"],
  ])("name the operator that needs an advanced query: %s", async (filter, operator) => {
    const { client } = await withPeople();
    expect(await refusalOf(client.api("/users").filter(filter).get())).toEqual([
      400,
      "Request_UnsupportedQuery",
      MISSING(operator),
    ]);
    const found = (await advanced(client, "/users").filter(filter).get()) as Page;
    expect(found["@odata.count"]).toBe(found.value.length);
  });

  it.each([
    [
      "or",
      (count: number) => Array.from({ length: count }, (_, n) => `mail eq '${n}'`).join(" or "),
    ],
    [
      "in",
      (count: number) => `mail in (${Array.from({ length: count }, (_, n) => `'${n}'`).join()})`,
    ],
  ])("hold 15 alternatives by %s, more only in an advanced query", async (_kind, filter) => {
    const { client } = await withPeople();
    await client.api("/users").filter(filter(15)).get();
    expect(await refusalOf(client.api("/users").filter(filter(16)).get())).toEqual([
      400,
      "Request_UnsupportedQuery",
      "Too many child clauses specified in search filter expression containing 'OR' operators: 16. Max allowed: 15.",
    ]);
    await advanced(client, "/users").filter(filter(16)).get();
  });

  it.each([
    ["contains(displayName,'a')", "Unsupported property filter clause operator 'Contains'."],
    [
      "proxyAddresses/all(p:startsWith(p,'x'))",
      "Unsupported property filter clause operator 'All'.",
    ],
    [
      "endsWith(displayName,'a')",
      "Unsupported or invalid query filter clause specified for property 'displayName' of resource 'User'.",
    ],
  ])("are refused however they are asked: %s", async (filter, message) => {
    const { client } = await withPeople();
    expect(await refusalOf(advanced(client, "/users").filter(filter).get())).toEqual([
      400,
      "Request_UnsupportedQuery",
      message,
    ]);
  });
});

describe("sorting in the directory", () => {
  it("is by a few properties, by others in an advanced query, and never with a filter otherwise", async () => {
    const { client } = await withPeople();
    const sorted = (path: string) => client.api(`/users?${path}`).get();
    expect(await refusalOf(sorted("$orderby=createdDateTime"))).toEqual([
      400,
      "Request_UnsupportedQuery",
      "Unsupported sort property 'createdDateTime' for 'User'.",
    ]);
    expect(await refusalOf(sorted("$filter=accountEnabled eq true&$orderby=displayName"))).toEqual([
      400,
      "Request_UnsupportedQuery",
      "Sorting not supported for current query.",
    ]);
    const page = (await advanced(client, "/users")
      .filter("accountEnabled eq true")
      .orderby("displayName desc")
      .get()) as Page;
    expect(page.value.map(({ displayName }) => displayName)).toEqual([
      "Carla Smit",
      "Bram Visser",
      "Anna Bakker",
    ]);
    expect(await refusalOf(advanced(client, "/users").orderby("employeeHireDate").get())).toEqual([
      400,
      "Request_UnsupportedQuery",
      "An unsupported property was specified.",
    ]);
  });
});

describe("the count", () => {
  it("stands on the first page only, and the next page needs the header again", async () => {
    const { client } = await withPeople();
    const first = (await advanced(client, "/users")
      .filter("accountEnabled ne false")
      .top(2)
      .get()) as Page;
    expect([first.value.length, first["@odata.count"]]).toEqual([2, 3]);
    const next = first["@odata.nextLink"] ?? "";
    expect(new URL(next).searchParams.get("$filter")).toBe("accountEnabled ne false");
    expect((await refusalOf(client.api(next).get()))[1]).toBe("Request_UnsupportedQuery");
    const second = (await client.api(next).header("ConsistencyLevel", "eventual").get()) as Page;
    expect(second.value).toHaveLength(1);
    expect(second).not.toHaveProperty("@odata.count");
  });
});

describe("$expand in the directory", () => {
  it("follows one relation and gives 20 objects of it", async () => {
    const { emulator, client } = await withPeople();
    const group = await createGroup(emulator);
    for (let index = 0; index < 22; index += 1) {
      const user = await createUser(emulator);
      await emulator.graph("POST", `/groups/${group.id}/members/$ref`, reference(user.id));
    }
    const expanded = (await client
      .api(`/groups/${group.id}`)
      .expand("members($select=id,displayName)")
      .get()) as { members: object[] };
    expect(expanded.members).toHaveLength(20);
    expect(Object.keys(expanded.members[0] ?? {})).toEqual(["@odata.type", "id", "displayName"]);
    expect(await refusalOf(client.api("/groups").expand("members,owners").get())).toEqual([
      400,
      "BadRequest",
      "The result of parsing $expand contained at least 2 items, but the maximum allowed is 1.",
    ]);
    expect((await refusalOf(advanced(client, "/groups").expand("members").get()))[1]).toBe(
      "Request_UnsupportedQuery",
    );
    expect((await refusalOf(client.api("/groups").expand("members($top=3)").get()))[1]).toBe(
      "BadRequest",
    );
  });

  it("follows the chain of managers to the top", async () => {
    const emulator = await startTestEmulator();
    const people = [
      await createUser(emulator, { displayName: "Medewerker" }),
      await createUser(emulator, { displayName: "Teamleider" }),
      await createUser(emulator, { displayName: "Directeur" }),
    ];
    for (const [index, boss] of people.slice(1).entries())
      await emulator.graph("PUT", `/users/${people[index]?.id}/manager/$ref`, reference(boss.id));
    const user: unknown = await advanced(graphClient(emulator), `/users/${people[0]?.id}`)
      .expand("manager($levels=max;$select=id,displayName)")
      .select("id,displayName")
      .get();
    expect(user).toMatchObject({
      displayName: "Medewerker",
      manager: { displayName: "Teamleider", manager: { displayName: "Directeur" } },
    });
  });
});
