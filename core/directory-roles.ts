/**
 * Built-in administrator roles by their template id, which is the same in every tenant.
 * @see https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference (of 2026-01-20, checked
 * 2026-11-27)
 */

interface RoleNames {
  readonly nl: string;
  /** As Microsoft's admin centres show it. */
  readonly en: string;
}

export const GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";

export const ROLE_NAMES: Readonly<Record<string, RoleNames>> = {
  "62e90394-69f5-4237-9190-012177145e10": {
    nl: "globale beheerder",
    en: "Global Administrator",
  },
  "f2ef992c-3afb-46b9-b7cf-a126ee74c451": { nl: "globale lezer", en: "Global Reader" },
  "fe930be7-5e62-47db-91af-98c3a49a38b1": {
    nl: "gebruikersbeheerder",
    en: "User Administrator",
  },
  "29232cdf-9323-42fd-ade2-1d097af3e4de": {
    nl: "Exchange-beheerder",
    en: "Exchange Administrator",
  },
  "f28a1f50-f6e7-4571-818b-6a12f2af6b6c": {
    nl: "SharePoint-beheerder",
    en: "SharePoint Administrator",
  },
  "69091246-20e8-4a56-aa4d-066075b2a7a8": { nl: "Teams-beheerder", en: "Teams Administrator" },
  "729827e3-9c14-49f7-bb1b-9608f156bbb8": {
    nl: "helpdeskbeheerder",
    en: "Helpdesk Administrator",
  },
  "fdd7a751-b60b-444a-984c-02652fe8fa1c": { nl: "groepsbeheerder", en: "Groups Administrator" },
  "4d6ac14f-3453-41d0-bef9-a3e0c569773a": {
    nl: "licentiebeheerder",
    en: "License Administrator",
  },
  "194ae4cb-b126-40b2-bd5b-6091b380977d": {
    nl: "beveiligingsbeheerder",
    en: "Security Administrator",
  },
  "5d6b6bb7-de71-4623-b4af-96380a352509": { nl: "beveiligingslezer", en: "Security Reader" },
  "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9": {
    nl: "beheerder van voorwaardelijke toegang",
    en: "Conditional Access Administrator",
  },
  "e8611ab8-c189-46e8-94e1-60213ab1f814": {
    nl: "beheerder van bevoorrechte rollen",
    en: "Privileged Role Administrator",
  },
  "b0f54661-2d74-4c50-afa3-1ec803f12efe": {
    nl: "factureringsbeheerder",
    en: "Billing Administrator",
  },
  "f023fd81-a637-4b56-95fd-791ac0226033": {
    nl: "servicesupportbeheerder",
    en: "Service Support Administrator",
  },
  "c4e39bd9-1100-46d3-8c65-fb160da0071f": {
    nl: "verificatiebeheerder",
    en: "Authentication Administrator",
  },
  "0526716b-113d-4c15-b2c8-68e3c22b9f80": {
    nl: "beheerder van verificatiebeleid",
    en: "Authentication Policy Administrator",
  },
  "7be44c8a-adaf-4e2a-84d6-ab2649e08a13": {
    nl: "beheerder van bevoorrechte verificatie",
    en: "Privileged Authentication Administrator",
  },
  "31392ffb-586c-42d1-9346-e59415a2cc4e": {
    nl: "beheerder van Exchange-geadresseerden",
    en: "Exchange Recipient Administrator",
  },
  "3a2c62db-5318-420d-8d74-23affee5d9d5": { nl: "Intune-beheerder", en: "Intune Administrator" },
  "7698a772-787b-4ac8-901f-60d6b08affd2": {
    nl: "cloudapparaatbeheerder",
    en: "Cloud Device Administrator",
  },
  "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3": {
    nl: "toepassingsbeheerder",
    en: "Application Administrator",
  },
  "158c047a-c907-4556-b7ef-446551a6b5f7": {
    nl: "cloudtoepassingsbeheerder",
    en: "Cloud Application Administrator",
  },
  "892c5842-a9a6-463a-8041-72aa08ca3cf6": {
    nl: "beheerder van cloud-appbeveiliging",
    en: "Cloud App Security Administrator",
  },
  "17315797-102d-40b4-93e0-432062caca18": {
    nl: "compliancebeheerder",
    en: "Compliance Administrator",
  },
  "8329153b-31d0-4727-b945-745eb3bc5f31": {
    nl: "domeinnaambeheerder",
    en: "Domain Name Administrator",
  },
  "88d8e3e3-8f55-4a1e-953a-9b9898b8876b": { nl: "directorylezer", en: "Directory Readers" },
  "4a5d8f65-41da-4de4-8968-e035b65339cf": { nl: "rapportlezer", en: "Reports Reader" },
  "966707d0-3269-4727-9be2-8c3a10f19b9d": {
    nl: "wachtwoordbeheerder",
    en: "Password Administrator",
  },
  "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b": {
    nl: "berichtencentrumlezer",
    en: "Message Center Reader",
  },
};

/**
 * What a provider's staff needs in a customer's tenant beside what is done by code: look at everything, support requests,
 * passwords and ways to sign in of people who are no administrators, and blocking somebody at once.
 * @see https://learn.microsoft.com/partner-center/gdap-least-privileged-roles-by-task (checked 2026-11-27)
 */
export const LEAST_ROLES: readonly string[] = [
  "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
  "f023fd81-a637-4b56-95fd-791ac0226033",
  "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  "c4e39bd9-1100-46d3-8c65-fb160da0071f",
  "fe930be7-5e62-47db-91af-98c3a49a38b1",
];

/**
 * Roles through which somebody can get at everything, or at the accounts of others: those for which Microsoft asks for a
 * way to sign in that cannot be phished.
 * @see https://learn.microsoft.com/entra/identity/conditional-access/policy-admin-phish-resistant-mfa (checked 2026-11-27)
 */
export const ADMINISTRATORS: readonly string[] = [
  GLOBAL_ADMINISTRATOR,
  "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  "c4e39bd9-1100-46d3-8c65-fb160da0071f",
  "b0f54661-2d74-4c50-afa3-1ec803f12efe",
  "158c047a-c907-4556-b7ef-446551a6b5f7",
  "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
  "29232cdf-9323-42fd-ade2-1d097af3e4de",
  "729827e3-9c14-49f7-bb1b-9608f156bbb8",
  "966707d0-3269-4727-9be2-8c3a10f19b9d",
  "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
  "e8611ab8-c189-46e8-94e1-60213ab1f814",
  "194ae4cb-b126-40b2-bd5b-6091b380977d",
  "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",
  "fe930be7-5e62-47db-91af-98c3a49a38b1",
];

/** Role of the account with which a directory on premises is synchronised: Directory Synchronization Accounts. */
export const DIRECTORY_SYNCHRONIZATION = "d29b2b05-8046-44ba-8758-1e26182fcf32";

/** The id of a role by its English name, in any casing, or of any role that is given by its id. */
export function roleIdOf(name: string): string | undefined {
  const wanted = name.toLowerCase();
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(wanted)) return wanted;
  return Object.keys(ROLE_NAMES).find((id) => ROLE_NAMES[id]?.en.toLowerCase() === wanted);
}

/** Name of the resource that gives a role to somebody. @param roleId of the role's template */
export const assignmentName = (userPrincipalName: string, roleId: string): string =>
  `${userPrincipalName}-role-${roleId}`;

/** To whom the resource with this name gives which role; undefined for names of anything else. */
export function assignmentIn(
  name: string,
): { readonly user: string; readonly roleId: string } | undefined {
  const [, user, roleId] = /^(.+@.+)-role-([0-9a-f-]{36})$/.exec(name) ?? [];
  return user === undefined || roleId === undefined ? undefined : { user, roleId };
}
