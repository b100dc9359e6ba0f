import { z } from "zod";
import { applyApproved } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { email, refresh, tenantName } from "../shared-words.ts";
import { traced, traceOptions } from "../output/request-trace.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    refresh,
    author: email.optional().describe("who wrote the change, where git does not know"),
    ...traceOptions,
  }),
  examples: [
    { line: "tenantry apply contoso", meaning: "applies the plan that was approved" },
    { line: "tenantry apply contoso --json", meaning: "the result for a program to read" },
  ],
  run: traced(async (context, { args: { tenant: stack }, options: { author, refresh } }) => {
    const applied = await applyApproved(context, {
      stack,
      refresh,
      authors: author === undefined ? [] : [author],
    });
    const { plan, digest, requests, changed } = applied;
    const unseen = refresh ? "" : " What was changed by hand is looked at with --refresh only.";
    const { create, update, replace, delete: removed } = plan.counts;
    const text = changed
      ? [
          `Applied ${digest}`,
          `${create} created, ${update} changed, ${replace} replaced, ${removed} removed; read back and equal.`,
          `${requests.reads} reads and ${requests.writes} writes.`,
        ].join("\n")
      : `${stack} is as declared; nothing was applied.${unseen}`;
    return {
      exitCode: EXIT.done,
      text,
      json: { changed, digest, counts: plan.counts, requests },
    };
  }),
});
