/**
 * Taking a tenant over that exists: its file, its state, and a first plan to show that they agree. Only reads: nothing is
 * written to the tenant, and so nothing is recorded; whatever changes it afterwards is planned and approved as always.
 */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ExpectedError } from "../core/expected-error.ts";
import type { ReadTenant, ReadTenantOptions } from "../engine/index.ts";
import { FILE_NAME, loadTenant, tenantFileText } from "../tenant-file/index.ts";
import type { TenantDraft } from "../tenant-file/index.ts";
import { appliedRules } from "./authorize.ts";
import type { OperationContext } from "./ports.ts";
import { openLedger } from "./records.ts";
import { takeLock } from "./tenant-locks.ts";
import { withSession } from "./with-session.ts";

export interface ImportRequest {
  readonly stack: string;
  /** Where there is no tenant file yet: who the tenant and its provider are. Otherwise the file says so. */
  readonly details: ImportDetails | undefined;
  /** Who runs the backup, and in which country: the vendor's server does not know. */
  readonly backupOperator: NonNullable<ReadTenantOptions["backup"]>["operator"];
}

interface ImportDetails {
  readonly tenantId: string;
  readonly initialDomain: string;
  readonly managedBy: TenantDraft["managedBy"];
}

export interface ImportedTenant extends Pick<
  ReadTenant,
  "counts" | "left" | "findings" | "notRead"
> {
  readonly stack: string;
  readonly file: string;
  /** False when there was one already: it stays as it is. */
  readonly isFileNew: boolean;
  /** Changes of the first plan; none where the tenant was taken over as it is. */
  readonly changes: number;
}

/**
 * The same again after it was broken off, or after the file was edited.
 * @throws ExpectedError `tenant-details-missing`, `already-applied-here`, `not-taken-over`, those of the tenant file
 */
export async function importTenant(
  context: OperationContext,
  { stack, details, backupOperator }: ImportRequest,
): Promise<ImportedTenant> {
  const { workspace, readTenant, report, signal } = context;
  const opened = await openLedger(context, stack);
  if (opened.record.applications.length > 0) throw alreadyApplied(stack);
  const { stacksDirectory } = workspace;
  const file = join(stacksDirectory, stack, FILE_NAME);
  const isFileNew = !existsSync(file);
  const asked = isFileNew ? details : await detailsOf(context, stack);
  if (asked === undefined) throw detailsMissing(stack);
  report({ kind: "reading-tenant", stack });
  const { draft, remarks, adopted, ...found } = await readTenant({
    ...{ ...asked, signal },
    backup: { operator: backupOperator },
  });
  if (isFileNew) {
    await mkdir(dirname(file), { recursive: true });
    // Not over a file that somebody else has made meanwhile.
    await writeFile(file, tenantFileText(draft, remarks), { flag: "wx" });
  }
  const { tenantId } = asked;
  const taking = { stack, tenantId, purpose: "import", ledger: opened };
  const { lock, ledger } = await takeLock(context, taking);
  try {
    const options = { stack, access: "apply", lock, adopted } as const;
    const plan = await withSession(context, options, async (session) => {
      report({ kind: "taking-over", stack });
      await session.adopt();
      report({ kind: "planning", stack, again: false });
      return await session.plan({ appliedRules: appliedRules(ledger.record) });
    });
    return { stack, file, isFileNew, ...found, changes: plan.plan.changes.length };
  } finally {
    await lock.release();
  }
}

async function detailsOf(
  { workspace: { stacksDirectory } }: OperationContext,
  stack: string,
): Promise<ImportDetails> {
  const { tenant, managedBy } = await loadTenant({ stacksDirectory, tenant: stack });
  return { tenantId: tenant.id, initialDomain: tenant.initialDomain, managedBy };
}

const alreadyApplied = (stack: string): ExpectedError =>
  new ExpectedError("already-applied-here", `${stack} was applied from here before.`, {
    hint: "What was changed by hand is reverted with {plan}, or put into the tenant file.",
    remedy: { plan: { tenant: stack, refresh: true } },
  });

const detailsMissing = (stack: string): ExpectedError =>
  new ExpectedError("tenant-details-missing", `There is no tenant file of ${stack} yet.`, {
    hint: "Say which tenant it is (id and initial domain), and who manages it (name and mail domain).",
  });
