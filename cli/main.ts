/** Entry: parses the words, runs one command, prints its outcome, sets the exit code. */
import { Command, CommanderError } from "commander";
import { firstArgument } from "./command.ts";
import type { CommandContext, CommandDefinition, Outcome } from "./command.ts";
import { commands } from "./registry.ts";
import { EXIT } from "./exit-codes.ts";
import { expectedFailure, ExpectedError } from "../core/expected-error.ts";
import type { Failure } from "../core/expected-error.ts";
import { AT_TERMINAL } from "../engine/index.ts";
import { refuseUnknownTenant } from "../operations/index.ts";
import { openWorkspace, toolVersion } from "../workspace/index.ts";
import { openTerminal } from "./output/terminal.ts";

const EXIT_CODES = `Exit codes: 0 done · 2 refused or invalid input · 3 changes are waiting (where asked for) · 1 our bug`;

const interrupted = new AbortController();
const terminal = openTerminal(process.stderr);

/**
 * The first Ctrl-C lets what is under way come to an end, the second one leaves at once. The listeners stay:
 * the library that starts the engine ends this process when nobody else listens any more.
 */
for (const [signal, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    if (interrupted.signal.aborted) {
      terminal.leave();
      process.exit(exitCode);
    }
    terminal.warn(
      "Stopping: what is under way is finished first. Press Ctrl-C again to leave at once.",
    );
    const atTerminal = signal === "SIGINT" && (process.stdin.isTTY || process.stderr.isTTY);
    interrupted.abort(atTerminal ? AT_TERMINAL : undefined);
  });
}

// A reader that has seen enough (`| head`) is no failure, and no reason to stop what is under way.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("tenantry")
    .description("Customers' Microsoft 365 tenants as code: plan, approve, apply")
    .version(toolVersion())
    .option("--workspace <folder>", "folder that holds stacks/ (default: the nearest one above)")
    .option("--json", "print the result as JSON")
    .addHelpText("after", `\n${EXIT_CODES}`)
    .exitOverride()
    .configureOutput({
      // Said below, like every other refusal.
      outputError: () => undefined,
    });
  let exitCode: number = EXIT.done;
  for (const definition of commands) {
    addCommand(program, definition, (code) => {
      exitCode = code;
    });
  }
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    const asJson = argv.includes("--json");
    if (!(error instanceof CommanderError)) return report(error, asJson);
    if (error.exitCode === 0) return EXIT.done;
    // Without a command the help was shown already.
    const isExplained = error.code === "commander.help" && !asJson;
    return isExplained ? EXIT.refused : report(invalidUsage(error, argv), asJson);
  }
  return exitCode;
}

function addCommand(
  program: Command,
  definition: CommandDefinition,
  setExitCode: (code: number) => void,
): void {
  const examples = definition.examples.map(({ line, meaning }) => `  $ ${line}\n      ${meaning}`);
  const command = program
    .command(definition.name)
    .description(definition.summary)
    .option("--workspace <folder>", "folder that holds stacks/ (default: the nearest one above)")
    .option("--json", "print the result as JSON")
    .addHelpText("after", `\nExamples:\n${examples.join("\n")}\n\n${EXIT_CODES}`)
    .exitOverride();
  for (const { name, description } of definition.args) command.argument(name, description);
  for (const { flags, description } of definition.options) command.option(flags, description);
  command.action(async () => {
    const options = command.optsWithGlobals<Record<string, unknown>>();
    const { workspace } = options;
    const context: CommandContext = {
      // Opened when first asked for: some commands need none.
      get workspace() {
        return openWorkspace(typeof workspace === "string" ? workspace : undefined, process.cwd());
      },
      terminal,
      signal: interrupted.signal,
      announce: ({ text, json }) => {
        process.stdout.write(`${options.json === true ? JSON.stringify(json) : text}\n`);
      },
    };
    const input = { args: command.args, options };
    if (definition.args[0]?.name === "<tenant>") {
      await refuseUnknownTenant(context.workspace, firstArgument(input));
    }
    const outcome = await definition.run(context, input);
    setExitCode(print(outcome, options.json === true));
  });
}

/** What commander refuses, in the form of every other refusal. */
function invalidUsage(error: CommanderError, argv: readonly string[]): ExpectedError {
  const [said = "", ...suggestions] = error.message.replace(/^error: /, "").split("\n");
  const what = error.code === "commander.help" ? "no command is named" : said.replace(/\.$/, "");
  const command = argv.find((word) => commands.some(({ name }) => name === word));
  const words = ["tenantry", ...(command === undefined ? [] : [command]), "--help"].join(" ");
  return new ExpectedError("invalid-usage", `The command cannot be run as it is given: ${what}.`, {
    hint: `\`${words}\` shows what it takes.`,
    details: suggestions,
    cause: error,
  });
}

function print({ json, text, exitCode, refused }: Outcome, asJson: boolean): number {
  const failure = expectedFailure(refused);
  if (asJson) {
    if (json === undefined) return exitCode;
    const whole = failure === undefined ? json : { error: failure, ...(json as object) };
    process.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
  } else if (text !== "") {
    process.stdout.write(`${text}\n`);
  }
  if (failure === undefined) return exitCode;
  if (!asJson) explain(failure);
  return EXIT.refused;
}

/** Expected failures in a sentence with what to do next; our bugs with their stack. */
function report(error: unknown, asJson: boolean): number {
  const failure = expectedFailure(error);
  if (failure === undefined) {
    terminal.warn("This is a bug in tenantry. Please report it with the lines below.");
    terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT.internalError;
  }
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ error: failure }, null, 2)}\n`);
  } else {
    explain(failure);
  }
  return EXIT.refused;
}

function explain({ code, message, hint, details }: Failure): void {
  for (const line of details) terminal.note(line);
  terminal.note(terminal.style("red", `${message} [${code}]`));
  terminal.note(hint);
}

process.exitCode = await main(process.argv.slice(2));
