/** What the newest plan asks of the licence partner, to be ordered there by a person. */
import { ExpectedError } from "../core/expected-error.ts";
import type { Language } from "../core/language.ts";
import { NOUNS } from "../core/nouns.ts";
import { nameOfUrn } from "../core/urn.ts";
import { dayAt, loadTenant } from "../tenant-file/index.ts";
import type { OrderToSend } from "../views/index.ts";
import type { OperationContext } from "./ports.ts";
import { showPlan } from "./show.ts";

export interface Order extends OrderToSend {
  /** The customer's. */
  readonly language: Language;
}

/** @throws ExpectedError `no-license-partner`; `no-plan` and others of a plan that cannot be read. */
export async function orderOf(
  context: Pick<OperationContext, "records" | "now" | "workspace">,
  { stack }: { readonly stack: string },
): Promise<Order> {
  const { stacksDirectory } = context.workspace;
  const file = await loadTenant({ stacksDirectory, tenant: stack });
  const { licensePartner: partner, tenant } = file;
  const today = dayAt(file, context.now());
  if (partner === undefined || partner.customerAgreement.dateAgreed > today) {
    throw new ExpectedError(
      "no-license-partner",
      partner === undefined
        ? "The tenant file does not say from whom licences are bought."
        : "Microsoft's customer agreement is not agreed to yet.",
      {
        hint: "Write the licence partner's `name` under `licensePartner`, and under `customerAgreement` who at the customer agreed to Microsoft's customer agreement, and when: the partner has to confirm that before the first order.",
      },
    );
  }
  const { plan, digest } = await showPlan(context, { stack, digest: undefined });
  const lines = plan.changes.flatMap(({ type, urn, operation, commitment, properties }) => {
    if (type !== NOUNS.subscription.type || operation === "adopt" || operation === "forget")
      return [];
    const sku = nameOfUrn(urn);
    const bought = file.subscriptions?.find((one) => one.sku === sku);
    const dropped = properties.find(({ path }) => path === "count")?.before;
    const { product = sku, countBefore, countAfter, until, atRenewal } = commitment ?? {};
    return [
      {
        ...{ sku, product, until, atRenewal },
        countBefore: countBefore ?? (typeof dropped === "number" ? dropped : 0),
        countAfter: countAfter ?? 0,
        term: bought?.term,
        billingCycle: bought?.billingCycle,
        start: bought?.start,
        customTermEndDate: bought?.customTermEndDate,
      },
    ];
  });
  const { displayName, id: tenantId, initialDomain, language } = tenant;
  return {
    partner: partner.name,
    customer: { displayName, tenantId, initialDomain },
    customerAgreement: partner.customerAgreement,
    ...{ language, digest, lines },
  };
}
