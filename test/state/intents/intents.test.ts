import { describe, expect, it } from "vitest";
import { creationIntents } from "../../../state/intents/intents.ts";
import { KIND } from "../../../state/journal/entry.ts";
import { leases } from "../../../state/index.ts";
import { leaseNameOf } from "../../../state/stacks/updates.ts";
import { append, STACK, startUpdate, temporaryState } from "../support/state.ts";
import type { TemporaryState } from "../support/state.ts";

const TIMES = { lifetime: 60_000, grace: 0 };
const SANNE = "urn:pulumi:one::things::azuread:index/user:User::sanne";
const TEUN = "urn:pulumi:one::things::azuread:index/user:User::teun";

/** The intents of one run, under the lease that it took. */
async function aRun({ database }: TemporaryState) {
  const { signal } = new AbortController();
  const lease = await leases(database, TIMES).acquire(leaseNameOf(STACK), {
    purpose: "apply",
    signal,
  });
  return { lease, intents: creationIntents(database, { stack: STACK, fence: lease }) };
}

describe("the intent to create", () => {
  it("is there for the next run, with the time of the first that began it", async () => {
    await using state = await temporaryState();
    const first = await aRun(state);
    const before = Date.now();
    expect(await first.intents.begin(SANNE)).toBeUndefined();
    const after = Date.now();
    await first.lease.release();
    expect(await state.database.run("openCreations", STACK)).toEqual([SANNE]);
    expect(await state.database.run("openCreations", "another/tenant/stack")).toEqual([]);
    const second = await aRun(state);
    expect(await second.intents.begun()).toEqual(new Set([SANNE]));
    const told = await Promise.all([second.intents.begin(SANNE), second.intents.begin(TEUN)]);
    expect(told).toEqual([expect.any(Date), undefined]);
    expect(Number(told[0])).toBeGreaterThanOrEqual(before);
    expect(Number(told[0])).toBeLessThanOrEqual(after);
    expect(await second.intents.begin(SANNE)).toEqual(told[0]);
    await second.lease.release();
  });

  it("is done as soon as the journal has the resource, and only then", async () => {
    await using state = await temporaryState();
    const { lease, intents } = await aRun(state);
    await intents.begin(SANNE);
    await intents.begin(TEUN);
    const key = await startUpdate(state.database, { fence: lease });
    const resource = { urn: SANNE, type: "azuread:index/user:User", id: "/users/1" };
    const creating = { type: "creating", resource };
    const step = { version: 1, operationID: 1 };
    await append(state.database, key, [
      { ...step, kind: KIND.begin, sequenceID: 1, operation: creating },
    ]);
    expect(await intents.begin(SANNE)).toBeInstanceOf(Date);
    await append(state.database, key, [
      { ...step, kind: KIND.success, sequenceID: 2, state: resource },
    ]);
    expect(await intents.begin(SANNE)).toBeUndefined();
    expect(await intents.begin(TEUN)).toBeInstanceOf(Date);
    await lease.release();
  });

  it("is withdrawn when the service refused", async () => {
    await using state = await temporaryState();
    const { lease, intents } = await aRun(state);
    await intents.begin(SANNE);
    await intents.withdraw(SANNE);
    expect(await intents.begin(SANNE)).toBeUndefined();
    await lease.release();
  });

  it("of many creations at once costs a few transactions", async () => {
    await using state = await temporaryState();
    const { lease } = await aRun(state);
    const asked: string[] = [];
    const counting: typeof state.database = {
      ...state.database,
      run: (name, input) => {
        asked.push(name);
        return state.database.run(name, input);
      },
    };
    const intents = creationIntents(counting, { stack: STACK, fence: lease });
    const urns = Array.from({ length: 100 }, (_, at) => `${SANNE}-${at}`);
    expect(await Promise.all(urns.map((urn) => intents.begin(urn)))).toEqual(
      urns.map(() => undefined),
    );
    expect(asked.length).toBeLessThan(5);
    await lease.release();
  });

  it("is refused once the lease is another's, also for the one that waits behind it", async () => {
    await using state = await temporaryState();
    const dead = await aRun(state);
    await dead.lease.release();
    const next = await aRun(state);
    const told = await Promise.allSettled([dead.intents.begin(SANNE), dead.intents.begin(TEUN)]);
    const lost = { status: "rejected", reason: { code: "lease-lost" } };
    expect(told).toMatchObject([lost, lost]);
    expect(await next.intents.begin(SANNE)).toBeUndefined();
    await next.lease.release();
  });
});
