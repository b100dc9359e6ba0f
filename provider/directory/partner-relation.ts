/**
 * The partner's relations with a customer's tenant (granular delegated admin privileges), which end by themselves after
 * two years at most. Only the partner's own tenant shows them.
 * @see https://learn.microsoft.com/graph/api/resources/delegatedadminrelationship (v1.0, checked 2026-11-27)
 */
import { DAY_MS } from "../../core/calendar.ts";
import { GLOBAL_ADMINISTRATOR } from "../../core/directory-roles.ts";
import type { Microsoft365 } from "../../services/index.ts";

export const RELATIONSHIPS = "/tenantRelationships/delegatedAdminRelationships";

/** As Graph spells it. */
export type RelationStatus =
  | ("created" | "approvalPending" | "approved" | "activating" | "active")
  | ("expiring" | "expired" | "terminationRequested" | "terminating" | "terminated")
  | "unknownFutureValue";

interface Relationship {
  readonly "@odata.etag"?: string;
  readonly id: string;
  readonly displayName: string;
  readonly status: RelationStatus;
  readonly customer?: { readonly tenantId: string } | null;
  /** ISO 8601; before the customer has approved, as if that were at once, or nothing. */
  readonly endDateTime?: string | null;
  /** `P180D`, or nothing, `P0D` or `PT0S` where it ends. */
  readonly autoExtendDuration?: string | null;
  readonly accessDetails: RoleDetails;
}

export interface RoleDetails {
  readonly unifiedRoles?: readonly { readonly roleDefinitionId: string }[];
}

export interface PartnerRelation {
  readonly id: string;
  /** For `If-Match`. */
  readonly etag: string;
  readonly displayName: string;
  readonly customerTenantId: string | undefined;
  readonly status: RelationStatus;
  /** Template ids, in lower case. */
  readonly roles: readonly string[];
  /** Such a relation is never extended. */
  readonly hasGlobalAdministrator: boolean;
  /** Made by Microsoft when it ended the older form; cannot be changed, so that another one has to replace it. */
  readonly isMicrosoftLed: boolean;
  readonly endsAt: Date;
  readonly isExtended: boolean;
}

const NEVER_EXTENDED: readonly string[] = ["", "P0D", "PT0S"];

export const rolesOf = ({ unifiedRoles = [] }: RoleDetails): readonly string[] =>
  unifiedRoles.map(({ roleDefinitionId }) => roleDefinitionId.toLowerCase());

export function readRelation(relationship: Relationship): PartnerRelation {
  const { id, displayName, status, customer, endDateTime, autoExtendDuration } = relationship;
  const roles = rolesOf(relationship.accessDetails);
  return {
    ...{ id, displayName, status, roles },
    etag: relationship["@odata.etag"] ?? "*",
    customerTenantId: customer?.tenantId.toLowerCase(),
    hasGlobalAdministrator: roles.includes(GLOBAL_ADMINISTRATOR),
    isMicrosoftLed: displayName.startsWith("MLT_"),
    endsAt: new Date(endDateTime ?? 0),
    isExtended: !NEVER_EXTENDED.includes(autoExtendDuration ?? ""),
  };
}

/** With all customers, in whatever state; the one that ends last first. */
export async function partnerRelations({
  graph,
}: Microsoft365): Promise<readonly PartnerRelation[]> {
  const all = await graph.all<Relationship>(RELATIONSHIPS);
  return all.map(readRelation).sort((one, other) => other.endsAt.getTime() - one.endsAt.getTime());
}

/** Time for a new one to be made, and approved by the customer. */
const ENDS_SOON_DAYS = 60;

export const endsSoon = ({ isExtended, endsAt }: PartnerRelation, now: Date): boolean =>
  !isExtended && endsAt.getTime() - now.getTime() < ENDS_SOON_DAYS * DAY_MS;
