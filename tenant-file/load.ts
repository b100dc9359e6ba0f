/** Loads `stacks/<tenant>/tenant.yaml`: the validated tenant, or everything that is wrong with the file. */
import { ExpectedError } from "../core/expected-error.ts";
import type { Finding, Problem } from "./diagnostic.ts";
import { checkText, inFile, refusalOf } from "./reading/check-text.ts";
import { readLeniently } from "./reading/lenient.ts";
import { fileNameOf, readTenantFile, type TenantPlace } from "./files.ts";
import { readIdentities, type TenantIdentity } from "./identities.ts";
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

function invalid(fileName: string, problems: readonly Problem[]): ExpectedError {
  const { sentence, details } = refusalOf(fileName, problems);
  return new ExpectedError("tenant-file-invalid", sentence, {
    hint: "Correct each at the line and column given; stacks/README.md describes the format.",
    details,
  });
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
  const checked = checkText(text, fileName, {
    schema: tenantSchema,
    rules: (data) => checkRules(data, others),
  });
  return "problems" in checked ? checked : { tenant: checked.value, warnings: checked.warnings };
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
