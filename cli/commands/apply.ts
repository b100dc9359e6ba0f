import { applyApproved } from "../../operations/index.ts";
import type { CommandDefinition } from "../command.ts";
import { firstArgument, flag, refreshOption, textOption } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { traced } from "../output/request-trace.ts";

export const apply: CommandDefinition = traced({
  name: "apply",
  summary: "Apply the approved plan and nothing else, then read back and record",
  args: [{ name: "<tenant>", description: "name of a folder in stacks/" }],
  options: [
    refreshOption,
    { flags: "--author <email>", description: "who wrote the change, where git does not know" },
  ],
  examples: [
    { line: "tenantry apply contoso", meaning: "applies the plan that was approved" },
    { line: "tenantry apply contoso --json", meaning: "the result for a program to read" },
  ],
  run: async (context, input) => {
    const stack = firstArgument(input);
    const author = textOption(input, "author");
    const refresh = flag(input, "refresh");
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
  },
});
