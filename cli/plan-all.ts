/** `tenantry plan --all`: how each tenant stands, in the words of pipelines. */
import { planAll } from "../operations/index.ts";
import type { CommandContext, Outcome } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import { allReport, exitOf, reportJson } from "./output/ci-report.ts";
import { reportText } from "./output/ci-text.ts";
import { writeNewestPages } from "./output/pages.ts";

export async function planAllStep(
  context: CommandContext,
  { refresh, exitCode }: { readonly refresh: boolean; readonly exitCode: boolean },
): Promise<Outcome> {
  const operation = await context.operation();
  const tenants = await planAll(operation, { refresh });
  for (const { planned } of tenants) {
    if (planned !== undefined) await writeNewestPages(operation, planned);
  }
  const report = allReport(tenants);
  const failed = exitOf(report, { whenWaiting: EXIT.done });
  const hasChanges = tenants.some(({ planned }) => planned?.isEmpty === false);
  return {
    exitCode: failed === EXIT.done && exitCode && hasChanges ? EXIT.changesWaiting : failed,
    text: reportText(report),
    json: reportJson(report),
  };
}
