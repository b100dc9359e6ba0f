/** The first file of a tenant that is new, and what is to be done before its first plan. Nothing is contacted. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dayIn } from "../core/calendar.ts";
import { ExpectedError } from "../core/expected-error.ts";
import {
  checkTenant,
  FILE_NAME,
  firstContract,
  readIdentities,
  tenantFileText,
} from "../tenant-file/index.ts";
import type { Remarks, TenantDraft } from "../tenant-file/index.ts";
import type { OperationContext } from "./ports.ts";

export interface NewTenantRequest {
  readonly stack: string;
  readonly tenant: Pick<TenantDraft["tenant"], "id" | "displayName" | "initialDomain" | "country">;
  readonly managedBy: TenantDraft["managedBy"];
  /** Who decides at the customer. */
  readonly decisionMaker: { readonly name: string; readonly email: string };
}

const SECTIONS: Remarks["sections"] = {
  tenant: [
    "Final once the tenant exists: `initialDomain` and `country`. Microsoft changes neither.",
    "Add the customer's own domains to `domains` once they are verified, and under `emergencyAccounts`",
    "the account that no change may remove or block.",
  ],
  contract: ["Correct this before the first plan: backups are kept until its last day."],
  backup: [
    "backup: outside Microsoft, with vendor, location, operator, covers and retention.",
    "A plan is refused until it is here; stacks/README.md has an example.",
  ],
  users: [
    "users, groups, sites: a section that is left out is not managed; an empty list means that none may exist.",
  ],
};

/**
 * Writes `stacks/<name>/tenant.yaml`, which then passes `validate`.
 * @throws ExpectedError `tenant-exists`, and those of the tenant file for a value that it does not take
 */
export async function newTenant(
  { workspace: { stacksDirectory }, now }: Pick<OperationContext, "workspace" | "now">,
  request: NewTenantRequest,
): Promise<{ readonly file: string }> {
  const { stack, managedBy } = request;
  const file = join(stacksDirectory, stack, FILE_NAME);
  const draft: TenantDraft = {
    version: 1,
    tenant: {
      ...request.tenant,
      domains: [],
      language: request.tenant.country.toUpperCase() === "NL" ? "nl" : "en",
    },
    managedBy,
    contract: firstContract(dayIn("NL", now())),
    approval: { decisionMakers: [request.decisionMaker] },
  };
  await mkdir(dirname(file), { recursive: true });
  await writeNew(file, tenantFileText(draft, { sections: SECTIONS, entries: new Map() }));
  try {
    const identities = await readIdentities(stacksDirectory);
    await checkTenant({ stacksDirectory, tenant: stack }, identities);
  } catch (error) {
    // The file is no use to anybody, and would stand in the way of the next try.
    await rm(file);
    throw error;
  }
  return { file };
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    throw new ExpectedError("tenant-exists", `${file} already exists.`, {
      hint: "Change that file, or choose another name.",
    });
  }
}
