import { z } from "zod";
import type { Decided } from "../../operations/index.ts";
import { sentenceIn } from "../../core/language.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { confirmed } from "../output/question.ts";
import { digest, email, flag, receiptOf, tenantName, text } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    as: email
      .optional()
      .describe("decision maker who signs (default: the one whose key is on this machine)"),
    digest: digest
      .optional()
      .describe(
        "digest of the plan (default: the latest, if no other one is waiting for a decision)",
      ),
    refuse: flag.describe("reject the plan"),
    remark: text.default("").describe("reason, kept in the record"),
  }),
  examples: [
    {
      line: "tenantry approve contoso",
      meaning: "approves the latest plan, after a prompt in a terminal",
    },
    { line: "tenantry approve contoso --refuse --remark 'Not Piet'", meaning: "rejects the plan" },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const { decide, planToDecide } = await import("../../operations/index.ts");
    const { shownPages } = await import("../output/pages.ts");
    const { renderSummary } = await import("../../views/index.ts");
    const { terminal, workspace } = context;
    const operation = await context.operation();
    const kept = await planToDecide(operation, { stack, digest: options.digest });
    const { plan, digest, facts } = kept;
    const decision = options.refuse ? "refused" : "approved";
    terminal.note(`Plan ${digest}, made at ${kept.at} (UTC):`);
    for (const line of renderSummary(plan, { language: "en", facts })) terminal.note(`  ${line}`);
    const talk = { input: process.stdin, output: process.stderr, signal: context.signal };
    if (!(await confirmed(talk, options.refuse ? "Reject this plan?" : "Approve this plan?"))) {
      return { exitCode: EXIT.done, text: "Nothing was signed.", json: { decision: null } };
    }
    const decided = await decide(operation, {
      ...{ stack, digest, decision, remark: options.remark, email: options.as },
      shown: shownPages(workspace, kept),
    });
    if (!decided.isAsRegistered) {
      terminal.warn(
        `The tenant file names other decision makers than are registered; \`tenantry register ${stack}\` registers them.`,
      );
    }
    return { exitCode: EXIT.done, text: textOf(stack, decided), json: decided };
  },
});

function textOf(
  stack: string,
  { decision, email, digest, validUntil, receipt, standing }: Decided,
): string {
  const kept = `Receipt, to keep: ${receiptOf(receipt)}`;
  if (decision === "refused") return [`Refused by ${email}: ${digest}`, kept].join("\n");
  return [
    `Approved by ${email}: ${digest}`,
    `Valid until ${validUntil} (UTC).`,
    kept,
    whatIsNext(stack, standing),
  ].join("\n");
}

function whatIsNext(stack: string, standing: Decided["standing"]): string {
  const { approved, have, need, missing, againAfter, nothingCounts } = standing;
  if (approved) return `Apply it with: tenantry apply ${stack}`;
  if (nothingCounts !== undefined) return `It does not count: ${sentenceIn(nothingCounts, "en")}`;
  const given = `${have} of ${need} approvals given`;
  if (againAfter !== undefined)
    return `${given}. There is no second decision maker: approve it once more after ${againAfter} (UTC).`;
  if (have >= need) return `${given}.`;
  return `${given}, ${need - have} more needed: ${missing.join(" or ")}.`;
}
