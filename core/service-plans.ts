/**
 * What Microsoft's products consist of, by the names that licences have for it, as people know it.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference (checked 2026-11)
 */
export const SERVICE_PLANS = {
  EXCHANGE_S_FOUNDATION: "Exchange Foundation",
  EXCHANGE_S_DESKLESS: "Exchange Online Kiosk",
  EXCHANGE_S_STANDARD: "Exchange Online",
  EXCHANGE_S_ENTERPRISE: "Exchange Online (Plan 2)",
  SHAREPOINTDESKLESS: "SharePoint Online Kiosk",
  SHAREPOINTSTANDARD: "SharePoint Online",
  SHAREPOINTENTERPRISE: "SharePoint Online (Plan 2)",
  SHAREPOINTWAC: "Office for the web",
  TEAMS1: "Microsoft Teams",
  MCOSTANDARD: "Skype for Business Online",
  OFFICE_BUSINESS: "Microsoft 365 Apps for business",
  OFFICESUBSCRIPTION: "Microsoft 365 Apps for enterprise",
  INTUNE_A: "Microsoft Intune",
  AAD_PREMIUM: "Microsoft Entra ID P1",
  AAD_PREMIUM_P2: "Microsoft Entra ID P2",
  MFA_PREMIUM: "Multifactor authentication",
  RMS_S_ENTERPRISE: "Azure Rights Management",
  RMS_S_PREMIUM: "Azure Information Protection P1",
  YAMMER_ENTERPRISE: "Viva Engage",
  PROJECTWORKMANAGEMENT: "Microsoft Planner",
  ATP_ENTERPRISE: "Defender for Office 365 (Plan 1)",
  FLOW_P2_VIRAL: "Power Automate Free",
  BI_AZURE_P0: "Power BI",
  WIN10_PRO_ENT_SUB: "Windows Enterprise",
} as const;

export type ServicePlanName = keyof typeof SERVICE_PLANS;

export const servicePlanNames = Object.keys(SERVICE_PLANS) as ServicePlanName[];

/** The name as it stands where it is not in the list. */
export const partName = (plan: string): string =>
  (SERVICE_PLANS as Readonly<Record<string, string>>)[plan] ?? plan;
