import { z } from "zod";
import { LANGUAGES } from "../../core/language.ts";
import { isolated } from "../../core/visible-text.ts";
import type { Observed } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { inventoryLines } from "../output/inventory-lines.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { file, initialDomain, tenantId, tenantName } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ name: tenantName.describe("what you call the tenant; it needs no file") }),
  options: z.strictObject({
    tenantId: tenantId.optional().describe("directory id of the tenant, at the first look"),
    initialDomain: initialDomain.optional().describe("its first domain, at the first look"),
    report: file
      .optional()
      .describe(
        "report for the customer: a page (.html), a PDF (.pdf), or a folder that gets both",
      ),
    language: z.enum(LANGUAGES).optional().meta({
      value: "language",
      description: "in which the report begins, and is printed (default: that of the tenant)",
    }),
    ...traceOptions,
  }),
  examples: [
    {
      line: "tenantry observe acme --tenant-id 7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7 --initial-domain acme.onmicrosoft.com",
      meaning: "what there is and what is odd; reads only, and manages nothing",
    },
    { line: "tenantry observe acme", meaning: "the same, and what changed since the last look" },
    {
      line: "tenantry observe acme --report acme.pdf --language nl",
      meaning: "a report for the customer; later again: what was solved since the first look",
    },
  ],
  run: traced(async (context, { args: { name: stack }, options }) => {
    const { observeTenant } = await import("../../operations/index.ts");
    const { tenantId: id, initialDomain: first } = options;
    const tenant =
      id === undefined || first === undefined ? undefined : { tenantId: id, initialDomain: first };
    const observed = await observeTenant(await context.operation(), { stack, tenant });
    const { report: target, language = observed.language } = options;
    const { writeReport } = await import("../output/report.ts");
    const { workspace } = context;
    const report =
      target === undefined ? [] : await writeReport(workspace, observed, { target, language });
    return {
      exitCode: EXIT.done,
      text: [...linesOf(observed), ...report.map((path) => `Report: ${path}`)].join("\n"),
      json: { ...observed, report },
    };
  }),
});

function linesOf(observed: Observed): string[] {
  const { since, changes } = observed;
  const lines = [...inventoryLines(observed), ...followedLines(observed)];
  if (since === undefined) return [...lines, "", "The first look: the next one says what changed."];
  if (changes.length === 0) return [...lines, "", `Nothing changed since ${since} (UTC).`];
  return [
    ...[...lines, "", `Since ${since} (UTC):`],
    ...changes.map(({ section, name, kind, keys }) => {
      const values = keys.map(
        ({ key, before, after }) => `${key}: ${text(before)} → ${text(after)}`,
      );
      return isolated(`  ${section}, ${name}: ${kind === "changed" ? values.join("; ") : kind}`);
    }),
  ];
}

/** What became of the risks since the first look; the report has them by name. */
function followedLines({ first, followed }: Observed): string[] {
  if (first === undefined) return [];
  const solved = followed.filter((one) => one.solved !== undefined).length;
  const added = followed.filter((one) => one.solved === undefined && one.since > first.at).length;
  const open = followed.length - solved - added;
  return [
    "",
    `Since the first look, ${first.at} (UTC): ${solved} solved, ${added} new, ${open} open.`,
  ];
}

const text = (value: unknown): string =>
  value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);
