/** What a run of a pipeline found, for its log. Platforms take commands out of what a job prints. */
import { formatProblem } from "../../tenant-file/index.ts";
import { OUTCOME_WORDS } from "./ci-report.ts";
import type { CiReport, TenantReport } from "./ci-report.ts";

export function reportText({ title, notes, failure, tenants }: CiReport): string {
  const lines = [
    title,
    ...notes,
    ...(failure === undefined
      ? []
      : [...failure.details, `${failure.message} [${failure.code}]`, failure.hint]),
    ...tenants.flatMap(tenantLines),
  ];
  return lines.map(withoutCommands).join("\n");
}

function tenantLines(report: TenantReport): string[] {
  const { stack, outcome, counts, digest, failure, problems, applied } = report;
  const more = [counts, digest ?? ""].filter((part) => part !== "");
  return [
    `${stack}: ${[OUTCOME_WORDS[outcome], ...more].join("; ")}`,
    ...applied.map((step) => `  applied ${step.digest} of commit ${step.commit}`),
    ...problems.map((problem) => `  ${formatProblem(problem)}`),
    ...(failure === undefined
      ? []
      : [
          ...(problems.length > 0 ? [] : failure.details.map((line) => `  ${line}`)),
          `  ${failure.message} [${failure.code}]`,
          `  ${failure.hint}`,
        ]),
  ];
}

/**
 * A tenant file could otherwise command the platform: GitHub takes lines that start with `::`, Azure DevOps `##vso[` and
 * `##[` anywhere.
 */
export const withoutCommands = (line: string): string =>
  line
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll("##", "# #")
    .replace(/^(\s*):(?=:)/, "$1: ");
