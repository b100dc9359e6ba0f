/** Loads `stacks/<tenant>/tenant.yaml`: the validated tenant, or everything that is wrong with the file. */
import { ExpectedError } from "../core/expected-error.ts";
import {
  formatPath,
  formatProblem,
  MAX_PROBLEMS,
  type Finding,
  type Problem,
} from "./diagnostic.ts";
import { explainIssues } from "./reading/explain-issue.ts";
import { readLeniently } from "./reading/lenient.ts";
import { fileNameOf, readTenantFile, type TenantPlace } from "./files.ts";
import { readIdentities, type TenantIdentity } from "./identities.ts";
import { readYaml, tooLarge, type PlacedFinding, type YamlData } from "./reading/yaml-text.ts";
import { MAX_FILE_BYTES } from "./reading/yaml-document.ts";
import { rules } from "./rules/index.ts";
import { tenantSchema, type Tenant } from "./tenant-schema.ts";

export { formatProblem, type Problem } from "./diagnostic.ts";

export interface CheckedTenant {
  tenant: Tenant;
  warnings: Problem[];
}

/**
 * Reads and checks a tenant's file. Of the other tenants' files it reads who they are, and nothing else.
 * @throws ExpectedError
 */
export async function loadTenant(place: TenantPlace): Promise<Tenant> {
  return (await checkTenant(place, await readIdentities(place.stacksDirectory))).tenant;
}

/**
 * Loads a tenant as `loadTenant` does, with the warnings about it in file order; `identities` are those of all
 * tenants, so that checking all of them reads each file once.
 * @throws ExpectedError
 */
export async function checkTenant(
  place: TenantPlace,
  identities: readonly TenantIdentity[],
): Promise<CheckedTenant> {
  const fileName = fileNameOf(place);
  const file = await readTenantFile(place);
  if ("unreadable" in file) throw invalid(fileName, [inFile(fileName, file.unreadable)]);
  const others = identities.filter(({ name }) => name !== place.tenant);
  const result = parseTenant(file.text, fileName, { others });
  if ("tenant" in result) return result;
  throw invalid(fileName, result.problems);
}

/**
 * Checks the text of a tenant file; `fileName` is only shown. Finds every problem in one run, in file order;
 * the problems of a file that is refused hold its warnings too.
 */
export function parseTenant(
  text: string,
  fileName: string,
  { others }: { others: readonly TenantIdentity[] } = { others: [] },
): CheckedTenant | { problems: Problem[] } {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > MAX_FILE_BYTES) return { problems: [inFile(fileName, tooLarge(sizeBytes))] };
  const yaml = readYaml(text);
  if ("unreadable" in yaml) {
    return { problems: yaml.unreadable.map((finding) => inFile(fileName, finding)) };
  }

  const { tenant, findings } = checkData(yaml, others);
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
  const isValid = tenant !== undefined && problems.every(({ level }) => level === "warning");
  return isValid ? { tenant, warnings: problems } : { problems };
}

/** What schema and rules say; each only while fewer problems were found before than are told. */
function checkData(
  { data, findings: before, sourceOf }: YamlData,
  others: readonly TenantIdentity[],
): { tenant: Tenant | undefined; findings: Finding[] } {
  if (before.length > MAX_PROBLEMS) return { tenant: undefined, findings: [] };
  const checked = tenantSchema.safeParse(data);
  const issues = checked.error?.issues ?? [];
  const findings = explainIssues(issues, { schema: tenantSchema, data, sourceOf });
  return {
    tenant: checked.data,
    findings:
      findings.length > MAX_PROBLEMS ? findings : [...findings, ...checkRules(data, others)],
  };
}

function checkRules(data: unknown, others: readonly TenantIdentity[]): Finding[] {
  const keys = Object.keys(typeof data === "object" && data !== null ? data : {});
  const sections = Object.keys(tenantSchema.shape);
  // With an unknown key at the top, a section may only be misspelt.
  const isMisspelt = keys.some((key) => !sections.includes(key));
  const leftOut = isMisspelt ? [] : sections.filter((section) => !keys.includes(section));
  const facts = { tenant: readLeniently(data), leftOut: new Set(leftOut), others };
  return rules.flatMap((rule) => rule(facts));
}

function inFile(file: string, finding: PlacedFinding): Problem {
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

function invalid(fileName: string, problems: Problem[]): ExpectedError {
  const count = problems.filter(({ level }) => level === "error").length;
  const isMore = problems.length > MAX_PROBLEMS;
  const counted = isMore
    ? `more than ${MAX_PROBLEMS} problems; ${MAX_PROBLEMS} of them are listed`
    : count === 1
      ? "a problem"
      : `${count} problems`;
  return new ExpectedError("tenant-file-invalid", `${fileName} has ${counted}.`, {
    hint: "Correct each at the line and column given; stacks/README.md describes the format.",
    details: problems.slice(0, MAX_PROBLEMS).map(formatProblem),
  });
}
