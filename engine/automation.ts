/** The one wrapper around Pulumi's Automation API: a stack with its program, providers and policy pack. */
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation/index.js";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import {
  CommandError,
  ConcurrentUpdateError,
  StackAlreadyExistsError,
} from "@pulumi/pulumi/automation/errors.js";
import semver from "semver";
import { engineEnvironment } from "./environment.ts";
import { keepFromLogging } from "./sdk/no-engine-log.ts";
import { programDirectory } from "../core/clone.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { interrupted } from "../core/interruption.ts";
import { signalForChild } from "./cancellation.ts";
import type { ChildSignal } from "./cancellation.ts";
import { connectionsOfThisRun } from "./sdk/close-connections.ts";
import { forgetSourcePositions } from "./sdk/strip-stack-traces.ts";
import { areComplete, keepStackKeys, readStackKeys } from "./stack-encryption.ts";
import type { StackName, StateBackend } from "./state-backend.ts";
import { nameOfUrn } from "../core/urn.ts";
import { PROJECT } from "../state/index.ts";
import type { Setup, Workspace } from "../workspace/index.ts";

export const stackName = (stack: string): StackName => ({ project: PROJECT, stack });

/**
 * Resources that the engine works on at the same time. They mostly wait for the service, and what is asked at the same
 * time travels together; the engine's default, four for each processor, leaves batches of 20 half empty.
 */
export const PARALLEL = 64;

export interface EngineOptions {
  readonly workspace: Workspace;
  readonly setup: Setup;
  readonly stack: string;
  /** Empty folder for the engine's project; whatever stood in it would be taken for settings. */
  readonly workDir: string;
  readonly program: () => void;
  readonly state: StateBackend;
  /** Ports of the providers that this process serves, by package name. */
  readonly providerPorts: ReadonlyMap<string, number>;
  /** Port of the policy pack that this process serves. */
  readonly policyPort: number;
  /** Environment that a provider plugin of others needs (credentials). */
  readonly pluginEnvironment: Readonly<Record<string, string>>;
  /** Every preview and update starts from what the services hold at that moment, rather than from the state. */
  readonly refresh: boolean;
  /** Interrupts the engine: it stops after the steps under way and leaves a state to go on from. */
  readonly signal: AbortSignal;
}

export interface EngineRun {
  readonly events: readonly EngineEvent[];
  /** What the engine said when it did not succeed. */
  readonly failure: EngineFailure | undefined;
}

export interface EngineFailure {
  /** Errors, each with the resource it is about. */
  readonly messages: readonly string[];
  /** True when the run was told to stop. */
  readonly isInterrupted: boolean;
  readonly cause: unknown;
}

export interface RunOptions {
  readonly onEvent?: (event: EngineEvent) => void;
  /** Where the engine writes its plan (preview) or finds the one that binds it (up). */
  readonly planFile?: string;
}

/** How the connections of the program that ran last are closed. */
interface Connections {
  close: (() => void) | undefined;
}

type Running = (onEvent: (event: EngineEvent) => void) => Promise<void>;

/** One tenant's stack, open for runs of the engine. */
export class Engine {
  readonly #stack: Stack;
  readonly #signal: AbortSignal;
  readonly #engineSignal: ChildSignal;
  readonly #refresh: boolean;
  readonly #keepKeys: () => Promise<void>;
  readonly #connections: Connections;
  readonly #state: StateBackend;

  private constructor(
    stack: Stack,
    { signal, refresh, state }: EngineOptions,
    { connections, keepKeys }: { connections: Connections; keepKeys: () => Promise<void> },
  ) {
    this.#stack = stack;
    this.#signal = signal;
    this.#engineSignal = signalForChild(signal);
    this.#refresh = refresh;
    this.#keepKeys = keepKeys;
    this.#connections = connections;
    this.#state = state;
  }

  static async open(options: EngineOptions): Promise<Engine> {
    const { workspace, setup, stack, signal, workDir } = options;
    const attached = [...options.providerPorts].map(([name, port]) => `${name}:${port}`);
    const { secretsProvider } = workspace.settings;
    forgetSourcePositions();
    await keepFromLogging(setup.pulumiHome);
    const connections: Connections = { close: undefined };
    const kept = readStackKeys(workspace, stack);
    const keys = areComplete(kept) ? kept : { ...kept, ...(await options.state.stackKeys()) };
    const isOpen = options.state.holdsStack && areComplete(keys);
    const project = await LocalWorkspace.create({
      workDir,
      secretsProvider,
      pulumiHome: setup.pulumiHome,
      pulumiCommand: engineCommand(setup),
      program: async () => {
        connections.close = connectionsOfThisRun();
        options.program();
      },
      // Written here, into an empty folder: a Pulumi.yaml of others could swap providers.
      projectSettings: { name: PROJECT, runtime: "nodejs" },
      stackSettings: { [stack]: keys },
      envVars: {
        ...engineEnvironment(workspace.settings),
        PULUMI_HOME: setup.pulumiHome,
        ...options.pluginEnvironment,
        ...options.state.environment,
        PULUMI_DEBUG_PROVIDERS: attached.join(","),
        // Read by the plugin that the engine starts for the policy pack (setup/analyzer.mjs).
        TENANTRY_POLICY_PORT: String(options.policyPort),
        // The engine would look for plugins of attached packages on the internet, five times, in each run.
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: String(options.providerPorts.has("azuread")),
      },
    });
    // Each of these is one more run of the engine: for what is known, and for what nobody asks.
    if (isOpen) project.selectStack = () => Promise.resolve();
    project.stackOutputs = () => Promise.resolve({});
    // Only the making of a stack makes keys; of one that was never applied it may be asked for again.
    const opening = areComplete(keys)
      ? Stack.createOrSelect(stack, project)
      : Stack.create(stack, project).catch((error: unknown) => {
          if (error instanceof StackAlreadyExistsError) return Stack.createOrSelect(stack, project);
          throw error;
        });
    const opened = await opening.catch((cause: unknown) => {
      if (signal.aborted) throw interrupted({ cause });
      throw cause instanceof CommandError ? stateUnavailable(cause) : cause;
    });
    opened.info = () => Promise.resolve(undefined);
    const keepKeys = async (): Promise<void> => {
      keepStackKeys(workspace, stack, await project.stackSettings(stack));
    };
    // Also for a first run that fails: the stack is there from now on, and opens with no other keys.
    if (!isOpen) await keepKeys();
    return new Engine(opened, options, { connections, keepKeys });
  }

  /** What an update would do, judged by the policy pack. Writes nothing but the plan file. */
  async preview(options: RunOptions = {}): Promise<EngineRun> {
    return await this.#look(options, async (onEvent) => {
      await this.#stack.preview({
        onEvent,
        policyPacks: [policyPackDirectory],
        signal: this.#engineSignal.signal,
        refresh: this.#refresh,
        // Without reading there is nothing to wait for.
        ...(this.#refresh ? { parallel: PARALLEL } : {}),
        ...(options.planFile === undefined ? {} : { plan: options.planFile }),
      });
    });
  }

  /**
   * Carries out exactly what the plan file holds, and breaks off at the first failure: with `continueOnError` the id of
   * somebody who could not be made is missing in the program, and only the plan keeps a group from losing its owners.
   */
  async up(options: RunOptions & { readonly planFile: string }): Promise<EngineRun> {
    return await this.#run(options, async (onEvent) => {
      await this.#stack.up({
        onEvent,
        policyPacks: [policyPackDirectory],
        plan: options.planFile,
        parallel: PARALLEL,
        signal: this.#engineSignal.signal,
        refresh: this.#refresh,
      });
    });
  }

  /**
   * An update in which the providers look for what is declared instead of making it. No policy has a say in what a
   * tenant is already; the first plan tells what they say of it.
   */
  async adopt(options: RunOptions = {}): Promise<EngineRun> {
    return await this.#run(options, async (onEvent) => {
      await this.#stack.up({ onEvent, parallel: PARALLEL, signal: this.#engineSignal.signal });
    });
  }

  /** Reads every object back from the service and compares it with the state; writes nothing. */
  async readBack(options: RunOptions = {}): Promise<EngineRun> {
    return await this.#look(options, async (onEvent) => {
      const { signal } = this.#engineSignal;
      await this.#stack.previewRefresh({ onEvent, parallel: PARALLEL, signal });
    });
  }

  /** Opens every secret of the state, and keeps none of them. @throws ExpectedError `wrong-passphrase`, `state-unavailable` */
  async openSecrets(): Promise<void> {
    const { failure } = await this.#look({}, async () => {
      await this.#stack.exportStack();
    });
    if (failure?.isInterrupted === true) throw interrupted(failure);
    if (failure !== undefined) throw stateUnavailable(failure.cause);
  }

  /** Removes the engine's lock on this stack's state, whoever holds it. */
  async release(): Promise<void> {
    await this.#stack.cancel();
  }

  close(): void {
    this.#engineSignal.close();
  }

  /** A run that changes nothing: told to stop it has failed, even when it came to its end before it heard. */
  async #look(options: RunOptions, run: Running): Promise<EngineRun> {
    const { events, failure } = await this.#run(options, run);
    const ofState = this.#state.failure();
    if (failure !== undefined && ofState !== undefined) throw ofState;
    if (failure?.messages.some((line) => STATE_UNREADABLE.test(line)) === true) {
      throw stateUnavailable(failure.cause);
    }
    const { aborted: isInterrupted } = this.#signal;
    if (failure !== undefined || !isInterrupted) return { events, failure };
    return { events, failure: { messages: [], isInterrupted, cause: undefined } };
  }

  async #run(options: RunOptions, run: Running): Promise<EngineRun> {
    const events: EngineEvent[] = [];
    try {
      // A Ctrl-C before the engine was there has not reached it.
      this.#signal.throwIfAborted();
      await run((event) => {
        events.push(event);
        if (startsSomething(event)) this.#engineSignal.started();
        options.onEvent?.(event);
      });
      await this.#keepKeys();
      return { events, failure: undefined };
    } catch (error) {
      if (error instanceof ConcurrentUpdateError) {
        throw new ExpectedError(
          "stack-locked",
          "Somebody else is changing this tenant right now.",
          {
            hint: "Wait until that run has ended, then plan again; {status} shows who holds the lock.",
            remedy: { status: { tenant: this.#stack.name } },
            cause: error,
          },
        );
      }
      if (isAboutPassphrase(error)) {
        throw new ExpectedError(
          "wrong-passphrase",
          "The passphrase does not open the secrets in this tenant's state.",
          {
            hint: "Set PULUMI_CONFIG_PASSPHRASE to the passphrase of this state; nothing was changed.",
            cause: error,
          },
        );
      }
      const { aborted: isInterrupted } = this.#signal;
      const ofState = this.#state.failure();
      if (ofState !== undefined) {
        return { events, failure: { messages: [ofState.message], isInterrupted, cause: ofState } };
      }
      const reported = errorMessages(events);
      // An engine that did not get to its work reports no events; what it says then is about the state.
      const said = reported.length === 0 && !isInterrupted ? errorLines(error) : [];
      const messages = [...reported, ...said];
      return { events, failure: { messages, isInterrupted, cause: error } };
    } finally {
      this.#connections.close?.();
      this.#connections.close = undefined;
    }
  }
}

/** Steps that change nothing: nothing to do, and the reading before an apply with `refresh`. */
const IDLE: ReadonlySet<string> = new Set(["same", "refresh"]);

/** URN of the resource of which a step that changes something has ended. */
export function changedBy({ resOutputsEvent: event }: EngineEvent): string | undefined {
  return event === undefined || IDLE.has(event.metadata.op) ? undefined : event.metadata.urn;
}

const startsSomething = ({ resourcePreEvent }: EngineEvent): boolean =>
  resourcePreEvent !== undefined && resourcePreEvent.metadata.op !== "same";

/** Of an object that was under way when another one failed: nothing is wrong with it. */
const isCutShort = ({ message }: { readonly message: string }): boolean =>
  message.endsWith(": context canceled");

/** The engine has no code for it, only these words (pkg/secrets/passphrase of 3.250). */
const isAboutPassphrase = (error: unknown): boolean =>
  error instanceof Error && /incorrect passphrase/i.test(error.message);

/**
 * What the engine and the providers said went wrong. When a run breaks off, the engine also complains of every
 * planned step that did not come; those say nothing, and complaints about a plan may hold secrets in clear.
 */
function errorMessages(events: readonly EngineEvent[]): string[] {
  const errors = events.flatMap(({ diagnosticEvent: told }) =>
    told?.severity === "error" ? [{ name: nameOf(told.urn), message: told.message.trim() }] : [],
  );
  const ofPlan = errors.filter(isAboutPlan);
  const own = errors.filter((told) => !isAboutPlan(told) && !isCutShort(told));
  if (own.length === 0 && ofPlan.length > 0) {
    return ofPlan.map(({ name }) => `${name}differs from the plan that was made a moment ago`);
  }
  return own.map(({ name, message }) => `${name}${message}`);
}

const isAboutPlan = ({ message }: { message: string }): boolean =>
  message.includes("violates plan") || message.startsWith("expected resource operations for");

/** Words of the engine for a state that it cannot read, or whose secrets it cannot open (pkg/backend of 3.250). */
const STATE_UNREADABLE = /^error: .*(failed to load checkpoint|stack secrets manager)/;

/** The engine's own complaints, without those that may hold secrets. */
const errorLines = (cause: unknown): string[] =>
  cause instanceof CommandError
    ? [...new Set(cause.message.split("\n"))].filter(
        (line) => line.startsWith("error:") && !isAboutPlan({ message: line }),
      )
    : [];

const stateUnavailable = (cause: unknown): ExpectedError =>
  new ExpectedError("state-unavailable", "The state of the stack cannot be opened.", {
    hint: "Check `state` in tenantry.yaml, and that you may read and write there (docs/settings.md).",
    details: errorLines(cause),
    cause,
  });

/** The pack as the build left it, beside the program: never the one of the customers' repository. */
export const policyPackDirectory = join(programDirectory, "policies");

type CommandConstructor = new (path: string, version: semver.SemVer | null) => PulumiCommand;

/** The engine that set-up found. `PulumiCommand.get` would run it once more only to learn its version. */
function engineCommand(setup: Setup): PulumiCommand {
  const Command = PulumiCommand as unknown as CommandConstructor;
  return new Command(setup.enginePath, semver.parse(setup.engineVersion));
}

const nameOf = (urn = ""): string => (urn === "" ? "" : `${nameOfUrn(urn)}: `);
