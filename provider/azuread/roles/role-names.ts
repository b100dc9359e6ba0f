/**
 * Names of built-in administrator roles by their template id, which is the same in every tenant.
 * @see https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference (checked 2026-11)
 */
import { en, nl } from "../../../core/i18n/phrases.ts";

interface Names {
  readonly nl: string;
  readonly en: string;
}

const NAMES: Readonly<Record<string, Names>> = {
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
};

/** The role in people's words; one that is not in the list by its id, or by words for what is not known yet. */
export function roleName(id: unknown, language: keyof Names): string {
  const known = typeof id === "string" ? NAMES[id.toLowerCase()] : undefined;
  return known?.[language] ?? { nl, en }[language].value(id);
}
