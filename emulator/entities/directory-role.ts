/** Built-in roles of the directory; activated ones are directoryRoles. */
import type { EntityDefinition } from "../graph/definition.ts";
import { directoryRoles, type GraphObject } from "./collections.ts";

export interface BuiltInRole {
  /** Template id, the same in every tenant. */
  id: string;
  displayName: string;
  description: string;
}

/** @see https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference (checked 2026-11) */
export const builtInRoles: readonly BuiltInRole[] = (
  [
    [
      "62e90394-69f5-4237-9190-012177145e10",
      "Global Administrator",
      "Can manage all aspects of Microsoft Entra ID and Microsoft services that use Microsoft Entra identities.",
    ],
    [
      "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
      "Global Reader",
      "Can read everything that a Global Administrator can, but not update anything.",
    ],
    [
      "fe930be7-5e62-47db-91af-98c3a49a38b1",
      "User Administrator",
      "Can manage all aspects of users and groups, including resetting passwords for limited admins.",
    ],
    [
      "29232cdf-9323-42fd-ade2-1d097af3e4de",
      "Exchange Administrator",
      "Can manage all aspects of the Exchange product.",
    ],
    [
      "31392ffb-586c-42d1-9346-e59415a2cc4e",
      "Exchange Recipient Administrator",
      "Can create or update Exchange Online recipients within the Exchange Online organization.",
    ],
    [
      "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",
      "SharePoint Administrator",
      "Can manage all aspects of the SharePoint service.",
    ],
    [
      "69091246-20e8-4a56-aa4d-066075b2a7a8",
      "Teams Administrator",
      "Can manage the Microsoft Teams service.",
    ],
    [
      "729827e3-9c14-49f7-bb1b-9608f156bbb8",
      "Helpdesk Administrator",
      "Can reset passwords for non-administrators and Helpdesk Administrators.",
    ],
    [
      "fdd7a751-b60b-444a-984c-02652fe8fa1c",
      "Groups Administrator",
      "Members of this role can create/manage groups, create/manage groups settings like naming and expiration policies, and view groups activity and audit reports.",
    ],
    [
      "4d6ac14f-3453-41d0-bef9-a3e0c569773a",
      "License Administrator",
      "Can manage product licenses on users and groups.",
    ],
    [
      "194ae4cb-b126-40b2-bd5b-6091b380977d",
      "Security Administrator",
      "Can read security information and reports, and manage configuration in Microsoft Entra ID and Office 365.",
    ],
    [
      "5d6b6bb7-de71-4623-b4af-96380a352509",
      "Security Reader",
      "Can read security information and reports in Microsoft Entra ID and Office 365.",
    ],
    [
      "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
      "Conditional Access Administrator",
      "Can manage Conditional Access capabilities.",
    ],
    [
      "c4e39bd9-1100-46d3-8c65-fb160da0071f",
      "Authentication Administrator",
      "Can access to view, set and reset authentication method information for any non-admin user.",
    ],
    [
      "e8611ab8-c189-46e8-94e1-60213ab1f814",
      "Privileged Role Administrator",
      "Can manage role assignments in Microsoft Entra ID, and all aspects of Privileged Identity Management.",
    ],
    [
      "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
      "Privileged Authentication Administrator",
      "Can access to view, set and reset authentication method information for any user (admin or non-admin).",
    ],
    [
      "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
      "Application Administrator",
      "Can create and manage all aspects of app registrations and enterprise apps.",
    ],
    [
      "158c047a-c907-4556-b7ef-446551a6b5f7",
      "Cloud Application Administrator",
      "Can create and manage all aspects of app registrations and enterprise apps except App Proxy.",
    ],
    [
      "b0f54661-2d74-4c50-afa3-1ec803f12efe",
      "Billing Administrator",
      "Can perform common billing related tasks like updating payment information.",
    ],
    [
      "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
      "Directory Readers",
      "Can read basic directory information. Commonly used to grant directory read access to applications and guests.",
    ],
    [
      "3a2c62db-5318-420d-8d74-23affee5d9d5",
      "Intune Administrator",
      "Can manage all aspects of the Intune product.",
    ],
    [
      "8329153b-31d0-4727-b945-745eb3bc5f31",
      "Domain Name Administrator",
      "Can manage domain names in cloud and on-premises.",
    ],
  ] as const
).map(([id, displayName, description]) => ({ id, displayName, description }));

export const directoryRoleDefinition: EntityDefinition = {
  type: "directoryRole",
  path: "/directoryRoles",
  collection: directoryRoles,
  methods: ["list", "get"],
  alternateKeys: ["roleTemplateId"],
  isDirectoryObject: true,
};

export function asDirectoryRole(role: BuiltInRole, id: string): GraphObject {
  return {
    id,
    displayName: role.displayName,
    description: role.description,
    roleTemplateId: role.id,
  };
}
