import { z } from "zod";
import {
  appliedRulesOf,
  isEmpty,
  refusalOf,
  storePlan,
  unfinishedApplyOf,
} from "../../operations/index.ts";
import { admission } from "../../plan/index.ts";
import { Session } from "../../engine/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { flag, refresh, tenantName } from "../shared-words.ts";
import { formatOptions, languageOf, planInFormat } from "../output/plan-format.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    ...formatOptions,
    refresh,
    exitCode: flag.describe("end with 3 when changes are waiting"),
  }),
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
  run: async ({ workspace, terminal, signal }, { args: { tenant: stack }, options }) => {
    const { refresh } = options;
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
      const isWaiting = !isEmpty(made.plan) && options.exitCode;
      return {
        exitCode: isWaiting ? EXIT.changesWaiting : EXIT.done,
        text: planInFormat(stored, options),
        // Shown all the same: whoever has to mend the file needs the page most just then.
        ...(refused === undefined ? {} : { refused }),
        json: {
          digest: stored.digest,
          plan: stored.plan,
          secondDecisionMakerNeeded,
          preview: {
            html: stored.htmlPath,
            markdown: stored.markdownPaths[languageOf(stored, options)],
          },
        },
      };
    } finally {
      await session.close();
    }
  },
});
