/** A tenant with one thing changed, and what is then wrong with it. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { parseTenant, type Problem } from "../../tenant-file/load.ts";
import type { Tenant } from "../../tenant-file/tenant-schema.ts";

const directoryOf = (path: string): string => new URL(`../../${path}/`, import.meta.url).pathname;
const textOf = (directory: string, tenant: string): string =>
  readFileSync(`${directory}${tenant}/tenant.yaml`, "utf8");

/** The samples, which may grow. */
export const samplesDirectory = directoryOf("stacks");
/** What most tests change. */
export const stacksDirectory = directoryOf("test/fixtures/stacks");

export const sample = textOf(samplesDirectory, "contoso");
export const fabrikam = textOf(samplesDirectory, "fabrikam");
export const voorbeeld = textOf(samplesDirectory, "voorbeeld");
export const contoso = textOf(stacksDirectory, "contoso");

/** The file with every pair of texts exchanged, each at its first place. */
export function contosoWith(...changes: [from: string, to: string][]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The file does not hold: ${from}`);
    return text.replace(from, () => to);
  }, contoso);
}

/** Line and column of a mark that is once in the text, found without YAML; a ^ in it shows the place. */
export function positionOf(text: string, mark: string): { line: number; column: number } {
  const [before, ...others] = text.split(mark.replace("^", ""));
  if (before === undefined || others.length !== 1) throw new Error(`Not once in the text: ${mark}`);
  const lines = `${before}${mark.slice(0, Math.max(mark.indexOf("^"), 0))}`.split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

export function problemsOf(text: string): Problem[] {
  const result = parseTenant(text, "tenant.yaml");
  return "problems" in result ? result.problems.filter(({ level }) => level === "error") : [];
}

export function warningsOf(text: string): Problem[] {
  const result = parseTenant(text, "tenant.yaml");
  const all = "problems" in result ? result.problems : result.warnings;
  return all.filter(({ level }) => level === "warning");
}

export function tenantOf(text: string): Tenant {
  const result = parseTenant(text, "tenant.yaml");
  if ("problems" in result) throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result.tenant;
}

/** Asserts that the text has this one problem, at the mark. */
export function expectOneProblem(text: string, mark: string, expected: Partial<Problem>): void {
  expect(problemsOf(text)).toEqual([
    expect.objectContaining({ file: "tenant.yaml", ...positionOf(text, mark), ...expected }),
  ]);
}
