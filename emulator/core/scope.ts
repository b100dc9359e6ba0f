/** The state of all tenants: transactions, scopes and delayed work. */
import type { Behaviour } from "./behaviour.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import { EmulatorDefect } from "./failure.ts";
import { fraction, guidFrom } from "./random.ts";
import { TenantStore } from "./store.ts";
import type { EventName, EventPayload, Scope, Workload } from "./workload.ts";

interface JobRow {
  seq: number;
  tenant: string;
  kind: string;
  due: number;
  payload: string;
}

export interface StateOptions {
  database: Database;
  clock: Clock;
  behaviour: Behaviour;
  seed: number;
  workloads: readonly Workload[];
}

export class EmulatorState {
  /** Known once the server listens. */
  origin = "";
  readonly #options: StateOptions;

  constructor(options: StateOptions) {
    this.#options = options;
  }

  get seed(): number {
    return this.#options.seed;
  }

  /** Runs the work on one tenant in one transaction, after all delayed work that is due. */
  transaction<T>(
    tenantId: string,
    options: { intent: "read" | "write" },
    work: (scope: Scope) => T,
  ): T {
    const { database, clock } = this.#options;
    const nowMs = clock.now();
    const intent = options.intent === "write" || this.#isJobDue(nowMs) ? "write" : "read";
    return database.transaction(intent, () => {
      if (intent === "write") this.#runDueJobs(nowMs);
      return work(this.#scope(tenantId, nowMs));
    });
  }

  read<T>(tenantId: string, work: (scope: Scope) => T): T {
    return this.transaction(tenantId, { intent: "read" }, work);
  }

  /** Reads without running delayed work first. */
  peek<T>(tenantId: string, work: (scope: Scope) => T): T {
    const { database, clock } = this.#options;
    return database.transaction("read", () => work(this.#scope(tenantId, clock.now())));
  }

  write<T>(tenantId: string, work: (scope: Scope) => T): T {
    return this.transaction(tenantId, { intent: "write" }, work);
  }

  #isJobDue(nowMs: number): boolean {
    return (
      this.#options.database.get("SELECT 1 FROM jobs WHERE due <= ? LIMIT 1", nowMs) !== undefined
    );
  }

  #runDueJobs(nowMs: number): void {
    for (;;) {
      const job = this.#options.database.get(
        "DELETE FROM jobs WHERE seq = (SELECT seq FROM jobs WHERE due <= ? ORDER BY due, seq LIMIT 1) RETURNING *",
        nowMs,
      ) as JobRow | undefined;
      if (job === undefined) return;
      const run = this.#options.workloads
        .map((workload) => workload.jobs?.[job.kind])
        .find((found) => found !== undefined);
      if (run === undefined) throw new EmulatorDefect(`No workload knows the job ${job.kind}`);
      run(this.#scope(job.tenant, nowMs), JSON.parse(job.payload) as Record<string, unknown>);
    }
  }

  #scope(tenantId: string, nowMs: number): Scope {
    const { database, clock, behaviour, seed, workloads } = this.#options;
    const scope: Scope = {
      tenantId,
      store: new TenantStore(database, { id: tenantId, nowMs }),
      behaviour,
      clock,
      nowMs,
      origin: this.origin,
      newId: () => this.#newId(tenantId),
      fraction: (...parts) => fraction(seed, ...parts),
      schedule: (job, { delayMs, payload }) => {
        database.run(
          "INSERT INTO jobs (tenant, kind, due, payload) VALUES (?, ?, ?, ?)",
          tenantId,
          job,
          nowMs + delayMs,
          JSON.stringify(payload),
        );
      },
      emit: (event: EventName, payload: EventPayload) => {
        for (const workload of workloads) workload.listeners?.[event]?.(scope, payload);
      },
      tenant: (otherId) => (otherId === tenantId ? scope : this.#scope(otherId, nowMs)),
    };
    return scope;
  }

  /** An imported tenant has ids that an emulator with the same seed would make again. */
  #newId(tenantId: string): string {
    const { database, seed } = this.#options;
    for (;;) {
      const id = guidFrom(seed, "id", database.next("id"));
      const taken = "SELECT 1 FROM objects WHERE tenant = ? AND id = ? LIMIT 1";
      if (database.get(taken, tenantId, id) === undefined) return id;
    }
  }
}
