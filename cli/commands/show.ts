import type { CommandDefinition } from "../command.ts";
import { firstArgument, textOption } from "../command.ts";
import { EXIT } from "../errors.ts";
import { formatOptions, planInFormat } from "../formats.ts";
import { readPlan } from "../plan-store.ts";

export const show: CommandDefinition = {
  name: "show",
  summary: "Show a plan that was made before",
  args: [{ name: "<tenant>", description: "name of a folder in stacks/" }],
  options: [
    ...formatOptions,
    { flags: "--digest <digest>", description: "which plan (default: the newest)" },
  ],
  examples: [
    { line: "tenantry show contoso --language en", meaning: "the newest plan, in English" },
    { line: "tenantry show contoso --format html > plan.html", meaning: "the preview page" },
  ],
  run: async ({ workspace, terminal }, input) => {
    const stored = readPlan(workspace, firstArgument(input), textOption(input, "digest"));
    terminal.note(`Preview page: ${stored.htmlPath}`);
    return {
      exitCode: EXIT.done,
      text: planInFormat(stored, input),
      json: { digest: stored.digest, plan: stored.plan },
    };
  },
};
