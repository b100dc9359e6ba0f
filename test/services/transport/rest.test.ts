import { describe, expect, it } from "vitest";
import { graphError, tinyService } from "./support/tiny-service.ts";

describe("an object", () => {
  it.each([
    ["nothing at all", undefined],
    ["the page of a proxy", "<html>Sign in to the network</html>"],
    ["nothing but null", null],
  ])("is not gone because the answer is %s", async (_what, body) => {
    const { client } = await tinyService(() => ({ body }));
    const { graph } = client;
    const alone = graph.tryGet("/users/1", { batch: false });
    await expect(alone).rejects.toMatchObject({ code: "unexpected-answer" });
    const together = await Promise.allSettled([graph.tryGet("/users/1"), graph.get("/users/2")]);
    expect(together).toMatchObject([
      { reason: { code: "unexpected-answer" } },
      { reason: { code: "unexpected-answer" } },
    ]);
  });
});

describe("lists", () => {
  it("follow the links of the service to the end", async () => {
    const service = await tinyService(({ path }) =>
      path.includes("skiptoken")
        ? { body: { value: [{ id: "3" }] } }
        : {
            body: {
              value: [{ id: "1" }, { id: "2" }],
              "@odata.nextLink": `${service.origin}/v1.0/users?$skiptoken=abc`,
            },
          },
    );
    await expect(service.client.graph.all("/users")).resolves.toEqual([
      { id: "1" },
      { id: "2" },
      { id: "3" },
    ]);
  });

  it("read no further than they are asked to", async () => {
    const service = await tinyService(() => ({
      body: {
        value: [{ id: "1" }],
        "@odata.nextLink": `${service.origin}/v1.0/users?$skiptoken=a`,
      },
    }));
    for await (const user of service.client.graph.list<{ id: string }>("/users")) {
      expect(user.id).toBe("1");
      break;
    }
    expect(service.seen).toHaveLength(1);
  });

  it.each([
    ["is missing", { status: 404, body: graphError("Request_ResourceNotFound") }],
    ["has no values", { body: {} }],
    [
      "links to itself",
      { body: { value: [], "@odata.nextLink": "{origin}/v1.0/users?$skiptoken=a" } },
    ],
  ])("are an error, not a short list, when a later page %s", async (_what, page) => {
    const service = await tinyService(({ path }) => {
      const text = JSON.stringify(page).replace("{origin}", service.origin);
      if (path.includes("skiptoken")) return JSON.parse(text) as typeof page;
      const link = `${service.origin}/v1.0/users?$skiptoken=a`;
      return { body: { value: [{ id: "1" }], "@odata.nextLink": link } };
    });
    await expect(service.client.graph.all("/users")).rejects.toMatchObject({
      code: "incomplete-answer",
    });
  });

  it("never send the token to another host", async () => {
    const { client, seen } = await tinyService(() => ({
      body: { value: [], "@odata.nextLink": "https://localhost:1/v1.0/users?$skiptoken=a" },
    }));
    await expect(client.graph.all("/users")).rejects.toMatchObject({
      code: "incomplete-answer",
      cause: { code: "unexpected-answer" },
    });
    expect(seen).toHaveLength(1);
  });
});

describe("tryGet", () => {
  it("gives undefined for an object that does not exist", async () => {
    const { client } = await tinyService(() => ({
      status: 404,
      body: graphError("Request_ResourceNotFound"),
    }));
    await expect(client.graph.tryGet("/users/1")).resolves.toBeUndefined();
  });

  it.each([
    ["a gateway's 404", { status: 404, body: "<html>not here</html>" }, "unexpected-answer"],
    ["403", { status: 403, body: graphError("Authorization_RequestDenied") }, "forbidden"],
    [
      "an object that is being made",
      {
        status: 404,
        body: graphError(
          "ResourceNotFound",
          "Resource provisioning is in progress. Please try again.",
        ),
      },
      "provisioning",
    ],
  ])("fails for %s", async (_what, answer, code) => {
    const { client } = await tinyService(() => answer);
    await expect(client.graph.tryGet("/users/1")).rejects.toMatchObject({ code });
  });
});

describe("waiting until readable", () => {
  it("asks until the object is there several times in a row", async () => {
    // Two replicas that learn of the object one after the other.
    const answers = [404, 200, 404, 200, 200, 200];
    const { client, seen } = await tinyService(() =>
      answers.shift() === 200
        ? { body: { id: "1" } }
        : { status: 404, body: graphError("Request_ResourceNotFound") },
    );
    const found = client.graph.waitUntilReadable("/users/1", { consecutive: 3 });
    await expect(found).resolves.toEqual({ id: "1" });
    expect(seen).toHaveLength(6);
  });

  it("gives up at its deadline", async () => {
    const { client, clock } = await tinyService(() => ({
      status: 404,
      body: graphError("Request_ResourceNotFound"),
    }));
    const startedAt = clock.now();
    await expect(
      client.graph.waitUntilReadable("/users/1", { deadlineMs: 30_000 }),
    ).rejects.toMatchObject({ code: "deadline-exceeded" });
    expect(clock.now() - startedAt).toBeLessThanOrEqual(30_500);
  });

  it("waits for a property too", async () => {
    let count = 0;
    const { client } = await tinyService(() => ({
      body: { state: ++count > 2 ? "done" : "busy" },
    }));
    const found = await client.graph.waitUntilReadable<{ state: string }>("/operations/1", {
      until: ({ state }) => state === "done",
    });
    expect(found.state).toBe("done");
  });
});

describe("deleting what may be gone already", () => {
  it("is content when it is, and hides no other refusal", async () => {
    const gone = await tinyService(() => ({
      status: 404,
      body: graphError("Request_ResourceNotFound"),
    }));
    await expect(gone.client.graph.tryDelete("/users/1")).resolves.toBeUndefined();
    const denied = await tinyService(() => ({
      status: 403,
      body: graphError("Authorization_RequestDenied"),
    }));
    await expect(denied.client.graph.tryDelete("/users/1")).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("a client that may not write any more", () => {
  it("sends nothing but what reads, and says why", async () => {
    const lost = new Error("The lock is another's by now");
    let isLost = false;
    const { client, seen } = await tinyService(() => ({ body: { id: "1" } }), {
      mayWrite: () => {
        if (isLost) throw lost;
      },
    });
    const { graph } = client;
    await graph.post("/users", { displayName: "Anna" }, { batch: false });
    isLost = true;
    await expect(graph.post("/users", {}, { batch: false })).rejects.toBe(lost);
    await expect(graph.patch("/users/1", {})).rejects.toBe(lost);
    expect(await graph.get("/users/1", { batch: false })).toEqual({ id: "1" });
    expect(seen.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  it("sends a batch of reads, and no batch with anything else in it", async () => {
    const { client, seen } = await tinyService(() => ({ body: {} }), {
      mayWrite: () => {
        throw new Error("Only reads");
      },
    });
    const { graph } = client;
    await Promise.all([graph.get("/users/1"), graph.get("/users/2")]);
    expect(seen.map(({ path }) => path)).toEqual(["/users/1", "/users/2"]);
    const mixed = [graph.get("/users/1"), graph.patch("/users/2", {})];
    for (const { status } of await Promise.allSettled(mixed)) expect(status).toBe("rejected");
    expect(seen).toHaveLength(2);
  });
});
