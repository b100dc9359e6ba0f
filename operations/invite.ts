/**
 * The way into a customer's tenant as its partner: a relation with the roles of the settings, which the customer approves,
 * and the consent to our application. Nothing in the customer's tenant is read or written.
 */
import { ROLE_NAMES } from "../core/directory-roles.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { GroupAccess, RelatedCustomer } from "../engine/index.ts";
import { declaredTenant } from "./known-tenant.ts";
import type { OperationContext } from "./ports.ts";

export interface InviteRequest {
  readonly stack: string;
  /** Before there is a tenant file; its id, and what the customer is called. */
  readonly customer: { readonly tenantId: string; readonly displayName: string } | undefined;
  /** Whether to make what is missing, up to where the customer has to act; otherwise it is only read. */
  readonly create: boolean;
}

type Relation = RelatedCustomer["relations"][number];

export interface InvitedTenant {
  readonly stack: string;
  readonly tenantId: string;
  readonly displayName: string;
  /** All relations with this customer, the one that ends last first. */
  readonly relations: readonly {
    readonly id: string;
    readonly displayName: string;
    /** As Graph spells it. */
    readonly status: Relation["status"];
    readonly roles: readonly string[];
    /** Of the settings; what it does not have. */
    readonly missing: readonly string[];
    /** Why it cannot stay, whatever its roles are. */
    readonly replace: "Global Administrator" | "Microsoft-led" | undefined;
    /** `2028-11-26`, UTC; undefined where it is not in force and was not. */
    readonly endsOn: string | undefined;
    readonly isExtended: boolean;
    /** The one to go on with. */
    readonly isCurrent: boolean;
  }[];
  /** Names of roles that the settings ask for. */
  readonly roles: readonly string[];
  /** Security groups of the settings, with the names of their roles. */
  readonly groups: readonly GroupAccess[];
  /** Object ids of groups that have roles in it and are not in the settings. */
  readonly otherGroups: readonly string[];
  /** In force, with all roles given; what is left is our application's consent, which `check` looks at. */
  readonly isComplete: boolean;
  /** For the customer's Global Administrator, while it waits for them. */
  readonly invitation: string | undefined;
  /** For somebody at the customer who may consent for the whole tenant. */
  readonly consent: string;
}

/** UTC. */
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Name of a role as the admin centres show it. */
const named = (id: string): string => ROLE_NAMES[id]?.en ?? id;

/**
 * @throws ExpectedError `tenant-details-missing`, `tenant-exists` for details beside a tenant file, `no-partner-tenant`,
 * `partner-group-unknown`, `relation-differs`, and those of reading the file and of the service.
 */
export async function inviteTenant(
  context: OperationContext,
  { stack, customer: given, create }: InviteRequest,
): Promise<InvitedTenant> {
  const { relateCustomer, now, signal } = context;
  const customer = await customerOf(context, stack, given);
  const createdOn = create ? dayOf(now()) : undefined;
  const related = await relateCustomer({ customer, createdOn, signal });
  const { current, template, groups, otherGroups, clientId } = related;
  const { tenantId } = customer;
  return {
    ...{ stack, tenantId, displayName: customer.displayName },
    relations: related.relations.map((relation) => ({
      ...{ id: relation.id, displayName: relation.displayName, status: relation.status },
      roles: relation.roles.map(named),
      missing: template.roles.filter((role) => !relation.roles.includes(role)).map(named),
      replace: reasonToReplace(relation),
      endsOn: NOT_BEGUN.includes(relation.status) ? undefined : dayOf(relation.endsAt),
      isExtended: relation.isExtended,
      isCurrent: relation === current,
    })),
    roles: template.roles.map(named),
    groups: groups.map((group) => ({ ...group, roles: group.roles.map(named) })),
    otherGroups,
    isComplete:
      current?.status === "active" &&
      current.isExtended &&
      groups.length > 0 &&
      groups.every(({ state }) => state === "active"),
    invitation: current?.status === "approvalPending" ? invitationTo(current.id) : undefined,
    consent: `https://login.microsoftonline.com/${tenantId}/adminconsent?client_id=${clientId}`,
  };
}

/** @see https://learn.microsoft.com/graph/api/resources/delegatedadminrelationships-api-overview (checked 2026-11-27) */
const invitationTo = (id: string): string =>
  `https://admin.microsoft.com/AdminPortal/Home#/partners/invitation/granularAdminRelationships/${id}`;

const NOT_BEGUN: readonly Relation["status"][] = [
  "created",
  "approvalPending",
  "approved",
  "activating",
];

function reasonToReplace({
  isMicrosoftLed,
  hasGlobalAdministrator,
}: Relation): InvitedTenant["relations"][number]["replace"] {
  if (isMicrosoftLed) return "Microsoft-led";
  return hasGlobalAdministrator ? "Global Administrator" : undefined;
}

async function customerOf(
  context: OperationContext,
  stack: string,
  given: InviteRequest["customer"],
): Promise<NonNullable<InviteRequest["customer"]>> {
  const declared = await declaredTenant(context, stack);
  if (declared === undefined) {
    if (given !== undefined) return given;
    throw new ExpectedError("tenant-details-missing", `${stack} has no tenant file yet.`, {
      hint: "Say which tenant it is: its id, and what the customer is called.",
    });
  }
  const { id: tenantId, displayName } = declared.tenant;
  if (given === undefined || given.tenantId === tenantId) return { tenantId, displayName };
  throw new ExpectedError("tenant-exists", `The tenant file of ${stack} says another tenant id.`, {
    hint: "Leave out the id and the name, or choose another name for the tenant.",
  });
}
