import {
  appliedRulesOf,
  isEmpty,
  refusalOf,
  storePlan,
  unfinishedApplyOf,
} from "../../operations/index.ts";
import { admission } from "../../plan/index.ts";
import { Session } from "../../engine/index.ts";
import type { CommandDefinition } from "../command.ts";
import { firstArgument, flag, refreshOption } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { formatOptions, languageOf, planInFormat, refuseBadFormat } from "../output/plan-format.ts";

export const plan: CommandDefinition = {
  name: "plan",
  summary:
    "Show what an apply would do; makes no call to the tenant, unless asked to with --refresh",
  args: [{ name: "<tenant>", description: "name of a folder in stacks/" }],
  options: [
    ...formatOptions,
    refreshOption,
    { flags: "--exit-code", description: "end with 3 when changes are waiting" },
  ],
  examples: [
    { line: "tenantry plan contoso", meaning: "shows the plan and writes the preview page" },
    {
      line: "tenantry plan contoso --refresh",
      meaning: "also puts back what was changed by hand; `tenantry apply` needs the same word",
    },
    { line: "tenantry plan contoso --format markdown", meaning: "for a pull request" },
    {
      line: "tenantry plan contoso --exit-code",
      meaning: "for CI: 3 when there is something to do",
    },
  ],
  run: async ({ workspace, terminal, signal }, input) => {
    const stack = firstArgument(input);
    refuseBadFormat(input);
    const refresh = flag(input, "refresh");
    const session = await Session.open({ workspace, stack, signal, refresh, access: "preview" });
    try {
      terminal.note(`Planning ${stack} with the policy pack …`);
      const made = await session.plan({ appliedRules: await appliedRulesOf(workspace, stack) });
      const refused = refusalOf(made.plan);
      const secondDecisionMakerNeeded = admission(made.plan).needsSecondApprover;
      const unfinished = await unfinishedApplyOf(workspace, stack);
      const stored = storePlan(workspace, made.plan);
      const next = isEmpty(made.plan)
        ? "The tenant is as declared."
        : `Approve it with: tenantry approve ${stack}${refresh ? `, then apply it with: tenantry apply ${stack} --refresh` : ""}`;
      terminal.note(`Preview page: ${stored.htmlPath}`);
      if (refused === undefined) terminal.note(next);
      if (unfinished !== undefined) terminal.warn(`${unfinished.what} ${unfinished.next}`);
      if (secondDecisionMakerNeeded) {
        terminal.warn("This plan removes so much that two decision makers must approve it.");
      }
      const isWaiting = !isEmpty(made.plan) && flag(input, "exitCode");
      return {
        exitCode: isWaiting ? EXIT.changesWaiting : EXIT.done,
        text: planInFormat(stored, input),
        // Shown all the same: whoever has to mend the file needs the page most just then.
        ...(refused === undefined ? {} : { refused }),
        json: {
          digest: stored.digest,
          plan: stored.plan,
          secondDecisionMakerNeeded,
          preview: {
            html: stored.htmlPath,
            markdown: stored.markdownPaths[languageOf(stored, input)],
          },
        },
      };
    } finally {
      await session.close();
    }
  },
};
