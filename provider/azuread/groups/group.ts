/**
 * A security or Microsoft 365 group. Same token, inputs and outputs as the official plugin; owners and members
 * are only read and written where they are declared (`m365:directory:GroupMembership` manages members in bulk).
 * @see https://learn.microsoft.com/graph/api/resources/group (v1.0, checked 2026-11)
 */
import { isRequestError, odata } from "../../../services/index.ts";
import type { Claim } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import { mayBeOurs } from "../../kit/earlier-run.ts";
import type { Observed, ResourceContext } from "../../kit/define.ts";
import {
  addRelated,
  REFERENCES_PER_PATCH,
  related,
  removeRelated,
} from "../../directory/group-relations.ts";
import type { Relation } from "../../directory/group-relations.ts";
import { directoryObject } from "../../directory/directory-references.ts";
import { LISTED_GROUPS } from "../../directory/listed.ts";
import { isMastered, masteredOnPremises } from "../../directory/on-premises.ts";
import { directoryBin } from "../../directory/recycle-bin.ts";
import { RefusedError } from "../../kit/refusal.ts";
import { bridgedMeta, objectIdOf } from "../bridged-state.ts";
import { describeGroup } from "./describe-group.ts";
import { groupFailures } from "./group-validation.ts";
import {
  GROUP_FLAGS,
  GROUP_SELECT,
  GROUP_SETS,
  groupChanges,
  groupInputs,
  groupInputsOf,
  groupOutputs,
  groupOutputsOf,
  newGroup,
} from "./group-properties.ts";
import type { GraphGroup, GroupInputs, GroupOutputs, GroupPeople } from "./group-properties.ts";
import { isSame } from "../nested-equality.ts";

const META = bridgedMeta(1, { create: 30, delete: 5, read: 5, update: 30 });
const SELECT = `$select=${GROUP_SELECT.join(",")}`;

/** What a group is from its beginning. */
const REPLACING = ["assignableToRole", "behaviors", "provisioningOptions", "types"] as const;

interface Sought {
  readonly groupId: string;
  /** What was declared; undefined at an import, which reads everything. */
  readonly declared: GroupInputs | undefined;
  readonly justCreated?: boolean;
  readonly isFresh?: boolean | undefined;
}

async function observe(
  context: ResourceContext,
  { groupId, declared, justCreated = false, isFresh }: Sought,
): Promise<Observed<GroupInputs, GroupOutputs> | undefined> {
  const { graph } = context.service;
  const idsOf = async (relation: Relation): Promise<string[] | undefined> => {
    const found = await related(context, groupId, { relation, justCreated, isFresh });
    return found?.map(({ id }) => id);
  };
  const alone = (): Promise<GraphGroup | undefined> =>
    graph.tryGet(`${odata`/groups/${groupId}`}?${SELECT}`, { justCreated });
  const [group, owners, members] = await Promise.all([
    justCreated ? alone() : graph.tryGetOneOf<GraphGroup>(LISTED_GROUPS, groupId, { isFresh }),
    idsOf("owners"),
    idsOf("members"),
  ]);
  if (group === undefined) return undefined;
  if (owners === undefined || members === undefined) {
    // Gone since the page was read that has it, or its relations are on their way to a replica.
    const isThere = (await alone()) !== undefined;
    return isThere ? observe(context, { groupId, declared, justCreated: true }) : undefined;
  }
  const people: GroupPeople = { owners, members };
  return {
    id: `/groups/${group.id}`,
    inputs: groupInputsOf(group, people, declared),
    outputs: groupOutputsOf(group, people, META),
  };
}

/** Of security groups there is nothing to bring back but members; the documents contradict each other on whether one can. */
const GROUP_BIN = directoryBin<GroupInputs>("group", {
  keyOf: ({ mailNickname, types = [] }) =>
    types.includes("Unified") ? mailNickname?.toLowerCase() : undefined,
  select: ["mailNickname", "groupTypes"],
  keyOfDeleted: ({ mailNickname, groupTypes }) =>
    typeof mailNickname === "string" && Array.isArray(groupTypes) && groupTypes.includes("Unified")
      ? mailNickname.toLowerCase()
      : undefined,
});

export const group = defineResource({
  token: "azuread:index/group:Group",
  summary: "A security group or Microsoft 365 group.",
  inputs: groupInputs,
  outputs: groupOutputs,
  permissions: {
    read: ["Group.Read.All"],
    write: ["Group.ReadWrite.All"],
  },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/group-post-groups", checked: "2026-11-22" },
    { url: "https://learn.microsoft.com/graph/api/group-update", checked: "2026-11-22" },
    {
      url: "https://www.pulumi.com/registry/packages/azuread/api-docs/group/",
      checked: "2026-11-22",
    },
  ],
  limits: [
    {
      name: "relationshipsPerCreation",
      value: REFERENCES_PER_PATCH,
      source: "https://learn.microsoft.com/graph/api/group-post-groups",
      checked: "2026-11-22",
    },
    {
      name: "ownersPerGroup",
      value: 100,
      source:
        "https://learn.microsoft.com/entra/identity/users/directory-service-limits-restrictions",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["owners[*]", "members[*]"],
  // Not the mail nickname, other than in the official plugin: Graph can change it, and a new group would be empty.
  replaceOn: REPLACING,
  filledIn: ["mailNickname"],
  caseless: ["mailNickname"],
  writeOnly: ["preventDuplicateNames"],
  falseWhenAbsent: GROUP_FLAGS,
  unordered: [...GROUP_SETS, "members"],

  validate: groupFailures,

  uniqueKey: ({ mailNickname }) => mailNickname?.toLowerCase(),

  findByKey: groupByNickname,
  isSharedKey: isSharedNickname,

  addresses: ({ mailNickname, types = [] }) =>
    types.includes("Unified") && mailNickname !== undefined ? [`${mailNickname}@`] : [],

  recycleBin: GROUP_BIN,

  read: (context, { id, previous, isFresh }) =>
    observe(context, { groupId: objectIdOf(id), declared: previous, isFresh }),

  async reconcile(context, { wanted, observed }) {
    const isNew = observed === undefined;
    const groupId = isNew ? await create(context, wanted) : objectIdOf(observed.id);
    context.created(`/groups/${groupId}`, { objectId: groupId, __meta: META });
    if (!isNew) {
      const isRenamed = wanted.displayName !== observed.inputs.displayName;
      if (isRenamed && wanted.preventDuplicateNames) {
        await refuseSecondName(context, wanted.displayName, { ownId: groupId });
      }
      await update(context, groupId, { wanted, observed: observed.inputs });
    }
    // Owners before members: a group is never without an owner in between.
    await syncPeople(context, groupId, { wanted, observed: observed?.inputs, relation: "owners" });
    await syncPeople(context, groupId, { wanted, observed: observed?.inputs, relation: "members" });
    const made = await observe(context, { groupId, declared: wanted, justCreated: isNew });
    if (made === undefined) {
      throw new RefusedError({
        code: "group-gone",
        message: `Group ${wanted.displayName} disappeared while it was being changed`,
        hint: "Find out who removed the group, then plan again.",
      });
    }
    return made;
  },

  async remove(context, { id }) {
    await context.service.graph.tryDelete(odata`/groups/${objectIdOf(id)}`);
  },

  describe: describeGroup,
});

export async function groupByNickname(
  context: ResourceContext,
  mailNickname: string,
): Promise<string | undefined> {
  const [found] = await groupsNamed(context, mailNickname);
  return found && `/groups/${found.id}`;
}

/** Security groups may have one mailNickname together. */
export async function isSharedNickname(
  context: ResourceContext,
  mailNickname: string,
): Promise<boolean> {
  return (await groupsNamed(context, mailNickname)).length > 1;
}

const groupsNamed = (context: ResourceContext, mailNickname: string): Promise<GraphGroup[]> =>
  context.service.graph.all<GraphGroup>(
    `${odata`/groups?$filter=mailNickname eq '${mailNickname}'`}&${SELECT},createdDateTime`,
  );

async function update(
  context: ResourceContext,
  groupId: string,
  { wanted, observed }: { wanted: GroupInputs; observed: Partial<GroupInputs> },
): Promise<void> {
  const body = groupChanges(wanted, observed);
  if (Object.keys(body).length === 0) return;
  try {
    await context.service.graph.patch(odata`/groups/${groupId}`, body);
  } catch (error) {
    if (isRequestError(error) && isMastered(error)) {
      throw masteredOnPremises(wanted.displayName, error);
    }
    const isTaken = isRequestError(error, "already-exists");
    throw isTaken ? nicknameTaken(wanted, wanted.mailNickname ?? "", error) : error;
  }
}

const nicknameTaken = (
  { displayName }: GroupInputs,
  mailNickname: string,
  cause?: Error,
): RefusedError =>
  new RefusedError({
    code: "group-exists",
    message: `The mail nickname ${mailNickname} of group ${displayName} is already in use in the tenant`,
    hint: "Import the existing group, or choose another mail nickname.",
    cause,
  });

async function create(context: ResourceContext, wanted: GroupInputs): Promise<string> {
  const { graph } = context.service;
  if (wanted.preventDuplicateNames) await refuseSecondName(context, wanted.displayName);
  // Like the portal: a group without a mail nickname gets a random one, which also makes it findable.
  const mailNickname = wanted.mailNickname ?? globalThis.crypto.randomUUID().slice(0, 10);
  const owners = (wanted.owners ?? []).slice(0, REFERENCES_PER_PATCH).map(directoryObject);
  const body = {
    ...newGroup(wanted, mailNickname),
    ...(owners.length === 0 ? {} : { "owners@odata.bind": owners }),
  };
  const mayBeDone = context.begunAt !== undefined;
  const find = async (claim: Claim): Promise<{ id: string } | undefined> => {
    const found = await groupsNamed(context, mailNickname);
    const recent = found.filter((one) => mayBeOurs(context, one.createdDateTime));
    const nobody = { owners: undefined, members: undefined };
    // Mail nicknames of security groups are not unique, and the group that this one replaces may have the same.
    const ours = recent.find((candidate) => {
      const seen = groupInputsOf(candidate, nobody, wanted);
      return (
        REPLACING.every((key) => isSame(seen[key], wanted[key])) &&
        Object.keys(groupChanges(wanted, seen)).length === 0 &&
        claim(candidate.id)
      );
    });
    // Of a run that died, made for another declaration, or somebody's: a second one beside it helps nobody.
    if (ours === undefined && mayBeDone && recent.some(({ id }) => claim(id))) {
      throw nicknameTaken(wanted, mailNickname);
    }
    return ours;
  };
  try {
    const made = await graph.post<{ id: string }>("/groups", body, {
      find,
      mayBeDone,
      justCreated: owners.length > 0,
    });
    return made.id;
  } catch (error) {
    throw isRequestError(error, "already-exists")
      ? nicknameTaken(wanted, mailNickname, error)
      : error;
  }
}

async function refuseSecondName(
  context: ResourceContext,
  displayName: string,
  { ownId }: { readonly ownId?: string } = {},
): Promise<void> {
  const path = `${odata`/groups?$filter=displayName eq '${displayName}'`}&$select=id`;
  const found = await context.service.graph.all<{ id: string }>(path);
  const existing = found.find(({ id }) => id !== ownId);
  if (existing === undefined) return;
  throw new RefusedError({
    code: "group-name-taken",
    message: `There is already a group called ${displayName} (${existing.id})`,
    hint: "Import that group, or allow two groups with the same name with preventDuplicateNames: false.",
  });
}

async function syncPeople(
  context: ResourceContext,
  groupId: string,
  change: { wanted: GroupInputs; observed: Partial<GroupInputs> | undefined; relation: Relation },
): Promise<void> {
  const { wanted, observed, relation } = change;
  const wish = wanted[relation];
  if (wish === undefined) return;
  const createdWith = relation === "owners" ? wish.slice(0, REFERENCES_PER_PATCH) : [];
  const present = observed === undefined ? createdWith : (observed[relation] ?? []);
  await addRelated(context, groupId, {
    relation,
    ids: wish.filter((id) => !present.includes(id)),
  });
  await removeRelated(context, groupId, {
    relation,
    ids: present.filter((id) => !wish.includes(id)),
  });
}
