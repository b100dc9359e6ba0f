/** Who may do what: Microsoft's permission table, trimmed to the served operations. */
import tableFile from "../generated/graph-permissions.json" with { type: "json" };

/** Application permissions by operation `GET /users/{id}`; any one is enough, `A+B` means both. */
type PermissionTable = Readonly<Record<string, readonly string[]>>;

/**
 * What the published table leaves out or says too generously.
 * Sources: the operation's page on learn.microsoft.com (checked 2026-11).
 */
const CORRECTIONS: PermissionTable = {
  "POST /groups/{id}/members": [
    "GroupMember.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
  ],
  "GET /groups/{id}/membersWithLicenseErrors": [
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
  ],
  "GET /directory/deletedItems": [
    "User.Read.All",
    "Group.Read.All",
    "Application.Read.All",
    "Directory.Read.All",
  ],
  "GET /users/{id}/calendar/calendarPermissions": ["Calendars.Read", "Calendars.ReadWrite"],
  // The page names Calendars.Read too, which lets nobody write anything else.
  "POST /users/{id}/calendar/calendarPermissions": ["Calendars.ReadWrite"],
  "PATCH /users/{id}/calendar/calendarPermissions/{id}": ["Calendars.ReadWrite"],
  "GET /directory/subscriptions": ["Organization.Read.All", "Directory.Read.All"],
  "GET /policies/authenticationMethodsPolicy/authenticationMethodConfigurations": [
    "Policy.Read.AuthenticationMethod",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.Read.All",
  ],
  "GET /policies/authenticationStrengthPolicies/{id}/combinationConfigurations": [
    "Policy.Read.AuthenticationMethod",
    "Policy.Read.All",
    "Policy.ReadWrite.ConditionalAccess",
  ],
  "GET /directory/deletedItems/{id}": [
    "User.Read.All",
    "Group.Read.All",
    "Application.Read.All",
    "Directory.Read.All",
  ],
  "DELETE /directory/deletedItems/{id}": ["Application.ReadWrite.All"],
  "POST /directory/deletedItems/{id}/restore": [
    "User.DeleteRestore.All",
    "User.ReadWrite.All",
    "Group.ReadWrite.All",
    "Application.ReadWrite.All",
    "Directory.ReadWrite.All",
  ],
  "PATCH /groups/{id}": [
    "Group.ReadWrite.All",
    "Directory.ReadWrite.All",
    "GroupMember.ReadWrite.All",
  ],
  "POST /groups": ["Group.Create", "Group.ReadWrite.All", "Directory.ReadWrite.All"],
  "GET /directory/administrativeUnits/delta": ["AdministrativeUnit.Read.All", "Directory.Read.All"],
  "GET /tenantRelationships/findTenantInformationByDomainName/{id}": [
    "CrossTenantInformation.ReadBasic.All",
  ],
  "GET /tenantRelationships/findTenantInformationByTenantId/{id}": [
    "CrossTenantInformation.ReadBasic.All",
  ],
  "GET /auditLogs/directoryAudits": ["AuditLog.Read.All+Directory.Read.All"],
  "POST /sites": ["Sites.Create.All", "Sites.FullControl.All"],
  "GET /sites/getOperationStatus/{id}": ["Sites.Create.All", "Sites.FullControl.All"],
  "POST /identity/conditionalAccess/policies": [
    "Policy.Read.All+Policy.ReadWrite.ConditionalAccess+Application.Read.All",
    "Policy.Read.All+Policy.ReadWrite.ConditionalAccess+Application.ReadWrite.All",
  ],
  "PATCH /identity/conditionalAccess/policies/{id}": [
    "Policy.Read.All+Policy.ReadWrite.ConditionalAccess+Application.Read.All",
    "Policy.Read.All+Policy.ReadWrite.ConditionalAccess+Application.ReadWrite.All",
  ],
  "DELETE /identity/conditionalAccess/policies/{id}": [
    "Policy.Read.All+Policy.ReadWrite.ConditionalAccess",
  ],
  "POST /identity/conditionalAccess/namedLocations": [
    "Policy.Read.All+Policy.ReadWrite.ConditionalAccess",
  ],
  "PATCH /identity/conditionalAccess/namedLocations/{id}": [
    "Policy.Read.All+Policy.ReadWrite.ConditionalAccess",
  ],
  "DELETE /identity/conditionalAccess/namedLocations/{id}": [
    "Policy.Read.All+Policy.ReadWrite.ConditionalAccess",
  ],
  "PATCH /policies/identitySecurityDefaultsEnforcementPolicy": [
    "Policy.Read.All+Policy.ReadWrite.SecurityDefaults",
    "Policy.Read.All+Policy.ReadWrite.ConditionalAccess",
  ],
};

const table: PermissionTable = { ...(tableFile as PermissionTable), ...CORRECTIONS };

/** `/groups/:id/members/:otherId/$ref` → `/groups/{id}/members/{id}`: the table knows no `$ref`, `$count` or casts. */
export function permissionPath(routePath: string): string {
  return routePath
    .split("/")
    .filter((segment) => !segment.startsWith("$") && !segment.startsWith("microsoft.graph."))
    .map((segment) => (segment.startsWith(":") ? "{id}" : segment))
    .join("/");
}

/** @returns undefined when the table has no such operation */
export function permissionsFor(method: string, routePath: string): readonly string[] | undefined {
  // The same operation wherever it stands.
  const path = permissionPath(routePath).replace(/^.*\/getByIds$/, "/directoryObjects/getByIds");
  // Who may list a collection may read its objects where the table has no line for one of them.
  const parent = method === "GET" && path.endsWith("/{id}") ? path.slice(0, -"/{id}".length) : path;
  return table[`${method} ${path}`] ?? table[`${method} ${parent}`];
}

/** Every application permission that the table names. */
export function knownPermissions(): string[] {
  const names = Object.values(table).flatMap((roles) => roles.flatMap((role) => role.split("+")));
  return [...new Set(names)].sort();
}
