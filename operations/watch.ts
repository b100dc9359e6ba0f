/** How all tenants stand, one after the other: for the nightly run, and for who only asks when that was. */
import { expectedFailure } from "../core/expected-error.ts";
import type { Failure } from "../core/expected-error.ts";
import { isOverdue, knownTenants, lastLook } from "./looks.ts";
import type { OperationContext } from "./ports.ts";
import { tenantStatus } from "./status.ts";
import type { Status } from "./status.ts";
import { foldersWithTenantFile } from "./validate.ts";

export interface WatchRequest {
  /** All where none is named. */
  readonly tenant: string | undefined;
  /** False: no tenant is read. */
  readonly look: boolean;
}

export interface WatchedTenant {
  readonly stack: string;
  /** UTC; undefined where it was never read completely here. */
  readonly lastLook: string | undefined;
  /** More than 26 hours ago, or never. */
  readonly isOverdue: boolean;
  /** A tenant without a folder in stacks/ is managed by nobody, and lives and costs on. */
  readonly hasFolder: boolean;
  readonly status: Status | undefined;
  /** Why it could not be read. */
  readonly failure: Failure | undefined;
}

/** @throws ExpectedError `interrupted`; what keeps one tenant from being read is told with it, and the others are read */
export async function watchTenants(
  context: OperationContext,
  { tenant, look }: WatchRequest,
): Promise<readonly WatchedTenant[]> {
  const folders = foldersWithTenantFile(context.workspace.stacksDirectory);
  const all = [...new Set([...folders, ...(await knownTenants(context))])].sort();
  const watched: WatchedTenant[] = [];
  for (const stack of tenant === undefined ? all : [tenant]) {
    const hasFolder = folders.includes(stack);
    const seen = look && hasFolder ? await lookAt(context, stack) : {};
    const at = await lastLook(context, stack);
    watched.push({
      ...{ stack, lastLook: at, isOverdue: isOverdue(at, context.now()), hasFolder },
      ...{ status: undefined, failure: undefined, ...seen },
    });
  }
  return watched;
}

async function lookAt(
  context: OperationContext,
  stack: string,
): Promise<Partial<Pick<WatchedTenant, "status" | "failure">>> {
  try {
    return { status: await tenantStatus(context, { stack }) };
  } catch (error) {
    const failure = expectedFailure(error);
    if (failure === undefined || context.signal.aborted) throw error;
    return { failure };
  }
}
