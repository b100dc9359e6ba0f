import { describe, expect, it } from "vitest";
import { graphError, tinyService } from "./support/tiny-service.ts";

describe("batches", () => {
  it("carry reads and writes, each with its own headers and body", async () => {
    const service = await tinyService(({ path, body }) =>
      path.startsWith("/groups")
        ? { status: 201, body: { id: "g" } }
        : { body: { id: path, body } },
    );
    const { graph } = service.client;
    const [, upserted] = await Promise.all([
      graph.get("/users/1"),
      graph.send({
        method: "PATCH",
        path: "/groups(uniqueName='x')",
        body: { displayName: "X" },
        headers: { Prefer: "create-if-missing" },
      }),
    ]);
    expect(upserted).toMatchObject({ status: 201, body: { id: "g" } });
    expect(service.batches).toBe(1);
    expect(service.seen[1]).toMatchObject({
      body: { displayName: "X" },
      headers: { Prefer: "create-if-missing", "content-type": "application/json" },
    });
  });

  it("are not used for a call on its own, for one that wants none, and for large bodies", async () => {
    const service = await tinyService(({ path }) => ({ body: { id: path } }));
    const { graph } = service.client;
    await graph.get("/users/1");
    await Promise.all([
      graph.get("/users/2", { batch: false }),
      graph.post("/users", { aboutMe: "x".repeat(200_000) }),
      graph.get("/users/3"),
    ]);
    expect(service.batches).toBe(0);
    expect(service.seen).toHaveLength(4);
  });

  it("keep the versions of Graph apart", async () => {
    const service = await tinyService(({ path }) => ({ body: { id: path } }));
    const { graph } = service.client;
    await Promise.all([graph.get("/a"), graph.get("/b"), graph.get("/c", { version: "beta" })]);
    expect(service.seen.map(({ path, batch }) => [path, batch])).toEqual(
      expect.arrayContaining([
        ["/a", 1],
        ["/b", 1],
        ["/c", undefined],
      ]),
    );
  });

  it("fail one by one", async () => {
    const { client } = await tinyService(({ path }) =>
      path === "/users/2"
        ? { status: 404, body: graphError("Request_ResourceNotFound") }
        : { body: { id: path } },
    );
    const results = await Promise.all(
      ["/users/1", "/users/2", "/users/3"].map((path) => client.graph.tryGet(path)),
    );
    expect(results).toEqual([{ id: "/users/1" }, undefined, { id: "/users/3" }]);
  });

  it("that were lost on the way back leave no write doubled", async () => {
    const service = await tinyService(({ path, method }) => {
      const isFirst = service.seen.filter((one) => one.path === path).length === 1;
      return isFirst && path === "/groups/2"
        ? "cut"
        : { status: method === "GET" ? 200 : 204, body: {} };
    });
    const { graph } = service.client;
    const results = await Promise.allSettled([
      graph.post("/users", { displayName: "A" }),
      graph.patch("/groups/2", {}),
      graph.get("/users/3"),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(service.seen.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("that miss an answer count that one as lost", async () => {
    const service = await tinyService(({ path }) => ({ body: { id: path } }), {
      batchScript: () => (service.batches === 1 ? { body: { responses: [] } } : undefined),
    });
    const { graph } = service.client;
    const results = await Promise.allSettled([
      graph.get("/users/1"),
      graph.get("/users/2"),
      graph.post("/users", {}),
    ]);
    expect(results).toMatchObject([
      { value: { id: "/users/1" } },
      { value: { id: "/users/2" } },
      { reason: { code: "outcome-unknown" } },
    ]);
  });

  it.each([
    ["does not understand", 400],
    ["does not know", 404],
  ])("that the service %s are sent again as single requests", async (_what, status) => {
    const service = await tinyService(({ path }) => ({ body: { id: path } }), {
      batchScript: () => ({ status, body: graphError("BadRequest", "Malformed batch") }),
    });
    const { graph } = service.client;
    const results = await Promise.all([graph.tryGet("/users/1"), graph.get("/users/2")]);
    expect(results).toEqual([{ id: "/users/1" }, { id: "/users/2" }]);
    expect(service.batches).toBe(1);
  });

  it("that are only promised an answer do not count as done", async () => {
    const service = await tinyService(() => ({ status: 201, body: { id: "1" } }), {
      batchScript: () => ({ status: 202, body: {} }),
    });
    const { graph } = service.client;
    const results = await Promise.allSettled([graph.post("/users", {}), graph.post("/groups", {})]);
    expect(results).toMatchObject([
      { reason: { code: "outcome-unknown" } },
      { reason: { code: "outcome-unknown" } },
    ]);
  });

  it("that are throttled as a whole are sent again as a whole", async () => {
    const throttled = { status: 429, headers: { "retry-after": "5" } };
    const service = await tinyService(({ path }) => ({ body: { id: path } }), {
      batchScript: () => (service.batches === 1 ? throttled : undefined),
    });
    const { graph } = service.client;
    await Promise.all([graph.get("/users/1"), graph.get("/users/2")]);
    expect(service.batches).toBe(2);
  });
});

describe("a sequence", () => {
  const steps = ["/a", "/b", "/c"].map((path) => ({ method: "POST" as const, path, body: {} }));

  it("travels in one batch, each call depending on the one before it", async () => {
    const service = await tinyService(({ path }) => ({ body: { id: path } }));
    const answers = await service.client.graph.sequence(steps);
    expect(answers.map(({ body }) => body)).toEqual([{ id: "/a" }, { id: "/b" }, { id: "/c" }]);
    expect(service.batches).toBe(1);
    expect(service.seen.map(({ dependsOn }) => dependsOn)).toEqual([undefined, ["1"], ["2"]]);
  });

  it("resumes from the call that was throttled", async () => {
    const service = await tinyService(({ path }) => {
      const isFirst = service.seen.filter((one) => one.path === path).length === 1;
      return path === "/b" && isFirst ? { status: 429 } : { body: { id: path } };
    });
    await service.client.graph.sequence(steps);
    expect(service.seen.map(({ path }) => path)).toEqual(["/a", "/b", "/b", "/c"]);
  });

  it("stops at the first failure", async () => {
    const service = await tinyService(({ path }) =>
      path === "/b" ? { status: 403, body: graphError("Denied") } : { body: { id: path } },
    );
    await expect(service.client.graph.sequence(steps)).rejects.toMatchObject({
      code: "forbidden",
      path: "/b",
    });
    expect(service.seen.map(({ path }) => path)).toEqual(["/a", "/b"]);
  });

  it("does not repeat a call that may have been done before its answer was lost", async () => {
    const service = await tinyService(({ path }) => {
      const isFirst = service.seen.filter((one) => one.path === path).length === 1;
      return path === "/c" && isFirst ? "cut" : { body: { id: path } };
    });
    const found = (id: string) => ({ find: () => Promise.resolve({ id: `found ${id}` }) });
    const [a, b, c] = steps;
    if (!a || !b || !c) throw new Error("three steps");
    const answers = await service.client.graph.sequence([
      { ...a, ...found("/a") },
      { ...b, ...found("/b") },
      { ...c, ...found("/c") },
    ]);
    expect(answers.map(({ body }) => body)).toEqual(
      ["/a", "/b", "/c"].map((id) => ({ id: `found ${id}` })),
    );
    expect(service.seen.map(({ path }) => path)).toEqual(["/a", "/b", "/c"]);
  });

  it("sends only the one call again that was looked for in vain", async () => {
    const service = await tinyService(({ path }) => {
      const isFirst = service.seen.filter((one) => one.path === path).length === 1;
      return path === "/c" && isFirst ? "cut" : { body: { id: path } };
    });
    const answers = await service.client.graph.sequence(
      steps.map((step) => ({
        ...step,
        settleMs: 0,
        find: () => Promise.resolve(step.path === "/a" ? undefined : { id: `found ${step.path}` }),
      })),
    );
    expect(answers.map(({ body }) => body)).toEqual(
      ["/a", "found /b", "found /c"].map((id) => ({ id })),
    );
    expect(service.seen.map(({ path }) => path)).toEqual(["/a", "/b", "/c", "/a"]);
  });

  it("refuses to mix the versions of Graph", async () => {
    const { client } = await tinyService(() => ({}));
    const mixed = steps.map((step, index) =>
      index === 1 ? { ...step, version: "beta" as const } : step,
    );
    await expect(client.graph.sequence(mixed)).rejects.toThrow(TypeError);
  });
});
