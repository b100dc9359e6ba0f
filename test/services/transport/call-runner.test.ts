import { describe, expect, it } from "vitest";
import type { FailureCode } from "../../../services/transport/errors.ts";
import { graphError, tinyService, type Scripted } from "./support/tiny-service.ts";

/** Answers in turn; the last one from then on. */
function inTurn(...answers: (Scripted | "cut")[]) {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] ?? {};
}

const ok: Scripted = { body: { id: "1" } };
const failsWith = (code: FailureCode): unknown =>
  expect.objectContaining({ name: "GraphRequestError", code });

describe("a call", () => {
  it.each([408, 429, 500, 502, 503, 504])("is tried again after %i", async (status) => {
    const { client, seen } = await tinyService(inTurn({ status }, { status }, ok));
    await expect(client.graph.get("/users/1")).resolves.toEqual({ id: "1" });
    expect(seen).toHaveLength(3);
  });

  it("is tried again when the directory is busy with another write", async () => {
    const busy = { status: 409, body: graphError("Directory_ConcurrencyViolation") };
    const { client, seen } = await tinyService(inTurn(busy, { status: 204 }));
    await client.graph.patch("/users/1", { jobTitle: "x" });
    expect(seen).toHaveLength(2);
  });

  it("waits as long as Retry-After says", async () => {
    const wait = {
      status: 429,
      headers: { "retry-after": "30" },
      body: graphError("TooManyRequests"),
    };
    const { client, clock } = await tinyService(inTurn(wait, ok));
    const startedAt = clock.now();
    await client.graph.get("/users/1");
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(30_000);
  });

  it.each(["0", "Sun, 22 Nov 2020 00:00:00 GMT", ""])(
    "is not tried again at once when Retry-After is %j",
    async (value) => {
      const wait = { status: 429, headers: { "retry-after": value } };
      const { client, clock } = await tinyService(inTurn(wait, wait, ok));
      const startedAt = clock.now();
      await client.graph.get("/users/1");
      expect(clock.now() - startedAt).toBeGreaterThanOrEqual(2000);
    },
  );

  it("gives up at its deadline, and says what the last answer was", async () => {
    const { client, clock } = await tinyService(inTurn({ status: 503, body: graphError("Busy") }));
    const startedAt = clock.now();
    const call = client.graph.get("/users/1", { deadlineMs: 60_000 });
    await expect(call).rejects.toMatchObject({
      code: "deadline-exceeded",
      status: 503,
      serviceCode: "Busy",
      cause: failsWith("service-unavailable"),
    });
    expect(clock.now() - startedAt).toBeLessThanOrEqual(60_500);
  });

  it("does not wait for a Retry-After beyond its deadline", async () => {
    const wait = { status: 429, headers: { "retry-after": "3600" } };
    const { client, seen } = await tinyService(inTurn(wait));
    await expect(client.graph.get("/users/1")).rejects.toEqual(failsWith("deadline-exceeded"));
    expect(seen).toHaveLength(1);
  });

  it("fails with everything that identifies it, and no query values", async () => {
    const denied = {
      status: 403,
      body: graphError("Authorization_RequestDenied", "Insufficient privileges."),
    };
    const { client } = await tinyService(inTurn(denied));
    const error: unknown = await client.graph
      .get("/users?$filter=mail eq 'sanne@contoso.com'")
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "forbidden",
      status: 403,
      method: "GET",
      path: "/users?$filter",
      service: "graph",
      serviceCode: "Authorization_RequestDenied",
      serviceMessage: "Insufficient privileges.",
      requestId: "req-1",
    });
    expect(String(error)).not.toContain("sanne");
  });

  it("is tried again when an object it names was just created, if the caller says so", async () => {
    const message =
      "The source resource object or one of the objects being referenced do not exist.";
    const early = { status: 400, body: graphError("Request_BadRequest", message) };
    const { client, seen } = await tinyService(inTurn(early, early, { status: 204 }));
    await client.graph.patch("/groups/1", {}, { justCreated: true });
    expect(seen).toHaveLength(3);
    const other = await tinyService(inTurn(early));
    await expect(other.client.graph.patch("/groups/1", {})).rejects.toEqual(
      failsWith("bad-request"),
    );
    expect(other.seen).toHaveLength(1);
  });

  it("gets a new token when the service refuses the one it has", async () => {
    const service = await tinyService(inTurn(ok), { refuseTokens: ["token-1"] });
    await expect(service.client.graph.get("/users/1")).resolves.toEqual({ id: "1" });
    expect(service.tokensGiven).toBe(2);
  });

  it("fails when the service refuses the new token too", async () => {
    const { client } = await tinyService(inTurn(ok), { refuseTokens: ["token-1", "token-2"] });
    await expect(client.graph.get("/users/1")).rejects.toMatchObject({
      code: "sign-in-failed",
      status: 401,
    });
  });
});

describe("a write whose answer was lost", () => {
  it("is sent again when doing it twice is the same", async () => {
    const { client, seen } = await tinyService(inTurn("cut", { status: 204 }));
    await client.graph.patch("/users/1", { jobTitle: "x" });
    expect(seen).toHaveLength(2);
  });

  it("is not sent again when it might make a second object", async () => {
    const { client, seen } = await tinyService(inTurn("cut", { status: 201, body: { id: "2" } }));
    await expect(client.graph.post("/users", {})).rejects.toEqual(failsWith("outcome-unknown"));
    expect(seen).toHaveLength(1);
  });

  it("is looked for, and found", async () => {
    const { client, seen } = await tinyService(({ method }) => (method === "POST" ? "cut" : ok));
    const find = () => client.graph.tryGet<{ id: string }>("/users/sanne");
    await expect(client.graph.post("/users", {}, { find })).resolves.toEqual({ id: "1" });
    expect(seen.map((one) => one.method)).toEqual(["POST", "GET"]);
  });

  it("is sent again only after nothing was found for as long as new objects may be invisible", async () => {
    const posts: number[] = [];
    const service = await tinyService(({ method }) => {
      if (method === "GET") return { status: 404, body: graphError("Request_ResourceNotFound") };
      posts.push(service.clock.now());
      return posts.length === 1 ? "cut" : { status: 201, body: { id: "2" } };
    });
    const { graph } = service.client;
    const find = () => graph.tryGet<{ id: string }>("/users/sanne");
    await expect(graph.post("/users", {}, { find })).resolves.toEqual({ id: "2" });
    expect(posts).toHaveLength(2);
    expect((posts[1] ?? 0) - (posts[0] ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  it("is found in the end when the service says that the object exists", async () => {
    let looks = 0;
    let posts = 0;
    const { client } = await tinyService(({ method }) => {
      if (method === "POST") return ++posts === 1 ? "cut" : exists;
      return ++looks < 4 ? { status: 404, body: graphError("Request_ResourceNotFound") } : ok;
    });
    const exists = {
      status: 400,
      body: graphError("Request_BadRequest", "Another object with the same value already exists."),
    };
    const find = () => client.graph.tryGet<{ id: string }>("/users/sanne");
    const call = client.graph.post("/users", {}, { find, settleMs: 0 });
    await expect(call).resolves.toEqual({ id: "1" });
    expect(posts).toBe(2);
  });

  it("stays unknown when looking for it fails", async () => {
    const { client } = await tinyService(({ method }) =>
      method === "POST" ? "cut" : { status: 403, body: graphError("Authorization_RequestDenied") },
    );
    const find = () => client.graph.tryGet("/users/sanne");
    await expect(client.graph.post("/users", {}, { find })).rejects.toEqual(
      failsWith("outcome-unknown"),
    );
  });

  it("is done when what it deleted is gone", async () => {
    const gone = { status: 404, body: graphError("Request_ResourceNotFound") };
    const { client } = await tinyService(inTurn("cut", gone));
    await expect(client.graph.delete("/users/1")).resolves.toBeUndefined();
    const other = await tinyService(inTurn(gone));
    await expect(other.client.graph.delete("/users/1")).rejects.toEqual(failsWith("not-found"));
  });

  it.each([500, 502, 504])("is done when what it deleted is gone after %i", async (status) => {
    const gone = { status: 404, body: graphError("Request_ResourceNotFound") };
    const { client, seen } = await tinyService(inTurn({ status }, gone));
    await expect(client.graph.delete("/users/1")).resolves.toBeUndefined();
    expect(seen).toHaveLength(2);
  });

  it("counts as lost too when a gateway answered in the service's place", async () => {
    const { client, seen } = await tinyService(inTurn({ status: 504 }, { status: 201 }));
    await expect(client.graph.post("/users", {})).rejects.toMatchObject({
      code: "outcome-unknown",
      status: 504,
    });
    expect(seen).toHaveLength(1);
  });
});

describe("a creation that a run that died may have sent", () => {
  const missing = { status: 404, body: graphError("Request_ResourceNotFound") };
  const exists = {
    status: 400,
    body: graphError("Request_BadRequest", "Another object with the same value already exists."),
  };

  it("is looked for before anything is sent", async () => {
    const { client, seen } = await tinyService(() => ok);
    const find = () => client.graph.tryGet<{ id: string }>("/users/sanne");
    const call = client.graph.post("/users", {}, { find, mayBeDone: true });
    await expect(call).resolves.toEqual({ id: "1" });
    expect(seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("is sent once it was not there for as long as new objects may be invisible", async () => {
    const service = await tinyService(({ method }) => (method === "GET" ? missing : ok));
    const { graph } = service.client;
    const startedAt = service.clock.now();
    const find = () => graph.tryGet<{ id: string }>("/groups/sales");
    await expect(graph.post("/groups", {}, { find, mayBeDone: true })).resolves.toEqual({
      id: "1",
    });
    expect(service.seen.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(service.clock.now() - startedAt).toBeGreaterThanOrEqual(60_000);
  });

  it("is found in the end when the service refuses a second one and shows the first late", async () => {
    let looks = 0;
    const { client } = await tinyService(({ method }) => {
      if (method === "POST") return exists;
      return ++looks < 4 ? missing : ok;
    });
    const find = () => client.graph.tryGet<{ id: string }>("/users/sanne");
    const options = { find, settleMs: 0, mayBeDone: true };
    await expect(client.graph.post("/users", {}, options)).resolves.toEqual({ id: "1" });
  });

  it("is a conflict within a minute or so when what is there is another's", async () => {
    const { client, clock } = await tinyService(() => exists);
    const startedAt = clock.now();
    const options = { find: () => Promise.resolve(undefined), settleMs: 0, mayBeDone: true };
    const call = client.graph.post("/users", {}, options);
    await expect(call).rejects.toEqual(failsWith("already-exists"));
    expect(clock.now() - startedAt).toBeLessThan(70_000);
  });

  it("ends with what looking refuses", async () => {
    const { client, seen } = await tinyService(() => ok);
    const refusal = new Error("somebody else's");
    const options = { find: () => Promise.reject(refusal), mayBeDone: true };
    await expect(client.graph.post("/groups", {}, options)).rejects.toBe(refusal);
    expect(seen).toEqual([]);
  });
});

describe("cancelling", () => {
  it("sends nothing new, and lets a running write end", async () => {
    const stop = new AbortController();
    const service = await tinyService(
      async ({ method }) => {
        stop.abort(new Error("Ctrl-C"));
        await new Promise((resolve) => setTimeout(resolve, 20));
        return method === "POST" ? { status: 201, body: { id: "1" } } : ok;
      },
      { signal: stop.signal },
    );
    const running = service.client.graph.post("/users", {});
    await expect(running).resolves.toEqual({ id: "1" });
    await expect(service.client.graph.get("/users/1")).rejects.toEqual(failsWith("cancelled"));
    expect(service.seen).toHaveLength(1);
  });

  it("ends reads that are under way, alone, in a batch, in Exchange and at the backup's sign-in", async () => {
    const stop = new AbortController();
    const arrived: string[] = [];
    const silence = ({ path }: { path: string }) => {
      arrived.push(path);
      // All four connections are open.
      if (arrived.length === 4) stop.abort(new Error("Ctrl-C"));
      return new Promise<never>(() => undefined);
    };
    const { client } = await tinyService(silence, {
      signal: stop.signal,
      batchScript: silence,
      // Virtual time stands still while a request is under way.
      clock: (await import("../../../services/transport/clock.ts")).systemClock,
    });
    const backup = client.backup({ username: "a", password: "b" });
    const reads = await Promise.allSettled([
      client.graph.get("/users/1", { batch: false }),
      client.graph.get("/users/2"),
      client.graph.get("/users/3"),
      client.exchange.invoke("Get-Mailbox", {}),
      backup.get("/v8/Jobs"),
    ]);
    expect(reads).toEqual(
      reads.map(() => ({ status: "rejected", reason: failsWith("cancelled") })),
    );
  });

  it("sends nothing when it comes while signing in", async () => {
    const stop = new AbortController();
    const { client, seen } = await tinyService(() => ({ status: 201, body: { id: "1" } }), {
      signal: stop.signal,
      credential: {
        kind: "token-credential",
        credential: {
          getToken: () => {
            stop.abort(new Error("Ctrl-C"));
            return Promise.resolve({
              token: "token-1",
              expiresOnTimestamp: Date.now() + 3_600_000,
            });
          },
        },
      },
    });
    await expect(client.graph.post("/users", {})).rejects.toEqual(failsWith("cancelled"));
    expect(seen).toHaveLength(0);
  });

  it("ends the waiting before another attempt", async () => {
    const stop = new AbortController();
    const { client, seen } = await tinyService(
      () => {
        setTimeout(() => {
          stop.abort(new Error("Ctrl-C"));
        });
        return { status: 503, headers: { "retry-after": "200" } };
      },
      // Real time, so that the wait is still going on when the signal fires.
      {
        signal: stop.signal,
        clock: (await import("../../../services/transport/clock.ts")).systemClock,
      },
    );
    await expect(client.graph.get("/users/1")).rejects.toEqual(failsWith("cancelled"));
    expect(seen).toHaveLength(1);
  });

  it("says that the outcome is unknown when a write was lost before", async () => {
    const stop = new AbortController();
    const { client } = await tinyService(({ method }) => (method === "POST" ? "cut" : ok), {
      signal: stop.signal,
    });
    const find = () => {
      stop.abort(new Error("Ctrl-C"));
      return Promise.resolve(undefined);
    };
    await expect(client.graph.post("/users", {}, { find })).rejects.toEqual(
      failsWith("outcome-unknown"),
    );
  });

  it("refuses what comes after close, and waits for what came before", async () => {
    const arrived = Promise.withResolvers<undefined>();
    const release = Promise.withResolvers<undefined>();
    const { client } = await tinyService(async () => {
      arrived.resolve(undefined);
      await release.promise;
      return { status: 201, body: { id: "1" } };
    });
    const running = client.graph.post("/users", {});
    await arrived.promise;
    const closed = client.close();
    await expect(client.graph.get("/users/1")).rejects.toEqual(failsWith("cancelled"));
    release.resolve(undefined);
    await closed;
    await expect(running).resolves.toEqual({ id: "1" });
  });
});
