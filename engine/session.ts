/** One tenant at work: its file, its providers and its engine, opened once and closed once. */
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  digested,
  planFromEngineEvents,
  readBackFromEngineEvents,
  stateInputs,
  releaseOf,
  takenOverNames,
} from "../plan/index.ts";
import type { ReadBack, Start } from "../plan/index.ts";
import type { TenantLock } from "../state/index.ts";
import { policyPack, servePolicies, type PolicyServer } from "../policies/index.ts";
import {
  azureadPackage,
  describe,
  findCauses,
  grain,
  listDirectory,
  m365Package,
  providerPackages,
  serveProvider,
  serviceAssigned,
} from "../provider/index.ts";
import type { Connection, Directory, ProviderServer } from "../provider/index.ts";
import { declareTenant, initialPasswords } from "../components/index.ts";
import { previewFailed } from "./refused-inputs.ts";
import { acceptedEntries, dayAt, declaredOn, loadTenant } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { readBeside, type Beside } from "./read-beside.ts";
import { readSetup, type Settings, type Setup } from "../workspace/index.ts";
import { keyOfUrn } from "../core/urn.ts";
import { OptionsOfProgram } from "./resource-options.ts";
import { changedBy, Engine, stackName } from "./automation.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { interrupted } from "../core/interruption.ts";
import { openService, refuseWrites, type TenantService } from "./connect.ts";
import { adoptedKeys, refuseUnread } from "./adoptions.ts";
import { declarationsOf, releasesOf } from "./declarations.ts";
import { AcceptedDeviations, type Deviations } from "./deviations.ts";
import { comingBack, plannedSteps, type Planned } from "./planned-steps.ts";
import { compareLive, NOTHING_READ, readBesides } from "./live-objects.ts";
import type { Besides, ComparedChange } from "./live-objects.ts";
import type { ApplyFailure, MadePlan, PlanOptions, SessionOptions } from "./session-options.ts";
import { relationMemory } from "./relation-memory.ts";
import { openStateBackend } from "./state-backend.ts";
import type { StateBackend } from "./state-backend.ts";
import { closeAll, requestsOf, sessionFolder, workDirectory } from "./session-parts.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";
import { describeTool, digestOfSettings } from "./versions.ts";

export class Session {
  #made: (MadePlan & { readonly reliedOn: readonly Start[] }) | undefined;
  readonly #planned: Planned;
  readonly stack: string;
  readonly refresh: boolean;
  readonly tenant: Tenant;
  readonly #setup: Setup;
  readonly #engine: Engine;
  readonly #optionsOfProgram: OptionsOfProgram;
  readonly #servers: readonly (ProviderServer | PolicyServer)[];
  readonly #service: TenantService | undefined;
  readonly #state: StateBackend;
  readonly #folder: TemporaryFolder;
  readonly #stacksDirectory: string;
  readonly #settings: Settings;
  readonly #now: () => Date;
  readonly #intents: TenantLock["intents"];
  readonly #deviations: AcceptedDeviations;

  private constructor(parts: {
    stack: string;
    refresh: boolean;
    tenant: Tenant;
    setup: Setup;
    engine: Engine;
    optionsOfProgram: OptionsOfProgram;
    servers: readonly (ProviderServer | PolicyServer)[];
    service: TenantService | undefined;
    state: StateBackend;
    folder: TemporaryFolder;
    stacksDirectory: string;
    settings: Settings;
    now: () => Date;
    planned: Planned;
    intents: TenantLock["intents"];
    deviations: AcceptedDeviations;
  }) {
    this.stack = parts.stack;
    this.refresh = parts.refresh;
    this.tenant = parts.tenant;
    this.#setup = parts.setup;
    this.#engine = parts.engine;
    this.#optionsOfProgram = parts.optionsOfProgram;
    this.#servers = parts.servers;
    this.#service = parts.service;
    this.#state = parts.state;
    this.#folder = parts.folder;
    this.#stacksDirectory = parts.stacksDirectory;
    this.#settings = parts.settings;
    this.#now = parts.now;
    this.#planned = parts.planned;
    this.#intents = parts.intents;
    this.#deviations = parts.deviations;
  }

  static async open(options: SessionOptions): Promise<Session> {
    const { workspace, stack, signal, access, onRequest, onWaiting, lock } = options;
    const { adopted, refresh = false } = options;
    const { stacksDirectory, settings } = workspace;
    const file = await loadTenant({ stacksDirectory, tenant: stack });
    const day = dayAt(file, options.asOf ?? options.now());
    const tenant = declaredOn(file, day);
    const setup = readSetup();
    // Not the caller's signal: a request that is dropped may have been carried out all the same. The engine
    // starts nothing new once it is interrupted, and what is under way comes to its end.
    const isOfficial = settings.azuread === "official";
    const mayCall = access === "apply" || refresh;
    // The official plugin signs in when it is configured, also for a preview.
    const service =
      mayCall || isOfficial
        ? await openService({
            ...{ workspace, tenant, onRequest, onWaiting },
            signal: AbortSignal.any([]),
            relations:
              options.looksOnly === true ? relationMemory(workspace, tenant.tenant.id) : undefined,
            mayWrite: (adopted === undefined ? lock?.mayWrite : undefined) ?? refuseWrites,
          })
        : undefined;
    const connect = (): Promise<Connection> =>
      service === undefined || !mayCall
        ? Promise.reject(new Error("A preview tried to call the service"))
        : Promise.resolve(service.connection);
    const packages = isOfficial ? [m365Package] : [m365Package, azureadPackage];
    // The engine's own plan holds encrypted secrets: readable by this user only, gone with the session.
    const folder = await sessionFolder().catch(async (error: unknown) => {
      await service?.close();
      throw error;
    });
    const releases = releasesOf(tenant);
    const planned: Planned = {
      ...{ bases: new Map(), adopted: new Map(), steps: [], comingBack: new Set() },
    };
    const adopting = adoptedKeys(tenant);
    const deviations = new AcceptedDeviations(options.accepted ?? acceptedEntries(tenant), () =>
      dayAt(tenant, options.now()),
    );
    const isReleased = (urn: string): boolean => releaseOf(urn, releases) !== undefined;
    const providers = await Promise.all(
      packages.map((served) =>
        serveProvider(served, connect, {
          isReleased,
          baseOf: (urn) => planned.bases.get(urn),
          acceptances: (urn) => deviations.of(urn),
          comesBack: (urn) => planned.comingBack.has(urn),
          intents: lock?.intents,
          adopted,
          adoptions: refresh
            ? { isAsked: (urn) => adopting.has(keyOfUrn(urn)), found: planned.adopted }
            : undefined,
          planned: () => planned.steps,
        }),
      ),
    );
    const policies = await servePolicies(policyPack);
    const serving = { servers: [...providers, policies], service, folder };
    const partnerTenantId = settings.partner?.tenantId;
    const initialPassword = initialPasswords(randomBytes(32));
    const optionsOfProgram = new OptionsOfProgram(
      new Map(providerPackages.map(({ name, version }) => [name, version])),
    );
    const state = await openStateBackend({
      workspace,
      folder: folder.path,
      name: stackName(stack),
      lease: () => lock?.fence,
    }).catch(async (error: unknown) => {
      await closeAll({ ...serving, state: undefined });
      throw error;
    });
    const open = { ...serving, state };
    const engine = await Engine.open({
      workspace,
      setup,
      stack,
      state,
      signal,
      workDir: workDirectory(folder.path),
      refresh,
      program: () => {
        optionsOfProgram.watch();
        declareTenant(file, { stack, initialPassword, partnerTenantId, day });
      },
      providerPorts: new Map(packages.map(({ name }, at) => [name, providers[at]?.port ?? 0])),
      policyPort: policies.port,
      pluginEnvironment: isOfficial ? (service?.pluginEnvironment ?? {}) : {},
    }).catch(async (error: unknown) => {
      // Servers that go on listening would keep the command from ending.
      await closeAll(open);
      throw error;
    });
    return new Session({
      stack,
      refresh,
      tenant,
      setup,
      engine,
      optionsOfProgram,
      planned,
      intents: lock?.intents,
      deviations,
      ...open,
      stacksDirectory,
      settings,
      now: options.now,
    });
  }

  /** File of the engine's plan that binds the next `up` of this session. */
  get #planFile(): string {
    return join(this.#folder.path, "plan.json");
  }

  /**
   * What an apply would do now. Whether it may be done is not asked here.
   * @param options.appliedRules those of the newest signed application entry; null: nothing was applied yet
   */
  async plan({ appliedRules, ...runOptions }: PlanOptions): Promise<MadePlan> {
    const options = this.#optionsOfProgram;
    options.unbind();
    this.#planned.adopted.clear();
    const run = await this.#engine.preview({ ...runOptions, planFile: this.#planFile });
    if (options.refusal !== undefined) throw options.refusal;
    if (run.failure?.isInterrupted === true) throw interrupted(run.failure);
    options.bind();
    const isOnlyPolicy = run.events.some(({ policyEvent }) => policyEvent !== undefined);
    if (run.failure !== undefined && !isOnlyPolicy) {
      throw await previewFailed(run, {
        stacksDirectory: this.#stacksDirectory,
        tenant: this.stack,
      });
    }
    const createdAt = this.#now();
    const planFrom = (read: Besides) =>
      planFromEngineEvents({
        events: run.events,
        tenant: {
          stack: this.stack,
          tenantId: this.tenant.tenant.id,
          displayName: this.tenant.tenant.displayName,
          language: this.tenant.tenant.language,
        },
        tool: { ...describeTool(this.#setup), settings: digestOfSettings(this.#settings) },
        createdAt,
        catalogue: { describe, serviceAssigned, grain },
        declarations: declarationsOf(this.tenant, {
          ...{ options: options.declared, appliedRules, adopted: this.#planned.adopted, ...read },
          isPartner: this.#settings.partner !== undefined,
        }),
      });
    const first = planFrom(NOTHING_READ);
    this.#planned.bases.clear();
    if (!this.refresh) refuseUnread(first.plan, this);
    const { plan, reliedOn } = this.refresh
      ? planFrom(await this.#readFor(first.plan.changes))
      : first;
    this.#made = { ...digested(plan), reliedOn, ...stateInputs(run.events) };
    this.#planned.steps = plannedSteps(this.#made);
    this.#planned.comingBack = comingBack(plan);
    return this.#made;
  }

  async #readFor(changes: readonly Start[]): Promise<Besides> {
    const { besides, bases } = await readBesides(changes, this.#connection, this.tenant.tenant);
    for (const [urn, live] of bases) this.#planned.bases.set(urn, live);
    return besides;
  }

  get #connection(): Connection {
    return (this.#service ?? fail("There is no way to the tenant")).connection;
  }

  /** Reads what the plan made last touches, what it counts on, and who has the names that it gives out: see live-objects.ts. */
  async compareWithTenant(): Promise<readonly ComparedChange[]> {
    const { plan, reliedOn, recorded } = this.#made ?? fail("Nothing was planned yet");
    const begun = (await this.#intents?.begun()) ?? new Set();
    const { alongside = [] } = this.tenant.signInSecurity ?? {};
    const from = { recorded, begun, alongside, connection: this.#connection };
    return await compareLive([...takenOverNames(plan), ...reliedOn], from);
  }

  /** Milliseconds by which this machine's clock is ahead of the tenant's services, which are asked for it if need be. */
  async clockAheadMs(): Promise<number> {
    const { service } = this.#connection;
    if (service.clockAheadMs() === undefined) await service.graph.get("/organization?$select=id");
    return service.clockAheadMs() ?? 0;
  }

  /**
   * Carries out the plan that this session made last, and nothing else. Undefined when it came to its end.
   * @param onStep is told the URN of each resource that has been changed
   */
  async apply(onStep: (urn: string) => void): Promise<ApplyFailure | undefined> {
    const onEvent = (event: EngineEvent): void => {
      const urn = changedBy(event);
      if (urn !== undefined) onStep(urn);
    };
    const { failure } = await this.#engine.up({ onEvent, planFile: this.#planFile });
    return failure;
  }

  /**
   * Fills the state with what is declared, as the tenant has it, of a session that was opened with `adopted`.
   * @throws ExpectedError `interrupted`, `not-taken-over` with what is not as declared: the state has the rest
   */
  async adopt(): Promise<void> {
    const { failure } = await this.#engine.adopt();
    if (failure?.isInterrupted === true) throw interrupted(failure);
    if (failure === undefined) return;
    throw new ExpectedError("not-taken-over", "The tenant could not be taken over completely.", {
      hint: "Nothing was written to the tenant. Correct the tenant file where the lines above say so, then run the same command again.",
      details: failure.messages,
      cause: failure.cause,
    });
  }

  /**
   * Reads everything back from the service and compares; changes nothing. Delta queries run behind the lists, so what
   * seems to differ is read once more without what was kept of the last look.
   * @throws ExpectedError `read-back-failed`, `interrupted`: a read that was not complete is never "no drift".
   */
  async readBack(): Promise<ReadBack & Deviations> {
    const found = await this.#readBackOnce();
    const isCertain =
      found.drift.length === 0 || !this.#connection.service.graph.distrustRelations();
    return isCertain ? found : await this.#readBackOnce();
  }

  async #readBackOnce(): Promise<ReadBack & Deviations> {
    this.#deviations.forget();
    const { events, failure } = await this.#engine.readBack();
    if (failure?.isInterrupted === true) throw interrupted(failure);
    if (failure !== undefined) {
      throw new ExpectedError("read-back-failed", "The tenant could not be read completely.", {
        hint: "Try again; objects that were not read may or may not have drifted.",
        details: failure.messages,
        cause: failure.cause,
      });
    }
    return { ...readBackFromEngineEvents(events, { describe, grain }), ...this.#deviations.found };
  }

  /** Everybody with an account, and every group, managed or not. */
  async listDirectory(): Promise<Directory> {
    return await listDirectory(this.#connection);
  }

  /** @param ids of everything in the state */
  async readBeside(ids: readonly string[]): Promise<Beside> {
    return await readBeside(this.#connection, {
      ...{ tenant: this.tenant, ids },
      place: { stacksDirectory: this.#stacksDirectory, tenant: this.stack },
    });
  }

  /** Who made differences, and when, as far as the audit log says it. */
  async findCauses(
    asked: Parameters<typeof findCauses>[1],
  ): Promise<Awaited<ReturnType<typeof findCauses>>> {
    return await findCauses(this.#connection, asked);
  }

  /** Takes away the engine's own lock on the state, which a process that died left behind. */
  async releaseState(): Promise<void> {
    await this.#engine.release();
  }

  /** Requests to the tenant's services so far. */
  requests(): { reads: number; writes: number } {
    return requestsOf(this.#service?.connection.service.statistics() ?? []);
  }

  async close(): Promise<void> {
    this.#engine.close();
    await closeAll({
      ...{ servers: this.#servers, service: this.#service },
      ...{ state: this.#state, folder: this.#folder },
    });
  }
}

function fail(message: string): never {
  throw new Error(message);
}
