/** The words of a call become one command, its outcome becomes text or JSON, and its failure an exit code. */
import { Command as Parser, CommanderError } from "commander";
import { toolVersion } from "../core/clone.ts";
import { expectedFailure, ExpectedError } from "../core/expected-error.ts";
import type { Command, CommandContext, Outcome } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import { progressOn } from "./output/progress.ts";
import { wordedFailure } from "./output/remedy.ts";
import type { WordedFailure } from "./output/remedy.ts";
import type { Terminal } from "./output/terminal.ts";
import { commands } from "./registry.ts";

const EXIT_CODES = `Exit codes: 0 done · 2 refused or invalid input · 3 changes are waiting, 4 not looked at for 26 hours (where asked for) · 5 not approved yet (in pipelines) · 6 another run is at work (in pipelines, plan --all) · 1 internal error`;

/** Where a program runs. */
export interface Surroundings {
  /** Where the command was called. */
  readonly directory: string;
  /** For progress, remarks and failures. */
  readonly terminal: Terminal;
  /** Told of Ctrl-C. */
  readonly signal: AbortSignal;
  /** Takes results and help. */
  readonly print: (text: string) => void;
}

interface GlobalOptions {
  readonly workspace?: string;
  readonly json?: boolean;
}

/** Runs one command and returns the exit code; fails itself with nothing. */
export async function runProgram(
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = withGlobalOptions(new Parser("tenantry"))
    .description("Customers' Microsoft 365 tenants as code: plan, approve, apply")
    .version(toolVersion())
    .addHelpText("after", `\n${EXIT_CODES}`)
    // Its own help knows only what was loaded.
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: surroundings.print,
      writeErr: (text) => {
        surroundings.terminal.note(text.trimEnd());
      },
      // Reported like every other refusal.
      outputError: () => undefined,
    });
  for (const { name, summary } of commands)
    withGlobalOptions(program.command(name)).description(summary);
  program
    .command("help [command]")
    .description("display help for command")
    .action(async (name?: string) => {
      await program.parseAsync([...(name === undefined ? [] : [name]), "--help"], { from: "user" });
    });
  program.hook("preSubcommand", async (_, parser) => {
    const entry = commands.find(({ name }) => name === parser.name());
    if (entry === undefined) return;
    const { command } = await entry.load();
    prepare(parser, command, async () => {
      exitCode = await runCommand(command, parser, surroundings);
    });
  });
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    const asJson = argv.includes("--json");
    if (!(error instanceof CommanderError)) return report(error, asJson, surroundings);
    if (error.exitCode === 0) return EXIT.done;
    // Without a command the help was shown already.
    const isExplained = error.code === "commander.help" && !asJson;
    return isExplained ? EXIT.refused : report(invalidUsage(error, argv), asJson, surroundings);
  }
  return exitCode;
}

const withGlobalOptions = (parser: Parser): Parser =>
  parser
    .option("--workspace <folder>", "folder that holds stacks/ (default: the nearest one above)")
    .option("--json", "print the result as JSON");

/** What only the loaded command knows: its arguments, its options and its examples. */
function prepare(
  parser: Parser,
  { args, options, examples }: Command,
  action: () => Promise<void>,
): void {
  const lines = examples.map(({ line, meaning }) => `  $ ${line}\n      ${meaning}`);
  for (const argument of args) parser.addArgument(argument);
  for (const option of options) parser.addOption(option);
  parser.addHelpText("after", `\nExamples:\n${lines.join("\n")}\n\n${EXIT_CODES}`).action(action);
}

async function runCommand(
  command: Command,
  parser: Parser,
  { directory, terminal, signal, print }: Surroundings,
): Promise<number> {
  const { workspace, json, ...options } = parser.optsWithGlobals<GlobalOptions>();
  const { openWorkspace } = await import("../workspace/index.ts");
  const context: CommandContext = {
    commands,
    get workspace() {
      return openWorkspace(workspace, directory);
    },
    operation: async (more) => {
      const { localContext } = await import("../operations/index.ts");
      return localContext({
        workspace: openWorkspace(workspace, directory),
        environment: process.env,
        now: () => new Date(),
        report: progressOn(terminal),
        signal,
        ...more,
      });
    },
    terminal,
    signal,
    announce: (result) => {
      print(`${json === true ? JSON.stringify(result.json) : result.text}\n`);
    },
  };
  const outcome = await command.run(context, { args: parser.processedArgs, options });
  const failure = failureOf(outcome.refused);
  const text = textOf(outcome, { failure, asJson: json === true });
  if (text !== "") print(`${text}\n`);
  if (failure === undefined) return outcome.exitCode;
  if (json !== true) explain(failure, terminal);
  return EXIT.refused;
}

function textOf(
  { text, json }: Outcome,
  { failure, asJson }: { readonly failure: WordedFailure | undefined; readonly asJson: boolean },
): string {
  if (!asJson) return text;
  if (json === undefined) return "";
  const whole = failure === undefined ? json : { error: failure, ...(json as object) };
  return JSON.stringify(whole, null, 2);
}

/** What commander refuses, in the form of every other refusal. */
function invalidUsage(error: CommanderError, argv: readonly string[]): ExpectedError {
  const [said = "", ...suggestions] = error.message.replace(/^error: /, "").split("\n");
  const what = error.code === "commander.help" ? "no command given" : said.replace(/\.$/, "");
  const command = argv.find((word) => commands.some(({ name }) => name === word));
  const words = ["tenantry", ...(command === undefined ? [] : [command]), "--help"].join(" ");
  return new ExpectedError("invalid-usage", `Invalid usage: ${what}.`, {
    hint: `\`${words}\` shows the arguments and options.`,
    details: suggestions,
    cause: error,
  });
}

/** Expected failures in a sentence with what to do next; our bugs with their stack. */
function report(error: unknown, asJson: boolean, { terminal, print }: Surroundings): number {
  const failure = failureOf(error);
  if (failure === undefined) {
    terminal.warn("This is a bug in tenantry. Please report it with the lines below.");
    terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT.internalError;
  }
  if (asJson) {
    print(`${JSON.stringify({ error: failure }, null, 2)}\n`);
  } else {
    explain(failure, terminal);
  }
  return EXIT.refused;
}

/** An expected failure, with its remedy as command lines. */
function failureOf(error: unknown): WordedFailure | undefined {
  const failure = expectedFailure(error);
  return failure && wordedFailure(failure);
}

function explain({ code, message, hint, details }: WordedFailure, terminal: Terminal): void {
  for (const line of details) terminal.note(line);
  terminal.note(terminal.style("red", `${message} [${code}]`));
  terminal.note(hint);
}
