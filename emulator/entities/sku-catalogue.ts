/**
 * Well-known licences: ids and service plans as published in "Product names and service plan identifiers for licensing"
 * (learn.microsoft.com/entra/identity/users/licensing-service-plan-reference, checked 2026-11). The lists of plans are
 * shortened to those that matter to mail, files, sign-in and apps.
 */

import { furtherSkus } from "./further-skus.ts";
import type { ServicePlanName } from "./service-plans.ts";

export interface Sku {
  skuId: string;
  skuPartNumber: string;
  plans: readonly ServicePlanName[];
}

const BUSINESS_SERVICES = [
  "SHAREPOINTWAC",
  "TEAMS1",
  "MCOSTANDARD",
  "YAMMER_ENTERPRISE",
  "PROJECTWORKMANAGEMENT",
] as const;
const SECURITY = [
  "INTUNE_A",
  "AAD_PREMIUM",
  "MFA_PREMIUM",
  "RMS_S_ENTERPRISE",
  "RMS_S_PREMIUM",
] as const;

const CATALOGUE: Record<string, { skuId: string; plans: readonly ServicePlanName[] }> = {
  SPB: {
    skuId: "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46",
    plans: [
      "EXCHANGE_S_STANDARD",
      "SHAREPOINTSTANDARD",
      "OFFICE_BUSINESS",
      "ATP_ENTERPRISE",
      ...BUSINESS_SERVICES,
      ...SECURITY,
    ],
  },
  O365_BUSINESS_ESSENTIALS: {
    skuId: "3b555118-da6a-4418-894f-7df1e2096870",
    plans: ["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD", ...BUSINESS_SERVICES],
  },
  O365_BUSINESS_PREMIUM: {
    skuId: "f245ecc8-75af-4f8e-b61f-27d8114de5f3",
    plans: ["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD", "OFFICE_BUSINESS", ...BUSINESS_SERVICES],
  },
  O365_BUSINESS: {
    skuId: "cdd28e44-67e3-425e-be4c-737fab2899d3",
    plans: ["OFFICE_BUSINESS", "EXCHANGE_S_FOUNDATION"],
  },
  SPE_E3: {
    skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965",
    plans: [
      "EXCHANGE_S_ENTERPRISE",
      "SHAREPOINTENTERPRISE",
      "OFFICESUBSCRIPTION",
      "WIN10_PRO_ENT_SUB",
      ...BUSINESS_SERVICES,
      ...SECURITY,
    ],
  },
  SPE_E5: {
    skuId: "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
    plans: [
      "EXCHANGE_S_ENTERPRISE",
      "SHAREPOINTENTERPRISE",
      "OFFICESUBSCRIPTION",
      "WIN10_PRO_ENT_SUB",
      "ATP_ENTERPRISE",
      "AAD_PREMIUM_P2",
      ...BUSINESS_SERVICES,
      ...SECURITY,
    ],
  },
  SPE_F1: {
    skuId: "66b55226-6b4f-492c-910c-a3b7a3c9d993",
    plans: ["EXCHANGE_S_DESKLESS", "SHAREPOINTDESKLESS", ...BUSINESS_SERVICES, ...SECURITY],
  },
  STANDARDPACK: {
    skuId: "18181a46-0d4e-45cd-891e-60aabd171b4e",
    plans: ["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD", ...BUSINESS_SERVICES],
  },
  ENTERPRISEPACK: {
    skuId: "6fd2c87f-b296-42f0-b197-1e91e994b900",
    plans: [
      "EXCHANGE_S_ENTERPRISE",
      "SHAREPOINTENTERPRISE",
      "OFFICESUBSCRIPTION",
      "RMS_S_ENTERPRISE",
      ...BUSINESS_SERVICES,
    ],
  },
  ENTERPRISEPREMIUM: {
    skuId: "c7df2760-2c81-4ef7-b578-5b5392b571df",
    plans: [
      "EXCHANGE_S_ENTERPRISE",
      "SHAREPOINTENTERPRISE",
      "OFFICESUBSCRIPTION",
      "RMS_S_ENTERPRISE",
      "ATP_ENTERPRISE",
      ...BUSINESS_SERVICES,
    ],
  },
  OFFICESUBSCRIPTION: {
    skuId: "c2273bd0-dff7-4215-9ef5-2c7bcfb06425",
    plans: ["OFFICESUBSCRIPTION", "EXCHANGE_S_FOUNDATION"],
  },
  EXCHANGEDESKLESS: {
    skuId: "80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82",
    plans: ["EXCHANGE_S_DESKLESS"],
  },
  EXCHANGESTANDARD: {
    skuId: "4b9405b0-7788-4568-add1-99614e613b69",
    plans: ["EXCHANGE_S_STANDARD"],
  },
  EXCHANGEENTERPRISE: {
    skuId: "19ec0d23-8335-4cbd-94ac-6050e30712fa",
    plans: ["EXCHANGE_S_ENTERPRISE"],
  },
  ATP_ENTERPRISE: { skuId: "4ef96642-f096-40de-a3e9-d83fb2f90211", plans: ["ATP_ENTERPRISE"] },
  AAD_PREMIUM: {
    skuId: "078d2b04-f1bd-4111-bbd4-b4b1b354cef4",
    plans: ["AAD_PREMIUM", "MFA_PREMIUM", "EXCHANGE_S_FOUNDATION"],
  },
  AAD_PREMIUM_P2: {
    skuId: "84a661c4-e949-4bd2-a560-ed7766fcaf2b",
    plans: ["AAD_PREMIUM", "AAD_PREMIUM_P2", "MFA_PREMIUM", "EXCHANGE_S_FOUNDATION"],
  },
  INTUNE_A: {
    skuId: "061f9ace-7d42-4136-88ac-31dc755f143f",
    plans: ["INTUNE_A", "EXCHANGE_S_FOUNDATION"],
  },
  EMS: {
    skuId: "efccb6f7-5641-4e0e-bd10-b4976e1bf68e",
    plans: [...SECURITY, "EXCHANGE_S_FOUNDATION"],
  },
  EMSPREMIUM: {
    skuId: "b05e124f-c7cc-45a0-a6aa-8cf78c946968",
    plans: [...SECURITY, "AAD_PREMIUM_P2", "EXCHANGE_S_FOUNDATION"],
  },
  FLOW_FREE: {
    skuId: "f30db892-07e9-47e9-837c-80727f46fd3d",
    plans: ["FLOW_P2_VIRAL", "EXCHANGE_S_FOUNDATION"],
  },
  POWER_BI_STANDARD: {
    skuId: "a403ebcc-fae0-4ca2-8c8c-7a907fd6c235",
    plans: ["BI_AZURE_P0", "EXCHANGE_S_FOUNDATION"],
  },
  TEAMS_EXPLORATORY: {
    skuId: "710779e8-3d4a-4c88-adb9-386c958d1fdf",
    plans: ["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD", ...BUSINESS_SERVICES],
  },
  ...furtherSkus,
};

export const skuCatalogue: readonly Sku[] = Object.entries(CATALOGUE).map(
  ([skuPartNumber, sku]) => ({
    skuPartNumber,
    ...sku,
  }),
);

export function findSku(idOrPartNumber: string): Sku | undefined {
  return skuCatalogue.find(
    (sku) => sku.skuId === idOrPartNumber.toLowerCase() || sku.skuPartNumber === idOrPartNumber,
  );
}
