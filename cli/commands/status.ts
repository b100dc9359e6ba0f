import { z } from "zod";
import type { Status, WatchedTenant } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { flag, tenantName } from "../shared-words.ts";
import { statusLines } from "../output/status-lines.ts";
import { wordedFailure } from "../output/remedy.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { watchLines } from "../output/watch-lines.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName.optional() }),
  options: z.strictObject({
    exitCode: flag.describe(
      "exit with 3 on drift, on a risk, and when the synchronisation from on premises has stalled",
    ),
    last: flag.describe("only when each was last read completely; reads no tenant"),
    ...traceOptions,
  }),
  examples: [
    { line: "tenantry status contoso", meaning: "checks for drift, and for what nobody manages" },
    {
      line: "tenantry status --exit-code --json",
      meaning:
        "for the night: all tenants, one after the other; 4: one could not be read for 26 hours",
    },
    { line: "tenantry status --last", meaning: "whether every tenant is still being looked at" },
  ],
  run: traced(async (context, { args: { tenant }, options }) => {
    const { tenantStatus, watchTenants } = await import("../../operations/index.ts");
    const operation = await context.operation();
    if (tenant !== undefined && !options.last) {
      const status = await tenantStatus(operation, { stack: tenant });
      const text = (await statusLines(status)).join("\n");
      return { exitCode: exitOf([status], options), text, json: status };
    }
    const watched = await watchTenants(operation, { tenant, look: !options.last });
    return {
      exitCode: exitOfAll(watched, options),
      text: watchLines(watched).join("\n"),
      json: {
        tenants: watched.map(({ failure, ...one }) => ({
          ...one,
          ...(failure === undefined ? {} : { failure: wordedFailure(failure) }),
        })),
      },
    };
  }),
});

interface Asked {
  readonly exitCode: boolean;
}

type Found = Pick<Status, "drift" | "risks" | "synchronisation">;

const isFinding = ({ drift, risks, synchronisation }: Found): boolean =>
  drift.length > 0 ||
  risks.globalAdministrators.length > 0 ||
  risks.forwarding.length > 0 ||
  synchronisation?.isLate === true;

const exitOf = (statuses: readonly Found[], { exitCode }: Asked): number =>
  exitCode && statuses.some(isFinding) ? EXIT.changesWaiting : EXIT.done;

/** The heaviest first: what nobody looked at may be anything. */
function exitOfAll(watched: readonly WatchedTenant[], asked: Asked): number {
  if (watched.some((one) => one.isOverdue || !one.hasFolder)) return EXIT.notLooked;
  if (watched.some(({ failure }) => failure !== undefined)) return EXIT.refused;
  return exitOf(
    watched.flatMap(({ status }) => status ?? []),
    asked,
  );
}
