/**
 * The way to a relation in force: made from the provider's template, locked for the customer's approval, and its roles
 * given to the provider's security groups. Each step looks first at what is there, so that a run that died is finished by
 * the next one, and no second relation is made. The customer approves by hand, in Microsoft's admin centre.
 * @see https://learn.microsoft.com/graph/api/resources/delegatedadminrelationships-api-overview (v1.0, checked 2026-11-27)
 * Not verified: whether `lockForApproval` asks for `If-Match`, which it is given. That a relation in force can still be
 * extended, and one with Global Administrator never, is how other tools do it (CIPP, August 2026).
 */
import { ExpectedError } from "../../core/expected-error.ts";
import { isRequestError, odata } from "../../services/index.ts";
import type { Microsoft365 } from "../../services/index.ts";
import { partnerRelations, readRelation, RELATIONSHIPS, rolesOf } from "./partner-relation.ts";
import type { PartnerRelation, RelationStatus, RoleDetails } from "./partner-relation.ts";

/** Roles by their template ids; Global Administrator is never among them. */
export interface RelationTemplate {
  readonly roles: readonly string[];
  readonly groups: readonly TemplateGroup[];
}

interface TemplateGroup {
  /** Display name of a security group in the partner's tenant. */
  readonly name: string;
  readonly roles: readonly string[];
}

export interface Customer {
  /** In lower case. */
  readonly tenantId: string;
  readonly displayName: string;
}

export interface Invitation {
  /** The partner's own tenant. */
  readonly partner: Microsoft365;
  readonly customer: Customer;
  readonly template: RelationTemplate;
}

export interface GroupAccess extends TemplateGroup {
  /** As Graph spells it, or what nobody has done yet. */
  readonly state: "none" | "other roles" | Assignment["status"];
}

export interface RelationStanding {
  /** All with this customer, in whatever state. */
  readonly relations: readonly PartnerRelation[];
  /** The one to go on with: it has the template's roles, and is in force or on the way there. */
  readonly current: PartnerRelation | undefined;
  readonly groups: readonly GroupAccess[];
  /** Object ids of groups that have roles in it and are not in the template. */
  readonly otherGroups: readonly string[];
}

interface Assignment {
  readonly "@odata.etag"?: string;
  readonly id: string;
  readonly status: "pending" | "active" | "deleting" | "deleted" | "error" | "unknownFutureValue";
  readonly accessContainer: { readonly accessContainerId: string };
  readonly accessDetails: RoleDetails;
}

const ON_THE_WAY: readonly RelationStatus[] = [
  "activating",
  "approved",
  "approvalPending",
  "created",
];
/** The longest that there is. */
const DURATION = "P730D";
const EXTENSION = "P180D";
const LONGEST_NAME = 50;
const WAIT_MS = 60_000;

/** @throws ExpectedError `partner-group-unknown`. Only reads. */
export const relationStanding = (asked: Invitation): Promise<RelationStanding> =>
  standingOf(asked, undefined);

/** `written` is the id of one that was just written: lists show it late. */
async function standingOf(
  asked: Invitation,
  written: string | undefined,
): Promise<RelationStanding> {
  const { partner, customer, template } = asked;
  const [listed, groupIds] = await Promise.all([partnerRelations(partner), findGroups(asked)]);
  const fresh = written === undefined ? [] : [await readAgain(partner, written)];
  const all = [...fresh, ...listed.filter(({ id }) => id !== written)];
  const relations = all.filter(({ customerTenantId }) => customerTenantId === customer.tenantId);
  const fitting = relations.filter((relation) => fits(relation, template));
  const current = (["active", ...ON_THE_WAY] as const)
    .flatMap((status) => fitting.filter((relation) => relation.status === status))
    .at(0);
  const given = current?.status === "active" ? await assignmentsOf(partner, current) : [];
  const known = new Set(groupIds.values());
  return {
    ...{ relations, current },
    groups: template.groups.map((group) => ({
      ...group,
      state: stateOf(group, assignmentFor(given, groupIds.get(group.name))),
    })),
    otherGroups: given.map(containerOf).filter((id) => !known.has(id)),
  };
}

/** One step further, as far as it goes without the customer. `today` stands in the relation's name, `2026-11-27`. */
export async function inviteCustomer(asked: Invitation, today: string): Promise<RelationStanding> {
  const { current, relations } = await relationStanding(asked);
  if (current === undefined) refuseSecond(relations, asked);
  const relation = current ?? (await make(asked, today));
  if (relation.status === "created") await lock(asked, relation);
  if (relation.status === "active") await complete(asked, relation);
  return await standingOf(asked, relation.id);
}

const readAgain = async ({ graph }: Microsoft365, id: string): Promise<PartnerRelation> =>
  readRelation(await graph.get<Relationship>(pathOf(id), { justCreated: true }));

const hasAll = (roles: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((role) => roles.includes(role));

const fits = (relation: PartnerRelation, { roles }: RelationTemplate): boolean =>
  !relation.isMicrosoftLed && !relation.hasGlobalAdministrator && hasAll(relation.roles, roles);

/** The customer would be asked twice, and might approve either. */
function refuseSecond(relations: readonly PartnerRelation[], { customer }: Invitation): void {
  const other = relations.find(({ status }) => ON_THE_WAY.includes(status));
  if (other === undefined) return;
  throw new ExpectedError(
    "relation-differs",
    `The relation ${other.displayName} with ${customer.displayName} is not in force yet, and does not have the roles of the settings.`,
    {
      hint: "Terminate it in Partner Center, or wait until the customer has approved it; then run this again.",
    },
  );
}

async function make(asked: Invitation, today: string): Promise<PartnerRelation> {
  const { partner, customer, template } = asked;
  const { graph } = partner;
  const taken = (await partnerRelations(partner)).map((relation) => relation.displayName);
  const displayName = freeName(customer.displayName, today, taken);
  const { tenantId } = customer;
  const { id } = await graph.post<{ id: string }>(
    RELATIONSHIPS,
    {
      ...{ displayName, duration: DURATION, autoExtendDuration: EXTENSION },
      customer: { tenantId, displayName: customer.displayName },
      accessDetails: detailsOf(template.roles),
    },
    {
      find: async () =>
        (await partnerRelations(partner)).find((relation) => relation.displayName === displayName),
    },
  );
  const made = await graph.waitUntilReadable<Relationship>(pathOf(id), {
    until: ({ status }) => status === "created",
    ...{ intervalMs: 250, deadlineMs: WAIT_MS },
  });
  return readRelation(made);
}

type Relationship = Parameters<typeof readRelation>[0];

const pathOf = (id: string): string => `${RELATIONSHIPS}/${encodeURIComponent(id)}`;

const detailsOf = (roles: readonly string[]): Required<RoleDetails> => ({
  unifiedRoles: roles.map((roleDefinitionId) => ({ roleDefinitionId })),
});

/** Unique among all relations of the partner, also those that ended; the customer's administrator reads it. */
export function freeName(customer: string, today: string, taken: readonly string[]): string {
  const known = new Set(taken.map((name) => name.toLowerCase()));
  for (let at = 1; ; at += 1) {
    const end = at === 1 ? ` ${today}` : ` ${today} (${at})`;
    const name = `${cut(customer, LONGEST_NAME - end.length)}${end}`;
    if (!known.has(name.toLowerCase())) return name;
  }
}

function cut(text: string, length: number): string {
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > length) break;
    kept += character;
  }
  return kept.trim();
}

/** From here on nobody can change it, and the invitation works. */
async function lock({ partner }: Invitation, { id, etag }: PartnerRelation): Promise<void> {
  const { graph } = partner;
  const path = pathOf(id);
  const locked = async (): Promise<Relationship | undefined> => {
    const found = await graph.get<Relationship>(path, { justCreated: true });
    return found.status === "created" ? undefined : found;
  };
  const request = { action: "lockForApproval" };
  await graph.post<unknown>(`${path}/requests`, request, {
    ...{ headers: { "If-Match": etag }, find: locked, justCreated: true },
  });
  const what = "the relation to wait for the customer's approval";
  await partner.waitUntil(locked, { what, intervalMs: 250, deadlineMs: WAIT_MS });
}

async function complete(asked: Invitation, relation: PartnerRelation): Promise<void> {
  const { graph } = asked.partner;
  if (!relation.isExtended) {
    const headers = { "If-Match": relation.etag };
    await graph.patch(pathOf(relation.id), { autoExtendDuration: EXTENSION }, { headers });
  }
  const ids = await findGroups(asked);
  const given = await assignmentsOf(asked.partner, relation);
  // One after the other: Microsoft answers fast repetitions with errors.
  for (const group of asked.template.groups) {
    const id = ids.get(group.name) ?? "";
    await give(asked.partner, { relation, group, id, given: assignmentFor(given, id) });
  }
  await untilGiven(asked, relation.id);
}

async function give(
  partner: Microsoft365,
  {
    relation,
    group,
    id,
    given,
  }: {
    readonly relation: PartnerRelation;
    readonly group: TemplateGroup;
    readonly id: string;
    readonly given: Assignment | undefined;
  },
): Promise<void> {
  const path = `${pathOf(relation.id)}/accessAssignments`;
  const accessDetails = detailsOf(group.roles);
  const accessContainer = { accessContainerId: id, accessContainerType: "securityGroup" };
  if (given === undefined) {
    await partner.graph.post<unknown>(
      path,
      { accessContainer, accessDetails },
      { find: async () => assignmentFor(await assignmentsOf(partner, relation), id) },
    );
  } else if (stateOf(group, given) === "other roles") {
    const headers = { "If-Match": given["@odata.etag"] ?? "*" };
    await partner.graph.patch(`${path}/${given.id}`, { accessDetails }, { headers });
  }
}

/** For a minute; it can take Microsoft hours, and the next run says how it went. */
async function untilGiven(asked: Invitation, id: string): Promise<void> {
  const settled = async (): Promise<true | undefined> => {
    const { groups } = await standingOf(asked, id);
    return groups.every(({ state }) => state === "active" || state === "error") || undefined;
  };
  const what = "the roles to be given";
  try {
    await asked.partner.waitUntil(settled, { what, intervalMs: 500, deadlineMs: WAIT_MS });
  } catch (error) {
    if (!isRequestError(error, "deadline-exceeded")) throw error;
  }
}

const assignmentsOf = async (
  { graph }: Microsoft365,
  { id }: PartnerRelation,
): Promise<readonly Assignment[]> => {
  const all = await graph.all<Assignment>(`${pathOf(id)}/accessAssignments`);
  return all.filter(({ status }) => status !== "deleted");
};

const containerOf = ({ accessContainer }: Assignment): string =>
  accessContainer.accessContainerId.toLowerCase();

const assignmentFor = (
  given: readonly Assignment[],
  id: string | undefined,
): Assignment | undefined => given.find((one) => containerOf(one) === id);

function stateOf({ roles }: TemplateGroup, given: Assignment | undefined): GroupAccess["state"] {
  if (given === undefined) return "none";
  const held = rolesOf(given.accessDetails);
  const isSame = hasAll(held, roles) && hasAll(roles, held);
  return given.status === "active" && !isSame ? "other roles" : given.status;
}

/** Object ids, in lower case, by name. */
async function findGroups({
  partner: { graph },
  template,
}: Invitation): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    template.groups.map(async ({ name }) => {
      const filter = odata`/groups?$filter=displayName eq '${name}'&$select=id,securityEnabled`;
      const groups = await graph.all<{ id: string; securityEnabled: boolean }>(filter);
      return { name, ids: groups.filter((one) => one.securityEnabled).map(({ id }) => id) };
    }),
  );
  const wrong = found.filter(({ ids }) => ids.length !== 1);
  if (wrong.length === 0) {
    return new Map(found.map(({ name, ids: [id = ""] }) => [name, id.toLowerCase()]));
  }
  throw new ExpectedError(
    "partner-group-unknown",
    "The partner's tenant does not have each security group of the settings once.",
    {
      hint: "Make the group in your own tenant, give it a name of its own, or correct `partner.groups` in tenantry.yaml.",
      details: wrong.map(({ name, ids }) => `${name}: ${ids.length === 0 ? "none" : ids.length}`),
    },
  );
}
