import { describe, expect, it } from "vitest";
import { resourceUnits } from "../../../emulator/graph/quotas.ts";
import { startTestEmulator } from "../support/emulator.ts";

describe("resource units", () => {
  it.each([
    ["GET /users?", 2],
    ["GET /users?$select=id", 1],
    ["GET /users/x/memberOf?$top=5", 1],
    ["GET /users?$expand=manager", 3],
    ["GET /groups/x/members?", 3],
    ["GET /groups/x/transitiveMembers?", 5],
    ["GET /subscribedSkus?", 3],
    ["GET /domains?$select=id", 1],
    ["POST /users?", 1],
  ])("of %s", (request, units) => {
    const [, method = "", path = "", query = ""] = /^(\w+) ([^?]+)\?(.*)$/.exec(request) ?? [];
    expect(resourceUnits({ method, path, query: new URLSearchParams(query) })).toBe(units);
  });
});

describe("quotas", () => {
  it("tell the cost, warn from four fifths on, refuse beyond the limit and say when to come back", async () => {
    const emulator = await startTestEmulator({ behaviour: { quotas: true } });
    const token = await emulator.token();
    const headers = { authorization: `Bearer ${token}` };
    // A tenant with fewer than 50 users has 3500 units in 10 s; 700 batches of one read of 5 units use them up.
    const batch = {
      requests: Array.from({ length: 20 }, (_, id) => ({
        id: String(id),
        method: "GET",
        url: "/groups/x/transitiveMembers",
      })),
    };
    const first = await emulator.graph("GET", "/users", { headers });
    expect(first.headers.get("x-ms-resource-unit")).toBe("2");
    expect(first.headers.get("x-ms-throttle-limit-percentage")).toBeNull();
    for (let round = 0; round < 30; round += 1)
      await emulator.graph("POST", "/$batch", { body: batch, headers });
    expect(
      (await emulator.graph("GET", "/users", { headers })).headers.get(
        "x-ms-throttle-limit-percentage",
      ),
    ).toBe("0.9");
    for (let round = 0; round < 5; round += 1)
      await emulator.graph("POST", "/$batch", { body: batch, headers });
    emulator.clock.advance(4000);
    const refused = await emulator.graph("GET", "/users", { headers });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("6");
    expect(refused.headers.get("x-ms-throttle-information")).toBe("ResourceUnitLimitExceeded");
    emulator.clock.advance(6000);
    expect((await emulator.graph("GET", "/users", { headers })).status).toBe(200);
  });

  it("allow one request a second for conditional access and do not say when to come back", async () => {
    const emulator = await startTestEmulator({ behaviour: { quotas: true } });
    const get = () => emulator.graph("GET", "/identity/conditionalAccess/policies");
    expect((await get()).status).toBe(200);
    const refused = await get();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBeNull();
    emulator.clock.advance(1000);
    expect((await get()).status).toBe(200);
  });
});
