import { ConcurrentUpdateError } from "@pulumi/pulumi/automation/errors.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { leaseNameOf, leases, openStateDatabase, serveState } from "../../../state/index.ts";
import type { StateDatabase, StateService } from "../../../state/index.ts";
import { enginePids, openStack } from "../support/engine.ts";
import type { OpenedStack } from "../support/engine.ts";
import { exported, STACK, temporaryState } from "../support/state.ts";
import type { TemporaryState } from "../support/state.ts";
import { serveThings, Thing } from "../support/things.ts";
import type { Things } from "../support/things.ts";

const NAMES = ["one", "two", "three", "four", "five"];

describe("an engine that is stopped while it creates", { timeout: 120_000 }, () => {
  let state: TemporaryState;
  let things: Things;
  let failures: Error[];
  let last: string;

  beforeEach(async () => {
    state = await temporaryState();
    things = await serveThings();
    failures = [];
    last = "hangs";
  });
  afterEach(async () => {
    for (const pid of enginePids()) process.kill(pid, "SIGKILL");
    things.close();
    await state[Symbol.asyncDispose]();
  });

  const serve = (database: StateDatabase = state.database): Promise<StateService> =>
    serveState({ database, onFailure: (error) => failures.push(error) });

  /** Five things, and then one whose creation hangs unless it was changed. */
  const open = ({ url, accessToken }: StateService): Promise<OpenedStack> =>
    openStack({
      ...{ url, accessToken },
      stack: "one",
      thingsPort: things.port,
      program: () => {
        const before = NAMES.map((name) => new Thing(name, { key: name, value: "v" }));
        new Thing("last", { key: "last", value: last }, { dependsOn: before });
      },
    });

  async function hanging(opened: OpenedStack): Promise<{ readonly ended: Promise<unknown> }> {
    const ended = opened.stack.up().catch((error: unknown) => error);
    await new Promise((resolve) => {
      things.hanging.addEventListener("abort", resolve, { once: true });
    });
    return { ended };
  }

  async function expectWhatWasReported(): Promise<void> {
    const { deployment } = await exported(state.database);
    const urns = deployment.resources?.map(({ urn }) => urn.split("::").at(-1)) ?? [];
    expect(urns).toEqual(expect.arrayContaining(NAMES));
    expect(urns).not.toContain("last");
    expect(
      deployment.pending_operations?.map(({ type, resource }) => [type, resource.urn]),
    ).toEqual([["creating", expect.stringContaining("::last")]]);
  }

  it("leaves what it had reported and what it had begun, and the next run resumes", async () => {
    const service = await serve();
    await using opened = await open(service);
    const { ended } = await hanging(opened);
    for (const pid of enginePids()) process.kill(pid, "SIGKILL");
    expect(await ended).toBeInstanceOf(Error);
    await expectWhatWasReported();
    // The command that sees its engine die ends the service.
    await service.close();
    await expectWhatWasReported();
    expect((await state.database.run("getStack", { stack: STACK }))?.running).toBeUndefined();

    last = "v";
    const second = await serve();
    await using again = await open(second);
    await again.stack.up();
    expect((await exported(state.database)).deployment.resources).toHaveLength(8);
    await second.close();
    expect(failures).toEqual([]);
  });

  it("keeps others out, who know the words, until it is canceled", async () => {
    const service = await serve();
    await using opened = await open(service);
    const { ended } = await hanging(opened);
    const elsewhere = await openStateDatabase(state.file);
    const other = await serve(elsewhere);
    await using second = await open(other);
    await expect(second.stack.up()).rejects.toThrow(ConcurrentUpdateError);

    await second.stack.cancel();
    await expectWhatWasReported();
    for (const pid of enginePids()) process.kill(pid, "SIGKILL");
    await ended;
    await other.close();
    await elsewhere.close();
    await service.close();
  });

  it("can write nothing once its command's lease was broken", async () => {
    const locks = leases(state.database, { lifetime: 60_000, grace: 0 });
    const { signal } = new AbortController();
    const lease = await locks.acquire(leaseNameOf(STACK), { purpose: "apply", signal });
    const service = await serveState({
      database: state.database,
      lease: () => lease,
      onFailure: (error) => failures.push(error),
    });
    await using opened = await open(service);
    const { ended } = await hanging(opened);
    await locks.break(leaseNameOf(STACK));
    things.release();
    expect(await ended).toBeInstanceOf(Error);
    await expectWhatWasReported();
    expect(failures).toContainEqual(expect.objectContaining({ code: "lease-lost" }));
    await service.close();
  });
});
