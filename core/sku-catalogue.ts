/**
 * Microsoft's products as the tenant file names them: skuPartNumber, skuId, and which services a licence opens.
 * Add a line for a product that is missing; the schema and the editors' completion follow.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference (checked 2026-11)
 */
export interface Sku {
  /** Microsoft's string id, in exactly this spelling. */
  skuPartNumber: SkuPartNumber;
  /** The same product as a GUID, as Graph wants it in `assignLicense`. */
  skuId: string;
  /** Name for people. */
  name: string;
  /** Holds an Exchange Online plan (1, 2 or Kiosk), so that a licence makes a mailbox. */
  hasMailbox: boolean;
  /** Holds a SharePoint plan (1, 2 or Kiosk). */
  hasSharePoint: boolean;
}

type Services = "mail" | "files" | "mail and files" | "neither";

/** skuPartNumber: [skuId, name, services] */
const products = {
  O365_BUSINESS_ESSENTIALS: [
    "3b555118-da6a-4418-894f-7df1e2096870",
    "Microsoft 365 Business Basic",
    "mail and files",
  ],
  O365_BUSINESS_PREMIUM: [
    "f245ecc8-75af-4f8e-b61f-27d8114de5f3",
    "Microsoft 365 Business Standard",
    "mail and files",
  ],
  SPB: ["cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "Microsoft 365 Business Premium", "mail and files"],
  O365_BUSINESS: [
    "cdd28e44-67e3-425e-be4c-737fab2899d3",
    "Microsoft 365 Apps for business",
    "neither",
  ],
  OFFICESUBSCRIPTION: [
    "c2273bd0-dff7-4215-9ef5-2c7bcfb06425",
    "Microsoft 365 Apps for enterprise",
    "neither",
  ],
  "Office_365_w/o_Teams_Bundle_Business_Standard": [
    "c1f79c29-5d7a-4bec-a2c1-1a76774864c0",
    "Microsoft 365 Business Standard EEA (no Teams)",
    "mail and files",
  ],
  "Office_365_w/o_Teams_Bundle_Business_Premium": [
    "a3f586b6-8cce-4d9b-99d6-55238397f77a",
    "Microsoft 365 Business Premium EEA (no Teams)",
    "mail and files",
  ],
  "Microsoft_365_Business_Basic_EEA_(no_Teams)": [
    "b1f3042b-a390-4b56-ab61-b88e7e767a97",
    "Microsoft 365 Business Basic EEA (no Teams)",
    "mail and files",
  ],
  M365_F1: ["44575883-256e-4a79-9da4-ebe9acabe2b2", "Microsoft 365 F1", "files"],
  SPE_F1: ["66b55226-6b4f-492c-910c-a3b7a3c9d993", "Microsoft 365 F3", "mail and files"],
  SPE_E3: ["05e9a617-0261-4cee-bb44-138d3ef5d965", "Microsoft 365 E3", "mail and files"],
  SPE_E5: ["06ebc4ee-1bb5-47dd-8120-11324bc54e06", "Microsoft 365 E5", "mail and files"],
  "Microsoft_365_E3_(no_Teams)": [
    "dcf0408c-aaec-446c-afd4-43e3683943ea",
    "Microsoft 365 E3 (no Teams)",
    "mail and files",
  ],
  "Microsoft_365_E5_(no_Teams)": [
    "18a4bd3f-0b5b-4887-b04f-61dd0ee15f5e",
    "Microsoft 365 E5 (no Teams)",
    "mail and files",
  ],
  DESKLESSPACK: ["4b585984-651b-448a-9e53-3b10f069cf7f", "Office 365 F3", "mail and files"],
  STANDARDPACK: ["18181a46-0d4e-45cd-891e-60aabd171b4e", "Office 365 E1", "mail and files"],
  ENTERPRISEPACK: ["6fd2c87f-b296-42f0-b197-1e91e994b900", "Office 365 E3", "mail and files"],
  ENTERPRISEPREMIUM: ["c7df2760-2c81-4ef7-b578-5b5392b571df", "Office 365 E5", "mail and files"],
  EXCHANGESTANDARD: ["4b9405b0-7788-4568-add1-99614e613b69", "Exchange Online (Plan 1)", "mail"],
  EXCHANGEENTERPRISE: ["19ec0d23-8335-4cbd-94ac-6050e30712fa", "Exchange Online (Plan 2)", "mail"],
  EXCHANGEDESKLESS: ["80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82", "Exchange Online Kiosk", "mail"],
  EXCHANGEARCHIVE_ADDON: [
    "ee02fd1b-340e-4a4b-b355-4a514e4c8943",
    "Exchange Online Archiving for Exchange Online",
    "neither",
  ],
  SHAREPOINTSTANDARD: [
    "1fc08a02-8b3d-43b9-831e-f76859e04e1a",
    "SharePoint Online (Plan 1)",
    "files",
  ],
  SHAREPOINTENTERPRISE: [
    "a9732ec9-17d9-494c-a51c-d6b45b384dcb",
    "SharePoint Online (Plan 2)",
    "files",
  ],
  WACONEDRIVESTANDARD: [
    "e6778190-713e-4e4f-9119-8b8238de25df",
    "OneDrive for Business (Plan 1)",
    "neither",
  ],
  WACONEDRIVEENTERPRISE: [
    "ed01faf2-1d88-4947-ae91-45ca18703a96",
    "OneDrive for Business (Plan 2)",
    "neither",
  ],
  AAD_PREMIUM: ["078d2b04-f1bd-4111-bbd4-b4b1b354cef4", "Microsoft Entra ID P1", "neither"],
  AAD_PREMIUM_P2: ["84a661c4-e949-4bd2-a560-ed7766fcaf2b", "Microsoft Entra ID P2", "neither"],
  EMS: ["efccb6f7-5641-4e0e-bd10-b4976e1bf68e", "Enterprise Mobility + Security E3", "neither"],
  EMSPREMIUM: [
    "b05e124f-c7cc-45a0-a6aa-8cf78c946968",
    "Enterprise Mobility + Security E5",
    "neither",
  ],
  INTUNE_A: ["061f9ace-7d42-4136-88ac-31dc755f143f", "Microsoft Intune Plan 1", "neither"],
  Teams_Ess: ["fde42873-30b6-436b-b361-21af5a6b84ae", "Microsoft Teams Essentials", "neither"],
  TEAMS_ESSENTIALS_AAD: [
    "3ab6abff-666f-4424-bfb7-f0bc274ec7bc",
    "Microsoft Teams Essentials (AAD Identity)",
    "mail",
  ],
  Microsoft_Teams_EEA_New: ["7e74bd05-2c47-404e-829a-ba95c66fe8e5", "Microsoft Teams EEA", "mail"],
  Microsoft_Teams_Enterprise_New: [
    "7e31c0d9-9551-471d-836f-32ee72be4a01",
    "Microsoft Teams Enterprise",
    "mail",
  ],
  Microsoft_Teams_Premium: [
    "36a0f3b3-adb5-49ea-bf66-762134cf063a",
    "Microsoft Teams Premium",
    "neither",
  ],
  Microsoft_Teams_Rooms_Basic: [
    "6af4b3d6-14bb-4a2a-960c-6c902aad34f3",
    "Microsoft Teams Rooms Basic",
    "neither",
  ],
  Microsoft_Teams_Rooms_Pro: [
    "4cde982a-ede4-4409-9ae6-b003453c8ea6",
    "Microsoft Teams Rooms Pro",
    "neither",
  ],
  MCOEV: ["e43b5b99-8dfb-405f-9987-dc307f34bcbd", "Microsoft Teams Phone Standard", "neither"],
  MCOMEETADV: [
    "0c266dff-15dd-4b49-8397-2bb16070ed52",
    "Microsoft 365 Audio Conferencing",
    "neither",
  ],
  PHONESYSTEM_VIRTUALUSER: [
    "440eaaa8-b3e0-484b-a8be-62870b9ba70a",
    "Microsoft Teams Phone Resource Account",
    "neither",
  ],
  ATP_ENTERPRISE: [
    "4ef96642-f096-40de-a3e9-d83fb2f90211",
    "Microsoft Defender for Office 365 (Plan 1)",
    "neither",
  ],
  THREAT_INTELLIGENCE: [
    "3dd6cf57-d688-4eed-ba52-9e40b5468c3e",
    "Microsoft Defender for Office 365 (Plan 2)",
    "neither",
  ],
  DEFENDER_ENDPOINT_P1: [
    "16a55f2f-ff35-4cd5-9146-fb784e3761a5",
    "Microsoft Defender for Endpoint P1",
    "neither",
  ],
  Microsoft_365_Copilot: [
    "639dec6b-bb19-468b-871c-c5c441c4b0cb",
    "Microsoft 365 Copilot",
    "neither",
  ],
  POWER_BI_STANDARD: ["a403ebcc-fae0-4ca2-8c8c-7a907fd6c235", "Microsoft Fabric (Free)", "neither"],
  POWER_BI_PRO: ["f8a1db68-be16-40ed-86d5-cb42ce701560", "Power BI Pro", "neither"],
  FLOW_FREE: ["f30db892-07e9-47e9-837c-80727f46fd3d", "Microsoft Power Automate Free", "neither"],
  VISIO_PLAN1_DEPT: ["ca7f3140-d88c-455b-9a1c-7f0679e31a76", "Visio Plan 1", "neither"],
  VISIOCLIENT: ["c5928f49-12ba-48f7-ada3-0d743a3601d5", "Visio Plan 2", "neither"],
  PROJECT_P1: ["beb6439c-caad-48d3-bf46-0c82871e12be", "Planner Plan 1", "files"],
  PROJECTPROFESSIONAL: [
    "53818b1b-4a27-454b-8896-0dba576410e6",
    "Planner and Project Plan 3",
    "files",
  ],
  PROJECTPREMIUM: ["09015f9f-377f-4538-bbb5-f75ceb09358a", "Project Online Premium", "files"],
} as const satisfies Record<string, readonly [string, string, Services]>;

export type SkuPartNumber = keyof typeof products;

export const skuPartNumbers = Object.keys(products) as SkuPartNumber[];

export const skuCatalogue: readonly Sku[] = skuPartNumbers.map((skuPartNumber) => {
  const [skuId, name, services] = products[skuPartNumber];
  return {
    skuPartNumber,
    skuId,
    name,
    hasMailbox: services === "mail" || services === "mail and files",
    hasSharePoint: services === "files" || services === "mail and files",
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
