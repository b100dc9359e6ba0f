import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import { LANGUAGES } from "../../core/language.ts";
import { defineCommand } from "../command.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { runBookLines, statusLines } from "../output/migration-lines.ts";
import { email, flag, tenantName, text, wholeNumber } from "../shared-words.ts";

const MOST_ITEMS = 1_000_000_000;
const count = wholeNumber(MOST_ITEMS).optional();

const options = z.strictObject({
  done: text.optional().describe("run: tick a step or leftover point off, by its name"),
  despite: text
    .optional()
    .describe("run: why it is done where what can be seen says otherwise; goes with --done"),
  undone: text.optional().describe("run: take a tick back"),
  source: count.meta({
    value: "number",
    description: "items counted at the source; goes with --done",
  }),
  target: count.meta({
    value: "number",
    description: "items counted at the target; goes with --done",
  }),
  point: text.optional().describe("run: note a leftover point"),
  question: text.optional().describe("run: note a question of the customer"),
  outsideScope: flag.describe("the question is outside the scope"),
  back: flag.describe("run: go back on the day, before people are let in"),
  by: text.optional().describe("who did it, under team (default: the provider's project leader)"),
  what: text
    .optional()
    .describe("sign: plan, by-hand, gate:<name> to lift one, or a leftover point to accept"),
  as: email
    .optional()
    .describe("sign: decision maker (default: the one whose key is on this machine)"),
  remark: text.default("").describe("kept in the record"),
  output: z
    .string()
    .optional()
    .meta({ value: "folder", description: "pages: where to write them" }),
  pdf: flag.describe("pages: print each as PDF too, by the browser of this machine"),
  language: z.enum(LANGUAGES).optional().meta({
    value: "language",
    description: "in which the pages begin (default: that of the tenant)",
  }),
});
type Options = z.output<typeof options>;

export const command = defineCommand({
  args: z.strictObject({
    action: z.enum(["status", "run", "sign", "pages"]).describe("what to do"),
    tenant: tenantName,
  }),
  options,
  examples: [
    {
      line: "tenantry migration status contoso",
      meaning: "where it stands: closed gates with their reasons, and what is due within a week",
    },
    { line: "tenantry migration run contoso", meaning: "the run book of the day" },
    {
      line: "tenantry migration run contoso --done mailbox:anna@contoso.com --source 9120 --target 9120",
      meaning: "ticks a step off, with the numbers on both sides",
    },
    {
      line: "tenantry migration run contoso --point 'Printer at the desk prints no colour'",
      meaning: "notes a leftover point",
    },
    {
      line: "tenantry migration sign contoso --what plan",
      meaning: "a decision maker signs plan of approach, risks and scope as they stand",
    },
    {
      line: "tenantry migration pages contoso --output contoso-pages --pdf",
      meaning: "plan, risks, hours, run book, training sheet, leftover points, evaluation",
    },
  ],
  run: async (context, { args: { action, tenant: stack }, options: given }) => {
    switch (action) {
      case "status": {
        const { migrationOverview } = await import("../../operations/index.ts");
        const overview = await migrationOverview(await context.operation(), { stack });
        return {
          exitCode: EXIT.done,
          text: statusLines(stack, overview).join("\n"),
          json: overview,
        };
      }
      case "run":
        return await run(context, stack, given);
      case "sign":
        return await sign(context, stack, given);
      case "pages":
        return await pages(context, stack, given);
    }
  },
});

async function run(context: CommandContext, stack: string, given: Options): Promise<Outcome> {
  const { migrationOverview, runMigration } = await import("../../operations/index.ts");
  const said = saidIn(given);
  const operation = await context.operation();
  if (said === undefined) {
    const overview = await migrationOverview(operation, { stack });
    return { exitCode: EXIT.done, text: runBookLines(overview).join("\n"), json: overview };
  }
  const { by, remark } = given;
  const { about, seen } = await runMigration(operation, { stack, by, remark, ...said });
  const notLooked = seen !== undefined && "notLooked" in seen ? seen.notLooked : undefined;
  return {
    exitCode: EXIT.done,
    text: [
      `Recorded: ${said.said}, ${about}`,
      ...(notLooked === undefined ? [] : [`Nobody looked whether it is so: ${notLooked}`]),
    ].join("\n"),
    json: { said: said.said, about, ...(seen === undefined ? {} : { seen }) },
  };
}

/** @throws ExpectedError `invalid-usage` for more than one at once, and for half of the numbers. */
function saidIn(given: Options) {
  const { done, despite, undone, point, question, outsideScope, back, source, target } = given;
  const all = [
    ...(done === undefined
      ? []
      : [{ said: "done" as const, about: done, counts: countsOf(given), despite }]),
    ...(undone === undefined ? [] : [{ said: "undone" as const, about: undone }]),
    ...(point === undefined ? [] : [{ said: "noted" as const, text: point }]),
    ...(question === undefined
      ? []
      : [{ said: outsideScope ? ("askedOutside" as const) : ("asked" as const), text: question }]),
    ...(back ? [{ said: "back" as const }] : []),
  ];
  const isHalf = (source === undefined) !== (target === undefined);
  const isAlone = (source ?? despite) !== undefined && done === undefined;
  if (all.length > 1 || isHalf || isAlone) {
    throw new ExpectedError("invalid-usage", "These options do not go together.", {
      hint: "Give one of --done, --undone, --point, --question and --back; --source and --target both, and --despite, with --done.",
    });
  }
  return all[0];
}

const countsOf = ({ source, target }: Options): { source: number; target: number } | null =>
  source === undefined || target === undefined ? null : { source, target };

async function sign(context: CommandContext, stack: string, given: Options): Promise<Outcome> {
  const { signMigration } = await import("../../operations/index.ts");
  const { what, as: email, remark } = given;
  if (what === undefined) {
    throw new ExpectedError("invalid-usage", "Missing option --what.", {
      hint: "Name what is signed: plan, by-hand, gate:<name> or a leftover point.",
    });
  }
  const signed = await signMigration(await context.operation(), { stack, what, email, remark });
  return {
    exitCode: EXIT.done,
    text: `${signed.email} ${signed.said} ${what}`,
    json: { what, email: signed.email, said: signed.said },
  };
}

async function pages(context: CommandContext, stack: string, given: Options): Promise<Outcome> {
  const { migrationPages } = await import("../../operations/index.ts");
  const { renderMigration } = await import("../../views/index.ts");
  const { printPdf } = await import("../output/pdf.ts");
  const made = await migrationPages(await context.operation(), { stack });
  const folder = resolve(given.output ?? `${stack}-migration`);
  await mkdir(folder, { recursive: true });
  const { customer, asOf } = made;
  const first = given.language ?? made.language;
  const written: string[] = [];
  for (const page of made.pages) {
    const path = join(folder, `${page.id}.html`);
    await writeFile(path, renderMigration(page, { customer, asOf, first }));
    written.push(path);
    if (!given.pdf) continue;
    const pdf = join(folder, `${page.id}.pdf`);
    await printPdf(path, pdf);
    written.push(pdf);
  }
  return {
    exitCode: EXIT.done,
    text: written.map((path) => `Written: ${path}`).join("\n"),
    json: { written },
  };
}
