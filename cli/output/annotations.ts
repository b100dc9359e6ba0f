/**
 * Problems of files at their lines, in the form in which each platform takes them out of a job's output.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands (escapes as the runner's toolkit
 * makes them), https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands. Not read anew on 2026-11-27
 */
import type { Problem } from "../../tenant-file/index.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** None where the platform takes none: there the lines of the result say file, line and column. */
export function annotationLines(problems: readonly Problem[], environment: Environment): string[] {
  if (environment.GITHUB_ACTIONS === "true") return problems.map(onGitHub);
  return environment.TF_BUILD === "True" ? problems.map(onAzure) : [];
}

export const saidAt = ({ path, message, allowed }: Problem): string =>
  [
    path === "" ? "" : `${path}: `,
    message,
    allowed === undefined ? "" : ` (allowed: ${allowed})`,
  ].join("");

const percent = (text: string, more: string): string =>
  text.replaceAll(
    new RegExp(`[%\\r\\n${more}]`, "g"),
    (sign) => `%${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, "0")}`,
  );

const onGitHub = (problem: Problem): string => {
  const { level, file, line, column } = problem;
  const place = `file=${percent(file, ":,")},line=${line},col=${column}`;
  return `::${level} ${place}::${percent(saidAt(problem), "")}`;
};

/** `%`, line ends, `;` and `]` would end or change the command. */
const onAzure = (problem: Problem): string => {
  const { level, file, line, column } = problem;
  const escaped = (text: string): string => percent(text, ";\\]").replaceAll("%25", "%AZP25");
  const place = `sourcepath=${escaped(file)};linenumber=${line};columnnumber=${column}`;
  return `##vso[task.logissue type=${level};${place}]${percent(saidAt(problem), "").replaceAll("%25", "%AZP25")}`;
};
