/** What a tenant file takes over by name (`adopt: true`). */
import { ExpectedError } from "../core/expected-error.ts";
import { nameOfList, NOUNS, typesOf } from "../core/nouns.ts";
import { keyOfUrn, nameOfUrn, resourceKey } from "../core/urn.ts";
import { needsNoLicenseAnyMore } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import { adoptions } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";

/** By `resourceKey`. */
export const adoptedKeys = (tenant: Tenant): ReadonlySet<string> =>
  new Set(
    adoptions(tenant).flatMap(({ kind, name }) =>
      typesOf(kind).map((type) => resourceKey(type, name)),
    ),
  );

/**
 * For a plan that did not read the tenant: it cannot say what it changes of what is there, and whether a mailbox can do
 * without its licence. On the day after somebody left nobody is asked again: there the mailbox itself refuses, before its
 * licence goes.
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
  const leavers = new Set(
    (tenant.users ?? []).flatMap(({ leaves, userPrincipalName }) =>
      leaves === undefined ? [] : [nameOfList(NOUNS.userMailboxType, userPrincipalName)],
    ),
  );
  const shared = changes.filter(
    (change) => needsNoLicenseAnyMore(change) && !leavers.has(nameOfUrn(change.urn)),
  );
  if (unread.length + shared.length === 0) return;
  const key = unread.length === 0 ? "type: shared" : "adopt: true";
  throw new ExpectedError("adoption-unread", `\`${key}\` needs a plan that reads the tenant.`, {
    hint: "{plan} says what the tenant file changes of what is there.",
    details: [...unread, ...shared].map(({ name }) => name),
    remedy: { plan: { tenant: stack, refresh: true } },
  });
}
