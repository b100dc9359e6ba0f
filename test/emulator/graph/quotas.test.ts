import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resourceUnits } from "../../../emulator/graph/quotas.ts";
import {
  CLIENT_ID,
  FakeClock,
  startTestEmulator,
  TENANT_ID,
  type TestEmulator,
} from "../support/emulator.ts";

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
    ["GET /domains/x/domainNameReferences?", 4],
    ["POST /directoryObjects/getByIds?", 3],
    ["POST /users/x/checkMemberGroups?", 4],
    ["POST /users/x/getMemberObjects?", 2],
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
    expect(refused.headers.get("x-ms-throttle-scope")).toBe(
      `Tenant_Application/ReadWrite/${CLIENT_ID}/${TENANT_ID}`,
    );
    expect(refused.body.error).toMatchObject({
      code: "TooManyRequests",
      innerError: { code: "429" },
    });
    emulator.clock.advance(6000);
    expect((await emulator.graph("GET", "/users", { headers })).status).toBe(200);
  });

  it("count 3,000 writes in 150 seconds, questions asked by POST not among them, over all emulators on the directory", async () => {
    const directory = mkdtempSync(join(tmpdir(), "tenantry-quota-"));
    try {
      const clock = new FakeClock();
      const behaviour = { quotas: true };
      const [one, other] = [
        await startTestEmulator({ directory, behaviour }, { clock }),
        await startTestEmulator({ directory, behaviour }, { clock }),
      ];
      const headers = { authorization: `Bearer ${await one.token()}` };
      const writes = (count: number) => ({
        headers,
        body: {
          requests: Array.from({ length: count }, (_, id) => ({
            id: String(id),
            method: "DELETE",
            url: "/groups/x",
          })),
        },
      });
      const ask = (emulator: TestEmulator) =>
        emulator.graph("POST", "/directoryObjects/getByIds", { headers, body: { ids: [] } });
      for (let round = 0; round < 75; round += 1) {
        // The resource units of ten seconds are fewer than the writes of 150.
        if (round % 40 === 39) clock.advance(10_000);
        for (const emulator of [one, other]) await emulator.graph("POST", "/$batch", writes(20));
      }
      expect((await ask(other)).status).toBe(200);
      const refused = (await other.graph("POST", "/$batch", writes(1))).body.responses[0];
      expect(refused).toMatchObject({
        status: 429,
        headers: {
          "x-ms-throttle-information": "WriteLimitExceeded",
          "x-ms-throttle-scope": `Tenant_Application/Write/${CLIENT_ID}/${TENANT_ID}`,
          "Retry-After": "140",
        },
      });
      clock.advance(140_000);
      const later = (await one.graph("POST", "/$batch", writes(1))).body.responses[0];
      expect(later?.status).toBe(404);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
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
