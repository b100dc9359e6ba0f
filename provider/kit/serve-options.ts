/** What a provider is told of the plan and the tenant file, beside what the engine says. */
import type { Acceptance } from "./accepted.ts";
import type { Adoptions } from "./adopt.ts";
import type { PlannedStep } from "./ahead.ts";
import type { Intents } from "./earlier-run.ts";
import type { Properties } from "./values.ts";

export interface ServeOptions {
  /** Whether the declaration releases the resource: then its deletion sends no request, and it stays as it is. */
  readonly isReleased?: (urn: string) => boolean;
  /** Where a list starts that becomes managed, as it was approved; undefined: it is only added to. */
  readonly baseOf?: (urn: string) => Base | undefined;
  /** Whether what is created comes back from the recycle bin, as it was approved. */
  readonly comesBack?: (urn: string) => boolean;
  /** Deviations of the resource that a reading takes for what was declared. */
  readonly acceptances?: (urn: string) => readonly Acceptance[];
  /** Where creations are written down before they are sent; without, a death in the middle of one is a conflict. */
  readonly intents?: Intents | undefined;
  /**
   * Set for a take-over: nothing is created, what is declared is looked for in the tenant under this id, and has to be
   * as declared. @throws RefusedError for an object that the tenant does not have
   */
  readonly adopted?: ((type: string, inputs: Properties) => string) | undefined;
  /** What a plan takes over by its name, and what it found there; left out where the tenant is not read. */
  readonly adoptions?: Adoptions | undefined;
  /** Approved changes of objects that are there; some have to be carried out before the engine comes to them. */
  readonly planned?: () => readonly PlannedStep[];
}

/** A list of an object that exists, before it was declared. */
interface Base {
  readonly id: string;
  readonly inputs: Properties;
}
