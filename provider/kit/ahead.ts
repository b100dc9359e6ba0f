/** Steps of the approved plan that go before their turn: the engine makes and changes first, and removes last. */
import type { Properties } from "./values.ts";

/** One change of an object that is there, or of one of its lists that comes into the state. */
export interface PlannedStep {
  readonly type: string;
  readonly id: string;
  /** Inputs as the state has them. */
  readonly before: Properties;
  /** Undefined when it is removed. */
  readonly after: Properties | undefined;
}

export interface Ahead {
  readonly steps: (type: string) => readonly PlannedStep[];
  /**
   * Carries the step out, up to these inputs, as its own turn would: from what is there, and the approved difference
   * only. The turn itself then finds it done.
   */
  readonly carryOut: (step: PlannedStep, news: Properties) => Promise<void>;
  /** Whether this call itself goes before its turn, so that what it asks for must not wait for others. */
  readonly isAhead: boolean;
}

/** One after the other, each after the end of the one before, however that ended. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  async take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return await turn;
  }
}
