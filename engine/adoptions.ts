/** What a tenant file takes over by name (`adopt: true`). */
import { ExpectedError } from "../core/expected-error.ts";
import { NOUNS } from "../core/nouns.ts";
import { keyOfUrn, resourceKey } from "../core/urn.ts";
import type { Plan } from "../plan/index.ts";
import { adoptions } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";

/** By `resourceKey`. */
export const adoptedKeys = (tenant: Tenant): ReadonlySet<string> =>
  new Set(adoptions(tenant).map(({ kind, name }) => resourceKey(NOUNS[kind].type, name)));

/**
 * For a plan that did not read the tenant: it cannot say what it changes of what is there.
 * @throws ExpectedError `adoption-unread`
 */
export function refuseUnread(
  { changes }: Pick<Plan, "changes">,
  { stack, tenant }: { readonly stack: string; readonly tenant: Tenant },
): void {
  const keys = adoptedKeys(tenant);
  const unread = changes.filter(
    ({ operation, urn }) => operation === "create" && keys.has(keyOfUrn(urn)),
  );
  if (unread.length === 0) return;
  throw new ExpectedError("adoption-unread", "`adopt: true` needs a plan that reads the tenant.", {
    hint: "{plan} says what the tenant file changes of what is there.",
    details: unread.map(({ name }) => name),
    remedy: { plan: { tenant: stack, refresh: true } },
  });
}
