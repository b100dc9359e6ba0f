/**
 * Many tenants on many runners: each tenant's change is applied by two jobs that know nothing of each other, while runners
 * and servers are killed and tokens are guessed. What a runner is, and what it leaves out: fleet/session.ts.
 */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { LedgerOfHolders } from "./fleet/holders.ts";
import type { Job, RunnerSettings, Told } from "./fleet/messages.ts";
import { verified } from "./fleet/verify.ts";
import { ended, startServers } from "./fleet/servers.ts";
import type { Servers } from "./fleet/servers.ts";
import { DECIDES, PEOPLE } from "./fleet/session.ts";
import { randomOf } from "./random.ts";

export interface FleetOptions {
  readonly tenants: number;
  readonly runners: number;
  readonly seed: number;
  /** Of the locks, in milliseconds; those of the product unless told. */
  readonly times?: RunnerSettings["times"];
  readonly report: (line: string) => void;
}

export interface Fleet {
  /** Empty when all is well. */
  readonly problems: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

/** As operations give them (state/record/lease-lock.ts). */
const PRODUCT_TIMES = { lifetime: 30_000, grace: 25_000 };
const RUNNER = fileURLToPath(new URL("fleet/runner.ts", import.meta.url));
/** A job that is tried again so often has a reason that does not pass. */
const MOST_ATTEMPTS = 30;
/**
 * Outcomes that a pipeline's next run puts right. `server-refused`: the server died after it took the platform's token and
 * before it answered, so that the token is used up.
 */
const PASSING = new Set([
  ...["tenant-locked", "server-unreachable", "server-refused", "lock-lost", "lease-lost", "died"],
]);

export async function fleet(options: FleetOptions): Promise<Fleet> {
  const { tenants, runners, seed, report } = options;
  const folder = mkdtempSync(join(tmpdir(), "fleet-"));
  for (const name of ["files", "keys", "tenants"]) {
    mkdirSync(join(folder, name), { mode: 0o700 });
  }
  const names = Array.from({ length: tenants }, (_, at) => `t${String(at).padStart(4, "0")}`);
  for (const [at, name] of names.entries()) {
    writeFileSync(join(folder, "files", `${name}.yaml`), tenantFile(name, at));
  }
  const servers = await startServers(folder);
  const crew = new Crew({ ...options, folder, servers });
  try {
    report(`${tenants} tenants are planned and approved on ${runners} runners`);
    const preparing = await timed(() => crew.carryOut("prepare", names));
    report(`prepared in ${preparing} s; applying, two jobs for each, with deaths`);
    // Next to each other, so that the two of a tenant meet.
    const order = shuffled(names, randomOf(seed)).flatMap((name) => [name, name]);
    const disturbing = new AbortController();
    const disturbed = disturb(crew, { ...options, servers, signal: disturbing.signal });
    const applying = await timed(() => crew.carryOut("apply", order));
    disturbing.abort();
    const { killedServers, throttled } = await disturbed;
    report(`applied in ${applying} s; verifying`);
    await crew.end();
    const found = await verified({ names, folder, servers, stored: crew.stored });
    const { longestApart, problems } = crew.holders.judged();
    return {
      problems: [...crew.problems, ...problems, ...found],
      figures: {
        ...{ tenants, runners, "seconds to plan and approve": preparing },
        ...{ "seconds to apply": applying, "jobs carried out": crew.carriedOut },
        ...{ "runners killed": crew.killed, "servers killed": killedServers },
        ...{
          "guessed tokens refused as too many": throttled,
          "entries and plans kept": crew.stored.size,
        },
        ...{ "found the tenant locked": crew.outcomes.get("tenant-locked") ?? 0 },
        ...{ "found no server": crew.outcomes.get("server-unreachable") ?? 0 },
        "longest wait for the lock of a dead runner, seconds": longestApart,
      },
    };
  } finally {
    await crew.end();
    await servers[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  }
}

const tenantFile = (name: string, at: number): string =>
  stringify({
    version: 1,
    tenant: {
      id: `7f3d9a52-1c84-4b6e-9d20-${String(at).padStart(12, "0")}`,
      ...{ displayName: name, initialDomain: `${name}.onmicrosoft.com` },
      ...{ domains: ["example.com"], language: "nl", country: "NL" },
    },
    managedBy: { name: "Voorbeeld Beheer", domains: ["beheer.example"] },
    contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "brons" },
    approval: { decisionMakers: [DECIDES], required: 1 },
    users: PEOPLE.map((person) => ({
      userPrincipalName: `${person}@example.com`,
      ...{ displayName: person, usageLocation: "NL" },
    })),
  });

const timed = async (work: () => Promise<void>): Promise<number> => {
  const started = performance.now();
  await work();
  return Math.round((performance.now() - started) / 100) / 10;
};

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((one) => ({ one, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

interface Disturbing extends FleetOptions {
  readonly servers: Servers;
  readonly signal: AbortSignal;
}

/** Kills a runner for every ten tenants or so, each server once, and guesses tokens meanwhile. */
async function disturb(
  crew: Crew,
  { tenants, seed, servers, signal, report }: Disturbing,
): Promise<{ readonly killedServers: number; readonly throttled: number }> {
  const random = randomOf(seed + 1);
  const deaths = Math.ceil(tenants / 10);
  let [killedServers, throttled] = [0, 0];
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const share = crew.share;
    if (crew.killed < deaths * share) crew.killOne(random);
    if (killedServers < 2 && share > (killedServers + 1) / 4) {
      killedServers += 1;
      report(`server ${killedServers} is killed at ${Math.round(share * 100)} %`);
      throttled += await servers.guess(killedServers);
      await servers.killOne(killedServers - 1);
    }
  }
  return { killedServers, throttled };
}

interface CrewOptions extends FleetOptions {
  readonly folder: string;
  readonly servers: Servers;
}

type Outcome = Pick<Extract<Told, { readonly told: "over" }>, "outcome" | "said">;

/** The runners, and the queue that they work off. */
class Crew {
  readonly #options: CrewOptions;
  readonly #busy = new Map<ChildProcess, Job | undefined>();
  readonly #queue: { readonly kind: Job["kind"]; readonly tenant: string }[] = [];
  readonly #attempts = new Map<string, number>();
  readonly holders = new LedgerOfHolders();
  /** Hash of each value by its key. */
  readonly stored = new Map<string, string>();
  readonly outcomes = new Map<string, number>();
  readonly problems: string[] = [];
  #asked = 0;
  #open = 0;
  #done: PromiseWithResolvers<undefined> | undefined;
  #isOver = false;
  carriedOut = 0;
  killed = 0;

  constructor(options: CrewOptions) {
    this.#options = options;
    for (let at = 0; at < options.runners; at += 1) this.#start(at);
  }

  /** Of what was asked last, how much is done. */
  get share(): number {
    return this.#asked === 0 ? 0 : 1 - this.#open / this.#asked;
  }

  async carryOut(kind: Job["kind"], tenants: readonly string[]): Promise<void> {
    this.#asked = tenants.length;
    this.#open = tenants.length;
    this.#queue.push(...tenants.map((tenant) => ({ kind, tenant })));
    this.#done = Promise.withResolvers();
    for (const [runner, job] of this.#busy) if (job === undefined) this.#next(runner);
    await this.#done.promise;
  }

  killOne(random: () => number): void {
    const working = [...this.#busy].flatMap(([runner, job]) => (job === undefined ? [] : [runner]));
    const victim = working[Math.floor(random() * working.length)];
    if (victim === undefined) return;
    this.killed += 1;
    victim.kill("SIGKILL");
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#busy.keys()].map(ended));
  }

  #start(at: number): void {
    const { folder, servers, times = PRODUCT_TIMES } = this.#options;
    const url = servers.fronts[at % servers.fronts.length]?.url ?? "";
    const settings = { url, folder, times } satisfies RunnerSettings;
    const runner = fork(RUNNER, [JSON.stringify(settings)], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    runner.on("message", (told: Told) => {
      this.#hear(runner, told);
    });
    // Not at "exit", after which what it said last may still come.
    runner.on("disconnect", () => {
      const job = this.#busy.get(runner);
      this.#busy.delete(runner);
      if (this.#isOver) return;
      if (job !== undefined) this.#settle(job, { outcome: "died", said: "" });
      this.#start(at);
    });
  }

  #hear(runner: ChildProcess, told: Told): void {
    if (told.told === "ready") {
      this.#busy.set(runner, undefined);
      this.#next(runner);
    } else if (told.told === "over") {
      this.#busy.set(runner, undefined);
      this.#settle(told.job, told);
      this.#next(runner);
    } else if (told.told === "stored") {
      this.stored.set(told.key, told.hash);
    } else {
      this.holders.note(told);
    }
  }

  #settle({ kind, tenant }: Job, { outcome, said }: Outcome): void {
    this.carriedOut += 1;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    const attempts = (this.#attempts.get(tenant) ?? 0) + 1;
    this.#attempts.set(tenant, attempts);
    if (PASSING.has(outcome) && attempts < MOST_ATTEMPTS) {
      this.#queue.push({ kind, tenant });
      for (const [runner, job] of this.#busy) if (job === undefined) this.#next(runner);
      return;
    }
    if (outcome !== "done") this.problems.push(`${kind} ${tenant}: ${outcome}: ${said}`);
    this.#open -= 1;
    if (this.#open === 0) this.#done?.resolve(undefined);
  }

  #next(runner: ChildProcess): void {
    // It may have got one already, of those that are tried again.
    if (this.#busy.get(runner) !== undefined) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    // Taken at once: nobody else gives this runner a job while its token is made.
    const job = { ...next, token: "" };
    this.#busy.set(runner, job);
    void this.#options.servers.token().then((token) => {
      if (runner.connected) runner.send({ ...job, token });
    });
  }
}
