/** `--timings` and `--trace`: what a command asked the services, counted, timed and kept without its content. */
import { writeFileSync } from "node:fs";
import type { z } from "zod";
import type { RequestEvent } from "../../services/index.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { file, flag } from "../shared-words.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { timingsOf, timingsTable } from "./timings.ts";

export const traceOptions = {
  timings: flag.describe("count and time the requests to the services"),
  trace: file
    .optional()
    .describe("write them as an HTTP archive (HAR), without bodies, secrets and query values"),
};

interface TracedInput {
  readonly options: z.output<z.ZodObject<typeof traceOptions>>;
}

/**
 * Serves both options for a command that talks to the services; also what it asked before it failed is shown. The
 * requests of the official azuread plugin are its own and are not seen here.
 */
export const traced =
  <Input extends TracedInput>(
    run: (context: CommandContext, input: Input) => Promise<Outcome>,
  ): typeof run =>
  async (context, input) => {
    const { trace, timings } = input.options;
    if (trace === undefined && !timings) return await run(context, input);
    const events: RequestEvent[] = [];
    // Before anything is changed: where nothing can be written, nothing should be asked either.
    if (trace !== undefined) await writeTrace(trace, events);
    const onRequest = (event: RequestEvent): void => {
      events.push(event);
    };
    try {
      const outcome = await run(
        { ...context, operation: () => context.operation({ onRequest }) },
        input,
      );
      return timings ? addTimings(outcome, events) : outcome;
    } finally {
      if (trace !== undefined) await writeTrace(trace, events);
      if (timings) {
        for (const line of timingsTable(timingsOf(events))) context.terminal.note(line);
      }
    }
  };

const addTimings = (outcome: Outcome, events: readonly RequestEvent[]): Outcome => ({
  ...outcome,
  json: { ...(outcome.json as object), timings: timingsOf(events) },
});

async function writeTrace(file: string, events: readonly RequestEvent[]): Promise<void> {
  const { toHar } = await import("../../services/index.ts");
  try {
    writeFileSync(file, `${JSON.stringify(toHar(events), null, 2)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new ExpectedError("trace-unwritable", `The trace cannot be written to ${file}.`, {
      hint: "Name a file in a folder that exists and that you may write to.",
      cause,
    });
  }
}
