import { z } from "zod";
import { applyApproved } from "../../operations/index.ts";
import type { Applied } from "../../operations/index.ts";
import { renderDrift } from "../../views/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { email, refresh, tenantName } from "../shared-words.ts";
import { styleFor } from "../output/terminal.ts";
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
    const authors = author === undefined ? [] : [author];
    const applied = await applyApproved(await context.operation(), { stack, refresh, authors });
    const { plan, digest, requests, changed, drift } = applied;
    return {
      exitCode: EXIT.done,
      text: textOf(stack, applied),
      json: { changed, digest, counts: plan.counts, requests, drift },
    };
  }),
});

function textOf(stack: string, applied: Applied): string {
  const { plan, digest, requests, changed, drift, refresh, lastApply } = applied;
  if (!changed) {
    if (refresh) return `${stack} is as declared; nothing was applied.`;
    const since = lastApply === undefined ? "" : ` since the apply of ${lastApply} (UTC)`;
    return `Nothing new in the file of ${stack}${since}; nothing was applied and the tenant was not read (--refresh reads it).`;
  }
  const { create, update, replace, delete: removed } = plan.counts;
  return [
    `Applied ${digest}`,
    `${create} created, ${update} changed, ${replace} replaced, ${removed} removed; read back and equal.`,
    `${requests.reads} reads and ${requests.writes} writes.`,
    ...(drift.length === 0
      ? []
      : ["Others changed this since the last apply; it was left as it is:"]),
    ...renderDrift(drift, { language: "en", style: styleFor(process.stdout) }),
  ].join("\n");
}
