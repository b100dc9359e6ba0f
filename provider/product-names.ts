/**
 * Names of Microsoft's products as customers know them, by skuPartNumber.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference (checked 2026-11)
 */
const NAMES: Readonly<Record<string, string>> = {
  AAD_PREMIUM: "Microsoft Entra ID P1",
  AAD_PREMIUM_P2: "Microsoft Entra ID P2",
  ATP_ENTERPRISE: "Microsoft Defender for Office 365 (Plan 1)",
  DESKLESSPACK: "Office 365 F3",
  EMS: "Enterprise Mobility + Security E3",
  EMSPREMIUM: "Enterprise Mobility + Security E5",
  ENTERPRISEPACK: "Office 365 E3",
  ENTERPRISEPREMIUM: "Office 365 E5",
  EXCHANGEDESKLESS: "Exchange Online Kiosk",
  EXCHANGEENTERPRISE: "Exchange Online (Plan 2)",
  EXCHANGESTANDARD: "Exchange Online (Plan 1)",
  FLOW_FREE: "Power Automate Free",
  INTUNE_A: "Microsoft Intune Plan 1",
  M365_F1: "Microsoft 365 F1",
  MCOEV: "Microsoft Teams Phone Standard",
  Microsoft_365_Copilot: "Microsoft 365 Copilot",
  Microsoft_Teams_Premium: "Microsoft Teams Premium",
  O365_BUSINESS: "Microsoft 365 Apps for business",
  O365_BUSINESS_ESSENTIALS: "Microsoft 365 Business Basic",
  O365_BUSINESS_PREMIUM: "Microsoft 365 Business Standard",
  OFFICESUBSCRIPTION: "Microsoft 365 Apps for enterprise",
  POWER_BI_PRO: "Power BI Pro",
  PROJECTPROFESSIONAL: "Planner and Project Plan 3",
  SHAREPOINTENTERPRISE: "SharePoint (Plan 2)",
  SHAREPOINTSTANDARD: "SharePoint (Plan 1)",
  SPB: "Microsoft 365 Business Premium",
  SPE_E3: "Microsoft 365 E3",
  SPE_E5: "Microsoft 365 E5",
  SPE_F1: "Microsoft 365 F3",
  STANDARDPACK: "Office 365 E1",
  VISIOCLIENT: "Visio Plan 2",
  WIN_DEF_ATP: "Microsoft Defender for Endpoint P2",
};

/** What a customer calls the product; the skuPartNumber itself where no name is known. */
export const productName = (skuPartNumber: string): string => NAMES[skuPartNumber] ?? skuPartNumber;
