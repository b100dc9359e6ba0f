/** What a command is: its words from two zod objects, its examples, and a function that returns what happened as a value. */
import type { ExpectedError } from "../core/expected-error.ts";
import type { Argument, Option } from "commander";
import type { z } from "zod";
import type { LocalOptions, OperationContext } from "../operations/index.ts";
import type { Workspace } from "../workspace/index.ts";
import type { Terminal } from "./output/terminal.ts";
import { argumentsOf, checkedWords, optionsOf } from "./words.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

export interface CommandContext {
  /** All that there are. */
  readonly commands: readonly CommandEntry[];
  /** Opened when first asked for: some commands need none. */
  readonly workspace: Workspace;
  /** What the operations of this workspace are given. */
  readonly operation: (more?: Pick<LocalOptions, "onRequest">) => Promise<OperationContext>;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
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

interface CommandDefinition<Args extends z.ZodObject, Options extends z.ZodObject> {
  /** In the order in which they are written. */
  readonly args: Args;
  /** `exitCode` is written `--exit-code`. Checked before the command starts: a slip should not cost its work. */
  readonly options: Options;
  readonly examples: readonly Example[];
  readonly run: (
    context: CommandContext,
    input: { readonly args: z.output<Args>; readonly options: z.output<Options> },
  ) => Promise<Outcome>;
}

interface Example {
  readonly line: string;
  readonly meaning: string;
}

export interface Command {
  readonly args: readonly Argument[];
  readonly options: readonly Option[];
  readonly examples: readonly Example[];
  /**
   * Takes the words as the parser read them.
   * @throws ExpectedError `invalid-argument`, `invalid-option`, `invalid-name`, and what the command throws.
   */
  run(
    context: CommandContext,
    words: {
      readonly args: readonly unknown[];
      readonly options: Readonly<Record<string, unknown>>;
    },
  ): Promise<Outcome>;
}

export function defineCommand<Args extends z.ZodObject, Options extends z.ZodObject>(
  definition: CommandDefinition<Args, Options>,
): Command {
  const args = argumentsOf(definition.args);
  return {
    args,
    options: optionsOf(definition.options),
    examples: definition.examples,
    run: async (context, words) => {
      const named = Object.fromEntries(
        Object.keys(definition.args.shape).map((key, at) => [key, words.args[at]]),
      );
      const given = {
        args: checkedWords(definition.args, named, "argument"),
        options: checkedWords(definition.options, words.options, "option"),
      };
      if (typeof named.tenant === "string") await refuseUnknownTenant(context, named.tenant);
      return await definition.run(context, given);
    },
  };
}

async function refuseUnknownTenant(context: CommandContext, tenant: string): Promise<void> {
  // Of the commands, only those with a tenant need what is loaded here.
  const operations = await import("../operations/index.ts");
  await operations.refuseUnknownTenant(await context.operation(), tenant);
}
