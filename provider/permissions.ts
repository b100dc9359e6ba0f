/** Application permissions: what a tenant file can need, and which of them an application holds. */
import type { MissingForPart, ReadPart } from "../core/tenant-findings.ts";
import type { ResourceDefinition } from "./kit/define.ts";
import { conditionalAccessPolicy } from "./azuread/conditional-access/conditional-access-policy.ts";
import { namedLocation } from "./azuread/conditional-access/named-location.ts";
import { group } from "./azuread/groups/group.ts";
import { user } from "./azuread/users/user.ts";
import { m365Package } from "./registry.ts";

/** Sorted, each once; `apply` has what is needed to look too. */
export interface NeededPermissions {
  readonly look: readonly string[];
  readonly apply: readonly string[];
}

export function permissionsFor(resources: readonly ResourceDefinition[]): NeededPermissions {
  const look = resources.flatMap(({ permissions }) => permissions.read);
  const write = resources.flatMap(({ permissions }) => permissions.write);
  return { look: sorted(look), apply: sorted([...look, ...write]) };
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** Of everything that a tenant file can declare; the other resources are for programs beside it. */
export const permissionsOfTenantFiles: NeededPermissions = permissionsFor([
  ...m365Package.resources,
  user,
  group,
  conditionalAccessPolicy,
  namedLocation,
]);

/**
 * For a take-over besides, of Microsoft Graph but for Exchange's own: without one, that part of the tenant is not looked at.
 * @see https://learn.microsoft.com/graph/api/site-getallsites (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/directoryrole-list-members (v1.0, checked 2026-11-27)
 * The others stand where they are read.
 */
export const permissionsOfTakeOver = {
  sites: "Sites.Read.All",
  administrators: "RoleManagement.Read.Directory",
  "second-step": "AuditLog.Read.All",
  "inbox-rules": "MailboxSettings.Read",
  forwarding: "Exchange.ManageAsApp",
  mail: "Exchange.ManageAsApp",
  sharing: "SharePointTenantSettings.Read.All",
  "ews-applications": "Application.Read.All",
  "sign-in-rules": "Policy.Read.All",
} as const satisfies Record<ReadPart, string>;

/**
 * For who changed what, in `status`: the page asks for both, Microsoft's table of permissions for one of them. Not verified.
 * @see https://learn.microsoft.com/graph/api/directoryaudit-list (v1.0, checked 2026-11-28)
 */
export const permissionsOfHistory = ["AuditLog.Read.All", "Directory.Read.All"] as const;

/** Why a part of the tenant was not looked at. */
export interface NotLooked {
  /** Without a full stop. */
  readonly reason: string;
  /** What is missing, where that is the reason. */
  readonly needs?: MissingForPart | undefined;
}

/** A part of the tenant that a look does without where the application may not read it. */
export type Part<T> = { readonly found: T } | NotLooked;

/** A part of the tenant that nobody looked at, and why. */
export interface NotRead extends NotLooked {
  readonly part: ReadPart;
}

export const foundIn = <T>(part: Part<T>): T | undefined =>
  "found" in part ? part.found : undefined;

export const notReadOf = (parts: Readonly<Partial<Record<ReadPart, Part<unknown>>>>): NotRead[] =>
  (Object.entries(parts) as [ReadPart, Part<unknown>][]).flatMap(([part, read]) =>
    "found" in read ? [] : [{ part, ...read }],
  );

export const notGranted = (permission: string, service = "Microsoft Graph"): NotLooked => ({
  reason: `the application was not granted ${permission} of ${service}`,
  needs: { permission },
});

/** Of SharePoint itself; all others but Exchange's are Microsoft Graph's. */
export const isOfSharePoint = (permission: string): boolean => permission.startsWith("Sites.");

/**
 * Other permissions that allow every call for which a permission is asked.
 * @see https://learn.microsoft.com/graph/permissions-reference (checked 2026-11-27)
 */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  "Application.Read.All": ["Application.ReadWrite.All", "Directory.Read.All"],
  "Calendars.Read": ["Calendars.ReadWrite"],
  "Domain.Read.All": ["Domain.ReadWrite.All", "Directory.Read.All"],
  "Group.Read.All": ["Group.ReadWrite.All", "Directory.Read.All"],
  "Group.ReadWrite.All": ["Directory.ReadWrite.All"],
  "GroupMember.Read.All": [
    ...["Group.Read.All", "Group.ReadWrite.All", "GroupMember.ReadWrite.All", "Directory.Read.All"],
  ],
  "GroupMember.ReadWrite.All": ["Group.ReadWrite.All", "Directory.ReadWrite.All"],
  "LicenseAssignment.ReadWrite.All": ["Directory.ReadWrite.All"],
  "MailboxSettings.Read": ["MailboxSettings.ReadWrite"],
  "Organization.Read.All": ["Organization.ReadWrite.All", "Directory.Read.All"],
  "RoleManagement.Read.Directory": [
    ...["RoleManagement.ReadWrite.Directory", "Directory.Read.All", "Directory.ReadWrite.All"],
  ],
  "SharePointTenantSettings.Read.All": ["SharePointTenantSettings.ReadWrite.All"],
  "Sites.Read.All": ["Sites.ReadWrite.All"],
  "User.Read.All": ["User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  "User.ReadWrite.All": ["Directory.ReadWrite.All"],
};

/** Whether what an application was granted does what the permission is for. */
export const isGranted = (permission: string, granted: readonly string[]): boolean =>
  [permission, ...(INSTEAD[permission] ?? [])].some((one) => granted.includes(one));
