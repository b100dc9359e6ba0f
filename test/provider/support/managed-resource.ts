/** One resource and its state, driven through the life cycle in the order in which the engine does it. */
import type { CheckFailure, ResourceDefinition } from "../../../provider/kit/define.ts";
import * as lifecycle from "../../../provider/kit/lifecycle.ts";
import type { Properties } from "../../../provider/kit/values.ts";
import type { World } from "./world.ts";

export interface State {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Creation did not come to an end: the next run goes on even if nothing differs. */
  readonly isUnfinished: boolean;
}

export type Outcome = "created" | "updated" | "replaced" | "same";

/** Thrown instead of an operation when the inputs are refused. */
class InputsRefusedError extends Error {
  readonly failures: readonly CheckFailure[];
  constructor(failures: readonly CheckFailure[]) {
    super(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
    this.failures = failures;
  }
}

export class ManagedResource {
  state: State | undefined;
  readonly #world: World;
  readonly #definition: ResourceDefinition;

  constructor(world: World, definition: ResourceDefinition, state?: State) {
    this.#world = world;
    this.#definition = definition;
    this.state = state;
  }

  /** Id of the state; a test that asks for it has made the object before. */
  get id(): string {
    if (this.state === undefined) throw new Error("Nothing in the state");
    return this.state.id;
  }

  get outputs(): Properties {
    if (this.state === undefined) throw new Error("Nothing in the state");
    return this.state.outputs;
  }

  /** What `pulumi up` does with this resource. */
  async up(declared: Properties): Promise<Outcome> {
    const inputs = this.#check(declared);
    const { state } = this;
    if (state === undefined) {
      await this.#create(inputs);
      return "created";
    }
    const { paths, replaces } = lifecycle.diff(this.#definition, {
      oldInputs: state.inputs,
      oldOutputs: state.outputs,
      news: inputs,
      ignoreChanges: [],
    });
    if (replaces.size > 0) {
      if (this.#definition.deleteBeforeReplace) await this.down();
      await this.#create(inputs);
      return "replaced";
    }
    if (paths.size === 0 && !state.isUnfinished) {
      // The engine keeps the new inputs all the same.
      this.state = { ...state, inputs };
      return "same";
    }
    const outputs = await lifecycle.update(this.#definition, this.#world.context, {
      id: state.id,
      news: inputs,
      oldInputs: state.inputs,
      oldOutputs: state.outputs,
      isUnfinished: state.isUnfinished,
    });
    this.state = { id: state.id, inputs, outputs, isUnfinished: false };
    return "updated";
  }

  /** What `pulumi refresh` does; gives the inputs as the service has them, undefined when it is gone. */
  async refresh(): Promise<Properties | undefined> {
    const { state } = this;
    if (state === undefined) throw new Error("Nothing in the state");
    const found = await lifecycle.read(this.#definition, this.#world.context, {
      id: state.id,
      oldInputs: state.inputs,
    });
    this.state =
      found === undefined
        ? undefined
        : { id: found.id, inputs: found.inputs, outputs: found.state, isUnfinished: false };
    return found?.inputs;
  }

  /** What `pulumi import` reads. */
  async read(id: string): Promise<Properties | undefined> {
    const found = await lifecycle.read(this.#definition, this.#world.context, {
      id,
      oldInputs: undefined,
    });
    return found?.inputs;
  }

  /** What `pulumi destroy` does; the state is kept, so that a second call removes again. */
  async down(): Promise<void> {
    const { state } = this;
    if (state === undefined) throw new Error("Nothing in the state");
    await lifecycle.remove(this.#definition, this.#world.context, {
      id: state.id,
      oldInputs: state.inputs,
    });
  }

  #check(declared: Properties): Properties {
    const { inputs, failures } = lifecycle.check(
      this.#definition,
      { values: declared, secretKeys: new Set(), unknownKeys: new Set() },
      this.state?.inputs,
    );
    if (failures.length > 0) throw new InputsRefusedError(failures);
    return inputs;
  }

  async #create(inputs: Properties): Promise<void> {
    const { announced, context } = this.#world;
    announced.length = 0;
    try {
      const made = await lifecycle.create(this.#definition, context, { inputs });
      this.state = { id: made.id, inputs, outputs: made.state, isUnfinished: false };
    } catch (error) {
      const last = announced.at(-1);
      if (last !== undefined) {
        const outputs = { ...inputs, ...last.outputs };
        this.state = { id: last.id, inputs, outputs, isUnfinished: true };
      }
      throw error;
    }
  }
}
