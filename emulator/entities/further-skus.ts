/**
 * Licences of which the emulator knows the id and the few plans that decide whether there is a mailbox or a site.
 * Source as in sku-catalogue.ts (checked 2026-11); the other plans are left out.
 */
import type { ServicePlanName } from "./service-plans.ts";

export const furtherSkus: Record<string, { skuId: string; plans: readonly ServicePlanName[] }> = {
  "Office_365_w/o_Teams_Bundle_Business_Standard": {
    skuId: "c1f79c29-5d7a-4bec-a2c1-1a76774864c0",
    plans: ["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD", "SHAREPOINTWAC"],
  },
  "Office_365_w/o_Teams_Bundle_Business_Premium": {
    skuId: "a3f586b6-8cce-4d9b-99d6-55238397f77a",
    plans: ["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD", "SHAREPOINTWAC"],
  },
  "Microsoft_365_Business_Basic_EEA_(no_Teams)": {
    skuId: "b1f3042b-a390-4b56-ab61-b88e7e767a97",
    plans: ["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD", "SHAREPOINTWAC"],
  },
  M365_F1: {
    skuId: "44575883-256e-4a79-9da4-ebe9acabe2b2",
    plans: ["SHAREPOINTDESKLESS", "TEAMS1"],
  },
  "Microsoft_365_E3_(no_Teams)": {
    skuId: "dcf0408c-aaec-446c-afd4-43e3683943ea",
    plans: ["EXCHANGE_S_ENTERPRISE", "SHAREPOINTENTERPRISE", "OFFICESUBSCRIPTION", "SHAREPOINTWAC"],
  },
  "Microsoft_365_E5_(no_Teams)": {
    skuId: "18a4bd3f-0b5b-4887-b04f-61dd0ee15f5e",
    plans: ["EXCHANGE_S_ENTERPRISE", "SHAREPOINTENTERPRISE", "OFFICESUBSCRIPTION", "SHAREPOINTWAC"],
  },
  DESKLESSPACK: {
    skuId: "4b585984-651b-448a-9e53-3b10f069cf7f",
    plans: ["EXCHANGE_S_DESKLESS", "SHAREPOINTDESKLESS", "TEAMS1"],
  },
  EXCHANGEARCHIVE_ADDON: {
    skuId: "ee02fd1b-340e-4a4b-b355-4a514e4c8943",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  WACONEDRIVESTANDARD: {
    skuId: "e6778190-713e-4e4f-9119-8b8238de25df",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  WACONEDRIVEENTERPRISE: {
    skuId: "ed01faf2-1d88-4947-ae91-45ca18703a96",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  Teams_Ess: { skuId: "fde42873-30b6-436b-b361-21af5a6b84ae", plans: ["EXCHANGE_S_FOUNDATION"] },
  TEAMS_ESSENTIALS_AAD: {
    skuId: "3ab6abff-666f-4424-bfb7-f0bc274ec7bc",
    plans: ["TEAMS1"],
  },
  Microsoft_Teams_EEA_New: {
    skuId: "7e74bd05-2c47-404e-829a-ba95c66fe8e5",
    plans: ["TEAMS1"],
  },
  Microsoft_Teams_Enterprise_New: {
    skuId: "7e31c0d9-9551-471d-836f-32ee72be4a01",
    plans: ["TEAMS1"],
  },
  Microsoft_Teams_Premium: {
    skuId: "36a0f3b3-adb5-49ea-bf66-762134cf063a",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  Microsoft_Teams_Rooms_Basic: {
    skuId: "6af4b3d6-14bb-4a2a-960c-6c902aad34f3",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  Microsoft_Teams_Rooms_Pro: {
    skuId: "4cde982a-ede4-4409-9ae6-b003453c8ea6",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  MCOEV: { skuId: "e43b5b99-8dfb-405f-9987-dc307f34bcbd", plans: ["EXCHANGE_S_FOUNDATION"] },
  MCOMEETADV: { skuId: "0c266dff-15dd-4b49-8397-2bb16070ed52", plans: ["EXCHANGE_S_FOUNDATION"] },
  PHONESYSTEM_VIRTUALUSER: {
    skuId: "440eaaa8-b3e0-484b-a8be-62870b9ba70a",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  THREAT_INTELLIGENCE: {
    skuId: "3dd6cf57-d688-4eed-ba52-9e40b5468c3e",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  DEFENDER_ENDPOINT_P1: {
    skuId: "16a55f2f-ff35-4cd5-9146-fb784e3761a5",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  Microsoft_365_Copilot: {
    skuId: "639dec6b-bb19-468b-871c-c5c441c4b0cb",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  POWER_BI_PRO: { skuId: "f8a1db68-be16-40ed-86d5-cb42ce701560", plans: ["EXCHANGE_S_FOUNDATION"] },
  VISIO_PLAN1_DEPT: {
    skuId: "ca7f3140-d88c-455b-9a1c-7f0679e31a76",
    plans: ["EXCHANGE_S_FOUNDATION"],
  },
  VISIOCLIENT: { skuId: "c5928f49-12ba-48f7-ada3-0d743a3601d5", plans: ["EXCHANGE_S_FOUNDATION"] },
  PROJECT_P1: { skuId: "beb6439c-caad-48d3-bf46-0c82871e12be", plans: ["SHAREPOINTSTANDARD"] },
  PROJECTPROFESSIONAL: {
    skuId: "53818b1b-4a27-454b-8896-0dba576410e6",
    plans: ["SHAREPOINTWAC"],
  },
  PROJECTPREMIUM: { skuId: "09015f9f-377f-4538-bbb5-f75ceb09358a", plans: ["SHAREPOINTWAC"] },
};
