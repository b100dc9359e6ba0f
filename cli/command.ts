/** What a command is: its words, its examples, and a function that returns what happened as a value. */
import { stackName } from "../approval/index.ts";
import type { OperationContext } from "../operations/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { Terminal } from "./output/terminal.ts";

export interface CommandContext extends OperationContext {
  readonly terminal: Terminal;
  /** Prints a result before the command ends, on one line with `--json`: for commands that run until they are stopped. */
  readonly announce: (result: Pick<Outcome, "text" | "json">) => void;
}

export interface Outcome {
  /** One of `EXIT`. */
  readonly exitCode: number;
  /** For people, on standard output. */
  readonly text: string;
  /** For programs, with `--json`: the same facts; undefined where everything was announced before. */
  readonly json: unknown;
  /** An expected failure beside a result that is shown all the same: reported after it, with its exit code. */
  readonly refused?: ExpectedError;
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
 * @throws ExpectedError when it is anything but a name, such as a path.
 */
export function firstArgument(input: CommandInput): string {
  const [first] = input.args;
  if (first === undefined) throw new Error("A command ran without its argument");
  if (stackName.safeParse(first).success) return first;
  throw new ExpectedError("invalid-name", `${JSON.stringify(first)} is no name.`, {
    hint: "Give the name of a folder in stacks/: letters, digits, dots, hyphens and underscores.",
  });
}
