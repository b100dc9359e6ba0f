/**
 * Groups: security groups and Microsoft 365 groups.
 * @see https://learn.microsoft.com/graph/api/resources/group (checked 2026-11)
 */
import { toTimestamp } from "../core/clock.ts";
import type { Call, Scope } from "../core/workload.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { badRequest, forbidden, notImplemented } from "../graph/errors.ts";
import type { EntityInput } from "../graph/input.ts";
import { groups, type GraphObject } from "./collections.ts";
import {
  addMembers,
  addOwners,
  isLive,
  MAX_REFERENCES,
  memberIds,
  OWNERS,
  refuseWrittenByExchange,
} from "./group-links.ts";
import { refuseMastered } from "./mastered.ts";
import { parseMembershipRule } from "./membership-rule.ts";
import {
  defaultDomain,
  invalidValue,
  requireFreeAddresses,
  requireUnique,
  requireValues,
  securityIdentifier,
} from "./rules.ts";

const REQUIRED = ["displayName", "mailEnabled", "mailNickname", "securityEnabled"] as const;
/** ASCII without some signs. */
const MAIL_NICKNAME = /^(?!.*[@()\\[\]";:<>, ])[\x20-\x7e]{1,64}$/;
const MAX_NAME_LENGTH = 256;
/** In lower case: the documents and the azuread plugin write `Hiddenmembership` too. */
const VISIBILITIES: readonly string[] = ["public", "private"];
/** At creation of Microsoft 365 groups only. */
const HIDDEN = "hiddenmembership";
/** Groups for roles. */
const PRIVATE_ONLY: readonly string[] = ["private"];
const PROCESSING_STATES: readonly unknown[] = ["On", "Paused"];
const DYNAMIC_SETTINGS = ["groupTypes", "membershipRule", "membershipRuleProcessingState"] as const;
/** Settable in a later PATCH only, with delegated permissions. */
const MAILBOX_SETTINGS = [
  "allowExternalSenders",
  "autoSubscribeNewMembers",
  "hideFromAddressLists",
  "hideFromOutlookClients",
  "isSubscribedByMail",
  "unseenCount",
] as const;

export const groupDefinition: EntityDefinition = {
  type: "group",
  path: "/groups",
  collection: groups,
  methods: ["list", "get", "create", "update", "delete"],
  alternateKeys: ["uniqueName"],
  upsertKey: "uniqueName",
  isDirectoryObject: true,
  isSoftDeleted: true,
  defaultProperties: [
    "id",
    "deletedDateTime",
    "classification",
    "createdDateTime",
    "description",
    "displayName",
    "expirationDateTime",
    "groupTypes",
    "isAssignableToRole",
    "mail",
    "mailEnabled",
    "mailNickname",
    "membershipRule",
    "membershipRuleProcessingState",
    "onPremisesDomainName",
    "onPremisesLastSyncDateTime",
    "onPremisesNetBiosName",
    "onPremisesSamAccountName",
    "onPremisesSecurityIdentifier",
    "onPremisesSyncEnabled",
    "preferredDataLocation",
    "preferredLanguage",
    "proxyAddresses",
    "renewedDateTime",
    "resourceBehaviorOptions",
    "resourceProvisioningOptions",
    "securityEnabled",
    "securityIdentifier",
    "theme",
    "uniqueName",
    "visibility",
    "onPremisesProvisioningErrors",
    "serviceProvisioningErrors",
  ],
  betaProperties: ["writebackConfiguration"],
  singleOnly: [...MAILBOX_SETTINGS, "isArchived"],
  readOnly: [
    "id",
    "assignedLicenses",
    "createdDateTime",
    "deletedDateTime",
    "expirationDateTime",
    "hasMembersWithLicenseErrors",
    "isManagementRestricted",
    "licenseProcessingState",
    "mail",
    "onPremisesLastSyncDateTime",
    "onPremisesSecurityIdentifier",
    "onPremisesSyncEnabled",
    "proxyAddresses",
    "renewedDateTime",
    "securityIdentifier",
  ],
  bindings: ["members", "owners"],
  immutable: ["isAssignableToRole", "uniqueName"],
  computed: {
    securityIdentifier: (_scope, group) => securityIdentifier(group.id),
    writebackConfiguration: (_scope, group) =>
      group.writebackConfiguration ?? { isEnabled: null, onPremisesGroupType: null },
  },
  related: {
    members: (scope, group) => memberIds(scope, group.id),
    owners: (scope, group) =>
      scope.store.targets(OWNERS, group.id).filter((id) => isLive(scope, id)),
  },
  create: (call, object, input) => {
    requireValues(object, REQUIRED, "Group");
    refuseUnsupportedKinds(object);
    const types = (object.groupTypes ?? []) as string[];
    if (object.isAssignableToRole === true) checkRoleAssignable(call, object, types);
    const references =
      (input.references.members?.length ?? 0) + (input.references.owners?.length ?? 0);
    if (references > MAX_REFERENCES) throw tooManyReferences();
    const isUnified = types.includes("Unified");
    const address = `${String(object.mailNickname)}@${defaultDomain(call)}`;
    const now = toTimestamp(call.nowMs);
    return checkGroup(call, {
      isAssignableToRole: null,
      ...object,
      groupTypes: types,
      createdDateTime: now,
      renewedDateTime: now,
      visibility: visibilityOf(object, isUnified),
      mail: isUnified ? address : null,
      proxyAddresses: isUnified ? [`SMTP:${address}`] : [],
      ...(types.includes("DynamicMembership")
        ? { membershipRuleProcessingState: object.membershipRuleProcessingState ?? "On" }
        : {}),
    });
  },
  created: (call, group, input) => {
    addLinks(call, group, input);
    if (isDynamic(group)) {
      call.schedule("graph.evaluate-dynamic-group", {
        delayMs: call.behaviour.dynamicGroupDelayMs,
        payload: { groupId: group.id },
      });
    }
    call.emit("group.created", { id: group.id });
  },
  update: (call, { before, after, input }) => {
    refuseMastered(before, Object.keys(input.properties));
    refuseWrittenByExchange(before);
    requireValues(after, REQUIRED, "Group");
    const ownKinds = [before.groupTypes, after.groupTypes].map((types) =>
      (types as string[]).includes("Unified"),
    );
    if (ownKinds[0] !== ownKinds[1]) throw invalidValue("groupTypes", "Group");
    refuseUnsupportedKinds(after);
    if (before.visibility !== after.visibility) refuseVisibility(before, after);
    refuseAppOnlySettings(input);
    return checkGroup(call, after);
  },
  updated: (call, { before, after, input }) => {
    addLinks(call, after, input);
    const isRuled = DYNAMIC_SETTINGS.some(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    if (isDynamic(after) && isRuled) {
      call.schedule("graph.evaluate-dynamic-group", {
        delayMs: call.behaviour.dynamicGroupDelayMs,
        payload: { groupId: after.id },
      });
    }
    call.emit("group.updated", { id: after.id });
  },
  remove: (_call, group) => {
    refuseWrittenByExchange(group);
    const licences = (group.assignedLicenses ?? []) as unknown[];
    if (licences.length > 0) {
      throw badRequest(
        "The group cannot be deleted because it has licenses assigned. Remove the licenses first.",
      );
    }
  },
  removed: (call, group) => {
    call.emit("group.deleted", { id: group.id });
  },
};

export function isDynamic(group: GraphObject): boolean {
  return (group.groupTypes as string[]).includes("DynamicMembership");
}

/** Refuses what the directory refuses; also used at restore. */
export function checkGroup(scope: Scope, group: GraphObject): GraphObject {
  const { mailNickname, displayName } = group;
  if (typeof mailNickname !== "string" || !MAIL_NICKNAME.test(mailNickname))
    throw invalidValue("mailNickname", "Group");
  if (String(displayName).length > MAX_NAME_LENGTH) throw invalidValue("displayName", "Group");
  if (isDynamic(group)) checkRule(group);
  if (typeof group.uniqueName === "string") {
    requireUnique(scope, groups, { key: "uniqueName", value: group.uniqueName, id: group.id });
  }
  if ((group.groupTypes as string[]).includes("Unified")) {
    requireUnique(scope, groups, { key: "mailNickname", value: mailNickname, id: group.id });
  }
  requireFreeAddresses(scope, group.proxyAddresses as string[], group.id);
  return group;
}

function checkRule({ membershipRule, membershipRuleProcessingState }: GraphObject): void {
  if (typeof membershipRule !== "string") throw invalidValue("membershipRule", "Group");
  if (!PROCESSING_STATES.includes(membershipRuleProcessingState))
    throw invalidValue("membershipRuleProcessingState", "Group");
  // Whether the service would take it cannot be told here; nobody would ever join.
  if (parseMembershipRule(membershipRule) === undefined)
    throw notImplemented(`the membership rule ${membershipRule}`);
}

function visibilityOf(group: GraphObject, isUnified: boolean): unknown {
  const isForRoles = group.isAssignableToRole === true;
  const given = group.visibility ?? (isForRoles ? "Private" : isUnified ? "Public" : null);
  const allowed = isForRoles ? PRIVATE_ONLY : [...VISIBILITIES, ...(isUnified ? [HIDDEN] : [])];
  if (!allowed.includes(spelledLow(given))) throw invalidValue("visibility", "Group");
  return given;
}

function refuseVisibility(before: GraphObject, after: GraphObject): void {
  const allowed = before.isAssignableToRole === true ? PRIVATE_ONLY : VISIBILITIES;
  const isHidden = spelledLow(before.visibility) === HIDDEN;
  if (isHidden || !allowed.includes(spelledLow(after.visibility)))
    throw invalidValue("visibility", "Group");
}

/** Empty is read as public. */
function spelledLow(visibility: unknown): string {
  return typeof visibility === "string" && visibility !== "" ? visibility.toLowerCase() : "public";
}

function refuseUnsupportedKinds(group: GraphObject): void {
  const types = (group.groupTypes ?? []) as string[];
  if (types.some((type) => type !== "Unified" && type !== "DynamicMembership"))
    throw invalidValue("groupTypes", "Group");
  if (types.includes("Unified")) {
    if (group.mailEnabled !== true) throw invalidValue("mailEnabled", "Group");
    return;
  }
  if (group.mailEnabled === true || group.securityEnabled !== true) {
    throw badRequest(
      "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.",
    );
  }
}

function checkRoleAssignable(call: Call, group: GraphObject, types: readonly string[]): void {
  if (call.token?.roles.includes("RoleManagement.ReadWrite.Directory") !== true) throw forbidden();
  if (types.includes("DynamicMembership") || group.securityEnabled !== true) {
    throw invalidValue("isAssignableToRole", "Group");
  }
}

function refuseAppOnlySettings(input: EntityInput): void {
  const setting = MAILBOX_SETTINGS.find((name) => (input.properties[name] ?? null) !== null);
  if (setting !== undefined) throw forbidden();
}

function addLinks(call: Call, group: GraphObject, input: EntityInput): void {
  const members = input.references.members ?? [];
  const owners = input.references.owners ?? [];
  if (members.length > MAX_REFERENCES || owners.length > MAX_REFERENCES) throw tooManyReferences();
  addOwners(call, group, owners);
  addMembers(call, group, members);
}

function tooManyReferences(): Error {
  return badRequest(
    `The request exceeds the limit of ${MAX_REFERENCES} relationships in one request.`,
  );
}
