/**
 * The audit log of the directory: who changed what. It is written by every change that comes through Graph.
 * @see https://learn.microsoft.com/graph/api/resources/directoryaudit, directoryaudit-list (v1.0, checked 2026-11-28)
 * @see https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention (checked 2026-11-28)
 */
import { linkChanges, type RecordedChange } from "../core/change-log.ts";
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection } from "../core/store.ts";
import type { Answer, BatchRoute, Call, Route, Scope } from "../core/workload.ts";
import { pageAnswer, pageOf } from "../graph/collection-query.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { badRequest } from "../graph/errors.ts";
import type { GraphObject } from "../graph/object.ts";
import type { FilterExpression } from "../odata/filter-parser.ts";
import { pathsOf } from "../odata/filter.ts";
import { readQuery } from "../odata/query.ts";
import {
  conditionalAccessPolicies,
  groups,
  namedLocations,
  servicePrincipals,
  users,
} from "./collections.ts";
import { MEMBERS, OWNERS } from "./group-links.ts";
import { isPremium } from "./premium.ts";
import { MANAGER } from "./user-links.ts";

const DAY_MS = 86_400_000;
const KEPT_DAYS = { free: 7, premium: 30 } as const;
const PAGE_SIZE = 1000;
const CONTEXT = "auditLogs/directoryAudits";

const audits = defineCollection<GraphObject>("directoryAudit");

const definition: EntityDefinition = {
  type: "directoryAudit",
  path: "/auditLogs/directoryAudits",
  collection: audits,
  methods: ["list"],
};

/** By collection: what the log calls an object of it. */
const KINDS = [
  { collection: users, type: "User", category: "UserManagement", noun: "user" },
  { collection: groups, type: "Group", category: "GroupManagement", noun: "group" },
  {
    ...{ collection: conditionalAccessPolicies, type: "Policy", category: "Policy" },
    noun: "conditional access policy",
  },
  { collection: namedLocations, type: "Policy", category: "Policy", noun: "named location" },
];

/** By kind of link: what the log says of one that comes, and of one that goes. */
const LINKS = [
  {
    ...{ kind: MEMBERS, category: "GroupManagement", type: "Group", relation: "Group" },
    ...{ added: "Add member to group", removed: "Remove member from group" },
  },
  {
    ...{ kind: OWNERS, category: "GroupManagement", type: "Group", relation: "Group" },
    ...{ added: "Add owner to group", removed: "Remove owner from group" },
  },
  {
    ...{ kind: MANAGER, category: "UserManagement", type: "User", relation: "Manager" },
    ...{ added: "Update user", removed: "Update user" },
  },
];

/** Names of the directory's older interface, which the log keeps to; all others are those of Graph with a capital. */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  mobilePhone: "Mobile",
  businessPhones: "TelephoneNumber",
  faxNumber: "FacsimileTelephoneNumber",
  officeLocation: "PhysicalDeliveryOfficeName",
  otherMails: "OtherMail",
  licenseAssignmentStates: "AssignedLicense",
  assignedLicenses: "AssignedLicense",
};

/** Relations have entries of their own. */
const RELATIONS: readonly string[] = ["members", "owners", "manager"];

/** What stands in an entry; the rest follows. */
export interface Audited {
  readonly activityDisplayName: string;
  readonly operationType: "Add" | "Update" | "Assign" | "Unassign" | "Delete";
  readonly category: string;
  readonly initiatedBy: Readonly<Record<"app" | "user", Record<string, string | null> | null>>;
  readonly targetResources: readonly Record<string, unknown>[];
}

/** Also what a person did, who does not sign in to the emulator. */
export function writeAudit(scope: Scope, audited: Audited): void {
  const id = scope.newId();
  const entry = {
    ...{ id, correlationId: id, loggedByService: "Core Directory" },
    ...{ result: "success", resultReason: "" },
    activityDateTime: new Date(scope.nowMs).toISOString(),
    ...{ additionalDetails: [], ...audited },
  };
  scope.store.insert(audits, entry, scope.nowMs);
}

/** The route, with what it changes written to the log. */
export function audited(route: Route | BatchRoute): Route | BatchRoute {
  if (!("handle" in route) || route.method === "GET") return route;
  return {
    ...route,
    handle: (call) => {
      const before = call.store.changes.last();
      const answer = route.handle(call);
      for (const change of eachOnce(call.store.changes.since(before))) {
        const entry = ofObject(call, change) ?? ofLink(call, change);
        if (entry !== undefined) writeAudit(call, { initiatedBy: initiatorOf(call), ...entry });
      }
      return answer;
    },
  };
}

/** What one request changed of an object is one entry, however often it wrote. */
function eachOnce(changes: readonly RecordedChange[]): RecordedChange[] {
  const merged = new Map<string, RecordedChange>();
  for (const change of changes) {
    const key = `${change.type} ${change.id}`;
    const [old, now] = [merged.get(key), change.properties];
    const isWhole = now === undefined || (old !== undefined && old.properties === undefined);
    const properties = isWhole ? undefined : [...new Set([...(old?.properties ?? []), ...now])];
    merged.set(key, { ...change, properties });
  }
  return [...merged.values()];
}

function initiatorOf({ store, token }: Call): Audited["initiatedBy"] {
  const principal = store.get(servicePrincipals, token?.objectId ?? "");
  const displayName = typeof principal?.displayName === "string" ? principal.displayName : null;
  const ids = { appId: token?.appId ?? null, servicePrincipalId: token?.objectId ?? null };
  return { app: { ...ids, displayName, servicePrincipalName: null }, user: null };
}

type Entry = Omit<Audited, "initiatedBy">;

function ofObject({ store, nowMs }: Call, change: RecordedChange): Entry | undefined {
  const kind = KINDS.find(({ collection }) => collection.name === change.type);
  if (kind === undefined) return undefined;
  const { collection, type, category, noun } = kind;
  const live = store.entry(collection, change.id);
  const { object, before } = live ?? store.deleted(collection, change.id) ?? {};
  const target = { id: change.id, type, ...namesOf(object) };
  const whole = (name: string, operationType: Entry["operationType"]): Entry => ({
    ...{ activityDisplayName: `${name} ${noun}`, operationType, category },
    targetResources: [{ ...target, modifiedProperties: [] }],
  });
  if (live === undefined) return whole("Delete", "Delete");
  if (change.properties === undefined)
    return live.createdMs === nowMs ? whole("Add", "Add") : whole("Restore", "Update");
  const names = change.properties.filter((name) => !RELATIONS.includes(name));
  if (names.length === 0) return undefined;
  const isLicense = names.some((name) => OLDER_NAMES[name] === "AssignedLicense");
  const modified = names.map((name) => ({
    displayName: auditName(name),
    oldValue: asValue(before?.object[name]),
    newValue: asValue(object?.[name]),
  }));
  const included = JSON.stringify(modified.map(({ displayName }) => displayName).join(", "));
  return {
    activityDisplayName: isLicense ? `Change ${noun} license` : `Update ${noun}`,
    ...{ operationType: "Update", category },
    targetResources: [
      {
        ...target,
        modifiedProperties: [
          ...modified,
          { displayName: "Included Updated Properties", oldValue: null, newValue: included },
        ],
      },
    ],
  };
}

const auditName = (name: string): string =>
  OLDER_NAMES[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Values are lists, written as JSON. */
const asValue = (value: unknown): string =>
  JSON.stringify(value === undefined || value === null ? [] : [value].flat());

const namesOf = (object: GraphObject | undefined) => ({
  displayName: typeof object?.displayName === "string" ? object.displayName : null,
  userPrincipalName:
    typeof object?.userPrincipalName === "string" ? object.userPrincipalName : null,
});

/** First who joins or leaves, with the group as a property; then the group, by its id only. */
function ofLink({ store }: Call, { type, id }: RecordedChange): Entry | undefined {
  const link = LINKS.find(({ kind }) => type.startsWith(linkChanges(kind, "").name));
  if (link === undefined) return undefined;
  const { kind, category, relation, added, removed } = link;
  const source = type.slice(linkChanges(kind, "").name.length);
  const isThere = store.isLinked(kind, source, id);
  const value = JSON.stringify(source);
  const person = store.get(users, id);
  return {
    activityDisplayName: isThere ? added : removed,
    operationType: isThere ? "Assign" : "Unassign",
    category,
    targetResources: [
      {
        ...{ id, type: person === undefined ? "Other" : "User", ...namesOf(person) },
        modifiedProperties: [
          {
            displayName: `${relation}.ObjectID`,
            oldValue: isThere ? null : value,
            newValue: isThere ? value : null,
          },
        ],
      },
      {
        ...{ id: source, type: link.type, displayName: null, userPrincipalName: null },
        modifiedProperties: [],
      },
    ],
  };
}

/** By which the page of the resource says that it can be filtered. */
const FILTERED: readonly string[] = [
  ...["activityDateTime", "activityDisplayName", "correlationId", "id", "loggedByService"],
  ...["initiatedBy/user/id", "initiatedBy/user/displayName", "initiatedBy/user/userPrincipalName"],
  ...["initiatedBy/app/appId", "initiatedBy/app/displayName", "targetResources"],
];

function list(call: Call): Answer {
  const query = readQuery(call, {
    ...{ type: definition.type, isDirectoryObject: false, maxPageSize: PAGE_SIZE },
  });
  const { filter, orderBy, top = PAGE_SIZE } = query;
  const keptDays = isPremium(call) ? KEPT_DAYS.premium : KEPT_DAYS.free;
  const firstMs = Math.floor(call.nowMs / DAY_MS - keptDays) * DAY_MS;
  if (filter !== undefined) refuseFilter(filter, firstMs);
  const newest = { path: "activityDateTime", isDescending: true };
  const knownMs = call.nowMs - call.behaviour.auditDelayMs;
  const found = call.store
    .list(audits)
    .filter(({ createdMs }) => createdMs >= firstMs && createdMs <= knownMs)
    .map((entry) => ({ definition, entry }));
  const sorted = { ...query, top, orderBy: orderBy.length === 0 ? [newest] : orderBy };
  return pageAnswer(call, pageOf(call, found, sorted), {
    ...{ type: definition.type, context: CONTEXT, query: sorted },
  });
}

/**
 * @see https://github.com/microsoftgraph/msgraph-beta-sdk-dotnet/issues/626 (words for what is too old; checked 2026-11-28)
 */
function refuseFilter(filter: FilterExpression, firstMs: number): void {
  if (pathsOf(filter).some((path) => !FILTERED.includes(path)))
    throw badRequest("Invalid filter clause");
  if (!asksBefore(filter, firstMs)) return;
  const first = new Date(firstMs).toLocaleString("en-US", { timeZone: "UTC" }).replace(",", "");
  throw new ServiceFailure(400, "BadRequest", {
    message: `Specified argument was out of the range of valid values. (Parameter 'Minimum allowed time for activityDateTime is ${first}')`,
  });
}

function asksBefore(filter: FilterExpression, firstMs: number): boolean {
  if (filter.kind === "and" || filter.kind === "or")
    return asksBefore(filter.left, firstMs) || asksBefore(filter.right, firstMs);
  return (
    filter.kind === "compare" &&
    filter.path === "activityDateTime" &&
    Date.parse(String(filter.value)) < firstMs
  );
}

export const directoryAuditRoutes: readonly Route[] = [
  { method: "GET", path: definition.path, handle: list },
];
