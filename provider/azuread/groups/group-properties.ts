/**
 * The properties of `azuread:index/group:Group` and where they live in a Graph group.
 * @see https://learn.microsoft.com/graph/api/resources/group (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { isZero } from "../../kit/zero-value.ts";
import { inDeclaredOrder } from "../bridged-state.ts";

const VISIBILITIES = ["Hiddenmembership", "Private", "Public"] as const;
const text = z.string();
const ids = z.array(z.string());

const dynamicMembership = z.strictObject({ enabled: z.boolean(), rule: text.max(3072) });

export const groupInputs = z.strictObject({
  administrativeUnitIds: ids.optional(),
  assignableToRole: z.boolean().optional(),
  autoSubscribeNewMembers: z.boolean().optional(),
  behaviors: z.array(text).optional(),
  description: text.optional(),
  displayName: text.min(1).max(256),
  dynamicMembership: dynamicMembership.optional(),
  externalSendersAllowed: z.boolean().optional(),
  hideFromAddressLists: z.boolean().optional(),
  hideFromOutlookClients: z.boolean().optional(),
  mailEnabled: z.boolean().optional(),
  mailNickname: text
    .max(64)
    .regex(/^[^@()\\[\]";:<>, ]*$/, 'must not hold @ ( ) \\ [ ] " ; : < > , or a space')
    .optional(),
  members: ids.optional(),
  onpremisesGroupType: text.optional(),
  owners: ids.max(100).optional(),
  preventDuplicateNames: z.boolean().optional(),
  provisioningOptions: z.array(text).optional(),
  securityEnabled: z.boolean().optional(),
  theme: z.enum(["", "Blue", "Green", "Orange", "Pink", "Purple", "Red", "Teal"]).optional(),
  types: z.array(z.enum(["DynamicMembership", "Unified"])).optional(),
  visibility: z.enum(["", ...VISIBILITIES]).optional(),
  writebackEnabled: z.boolean().optional(),
});

/** Left out, they mean false: the official plugin does not fill that in, so neither is it filled in here. */
export const GROUP_FLAGS = [
  "assignableToRole",
  "mailEnabled",
  "preventDuplicateNames",
  "securityEnabled",
  "writebackEnabled",
] as const satisfies readonly (keyof z.output<typeof groupInputs>)[];

/** Lists without order; members, where they are declared, are one more. */
export const GROUP_SETS = [
  "administrativeUnitIds",
  "behaviors",
  "owners",
  "provisioningOptions",
  "types",
] as const satisfies readonly (keyof z.output<typeof groupInputs>)[];

/** Required: what the service always has an answer for. Optional: zero in the state unless it was declared. */
export const groupOutputs = z.object({
  __meta: text,
  autoSubscribeNewMembers: z.boolean(),
  externalSendersAllowed: z.boolean(),
  hideFromAddressLists: z.boolean(),
  hideFromOutlookClients: z.boolean(),
  mail: text,
  mailNickname: text,
  members: ids,
  objectId: text,
  onpremisesDomainName: text,
  onpremisesGroupType: text,
  onpremisesNetbiosName: text,
  onpremisesSamAccountName: text,
  onpremisesSecurityIdentifier: text,
  onpremisesSyncEnabled: z.boolean(),
  owners: ids,
  preferredLanguage: text,
  proxyAddresses: z.array(text),
  visibility: text,
  administrativeUnitIds: ids.optional(),
  assignableToRole: z.boolean().optional(),
  behaviors: z.array(text).optional(),
  description: text.optional(),
  mailEnabled: z.boolean().optional(),
  preventDuplicateNames: z.boolean().optional(),
  provisioningOptions: z.array(text).optional(),
  securityEnabled: z.boolean().optional(),
  theme: text.optional(),
  types: z.array(text).optional(),
  writebackEnabled: z.boolean().optional(),
});

export type GroupInputs = z.output<typeof groupInputs>;
export type GroupOutputs = z.output<typeof groupOutputs>;

/** A group as Graph returns it with the properties of `GROUP_SELECT`. */
export interface GraphGroup {
  id: string;
  groupTypes?: string[];
  isAssignableToRole?: boolean | null;
  mailEnabled?: boolean | null;
  membershipRuleProcessingState?: string | null;
  onPremisesSyncEnabled?: boolean | null;
  proxyAddresses?: string[];
  resourceBehaviorOptions?: string[];
  resourceProvisioningOptions?: string[];
  securityEnabled?: boolean | null;
  [property: string]: unknown;
}

/** Ids of owners and members; `undefined` where nobody asked for them. */
export interface GroupPeople {
  readonly owners: readonly string[] | undefined;
  readonly members: readonly string[] | undefined;
}

const COMPUTED = {
  mail: "mail",
  mailNickname: "mailNickname",
  onpremisesDomainName: "onPremisesDomainName",
  onpremisesNetbiosName: "onPremisesNetBiosName",
  onpremisesSamAccountName: "onPremisesSamAccountName",
  onpremisesSecurityIdentifier: "onPremisesSecurityIdentifier",
  preferredLanguage: "preferredLanguage",
} as const;

export const GROUP_SELECT: readonly string[] = [
  "id",
  "description",
  "displayName",
  "groupTypes",
  "isAssignableToRole",
  "mailEnabled",
  "membershipRule",
  "membershipRuleProcessingState",
  "onPremisesSyncEnabled",
  "proxyAddresses",
  "resourceBehaviorOptions",
  "resourceProvisioningOptions",
  "securityEnabled",
  "theme",
  "visibility",
  ...Object.values(COMPUTED),
];

/** Graph's documentation and answers spell it in more than one way. */
const visibilityOf = (group: GraphGroup): string => {
  const found = asText(group.visibility);
  return VISIBILITIES.find((name) => name.toLowerCase() === found.toLowerCase()) ?? "";
};

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

/** What could have been declared to get this group. */
export function groupInputsOf(
  group: GraphGroup,
  people: GroupPeople,
  previous: GroupInputs | undefined,
): GroupInputs {
  const rule = asText(group.membershipRule);
  const set = (found: readonly string[] | undefined, declared: readonly string[] | undefined) =>
    inDeclaredOrder(found ?? [], declared);
  const all = {
    assignableToRole: group.isAssignableToRole ?? false,
    behaviors: set(group.resourceBehaviorOptions, previous?.behaviors),
    description: asText(group.description),
    displayName: asText(group.displayName),
    dynamicMembership:
      rule === "" ? undefined : { enabled: group.membershipRuleProcessingState !== "Paused", rule },
    mailEnabled: group.mailEnabled ?? false,
    mailNickname: asText(group.mailNickname),
    // Who belongs to a dynamic group is not declared, also after an import.
    members: rule === "" ? people.members && set(people.members, previous?.members) : undefined,
    owners: people.owners && set(people.owners, previous?.owners),
    preventDuplicateNames: previous?.preventDuplicateNames,
    provisioningOptions: set(group.resourceProvisioningOptions, previous?.provisioningOptions),
    securityEnabled: group.securityEnabled ?? false,
    theme: asText(group.theme),
    types: set(group.groupTypes, previous?.types),
    visibility: visibilityOf(group),
  };
  const present = Object.entries(all).filter(
    ([key, value]) => previous?.[key as keyof GroupInputs] !== undefined || !isZero(value),
  );
  const unserved = Object.fromEntries(
    UNSERVED.filter((key) => previous?.[key] !== undefined).map((key) => [key, previous?.[key]]),
  );
  return groupInputs.parse({ ...unserved, ...Object.fromEntries(present) });
}

/** Properties that only the official plugin can give another value than zero; they are kept as declared. */
export const UNSERVED = [
  "administrativeUnitIds",
  "autoSubscribeNewMembers",
  "externalSendersAllowed",
  "hideFromAddressLists",
  "hideFromOutlookClients",
  "onpremisesGroupType",
  "writebackEnabled",
] as const satisfies readonly (keyof GroupInputs)[];

/** The state's part that nobody declared, zero values included, as the official plugin writes it. */
export function groupOutputsOf(group: GraphGroup, people: GroupPeople, meta: string): GroupOutputs {
  const computed = Object.entries(COMPUTED).map(
    ([key, name]) => [key, asText(group[name])] as const,
  );
  return groupOutputs.parse({
    ...Object.fromEntries(computed),
    __meta: meta,
    administrativeUnitIds: [],
    assignableToRole: group.isAssignableToRole ?? false,
    autoSubscribeNewMembers: false,
    behaviors: group.resourceBehaviorOptions ?? [],
    description: asText(group.description),
    externalSendersAllowed: false,
    hideFromAddressLists: false,
    hideFromOutlookClients: false,
    mailEnabled: group.mailEnabled ?? false,
    members: people.members ?? [],
    objectId: group.id,
    onpremisesGroupType: "",
    onpremisesSyncEnabled: group.onPremisesSyncEnabled ?? false,
    owners: people.owners ?? [],
    preventDuplicateNames: false,
    provisioningOptions: group.resourceProvisioningOptions ?? [],
    proxyAddresses: group.proxyAddresses ?? [],
    securityEnabled: group.securityEnabled ?? false,
    theme: asText(group.theme),
    types: group.groupTypes ?? [],
    visibility: visibilityOf(group),
    writebackEnabled: false,
  });
}

const PLAIN_TEXTS = [
  "description",
  "displayName",
  "mailNickname",
  "theme",
  "visibility",
] as const satisfies readonly (keyof GroupInputs)[];

/**
 * The body that makes an existing Graph group equal to the wish: only what differs from the observed group; what the
 * wish leaves out stays.
 */
export function groupChanges(
  wanted: GroupInputs,
  observed: Partial<GroupInputs> | undefined,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const key of PLAIN_TEXTS) {
    const wish = wanted[key];
    if (wish === undefined || wish === (observed?.[key] ?? "")) continue;
    body[key] = wish === "" ? null : wish;
  }
  for (const key of ["mailEnabled", "securityEnabled"] as const) {
    const wish = wanted[key] ?? false;
    if (wish !== (observed?.[key] ?? false)) body[key] = wish;
  }
  const { dynamicMembership: rule } = wanted;
  if (rule !== undefined && rule.rule !== observed?.dynamicMembership?.rule) {
    body.membershipRule = rule.rule;
  }
  if (rule !== undefined && rule.enabled !== observed?.dynamicMembership?.enabled) {
    body.membershipRuleProcessingState = rule.enabled ? "On" : "Paused";
  }
  return body;
}

/** The whole body of a new group, without owners and members. */
export function newGroup(wanted: GroupInputs, mailNickname: string): Record<string, unknown> {
  return {
    displayName: wanted.displayName,
    mailEnabled: false,
    securityEnabled: false,
    groupTypes: wanted.types ?? [],
    ...(wanted.assignableToRole ? { isAssignableToRole: true } : {}),
    ...(isZero(wanted.behaviors) ? {} : { resourceBehaviorOptions: wanted.behaviors }),
    ...(isZero(wanted.provisioningOptions)
      ? {}
      : { resourceProvisioningOptions: wanted.provisioningOptions }),
    ...groupChanges(wanted, undefined),
    mailNickname,
  };
}
