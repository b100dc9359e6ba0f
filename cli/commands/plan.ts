import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Planned } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { flag, formatOptions, refresh, tenantName } from "../shared-words.ts";
import { interruptedLine } from "../output/interrupted-apply.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName.optional() }),
  options: z.strictObject({
    ...formatOptions,
    refresh,
    new: flag.describe("plan a tenant that was never applied and has no state here"),
    all: flag.describe("all tenants, one after the other; what one is refused for stops no other"),
    exitCode: flag.describe("exit with 3 when changes are waiting"),
  }),
  examples: [
    { line: "tenantry plan contoso", meaning: "shows the plan and writes the preview page" },
    {
      line: "tenantry plan contoso --refresh",
      meaning: "also reverts manual changes; apply then does so too",
    },
    { line: "tenantry plan contoso --format markdown", meaning: "for a pull request" },
    {
      line: "tenantry plan contoso --exit-code",
      meaning: "for CI: exits with 3 when changes are waiting",
    },
    {
      line: "tenantry plan --all --json",
      meaning: "all tenants, with an outcome for each; 2: one of them is refused or not valid",
    },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    if (options.all) {
      refuseBeside({ tenant: stack !== undefined, "--new": options.new });
      const { planAllStep } = await import("../plan-all.ts");
      return await planAllStep(context, options);
    }
    if (stack === undefined) throw withoutTenant();
    const { planTenant } = await import("../../operations/index.ts");
    const { planInFormat } = await import("../output/plan-format.ts");
    const { writeNewestPages } = await import("../output/pages.ts");
    const { terminal } = context;
    const operation = await context.operation();
    const { refresh, new: isNew } = options;
    const planned = await planTenant(operation, { stack, refresh, isNew });
    const { plan, digest, refusal, interruptedApply, needsSecondApprover } = planned;
    const pages = await writeNewestPages(operation, planned);
    terminal.note(`Preview page: ${pages.html}`);
    if (refusal === undefined) terminal.note(nextStep(stack, planned));
    if (interruptedApply !== undefined) terminal.warn(interruptedLine(stack, interruptedApply));
    if (needsSecondApprover) {
      terminal.warn("This plan removes so much that two decision makers must approve it.");
    }
    const { language = plan.tenant.language } = options;
    return {
      exitCode: !planned.isEmpty && options.exitCode ? EXIT.changesWaiting : EXIT.done,
      text: planInFormat(planned, options),
      // Shown all the same: whoever has to mend the file needs the page most just then.
      ...(refusal === undefined ? {} : { refused: refusal }),
      json: {
        digest,
        plan,
        secondDecisionMakerNeeded: needsSecondApprover,
        preview: { html: pages.html, markdown: pages.markdown[language] },
      },
    };
  },
});

const withoutTenant = (): ExpectedError =>
  new ExpectedError("invalid-argument", "Missing argument <tenant>.", {
    hint: "Name a folder in stacks/, or plan all tenants with --all.",
  });

/** What is for one tenant. */
function refuseBeside(given: Readonly<Record<string, boolean>>): void {
  const [word] = Object.entries(given).flatMap(([name, isGiven]) => (isGiven ? [name] : []));
  if (word === undefined) return;
  throw new ExpectedError("invalid-option", `--all cannot be given together with ${word}.`, {
    hint: `Leave out --all or ${word}.`,
  });
}

function nextStep(stack: string, { isEmpty, refresh, lastApply }: Planned): string {
  if (!isEmpty) return `Approve it with: tenantry approve ${stack}`;
  if (refresh) return "No drift: the tenant matches its file.";
  const since = lastApply === undefined ? "" : ` since the apply of ${lastApply} (UTC)`;
  return `No changes in the file${since}; the tenant was not read (--refresh reads it).`;
}
