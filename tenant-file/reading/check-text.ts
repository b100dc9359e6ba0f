/** From the text of one of our YAML files to its checked value, or to everything that is wrong with it. */
import type * as z from "zod";
import {
  formatPath,
  formatProblem,
  MAX_PROBLEMS,
  type Finding,
  type Problem,
} from "../diagnostic.ts";
import { explainIssues } from "./explain-issue.ts";
import { MAX_FILE_BYTES } from "./yaml-document.ts";
import { readYaml, tooLarge, type PlacedFinding, type YamlData } from "./yaml-text.ts";

interface Format<T> {
  readonly schema: z.ZodType<T>;
  /** What concerns more than one value; `value` is undefined where the schema refuses the data. */
  readonly rules: (data: unknown, value: T | undefined) => Finding[];
}

/**
 * Finds every problem in one run, in file order; the problems of a file that is refused hold its warnings too.
 * @param fileName is only shown
 */
export function checkText<T>(
  text: string,
  fileName: string,
  format: Format<T>,
): { value: T; warnings: Problem[] } | { problems: Problem[] } {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > MAX_FILE_BYTES) return { problems: [inFile(fileName, tooLarge(sizeBytes))] };
  const yaml = readYaml(text);
  if ("unreadable" in yaml) {
    return { problems: yaml.unreadable.map((finding) => inFile(fileName, finding)) };
  }

  const { value, findings } = checkData(yaml, format);
  const told = new Set(findings.map(({ path }) => formatPath(path)));
  const placed = findings.map((finding) => ({
    ...finding,
    position: yaml.locate(finding.path, finding.at),
  }));
  const ambiguous = yaml.ambiguous.filter(({ path }) => !told.has(formatPath(path)));
  const problems = [...yaml.findings, ...ambiguous, ...placed].map((finding) =>
    inFile(fileName, finding),
  );
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  const isValid = value !== undefined && problems.every(({ level }) => level === "warning");
  return isValid ? { value, warnings: problems } : { problems };
}

/** What schema and rules say; each only while fewer problems were found before than are told. */
function checkData<T>(
  { data, findings: before, sourceOf }: YamlData,
  { schema, rules }: Format<T>,
): { value: T | undefined; findings: Finding[] } {
  if (before.length > MAX_PROBLEMS) return { value: undefined, findings: [] };
  const checked = schema.safeParse(data);
  const issues = checked.error?.issues ?? [];
  const findings = explainIssues(issues, { schema, data, sourceOf });
  return {
    value: checked.data,
    findings:
      findings.length > MAX_PROBLEMS ? findings : [...findings, ...rules(data, checked.data)],
  };
}

export function inFile(file: string, finding: PlacedFinding): Problem {
  const { message, received, allowed, suggestion, position, level = "error" } = finding;
  return {
    level,
    file,
    ...position,
    path: formatPath(finding.path),
    message,
    ...(received === undefined ? {} : { received }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** What to say of a file that is refused, with its problems. */
export function refusalOf(
  fileName: string,
  problems: readonly Problem[],
): { readonly sentence: string; readonly details: readonly string[] } {
  const count = problems.filter(({ level }) => level === "error").length;
  const isMore = problems.length > MAX_PROBLEMS;
  const counted = isMore
    ? `more than ${MAX_PROBLEMS} problems; ${MAX_PROBLEMS} of them are listed`
    : count === 1
      ? "a problem"
      : `${count} problems`;
  return {
    sentence: `${fileName} has ${counted}.`,
    details: problems.slice(0, MAX_PROBLEMS).map(formatProblem),
  };
}
