/** What a command is: its words, its examples, and a function that returns what happened as a value. */
import type { RequestObserver } from "../graph/index.ts";
import type { Terminal } from "./terminal.ts";
import type { Workspace } from "./workspace.ts";

export interface CommandContext {
  readonly workspace: Workspace;
  /** Progress and remarks; never the result. */
  readonly terminal: Terminal;
  /** Fires at the first Ctrl-C: start nothing new, leave a state from which the next run goes on. */
  readonly signal: AbortSignal;
  /** Sees every request to the services; set where the caller asked for timings or a trace. */
  readonly onRequest?: RequestObserver | undefined;
}

export interface Outcome {
  /** One of `EXIT`. */
  readonly exitCode: number;
  /** For people, on standard output. */
  readonly text: string;
  /** For programs, with `--json`: the same facts. */
  readonly json: unknown;
}

export interface CommandInput {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  /** In commander's form: `<tenant>`, `[tenant...]`. */
  readonly args: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly { readonly flags: string; readonly description: string }[];
  readonly examples: readonly { readonly line: string; readonly meaning: string }[];
  run(context: CommandContext, input: CommandInput): Promise<Outcome>;
}

/** A text option, or undefined when it was not given. */
export function textOption(input: CommandInput, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === "string" ? value : undefined;
}

export const flag = (input: CommandInput, name: string): boolean => input.options[name] === true;

/** The first argument; commander has made sure that it is there. */
export function firstArgument(input: CommandInput): string {
  const [first] = input.args;
  if (first === undefined) throw new Error("A command ran without its argument");
  return first;
}
