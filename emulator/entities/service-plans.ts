/** The plans that licences consist of, as published where sku-catalogue.ts says (checked 2026-11). */
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

export function planNameOf(servicePlanId: string): ServicePlanName | undefined {
  const entries = Object.entries(servicePlans) as [ServicePlanName, ServicePlan][];
  return entries.find(([, plan]) => plan.id === servicePlanId.toLowerCase())?.[0];
}
