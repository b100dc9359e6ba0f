import { describe, expect, it } from "vitest";
import {
  contoso,
  createUser,
  reference,
  createGroup,
  startTestEmulator,
  type TestEmulator,
} from "../support/emulator.ts";

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

describe("faults", () => {
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

  it("answer 5xx before any work", async () => {
    const emulator = await startTestEmulator();
    const headers = { authorization: `Bearer ${await emulator.token()}` };
    Object.assign(emulator.behaviour, { serverErrorShare: 0.999 });
    const { status, body } = await emulator.graph("POST", "/groups", { body: NEW_GROUP, headers });
    expect([500, 502, 503, 504]).toContain(status);
    expect(body.error.code).toBe("UnknownError");
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
