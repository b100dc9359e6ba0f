/** Offering a decision maker to enrol a passkey in the portal. It registers nobody: a registration does. */
import { normalizeEmail } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { loadTenant } from "../tenant-file/index.ts";
import { makeOffer } from "./enrolments.ts";
import type { NewOffer } from "./enrolments.ts";
import type { OperationContext } from "./ports.ts";

/** @throws ExpectedError `no-decision-maker` for an address that the tenant file does not name as one */
export async function offerEnrolment(
  context: OperationContext,
  { stack, email }: { readonly stack: string; readonly email: string },
): Promise<NewOffer & { readonly name: string; readonly path: string }> {
  const { stacksDirectory } = context.workspace;
  const { tenant, approval } = await loadTenant({ stacksDirectory, tenant: stack });
  const address = normalizeEmail(email);
  const person = approval?.decisionMakers?.find((one) => normalizeEmail(one.email) === address);
  if (person === undefined) {
    throw new ExpectedError(
      "no-decision-maker",
      `${address} is not a decision maker of ${stack}.`,
      {
        hint: "Add the person to approval.decisionMakers in the tenant file first.",
      },
    );
  }
  const { name } = person;
  const { displayName: company, language } = tenant;
  const offer = await makeOffer(context, stack, { email: address, name, company, language });
  return { ...offer, name, path: `/portal/${stack}/enrol/${offer.token}` };
}
