import { describe, expect, it } from "vitest";
import {
  createGroup,
  createUser,
  startTestEmulator,
  type Json,
  type TestEmulator,
} from "../support/emulator.ts";
import { graphClient } from "../support/graph-client.ts";

const EVENTUAL = { headers: { ConsistencyLevel: "eventual" } };

async function names(emulator: TestEmulator, query: string, options = {}): Promise<unknown[]> {
  const { status, body } = await emulator.graph("GET", `/users?${query}`, options);
  if (status !== 200) throw new Error(`${status} ${body.error.message}`);
  return body.value.map((user) => user.displayName);
}

async function withPeople(): Promise<TestEmulator> {
  const emulator = await startTestEmulator();
  await createUser(emulator, {
    displayName: "Anna Bakker",
    department: "Finance",
    mailNickname: "anna",
    givenName: "Anna",
  });
  await createUser(emulator, {
    displayName: "Bram Visser",
    department: "Verkoop",
    mailNickname: "bram",
  });
  await createUser(emulator, {
    displayName: "Carla O'Brien",
    mailNickname: "carla",
    accountEnabled: false,
  });
  return emulator;
}

describe("$filter", () => {
  it.each([
    ["displayName eq 'anna bakker'", ["Anna Bakker"]],
    ["displayName eq 'Carla O''Brien'", ["Carla O'Brien"]],
    ["userPrincipalName eq 'BRAM@contoso.com'", ["Bram Visser"]],
    ["startsWith(displayName,'Bram')", ["Bram Visser"]],
    ["department in ('Finance','Verkoop')", ["Anna Bakker", "Bram Visser"]],
    ["accountEnabled eq false or department eq 'Finance'", ["Anna Bakker", "Carla O'Brien"]],
    ["accountEnabled eq true and (department eq 'Verkoop')", ["Bram Visser"]],
  ])("%s", async (filter, expected) => {
    expect(await names(await withPeople(), `$filter=${encodeURIComponent(filter)}`)).toEqual(
      expected,
    );
  });

  it.each([
    ["department ne 'Finance'", ["Bram Visser", "Carla O'Brien"]],
    ["department eq null", ["Carla O'Brien"]],
    ["companyName in ('Contoso')", []],
    ["not(startsWith(displayName,'A'))", ["Bram Visser", "Carla O'Brien"]],
    ["endsWith(userPrincipalName,'@contoso.com') and givenName eq 'Anna'", ["Anna Bakker"]],
  ])("%s needs ConsistencyLevel and $count", async (filter, expected) => {
    const emulator = await withPeople();
    const query = `$filter=${encodeURIComponent(filter)}`;
    expect(await names(emulator, `${query}&$count=true`, EVENTUAL)).toEqual(expected);
    const refused = await emulator.graph("GET", `/users?${query}`);
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { code: "Request_UnsupportedQuery" } },
    });
  });

  it("counts related objects, and says which relations it cannot follow", async () => {
    const emulator = await startTestEmulator();
    const owner = await createUser(emulator);
    await createGroup(emulator, {
      displayName: "Owned",
      "owners@odata.bind": [`https://graph.microsoft.com/v1.0/users/${owner.id}`],
    });
    await createGroup(emulator, { displayName: "Orphan" });
    const query = "$filter=owners/$count eq 0&$count=true&$select=displayName";
    expect((await emulator.graph("GET", `/groups?${query}`, EVENTUAL)).body.value).toEqual([
      { displayName: "Orphan" },
    ]);
    const other = await emulator.graph(
      "GET",
      "/groups?$filter=acceptedSenders/$count eq 0&$count=true",
      EVENTUAL,
    );
    expect(other.status).toBe(501);
  });

  it("looks into lists with any()", async () => {
    const emulator = await startTestEmulator();
    await createGroup(emulator, {
      displayName: "M365",
      groupTypes: ["Unified"],
      mailEnabled: true,
    });
    await createGroup(emulator, { displayName: "Security" });
    const { body } = await emulator.graph(
      "GET",
      "/groups?$filter=groupTypes/any(c:c eq 'Unified')&$select=displayName",
    );
    expect(body.value).toEqual([{ displayName: "M365" }]);
  });

  it("names the property that does not exist, and where the text is wrong", async () => {
    const emulator = await startTestEmulator();
    const message = async (query: string) =>
      (await emulator.graph("GET", `/users?${query}`)).body.error.message;
    expect(await message("$filter=shoeSize eq 44")).toBe(
      "Invalid filter clause: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.",
    );
    expect(await message("$select=shoeSize")).toBe(
      "Parsing OData Select and Expand failed: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.",
    );
    expect(await message("$filter=displayName eq")).toContain("Invalid filter clause");
    expect(await message("$skip=5")).toBe("The query parameter '$skip' is not supported.");
  });
});

describe("$search", () => {
  it("finds the beginnings of words, with the header only", async () => {
    const emulator = await withPeople();
    const query = `$search=${encodeURIComponent('"displayName:vis" OR "displayName:anna"')}`;
    expect(await names(emulator, query, EVENTUAL)).toEqual(["Anna Bakker", "Bram Visser"]);
    const { body } = await emulator.graph("GET", `/users?${query}`);
    expect(body.error).toMatchObject({
      code: "Request_UnsupportedQuery",
      message:
        "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    });
  });
});

describe("$count", () => {
  it("is a number for those who send the header, refused or ignored for others", async () => {
    const emulator = await withPeople();
    expect((await emulator.graph("GET", "/users/$count", EVENTUAL)).body).toBe(3);
    expect((await emulator.graph("GET", "/users/$count")).body.error.message).toBe(
      "$count is not currently supported.",
    );
    expect((await emulator.graph("GET", "/users?$count=true", EVENTUAL)).body["@odata.count"]).toBe(
      3,
    );
    expect((await emulator.graph("GET", "/users?$count=true")).body).not.toHaveProperty(
      "@odata.count",
    );
  });
});

describe("$orderby", () => {
  it("sorts, also downwards", async () => {
    expect(await names(await withPeople(), "$orderby=displayName desc")).toEqual([
      "Carla O'Brien",
      "Bram Visser",
      "Anna Bakker",
    ]);
  });
});

describe("pages", () => {
  it("hold 100 users unless asked otherwise and go on by nextLink until all are there once", async () => {
    const emulator = await startTestEmulator();
    emulator.addSampleTenant({ people: 10, clientId: "a", clientSecret: "b" });
    await Promise.all(Array.from({ length: 130 }, () => createUser(emulator)));
    const client = graphClient(emulator);
    interface Page {
      value: { id: string }[];
      "@odata.nextLink"?: string;
    }
    const first = (await client.api("/users").get()) as Page;
    expect(first.value).toHaveLength(100);
    const second = (await client.api(first["@odata.nextLink"] ?? "").get()) as Page;
    expect(second["@odata.nextLink"]).toBeUndefined();
    expect(new Set([...first.value, ...second.value].map(({ id }) => id)).size).toBe(130);
    const sorted = (await client.api("/users").orderby("displayName").top(999).get()) as Page;
    expect(sorted.value).toHaveLength(130);
  });

  it("of a sorted or filtered list go on where the last one ended", async () => {
    const emulator = await startTestEmulator();
    const names = ["E", "A", "C", "B", "D"];
    for (const displayName of names) await createUser(emulator, { displayName });
    for (const [query, expected] of [
      ["$orderby=displayName&$top=2", ["A", "B", "C", "D", "E"]],
      ["$filter=accountEnabled eq true&$top=2", names],
    ] as const) {
      const seen: unknown[] = [];
      let path: string | undefined = `/users?${query}`;
      while (path !== undefined) {
        const { body }: { body: Json } = await emulator.graph("GET", path);
        seen.push(...body.value.map((user) => user.displayName));
        path = (body["@odata.nextLink"] as string | undefined)?.slice(emulator.origin.length);
      }
      expect(seen).toEqual(expected);
    }
  });

  it("refuse a size above 999", async () => {
    const emulator = await startTestEmulator();
    expect((await emulator.graph("GET", "/users?$top=1000")).body.error.message).toBe(
      "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.",
    );
  });
});
