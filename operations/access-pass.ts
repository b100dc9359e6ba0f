/**
 * A pass with which somebody signs in for the first time. It is handed to the one who asks and stands nowhere else; the record says
 * who asked, for whom, and who reads it. Who administers or decides gets none: it would make whoever asks one of them.
 */
import { headOf, signAccessPass } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { globalAdministratorsOf, loadTenant } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { OperationContext } from "./ports.ts";
import { openLedger } from "./records.ts";

export interface AccessPassRequest {
  readonly stack: string;
  /** User principal name. */
  readonly user: string;
  /** Who reads the pass: that person, or whoever hands it to them. */
  readonly receiver: string;
  readonly lifetimeInMinutes: number;
}

export interface AccessPass extends AccessPassRequest {
  /** The only copy: for the eyes of the receiver, never for a file or a log. */
  readonly pass: string;
}

/**
 * @throws ExpectedError `not-a-user`, `access-pass-refused`, `no-applier`, `not-registered`, and those of the service:
 * `access-pass-not-allowed`
 */
export async function accessPass(
  context: OperationContext,
  request: AccessPassRequest,
): Promise<AccessPass> {
  const { stack, user, receiver, lifetimeInMinutes } = request;
  const { stacksDirectory } = context.workspace;
  const tenant = await loadTenant({ stacksDirectory, tenant: stack });
  refuseOthers(tenant, request);
  const { email, key } = await context.trust.applier();
  const ledger = await openLedger(context, stack);
  const predicate = {
    ...{ stack, tenantId: tenant.tenant.id, seen: headOf(ledger.record) },
    ...{ user, receiver, lifetimeInMinutes },
    askedBy: { email, keyId: key.keyId },
    askedAt: context.now().toISOString(),
  };
  // First: a pass that nobody can account for is worse than an entry without one.
  await ledger.append(signAccessPass(predicate, key));
  const pass = await context.giveAccessPass({
    ...{ tenant, userPrincipalName: user, lifetimeInMinutes, signal: context.signal },
  });
  return { ...request, pass };
}

function refuseOthers(tenant: Tenant, { stack, user }: AccessPassRequest): void {
  const { users = [], roles = [], approval } = tenant;
  if (!users.some(({ userPrincipalName }) => userPrincipalName === user)) {
    throw new ExpectedError("not-a-user", `${user} is not a user of ${stack}.`, {
      hint: "Name somebody of the tenant file by user principal name.",
    });
  }
  const never = new Set([
    ...(tenant.tenant.emergencyAccounts ?? []),
    ...(globalAdministratorsOf(tenant) ?? []),
    ...roles.flatMap((role) => role.users.map((holder) => holder.user)),
    ...(approval?.decisionMakers ?? []).map((person) => person.email),
  ]);
  if (!never.has(user)) return;
  throw new ExpectedError("access-pass-refused", `${user} administers or decides in ${stack}.`, {
    hint: "Have an administrator of the customer make the pass in the Microsoft Entra admin center.",
  });
}
