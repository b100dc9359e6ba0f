import { existsSync } from "node:fs";
import { join } from "node:path";
import { FILE_NAME, loadTenant, unknownTenant } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { OperationContext } from "./ports.ts";

/**
 * Refuses a name that means nothing here, so that a misspelt one is never taken for a tenant without history.
 * The record of a tenant outlives its file.
 * @throws ExpectedError `tenant-unknown`, with the names that there are.
 */
export async function refuseUnknownTenant(
  { workspace, records }: Pick<OperationContext, "workspace" | "records">,
  tenant: string,
): Promise<void> {
  const { stacksDirectory } = workspace;
  if (existsSync(join(stacksDirectory, tenant, FILE_NAME))) return;
  const recorded = await records.list(`${tenant}/entries/`);
  if (recorded.length === 0) throw await unknownTenant({ stacksDirectory, tenant });
}

/** Undefined where it has no file yet. @throws ExpectedError for a file that cannot be used. */
export async function declaredTenant(
  { workspace: { stacksDirectory } }: Pick<OperationContext, "workspace">,
  stack: string,
): Promise<Tenant | undefined> {
  if (!existsSync(join(stacksDirectory, stack, FILE_NAME))) return undefined;
  return await loadTenant({ stacksDirectory, tenant: stack });
}
