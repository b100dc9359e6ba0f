/** What a session is opened with, and what its steps are given and give. */
import type { RequestObserver, WaitingObserver } from "../services/index.ts";
import type { DigestedPlan, StateInputs } from "../plan/index.ts";
import type { TenantLock } from "../state/index.ts";
import type { Properties } from "../provider/index.ts";
import type { Workspace } from "../workspace/index.ts";
import type { Accepted } from "../core/accepted.ts";
import type { Rules } from "../core/rules.ts";
import type { RunOptions } from "./automation.ts";

export interface SessionOptions {
  readonly workspace: Workspace;
  readonly stack: string;
  readonly signal: AbortSignal;
  /** `preview` has no way to the tenant at all; `apply` reads and writes. */
  readonly access: "preview" | "apply";
  /** Plans start from what the tenant holds now; needs access to it. Default: from what was applied last. */
  readonly refresh?: boolean | undefined;
  readonly onRequest?: RequestObserver | undefined;
  readonly onWaiting?: WaitingObserver | undefined;
  /** Under which an update is made, creations are written down, and which is asked before each write to a service. */
  readonly lock?: Pick<TenantLock, "fence" | "intents" | "mayWrite"> | undefined;
  /** For a take-over: the id under which the tenant has what is declared. Then nothing can be written, lock or not. */
  readonly adopted?: ((type: string, inputs: Properties) => string) | undefined;
  /** Deviations that a reading takes for what was applied. Default: those of the tenant file, as they would be applied. */
  readonly accepted?: readonly Accepted[] | undefined;
  /** Reads the whole tenant and writes nothing: what was kept of the last look saves requests. */
  readonly looksOnly?: boolean | undefined;
  /** Moment of whose day the tenant file is read: what is over then is left out. Default: now. */
  readonly asOf?: Date | undefined;
  readonly now: () => Date;
}

/** Why an apply did not come to its end. */
export interface ApplyFailure {
  /** What the engine and the providers said, one line each. */
  readonly messages: readonly string[];
  readonly cause: unknown;
}

export interface PlanOptions extends Pick<RunOptions, "onEvent"> {
  readonly appliedRules: Rules | null;
}

/** With the inputs of every object by URN, secrets masked. */
export interface MadePlan extends DigestedPlan, StateInputs {}
