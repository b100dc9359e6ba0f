import { describe, expect, it } from "vitest";
import { createUser, startTestEmulator } from "../support/emulator.ts";
import { graphClient } from "../support/graph-client.ts";

describe("a batch", () => {
  it("answers each request under its id, and 424 where the request before it failed", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    const answered = (await graphClient(emulator)
      .api("/$batch")
      .post({
        requests: [
          { id: "found", method: "GET", url: `/users/${user.id}?$select=id` },
          { id: "missing", method: "GET", url: "/users/nobody@contoso.com" },
          { id: "after-missing", method: "GET", url: "/domains", dependsOn: ["missing"] },
          { id: "after-found", method: "GET", url: "/domains", dependsOn: ["found"] },
        ],
      })) as { responses: { id: string; status: number; body: object }[] };
    const statuses = Object.fromEntries(answered.responses.map(({ id, status }) => [id, status]));
    expect(statuses).toEqual({
      found: 200,
      missing: 404,
      "after-missing": 424,
      "after-found": 200,
    });
    expect(answered.responses.find(({ id }) => id === "found")?.body).toMatchObject({
      id: user.id,
    });
  });

  it("writes in the order that dependsOn asks for", async () => {
    const emulator = await startTestEmulator();
    const headers = { "Content-Type": "application/json" };
    const group = {
      displayName: "A",
      mailEnabled: false,
      mailNickname: "a",
      securityEnabled: true,
    };
    const { body } = await emulator.graph("POST", "/$batch", {
      body: {
        requests: [
          {
            id: "2",
            method: "PATCH",
            url: "/groups(uniqueName='a')",
            headers,
            body: { description: "second" },
            dependsOn: ["1"],
          },
          {
            id: "1",
            method: "PATCH",
            url: "/groups(uniqueName='a')",
            headers: { ...headers, Prefer: "create-if-missing" },
            body: group,
          },
        ],
      },
    });
    expect(body.responses.map(({ status }) => status).sort()).toEqual([201, 204]);
  });

  it.each([
    [
      "21 requests",
      Array.from({ length: 21 }, (_, id) => ({ id: String(id), method: "GET", url: "/users" })),
      "Number of batch request steps exceeds the maximum value of 20.",
    ],
    [
      "two with one id",
      [1, 2].map(() => ({ id: "1", method: "GET", url: "/users" })),
      "Request Id 1 has to be unique in a batch.",
    ],
    [
      "a dependency on nothing",
      [{ id: "1", method: "GET", url: "/users", dependsOn: ["2"] }],
      "A request depends on '2', which is not part of the batch.",
    ],
    [
      "a body without its type",
      [{ id: "1", method: "POST", url: "/users", body: {} }],
      "Request '1' has a body and no Content-Type header.",
    ],
    ["no requests", [], "Invalid batch payload format."],
  ])("is refused as a whole with %s", async (_title, requests, message) => {
    const emulator = await startTestEmulator();
    const { status, body } = await emulator.graph("POST", "/$batch", { body: { requests } });
    expect(status).toBe(400);
    expect(body.error.message).toBe(message);
  });

  it("carries 429s of single requests inside an outer 200, each with its own Retry-After", async () => {
    const emulator = await startTestEmulator({ behaviour: { throttledShare: 0.5 } });
    const requests = Array.from({ length: 20 }, (_, id) => ({
      id: String(id),
      method: "GET",
      url: `/users?$top=${id + 1}`,
    }));
    const { status, body } = await emulator.graph("POST", "/$batch", { body: { requests } });
    expect(status).toBe(200);
    const refused = body.responses.filter((response) => response.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(20);
    for (const { headers, body: inner } of refused) {
      expect(headers).toHaveProperty("Retry-After");
      expect(inner.error.code).toBe("TooManyRequests");
    }
  });

  it("is refused before any of its requests ran when its dependencies form a circle", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    const get = { method: "GET", url: "/domains" };
    const refused = await emulator.graph("POST", "/$batch", {
      body: {
        requests: [
          { id: "0", method: "DELETE", url: `/users/${user.id}` },
          { id: "1", ...get, dependsOn: ["2"] },
          { id: "2", ...get, dependsOn: ["1"] },
        ],
      },
    });
    expect(refused.status).toBe(400);
    expect((await emulator.graph("GET", `/users/${user.id}`)).status).toBe(200);
  });

  it.each([
    ["a word for a list", { dependsOn: "1" }],
    ["a list for headers", { headers: ["x"] }],
    ["a header that cannot be one", { headers: { "two words": "x" } }],
    ["no URL", { url: undefined }],
  ])("is refused with 400 when a request has %s", async (_what, part) => {
    const emulator = await startTestEmulator();
    const request = { id: "1", method: "GET", url: "/domains", ...part };
    const { status, body } = await emulator.graph("POST", "/$batch", {
      body: { requests: [request] },
    });
    expect([status, body.error.code]).toEqual([400, "BadRequest"]);
  });

  it("knows its requests by their ids in any casing", async () => {
    const emulator = await startTestEmulator();
    const get = (id: string, dependsOn: string[] = []) => ({
      id,
      method: "GET",
      url: "/domains",
      dependsOn,
    });
    const send = (...requests: object[]) =>
      emulator.graph("POST", "/$batch", { body: { requests } });
    expect((await send(get("a"), get("A"))).status).toBe(400);
    const { body } = await send(get("a"), get("B", ["A"]));
    expect(body.responses.map(({ status }) => status)).toEqual([200, 200]);
  });

  it.each(["/$batch", "/../beta/domains", "/../../metadata/endpoints"])(
    "does not reach %s",
    async (url) => {
      const emulator = await startTestEmulator();
      const headers = { "Content-Type": "application/json" };
      const inner = { requests: [{ id: "1", method: "GET", url: "/domains" }] };
      const { body } = await emulator.graph("POST", "/$batch", {
        body: { requests: [{ id: "1", method: "POST", url, headers, body: inner }] },
      });
      expect(body.responses[0]).toMatchObject({
        status: 400,
        body: { error: { code: "BadRequest" } },
      });
    },
  );
});
