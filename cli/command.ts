/** What a command is: its words, its examples, and a function that returns what happened as a value. */
import type { RequestObserver } from "../services/index.ts";
import { stackName } from "../approval/fields.ts";
import { UserError } from "./errors.ts";
import type { Terminal } from "./output/terminal.ts";
import type { Workspace } from "../workspace/workspace.ts";

export interface CommandContext {
  readonly workspace: Workspace;
  /** Progress and remarks; never the result. */
  readonly terminal: Terminal;
  /** Fires at the first Ctrl-C: start nothing new, leave a state from which the next run goes on. */
  readonly signal: AbortSignal;
  /** Prints a result before the command ends, on one line with `--json`: for commands that run until they are stopped. */
  readonly announce: (result: Pick<Outcome, "text" | "json">) => void;
  /** Sees every request to the services; set where the caller asked for timings or a trace. */
  readonly onRequest?: RequestObserver | undefined;
}

export interface Outcome {
  /** One of `EXIT`. */
  readonly exitCode: number;
  /** For people, on standard output. */
  readonly text: string;
  /** For programs, with `--json`: the same facts; undefined where everything was announced before. */
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

/** For the commands that plan; what was planned with it has to be applied with it. */
export const refreshOption = {
  flags: "--refresh",
  description: "start from what the tenant holds now: what was changed by hand is put back",
};

/** A text option, or undefined when it was not given. */
export function textOption(input: CommandInput, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === "string" ? value : undefined;
}

export const flag = (input: CommandInput, name: string): boolean => input.options[name] === true;

/**
 * The first argument, a name; commander has made sure that it is there.
 * @throws UserError when it is anything but a name, such as a path.
 */
export function firstArgument(input: CommandInput): string {
  const [first] = input.args;
  if (first === undefined) throw new Error("A command ran without its argument");
  if (stackName.safeParse(first).success) return first;
  throw new UserError("invalid-name", `${JSON.stringify(first)} is no name.`, {
    hint: "Give the name of a folder in stacks/: letters, digits, dots, hyphens and underscores.",
  });
}
