import { describe, expect, it } from "vitest";
import { toHar } from "../../../services/transport/har.ts";
import type { RequestEvent } from "../../../services/transport/types.ts";
import { graphError, tinyService } from "./support/tiny-service.ts";

describe("statistics", () => {
  it("count calls per operation, and requests on the wire where they were made", async () => {
    let throttled = false;
    const { client } = await tinyService(({ path }) => {
      if (path !== "/users/2@contoso.com" || throttled) return { body: { id: path } };
      throttled = true;
      return { status: 429, body: graphError("TooManyRequests") };
    });
    await Promise.all(["1", "2", "3"].map((id) => client.graph.get(`/users/${id}@contoso.com`)));
    const rows = Object.fromEntries(client.statistics().map((row) => [row.operation, row]));
    expect(rows["GET /users/{id}"]).toMatchObject({
      service: "graph",
      calls: 3,
      failures: 0,
      retries: 1,
      throttled: 1,
      // The retry travelled alone.
      httpRequests: 1,
    });
    expect(rows["POST /$batch"]).toMatchObject({ calls: 0, httpRequests: 1 });
    expect(rows["POST /$batch"]?.bytesReceived).toBeGreaterThan(0);
  });

  it("count failures", async () => {
    const { client } = await tinyService(() => ({ status: 403, body: graphError("Denied") }));
    await client.graph.get("/organization").catch(() => undefined);
    expect(client.statistics()).toMatchObject([{ operation: "GET /organization", failures: 1 }]);
  });
});

describe("traces", () => {
  it("show every request without keys, query values, bodies and tokens", async () => {
    const events: RequestEvent[] = [];
    const { client, origin } = await tinyService(
      ({ path }) => ({ headers: { "request-id": "r1" }, body: { id: path, displayName: "Sanne" } }),
      { onRequest: (event) => events.push(event) },
    );
    await Promise.all([
      client.graph.get("/users/sanne@contoso.com?$select=id"),
      client.graph.post("/users", { displayName: "Sanne" }),
    ]);
    await client.graph.get("/organization");
    const har = toHar(events);
    expect(
      har.log.entries.map(({ request, response }) => [
        request.method,
        request.url,
        response.status,
      ]),
    ).toEqual([
      ["POST", `${origin}/$batch`, 200],
      ["GET", `${origin}/users/{id}`, 200],
      ["POST", `${origin}/users`, 200],
      ["GET", `${origin}/organization`, 200],
    ]);
    expect(har.log.entries[1]?.comment).toMatch(/^graph, attempt 1, in batch /);
    expect(har.log.entries[3]?.response.headers).toEqual([{ name: "request-id", value: "r1" }]);
    expect(JSON.stringify(har)).not.toMatch(/sanne|token-1|\$select/i);
  });

  it("show requests that got no answer", async () => {
    const events: RequestEvent[] = [];
    const { client } = await tinyService(() => "cut", { onRequest: (event) => events.push(event) });
    await client.graph.post("/users", {}).catch(() => undefined);
    expect(events).toMatchObject([{ outcome: "lost", operation: "/users", attempt: 1 }]);
    expect(toHar(events).log.entries[0]?.response.status).toBe(0);
  });
});
