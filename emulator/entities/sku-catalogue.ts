/**
 * Well-known licences: ids and service plans as published in "Product names and service plan identifiers for licensing"
 * (learn.microsoft.com/entra/identity/users/licensing-service-plan-reference, checked 2026-11). The lists of plans are
 * shortened to those that matter to mail, files, sign-in and apps.
 */

import { furtherSkus } from "./further-skus.ts";

export interface ServicePlan {
  id: string;
  /** Plans of one family exclude each other. */
  family?: string;
  /** Names of plans of which the user must have one. */
  needs?: readonly string[];
}

export const servicePlans = {
  EXCHANGE_S_FOUNDATION: { id: "113feb6c-3fe4-4440-bddc-54d774bf0318" },
  EXCHANGE_S_DESKLESS: { id: "4a82b400-a79f-41a4-b4e2-e94f5787b113", family: "exchange" },
  EXCHANGE_S_STANDARD: { id: "9aaf7827-d63c-4b61-89c3-182f06f82e5c", family: "exchange" },
  EXCHANGE_S_ENTERPRISE: { id: "efb87545-963c-4e0d-99df-69c6916d9eb0", family: "exchange" },
  SHAREPOINTDESKLESS: { id: "902b47e5-dcb2-4fdc-858b-c63a90a2bdb9", family: "sharepoint" },
  SHAREPOINTSTANDARD: { id: "c7699d2e-19aa-44de-8edf-1736da088ca1", family: "sharepoint" },
  SHAREPOINTENTERPRISE: { id: "5dbe027f-2339-4123-9542-606e4d348a72", family: "sharepoint" },
  SHAREPOINTWAC: { id: "e95bec33-7c88-4a70-8e19-b10bd9d0c014" },
  TEAMS1: { id: "57ff2da0-773e-42df-b2af-ffb7a2317929" },
  MCOSTANDARD: { id: "0feaeb32-d00e-4d66-bd5a-43b5b83db82c" },
  OFFICE_BUSINESS: { id: "094e7854-93fc-4d55-b2c0-3ab5369ebdc1" },
  OFFICESUBSCRIPTION: { id: "43de0ff5-c92c-492b-9116-175376d08c38" },
  INTUNE_A: { id: "c1ec4a95-1f05-45b3-a911-aa3fa01094f5" },
  AAD_PREMIUM: { id: "41781fb2-bc02-4b7c-bd55-b576c07bb09d" },
  AAD_PREMIUM_P2: { id: "eec0eb4f-6444-4f95-aba0-50c24d67f998" },
  MFA_PREMIUM: { id: "8a256a2b-b617-496d-b51b-e76466e88db0" },
  RMS_S_ENTERPRISE: { id: "bea4c11e-220a-4e6d-8eb8-8ea15d019f90" },
  RMS_S_PREMIUM: { id: "6c57d4b6-3b23-47a5-9bc9-69f17b4947b3" },
  YAMMER_ENTERPRISE: { id: "7547a3fe-08ee-4ccb-b430-5077c5041653" },
  PROJECTWORKMANAGEMENT: { id: "b737dad2-2f6c-4c65-90e3-ca563267e8b9" },
  ATP_ENTERPRISE: {
    id: "f20fedf3-f3c3-43c3-8267-2bfdd51c0939",
    needs: ["EXCHANGE_S_DESKLESS", "EXCHANGE_S_STANDARD", "EXCHANGE_S_ENTERPRISE"],
  },
  FLOW_P2_VIRAL: { id: "50e68c76-46c6-4674-81f9-75456511b170" },
  BI_AZURE_P0: { id: "2049e525-b859-401b-b2a0-e0a31c4b1fe4" },
  WIN10_PRO_ENT_SUB: { id: "21b439ba-a0ca-424f-a6cc-52f954a5b111" },
} as const satisfies Record<string, ServicePlan>;

export type ServicePlanName = keyof typeof servicePlans;

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

export function planNameOf(servicePlanId: string): ServicePlanName | undefined {
  const entries = Object.entries(servicePlans) as [ServicePlanName, ServicePlan][];
  return entries.find(([, plan]) => plan.id === servicePlanId.toLowerCase())?.[0];
}
