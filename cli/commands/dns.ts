import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { HAND_OVER_FORMATS } from "../../core/dns-records.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { LANGUAGES } from "../../core/language.ts";
import type { DnsReport } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { tenantName } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    server: z.string().optional().meta({
      value: "addresses",
      description: "ask these DNS servers, separated by commas (default: those of this machine)",
    }),
    format: z.enum(HAND_OVER_FORMATS).optional().meta({
      value: "tool",
      description:
        "also write what is missing or wrong for octodns or dnscontrol, or what the tenant file needs (tenantry)",
    }),
    output: z
      .string()
      .optional()
      .meta({ value: "folder", description: "where to write it; goes with --format" }),
    language: z.enum(LANGUAGES).optional().meta({
      value: "language",
      description: "of the list (default: that of the tenant)",
    }),
    ...traceOptions,
  }),
  examples: [
    {
      line: "tenantry dns contoso",
      meaning: "the list for whoever manages the customer's DNS, and what is there already",
    },
    {
      line: "tenantry dns contoso --server 192.0.2.53 --json",
      meaning: "what one name server says, before it is known everywhere",
    },
    {
      line: "tenantry dns contoso --format octodns --output dns/contoso",
      meaning: "records for octoDNS that leave all others alone, and where mail goes",
    },
  ],
  run: traced(async (context, { args: { tenant: stack }, options }) => {
    const { server = "", format, output } = options;
    if ((format === undefined) !== (output === undefined)) {
      throw new ExpectedError("invalid-usage", "--format and --output go together.", {
        hint: "Name the tool and the folder, or neither.",
      });
    }
    const { renderDns } = await import("../../views/index.ts");
    const { checkDns } = await import("../../operations/index.ts");
    const servers = server.split(",").filter((address) => address !== "");
    const report = await checkDns(await context.operation(), { stack, servers, format });
    const { language = report.language } = options;
    const written = output === undefined ? [] : await writeFiles(report, output);
    return {
      exitCode: EXIT.done,
      text: [renderDns(report, language), ...written.map((path) => `Written: ${path}\n`)].join(""),
      json: { ...report, written },
    };
  }),
});

async function writeFiles({ handOver }: DnsReport, folder: string): Promise<string[]> {
  const paths = handOver.map(({ name }) => join(resolve(folder), name));
  for (const [at, { text }] of handOver.entries()) {
    const path = paths[at] ?? "";
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return paths;
}
