/** Whether a tenant can be worked with, without an engine: see provider/examine.ts. */
import { backupArgs } from "../components/index.ts";
import { examine } from "../provider/index.ts";
import type { Examined } from "../provider/index.ts";
import { loadTenant } from "../tenant-file/index.ts";
import { openPartner, openService, refuseWrites } from "./connect.ts";
import type { SessionOptions } from "./session-options.ts";

export type ExamineOptions = Pick<
  SessionOptions,
  "workspace" | "stack" | "signal" | "onRequest" | "onWaiting"
>;

/** @throws ExpectedError for a tenant file that cannot be used, `no-credential`. */
export async function examineTenant(options: ExamineOptions): Promise<readonly Examined[]> {
  const { stack, ...rest } = options;
  const { stacksDirectory } = options.workspace;
  const tenant = await loadTenant({ stacksDirectory, tenant: stack });
  const service = await openService({ ...rest, tenant, mayWrite: refuseWrites });
  const partner = await openPartner({ ...rest, mayWrite: refuseWrites });
  try {
    const { id, initialDomain, domains } = tenant.tenant;
    const backup = tenant.backup && backupArgs(tenant, tenant.backup);
    const expected = { tenantId: id, initialDomain, domains, backup };
    return await examine(service.connection, expected, partner?.service);
  } finally {
    await partner?.close();
    await service.close();
  }
}
