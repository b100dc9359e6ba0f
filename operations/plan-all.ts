/** Plans all tenants, one after the other; what one of them is refused for keeps no other from being planned. */
import { planOne } from "./ci/plan-change.ts";
import type { PlannedTenant } from "./ci/plan-change.ts";
import type { OperationContext } from "./ports.ts";
import { foldersWithTenantFile } from "./validate.ts";

/** Keeps each plan as the newest of its tenant. @throws ExpectedError `interrupted` */
export async function planAll(
  context: OperationContext,
  { refresh }: { readonly refresh: boolean },
): Promise<readonly PlannedTenant[]> {
  const planned: PlannedTenant[] = [];
  for (const stack of foldersWithTenantFile(context.workspace.stacksDirectory)) {
    planned.push(await planOne(context, stack, { isAdded: false, refresh }));
  }
  return planned;
}
