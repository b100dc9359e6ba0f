/**
 * The partner's relation with a customer's tenant (granular delegated admin privileges), which ends by itself after two
 * years at most. Only the partner's own tenant shows it.
 * @see https://learn.microsoft.com/graph/api/resources/delegatedadminrelationship (v1.0, checked 2026-11-27)
 */
import type { Microsoft365 } from "../../services/index.ts";

interface Relationship {
  readonly displayName: string;
  readonly status: string;
  readonly customer?: { readonly tenantId: string } | null;
  /** ISO 8601; undefined until the customer has approved. */
  readonly endDateTime?: string | null;
  /** `P180D`, or nothing, `P0D` or `PT0S` where it ends. */
  readonly autoExtendDuration?: string | null;
  readonly accessDetails: {
    readonly unifiedRoles?: readonly { readonly roleDefinitionId: string }[];
  };
}

export interface PartnerRelation {
  readonly displayName: string;
  readonly roles: number;
  /** Such a relation is never extended. */
  readonly hasGlobalAdministrator: boolean;
  readonly endsAt: Date;
  readonly isExtended: boolean;
}

/** The same in every tenant. */
const GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
const IN_FORCE: readonly string[] = ["active", "expiring"];
const NEVER_EXTENDED: readonly string[] = ["", "P0D", "PT0S"];

/** Those that are in force, the one that ends last first. */
export async function partnerRelations(
  { graph }: Microsoft365,
  customerTenantId: string,
): Promise<readonly PartnerRelation[]> {
  const path = "/tenantRelationships/delegatedAdminRelationships";
  const all = await graph.all<Relationship>(path);
  return all
    .filter(({ customer }) => customer?.tenantId.toLowerCase() === customerTenantId)
    .filter(({ status }) => IN_FORCE.includes(status))
    .map(({ displayName, accessDetails, endDateTime, autoExtendDuration }) => {
      const roles = (accessDetails.unifiedRoles ?? []).map((role) => role.roleDefinitionId);
      return {
        ...{ displayName, roles: roles.length },
        hasGlobalAdministrator: roles.includes(GLOBAL_ADMINISTRATOR),
        endsAt: new Date(endDateTime ?? 0),
        isExtended: !NEVER_EXTENDED.includes(autoExtendDuration ?? ""),
      };
    })
    .sort((one, other) => other.endsAt.getTime() - one.endsAt.getTime());
}
