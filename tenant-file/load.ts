/** Loads `stacks/<tenant>/tenant.yaml`: the validated tenant, or everything that is wrong with the file. */
import { constants } from "node:fs";
import { open, readdir, realpath, type FileHandle } from "node:fs/promises";
import path from "node:path";
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
import { nearest } from "./reading/nearest.ts";
import { quote } from "./reading/show.ts";
import { MAX_FILE_BYTES } from "./reading/yaml-document.ts";
import { readYaml, tooLarge, type PlacedFinding, type YamlData } from "./reading/yaml-text.ts";
import { rules } from "./rules/index.ts";
import { tenantSchema, type Tenant } from "./tenant-schema.ts";

export { formatProblem, type Problem } from "./diagnostic.ts";

export const FILE_NAME = "tenant.yaml";
/** Also the name of the Pulumi stack, which takes more; this much is safe in paths, URLs and URNs. */
const TENANT_NAME = /^[a-z][a-z0-9-]{1,38}$/;

export interface TenantPlace {
  stacksDirectory: string;
  tenant: string;
}

export interface CheckedTenant {
  tenant: Tenant;
  warnings: Problem[];
}

/**
 * Reads and checks a tenant's file. Nothing outside the tenant's own folder is read, and never more than 1 MiB.
 * @throws ExpectedError
 */
export async function loadTenant(options: TenantPlace): Promise<Tenant> {
  return (await checkTenant(options)).tenant;
}

/**
 * Loads a tenant as `loadTenant` does, with the warnings about it in file order.
 * @throws ExpectedError
 */
export async function checkTenant(options: TenantPlace): Promise<CheckedTenant> {
  const { stacksDirectory, tenant } = options;
  if (!TENANT_NAME.test(tenant)) {
    throw new ExpectedError("tenant-name-invalid", `${quote(tenant)} is no name of a tenant.`, {
      hint: "Use 2 to 39 lower-case letters, digits and hyphens, starting with a letter: the name of a folder in stacks/.",
    });
  }
  const fileName = path.join(stacksDirectory, tenant, FILE_NAME);
  const handle = await openTenantFile(options);
  try {
    const result = await parseFile(handle, fileName);
    if ("tenant" in result) return result;
    throw invalid(fileName, result.problems);
  } finally {
    await handle.close();
  }
}

/**
 * Checks the text of a tenant file; `fileName` is only shown. Finds every problem in one run, in file order;
 * the problems of a file that is refused hold its warnings too.
 */
export function parseTenant(
  text: string,
  fileName: string,
): CheckedTenant | { problems: Problem[] } {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > MAX_FILE_BYTES) return { problems: [inFile(fileName, tooLarge(sizeBytes))] };
  const yaml = readYaml(text);
  if ("unreadable" in yaml) {
    return { problems: yaml.unreadable.map((finding) => inFile(fileName, finding)) };
  }

  const { tenant, findings } = checkData(yaml);
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
function checkData({ data, findings: before, sourceOf }: YamlData): {
  tenant: Tenant | undefined;
  findings: Finding[];
} {
  if (before.length > MAX_PROBLEMS) return { tenant: undefined, findings: [] };
  const checked = tenantSchema.safeParse(data);
  const issues = checked.error?.issues ?? [];
  const findings = explainIssues(issues, { schema: tenantSchema, data, sourceOf });
  return {
    tenant: checked.data,
    findings: findings.length > MAX_PROBLEMS ? findings : [...findings, ...checkRules(data)],
  };
}

/** The names of all folders that hold a tenant file, sorted. */
export async function listTenants(stacksDirectory: string): Promise<string[]> {
  const folders = await readdir(stacksDirectory, { withFileTypes: true });
  const names = folders
    .filter((folder) => folder.isDirectory() && TENANT_NAME.test(folder.name))
    .map((folder) => folder.name);
  const contents = await Promise.all(
    names.map((name) => readdir(path.join(stacksDirectory, name))),
  );
  return names.filter((_, index) => contents[index]?.includes(FILE_NAME)).sort();
}

async function openTenantFile(options: TenantPlace): Promise<FileHandle> {
  const { stacksDirectory, tenant } = options;
  const expected = path.join(await realpath(stacksDirectory), tenant, FILE_NAME);
  try {
    if ((await realpath(expected)) !== expected) {
      throw new ExpectedError(
        "tenant-file-misplaced",
        `The file of tenant ${quote(tenant)} is reached through a symbolic link.`,
        { hint: `Put the file itself at ${path.join(stacksDirectory, tenant, FILE_NAME)}.` },
      );
    }
    // Non-blocking, so that a pipe in the file's place does not hang us; its kind is checked on the open handle.
    return await open(expected, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw await unknownTenant(options);
  }
}

/** How many tenants a message names. */
const MOST_NAMED = 20;

/** The refusal of a name that has no file, with the names that have one. */
export async function unknownTenant(options: TenantPlace): Promise<ExpectedError> {
  const tenants = await listTenants(options.stacksDirectory);
  const suggestion = nearest(options.tenant, tenants);
  const restCount = tenants.length - MOST_NAMED;
  const named = tenants.slice(0, MOST_NAMED).join(", ") || "none";
  return new ExpectedError(
    "tenant-unknown",
    `There is no tenant ${quote(options.tenant)}: ${path.join(options.stacksDirectory, options.tenant, FILE_NAME)} does not exist.`,
    {
      hint: [
        ...(suggestion === undefined ? [] : [`Did you mean ${suggestion}?`]),
        `Tenants here: ${named}${restCount > 0 ? `, and ${restCount} more` : ""}.`,
      ].join(" "),
    },
  );
}

/** Leaves a byte order mark where it is, so that a second one is seen. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

async function parseFile(
  handle: FileHandle,
  fileName: string,
): Promise<ReturnType<typeof parseTenant>> {
  const start = { path: [], position: { line: 1, column: 1 } };
  const stat = await handle.stat();
  if (!stat.isFile()) {
    return { problems: [inFile(fileName, { ...start, message: "This is no regular file" })] };
  }
  if (stat.size > MAX_FILE_BYTES) return { problems: [inFile(fileName, tooLarge(stat.size))] };
  const bytes = await handle.readFile();
  try {
    return parseTenant(decoder.decode(bytes), fileName);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return {
      problems: [inFile(fileName, { ...start, message: "This is no text", allowed: "UTF-8" })],
    };
  }
}

function checkRules(data: unknown): Finding[] {
  const keys = Object.keys(typeof data === "object" && data !== null ? data : {});
  const sections = Object.keys(tenantSchema.shape);
  // With an unknown key at the top, a section may only be misspelt.
  const isMisspelt = keys.some((key) => !sections.includes(key));
  const leftOut = isMisspelt ? [] : sections.filter((section) => !keys.includes(section));
  const facts = { tenant: readLeniently(data), leftOut: new Set(leftOut) };
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

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP";
}
