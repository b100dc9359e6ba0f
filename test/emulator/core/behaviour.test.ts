import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { realisticBehaviour } from "../../../emulator/index.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  contoso,
  createUser,
  reference,
  createGroup,
  startTestEmulator,
  TENANT_ID,
  type TestEmulator,
} from "../support/emulator.ts";
import { graphClient } from "../support/graph-client.ts";

const NEW_GROUP = {
  displayName: "A",
  mailEnabled: false,
  mailNickname: "a",
  securityEnabled: true,
};

function countGroups(emulator: TestEmulator): number {
  return emulator.state.read(contoso.tenantId, ({ store }) => store.count({ name: "group" }));
}

describe("late visibility", () => {
  it("hides a new object for some time on some replica, while its name is taken at once", async () => {
    const emulator = await startTestEmulator({
      behaviour: { visibilityDelayMs: 30_000, replicas: 3 },
    });
    const user = await createUser(emulator, { mailNickname: "jan" });
    const statuses = async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => emulator.graph("GET", `/users/${user.id}`)),
      );
      return new Set(answers.map(({ status }) => status));
    };
    expect(await statuses()).toEqual(new Set([404]));
    await expect(createUser(emulator, { mailNickname: "jan" })).rejects.toThrow("already exists");
    const seen = new Set<number>();
    for (let step = 0; step < 10; step += 1) {
      emulator.clock.advance(3000);
      for (const status of await statuses()) seen.add(status);
    }
    expect(seen).toEqual(new Set([200, 404]));
    expect(await statuses()).toEqual(new Set([200]));
  });

  it("does not keep a creation by unique name from being asked for twice", async () => {
    const emulator = await startTestEmulator({ behaviour: { visibilityDelayMs: 30_000 } });
    const upsert = () =>
      emulator.graph("PATCH", "/groups(uniqueName='finance')", {
        body: {
          displayName: "Finance",
          mailEnabled: false,
          mailNickname: "f",
          securityEnabled: true,
        },
        headers: { Prefer: "create-if-missing" },
      });
    expect([(await upsert()).status, (await upsert()).status]).toEqual([201, 204]);
  });

  it("refuses references to what a replica does not know yet, in the words that call for a retry", async () => {
    const emulator = await startTestEmulator({ behaviour: { visibilityDelayMs: 30_000 } });
    const group = await createGroup(emulator);
    emulator.clock.advance(30_000);
    const user = await createUser(emulator);
    const added = await emulator.graph(
      "POST",
      `/groups/${group.id}/members/$ref`,
      reference(user.id),
    );
    expect(added).toMatchObject({
      status: 404,
      body: { error: { code: "Request_ResourceNotFound" } },
    });
  });
});

describe("changes that are known late", () => {
  const statuses = async (emulator: TestEmulator, path: string) => {
    const seen = new Set<unknown>();
    for (let index = 0; index < 8; index += 1)
      seen.add((await emulator.graph("GET", path)).body.displayName);
    return seen;
  };

  it("show some replicas' readers the old value for a while, and never the writer's refusals", async () => {
    const emulator = await startTestEmulator({
      behaviour: { changeDelayMs: 30_000, replicas: 3 },
    });
    const user = await createUser(emulator, { displayName: "Oud", mailNickname: "oud" });
    emulator.clock.advance(1);
    const path = `/users/${user.id}`;
    await emulator.graph("PATCH", path, { body: { displayName: "Nieuw" } });
    expect(await statuses(emulator, path)).toEqual(new Set(["Oud"]));
    // What is written next builds on the newest state.
    await emulator.graph("PATCH", path, { body: { jobTitle: "Baas" } });
    const seen = new Set<unknown>();
    for (let step = 0; step < 10; step += 1) {
      emulator.clock.advance(3000);
      for (const name of await statuses(emulator, path)) seen.add(name);
    }
    expect(seen).toContain("Nieuw");
    expect(await statuses(emulator, path)).toEqual(new Set(["Nieuw"]));
    expect((await emulator.graph("GET", `${path}?$select=jobTitle`)).body.jobTitle).toBe("Baas");
  });

  it("reach advanced queries last: what is new, changed or deleted", async () => {
    const emulator = await startTestEmulator({ behaviour: { indexDelayMs: 30_000 } });
    const client = graphClient(emulator);
    const found = async (filter: string) => {
      const page = (await client
        .api("/users")
        .header("ConsistencyLevel", "eventual")
        .count(true)
        .filter(filter)
        .get()) as { value: { displayName: string }[] };
      return page.value.map(({ displayName }) => displayName).sort();
    };
    const [changes, goes] = [
      await createUser(emulator, { displayName: "Oud" }),
      await createUser(emulator, { displayName: "Weg" }),
    ];
    expect(await found("accountEnabled ne false")).toEqual([]);
    emulator.clock.advance(30_000);
    expect(await found("accountEnabled ne false")).toEqual(["Oud", "Weg"]);
    await client.api(`/users/${changes.id}`).patch({ displayName: "Nieuw" });
    await client.api(`/users/${goes.id}`).delete();
    expect(await found("accountEnabled ne false")).toEqual(["Oud", "Weg"]);
    expect(await client.api(`/users/${changes.id}`).get()).toMatchObject({ displayName: "Nieuw" });
    emulator.clock.advance(30_000);
    expect(await found("accountEnabled ne false")).toEqual(["Nieuw"]);
  });
});

describe("the realistic behaviour", () => {
  it("has a little of everything that Microsoft's clients bear", () => {
    const shares = [
      realisticBehaviour.serverErrorShare,
      realisticBehaviour.droppedShare,
      realisticBehaviour.slowShare,
    ];
    for (const share of shares) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(0.01);
    }
    expect(realisticBehaviour).toMatchObject({ quotas: true, serverErrorStatuses: [503, 504] });
    expect(realisticBehaviour.visibilityDelayMs).toBeGreaterThan(0);
    expect(realisticBehaviour.indexDelayMs).toBeGreaterThan(0);
  });
});

describe("faults", () => {
  it("say when to come back as whole seconds, as a fraction, as a date or not at all", async () => {
    const emulator = await startTestEmulator();
    const headers = { authorization: `Bearer ${await emulator.token()}` };
    Object.assign(emulator.behaviour, { throttledShare: 0.999 });
    const wait = async (form: string) => {
      Object.assign(emulator.behaviour, { retryAfterForm: form });
      const { status, headers: given } = await emulator.graph("GET", "/users", { headers });
      return [status, given.get("retry-after")];
    };
    expect(await wait("seconds")).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect(await wait("fraction")).toEqual([429, expect.stringMatching(/^\d+\.\d+$/)]);
    const [, date] = await wait("date");
    const seconds = (Date.parse(String(date)) - emulator.clock.now()) / 1000;
    expect([seconds > 0, seconds <= 11]).toEqual([true, true]);
    expect(await wait("none")).toEqual([429, null]);
    const mixed = await Promise.all(
      Array.from({ length: 40 }, async () => String((await wait("mixed"))[1])),
    );
    const kinds = [/^\d+$/, /^\d+\.\d+$/, /GMT$/, /^null$/];
    expect(kinds.map((kind) => mixed.some((text) => kind.test(text)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it("do the work of a lost answer and not that of a dropped connection", async () => {
    for (const [behaviour, made] of [
      [{ lostAnswerShare: 0.999 }, 1],
      [{ droppedShare: 0.999 }, 0],
    ] as const) {
      const emulator = await startTestEmulator({ seed: 3 });
      const headers = { authorization: `Bearer ${await emulator.token()}` };
      Object.assign(emulator.behaviour, behaviour);
      await expect(
        emulator.graph("POST", "/groups", { body: NEW_GROUP, headers }),
      ).rejects.toThrow();
      expect(countGroups(emulator)).toBe(made);
    }
  });

  it("meet the sign-ins of a repeated run alike, whatever a library writes into them", async () => {
    const outcomes = async (machine: string): Promise<string> => {
      const emulator = await startTestEmulator({ behaviour: { serverErrorShare: 0.5 } });
      let seen = "";
      for (let at = 0; at < 16; at++) {
        const body = new URLSearchParams({
          grant_type: "client_credentials",
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          scope: "https://graph.microsoft.com/.default",
          "client-request-id": randomUUID(),
          "x-client-OS": machine,
        });
        const path = `${emulator.origin}/${TENANT_ID}/oauth2/v2.0/token`;
        const { ok } = await emulator.fetch(path, { method: "POST", body });
        seen += ok ? "+" : "-";
      }
      return seen;
    };
    const first = await outcomes("linux");
    expect(first).toMatch(/\+.*-|-.*\+/);
    expect(await outcomes("win32")).toBe(first);
  });

  it("answer 5xx before any work", async () => {
    const emulator = await startTestEmulator();
    const headers = { authorization: `Bearer ${await emulator.token()}` };
    Object.assign(emulator.behaviour, { serverErrorShare: 0.999 });
    const { status, body } = await emulator.graph("POST", "/groups", { body: NEW_GROUP, headers });
    expect([500, 502, 503, 504]).toContain(status);
    expect(body.error.code).toBe("UnknownError");
    Object.assign(emulator.behaviour, { serverErrorStatuses: [503] });
    expect((await emulator.graph("GET", "/groups", { headers })).status).toBe(503);
    Object.assign(emulator.behaviour, { serverErrorShare: 0 });
    expect(countGroups(emulator)).toBe(0);
  });

  it("refuse writes, and only those, for concurrency", async () => {
    const emulator = await startTestEmulator();
    const headers = { authorization: `Bearer ${await emulator.token()}` };
    Object.assign(emulator.behaviour, { concurrencyShare: 0.999 });
    const { status, body } = await emulator.graph("POST", "/groups", { body: NEW_GROUP, headers });
    expect([status, body.error.code]).toEqual([409, "Directory_ConcurrencyViolation"]);
    expect((await emulator.graph("GET", "/groups", { headers })).body.value).toEqual([]);
  });

  it("meet the same requests again with the same seed, and others with another", async () => {
    const statuses = async (seed: number) => {
      const emulator = await startTestEmulator({ seed });
      const headers = { authorization: `Bearer ${await emulator.token()}` };
      Object.assign(emulator.behaviour, { throttledShare: 0.3 });
      const answers: number[] = [];
      for (let index = 0; index < 30; index += 1) {
        answers.push((await emulator.graph("GET", `/users?$top=${index + 1}`, { headers })).status);
      }
      return answers;
    };
    const first = await statuses(7);
    expect(first).toContain(429);
    expect(await statuses(7)).toEqual(first);
    expect(await statuses(8)).not.toEqual(first);
  });

  it("take the time of the emulator's clock", async () => {
    const emulator = await startTestEmulator();
    Object.assign(emulator.behaviour, { latencyMs: 50 });
    await emulator.graph("GET", "/users");
    const before = emulator.clock.now();
    await emulator.graph("GET", "/users");
    expect(emulator.clock.now() - before).toBe(50);
  });
});
