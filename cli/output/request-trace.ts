/** `--timings` and `--trace`: what a command asked the services, counted, timed and kept without its content. */
import { writeFileSync } from "node:fs";
import { toHar } from "../../services/index.ts";
import type { RequestEvent } from "../../services/index.ts";
import type { CommandDefinition, Outcome } from "../command.ts";
import { flag, textOption } from "../command.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { timingsOf, timingsTable } from "./timings.ts";

const options = [
  { flags: "--timings", description: "count and time the requests to the services" },
  {
    flags: "--trace <file>",
    description: "write them as an HTTP archive (HAR), without bodies, secrets and query values",
  },
];

/**
 * Gives a command that talks to the services both options; also what it asked before it failed is shown. The
 * requests of the official azuread plugin are its own and are not seen here.
 */
export function traced(definition: CommandDefinition): CommandDefinition {
  return {
    ...definition,
    options: [...definition.options, ...options],
    run: async (context, input) => {
      const file = textOption(input, "trace");
      const withTimings = flag(input, "timings");
      if (file === undefined && !withTimings) return await definition.run(context, input);
      const events: RequestEvent[] = [];
      // Before anything is changed: where nothing can be written, nothing should be asked either.
      if (file !== undefined) writeTrace(file, events);
      const onRequest = (event: RequestEvent): void => {
        events.push(event);
      };
      try {
        const outcome = await definition.run({ ...context, onRequest }, input);
        return withTimings ? addTimings(outcome, events) : outcome;
      } finally {
        if (file !== undefined) writeTrace(file, events);
        if (withTimings) {
          for (const line of timingsTable(timingsOf(events))) context.terminal.note(line);
        }
      }
    },
  };
}

const addTimings = (outcome: Outcome, events: readonly RequestEvent[]): Outcome => ({
  ...outcome,
  json: { ...(outcome.json as object), timings: timingsOf(events) },
});

function writeTrace(file: string, events: readonly RequestEvent[]): void {
  try {
    writeFileSync(file, `${JSON.stringify(toHar(events), null, 2)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new ExpectedError("trace-unwritable", `The trace cannot be written to ${file}.`, {
      hint: "Name a file in a folder that exists and that you may write to.",
      cause,
    });
  }
}
