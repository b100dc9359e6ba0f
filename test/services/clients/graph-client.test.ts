import { describe, expect, it } from "vitest";
import { graphError, tinyService } from "../transport/support/tiny-service.ts";

describe("Graph client", () => {
  it("reads an object with the token of the tenant", async () => {
    const { client, seen } = await tinyService(() => ({ body: { id: "1", displayName: "Sanne" } }));
    await expect(client.graph.get("/users/1?$select=id,displayName")).resolves.toEqual({
      id: "1",
      displayName: "Sanne",
    });
    expect(seen[0]).toMatchObject({ method: "GET", path: "/users/1?$select=id,displayName" });
    expect(seen[0]?.headers.authorization).toBe("Bearer token-1");
    expect(seen[0]?.headers["user-agent"]).toMatch(/^NONISV\|/);
  });

  it("puts calls that are made together in batches of twenty at most", async () => {
    const service = await tinyService(({ path }) => ({ body: { id: path } }));
    const ids = Array.from({ length: 45 }, (_, index) => `/users/${index}`);
    const found = await Promise.all(ids.map((id) => service.client.graph.get<{ id: string }>(id)));
    expect(found.map((one) => one.id)).toEqual(ids);
    expect(service.batches).toBe(3);
  });

  it("sends again only what was throttled inside a batch, after the longest wait asked for", async () => {
    let throttled = 0;
    const service = await tinyService(({ path }) => {
      if (path !== "/users/1" && path !== "/users/3") return { body: { id: path } };
      throttled += 1;
      const seconds = path === "/users/1" ? "4" : "9";
      if (throttled > 2) return { body: { id: path } };
      return {
        status: 429,
        headers: { "Retry-After": seconds },
        body: graphError("TooManyRequests"),
      };
    });
    const startedAt = service.clock.now();
    const paths = ["/users/1", "/users/2", "/users/3"];
    await Promise.all(paths.map((path) => service.client.graph.get(path)));
    expect(service.seen.map((one) => one.path).sort()).toEqual([
      "/users/1",
      "/users/1",
      "/users/2",
      "/users/3",
      "/users/3",
    ]);
    expect(service.clock.now() - startedAt).toBeGreaterThanOrEqual(9000);
    expect(service.clock.now() - startedAt).toBeLessThan(12_000);
  });
});
