/**
 * Microsoft's products as the tenant file names them: skuPartNumber, skuId, and which services a licence opens. The list is
 * skus.json, which the emulator reads too; `node scripts/generate-skus.ts <csv> [part number…]` adds to it.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference (checked 2026-11)
 */
import products from "./skus.json" with { type: "json" };

export interface Sku {
  /** Microsoft's string id, in exactly this spelling. */
  skuPartNumber: SkuPartNumber;
  /** The same product as a GUID, as Graph wants it in `assignLicense`. */
  skuId: string;
  /** Name for people. */
  name: string;
  /** What it consists of, as far as it is listed. */
  plans: readonly string[];
  /** Holds an Exchange Online plan (1, 2 or Kiosk), so that a licence makes a mailbox. */
  hasMailbox: boolean;
  /** Holds a SharePoint plan (1, 2 or Kiosk). */
  hasSharePoint: boolean;
  /** How many of it a tenant may have; undefined: no limit that we know. */
  mostSeats: number | undefined;
}

export type SkuPartNumber = keyof typeof products;

export const skuPartNumbers = Object.keys(products) as SkuPartNumber[];

const EXCHANGE = ["EXCHANGE_S_DESKLESS", "EXCHANGE_S_STANDARD", "EXCHANGE_S_ENTERPRISE"];
const SHAREPOINT = ["SHAREPOINTDESKLESS", "SHAREPOINTSTANDARD", "SHAREPOINTENTERPRISE"];

/**
 * Of each Business product apart; as others quote it (2026-11-28), the page itself was not read.
 * @see https://learn.microsoft.com/office365/servicedescriptions/office-365-platform-service-description/office-365-plan-options
 */
const BUSINESS = { name: /^Microsoft 365 (?:Business|Apps for business)/, mostSeats: 300 };

export const skuCatalogue: readonly Sku[] = skuPartNumbers.map((skuPartNumber) => {
  const { skuId, name, plans } = products[skuPartNumber];
  return {
    skuPartNumber,
    skuId,
    name,
    plans,
    hasMailbox: plans.some((plan) => EXCHANGE.includes(plan)),
    hasSharePoint: plans.some((plan) => SHAREPOINT.includes(plan)),
    mostSeats: BUSINESS.name.test(name) ? BUSINESS.mostSeats : undefined,
  };
});

const skuByPartNumber = new Map<string, Sku>(skuCatalogue.map((sku) => [sku.skuPartNumber, sku]));

/** The product of this name; undefined when the catalogue does not hold it. */
export function findSku(skuPartNumber: string): Sku | undefined {
  return skuByPartNumber.get(skuPartNumber);
}

/** What a customer calls the product; the skuPartNumber itself where the catalogue does not hold it. */
export const productName = (skuPartNumber: string): string =>
  findSku(skuPartNumber)?.name ?? skuPartNumber;

/**
 * Whether a product with these parts brings conditional access to a tenant.
 * @see https://learn.microsoft.com/entra/identity/conditional-access/overview (license requirements, checked 2026-11-27)
 */
export const hasConditionalAccess = (plans: readonly string[]): boolean =>
  plans.some((plan) => plan === "AAD_PREMIUM" || plan === "AAD_PREMIUM_P2");

/** Whether a licence makes a mailbox: the product does, and its Exchange is not switched off. */
export const makesMailbox = (skuPartNumber: string, disabledPlans: readonly string[]): boolean =>
  findSku(skuPartNumber)?.plans.some(
    (plan) => EXCHANGE.includes(plan) && !disabledPlans.includes(plan),
  ) === true;
