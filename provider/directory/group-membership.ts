/**
 * The people and groups in one group: one resource however many there are. Devices and service principals among the
 * members are left alone and counted. Owners belong to the group resource. Groups in groups, and that licences stop at
 * the outer one: entra/fundamentals/how-to-manage-groups, "Add a group to another group" (learn, checked 2026-11-28).
 * @see https://learn.microsoft.com/graph/api/group-post-members (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { isRequestError, odata } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import {
  addExchangeMembers,
  exchangeMembers,
  isWrittenByExchange,
  removeExchangeMembers,
} from "../exchange/group-members.ts";
import { describeMembership } from "./describe-membership.ts";
import { awaitGroupLicenses } from "../licensing/group-joiners.ts";
import { giveToLeavers } from "../licensing/group-leavers.ts";
import { addRelated, REFERENCES_PER_PATCH, related, removeRelated } from "./group-relations.ts";
import type { RelatedObject } from "./group-relations.ts";
import { LISTED_GROUPS } from "./listed.ts";
import { asMember, holds, idsWithout, member, memberGroup, without } from "./members.ts";
import type { Member, MemberGroup } from "./members.ts";
import { en } from "../../core/i18n/phrases.ts";
import { RefusedError } from "../kit/refusal.ts";
import { keyedSetOf } from "../kit/zod-shapes.ts";

/** A person made a moment ago is readable within half a minute, says experience; twice that is patience. */
const PERSON_DEADLINE_MS = 60_000;

const inputs = z.strictObject({
  groupId: z.string().min(1).describe("Object id of the group."),
  groupName: z.string().min(1).describe("Mail nickname of the group."),
  groupDisplayName: z.string().optional().describe("What people call the group."),
  members: keyedSetOf(member, ({ userPrincipalName }) => userPrincipalName)
    .optional()
    .describe("Everybody in the group."),
  memberGroups: keyedSetOf(memberGroup, ({ groupName }) => groupName)
    .optional()
    .describe("The groups in the group, with everybody in them."),
});

const outputs = z.object({
  otherMembers: z
    .int()
    .describe("Members that are neither people nor groups (devices, applications)."),
});

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

type Person = Member & { readonly id: string };

const isPerson = (member: RelatedObject): boolean =>
  member["@odata.type"] === undefined || member["@odata.type"] === "#microsoft.graph.user";

/** @see https://learn.microsoft.com/entra/external-id/user-properties (checked 2026-11) */
const isGuestName = (name: string): boolean => name.includes("#ext#");

function people(members: readonly RelatedObject[]): Person[] {
  return members.filter(isPerson).map(({ id, userPrincipalName, mail }) => {
    const name = (userPrincipalName ?? id).toLowerCase();
    return { id, userPrincipalName: isGuestName(name) && mail ? mail.toLowerCase() : name };
  });
}

function groupsIn(members: readonly RelatedObject[]): MemberGroup[] {
  return members
    .filter((one) => one["@odata.type"] === "#microsoft.graph.group")
    .map(({ id, mailNickname, displayName }) => ({
      ...{ id, groupName: mailNickname ?? id },
      ...(displayName ? { displayName } : {}),
    }));
}

const SELECT = "$select=id,displayName,mailNickname,mailEnabled,groupTypes";

interface GraphGroup {
  readonly displayName: string;
  readonly mailNickname: string;
  readonly mailEnabled: boolean | null;
  readonly groupTypes: readonly string[];
}

async function observe(
  context: ResourceContext,
  groupId: string,
  { justCreated = false, isFresh }: { justCreated?: boolean; isFresh?: boolean | undefined } = {},
): Promise<(Observed<Inputs, Outputs> & { readonly inputs: Inputs }) | undefined> {
  const { graph } = context.service;
  const [listed, group] = await Promise.all([
    related(context, groupId, { relation: "members", justCreated, isFresh }),
    justCreated
      ? graph.tryGet<GraphGroup>(`${odata`/groups/${groupId}`}?${SELECT}`, { justCreated })
      : graph.tryGetOneOf<GraphGroup>(LISTED_GROUPS, groupId, { isFresh }),
  ]);
  if (group === undefined) return undefined;
  // Graph lists them too, some time after Exchange has them.
  const members = isWrittenByExchange(group) ? await exchangeMembers(context, groupId) : listed;
  if (members === undefined) return undefined;
  const [found, groups] = [people(members), groupsIn(members)];
  return {
    id: groupId,
    inputs: {
      groupId,
      groupName: group.mailNickname,
      groupDisplayName: group.displayName,
      members: found,
      memberGroups: groups,
    },
    outputs: { otherMembers: members.length - found.length - groups.length },
  };
}

/** Who writes the members of the group. */
async function writerOf(context: ResourceContext, groupId: string): Promise<"graph" | "exchange"> {
  const group = await context.service.graph.tryGetOneOf<GraphGroup>(LISTED_GROUPS, groupId);
  return group !== undefined && isWrittenByExchange(group) ? "exchange" : "graph";
}

/** Ids of people by user principal name; refuses when somebody is not there. */
async function resolve(
  context: ResourceContext,
  members: readonly Member[],
  groupName: string,
): Promise<string[]> {
  const found = await Promise.all(
    members.map(
      async ({ id, userPrincipalName }) => id ?? (await personId(context, userPrincipalName)),
    ),
  );
  const unknown = members
    .filter((_, index) => found[index] === undefined)
    .map(({ userPrincipalName }) => userPrincipalName);
  if (unknown.length > 0) {
    throw new RefusedError({
      code: "unknown-member",
      message: `${en.list(unknown)} cannot become ${en.form(unknown.length, { one: "a member", other: "members" })} of ${groupName}: no such user in the tenant`,
      hint: "Add them under users in the tenant file, or take them out of the group.",
    });
  }
  return found.filter((id) => id !== undefined);
}

async function personId(context: ResourceContext, name: string): Promise<string | undefined> {
  const path = `${odata`/users/${name}`}?$select=id`;
  try {
    const options = { justCreated: true, deadlineMs: PERSON_DEADLINE_MS };
    return (await context.service.graph.get<{ id: string }>(path, options)).id;
  } catch (error) {
    const isMissing =
      isRequestError(error, "not-found", "deadline-exceeded") && error.status === 404;
    if (isMissing) return undefined;
    throw error;
  }
}

export const groupMembership = defineResource({
  token: "m365:directory:GroupMembership",
  summary: "Who belongs to a group: all its people and groups in one resource.",
  inputs,
  outputs,
  permissions: {
    read: ["GroupMember.Read.All", "User.Read.All"],
    write: ["GroupMember.ReadWrite.All"],
  },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/group-post-members", checked: "2026-11-22" },
    { url: "https://learn.microsoft.com/graph/api/group-delete-members", checked: "2026-11-22" },
    { url: "https://learn.microsoft.com/graph/api/group-list-members", checked: "2026-11-22" },
  ],
  limits: [
    {
      name: "membersPerRequest",
      value: REFERENCES_PER_PATCH,
      source: "https://learn.microsoft.com/graph/api/group-post-members",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["groupId", "members[*].id", "memberGroups[*].id"],
  replaceOn: ["groupId"],
  listId: ({ groupId }) => groupId,
  annotations: [
    ...["groupName", "groupDisplayName", "members[*].userPrincipalName"],
    ...["memberGroups[*].groupName", "memberGroups[*].displayName"],
  ],
  elementKeys: { members: ["id", "userPrincipalName"], memberGroups: ["id", "groupName"] },

  earlier: ({ members, ...inputs }) => ({
    ...inputs,
    ...(Array.isArray(members) ? { members: members.map(asMember) } : {}),
  }),

  uniqueKey: ({ groupName }) => groupName?.toLowerCase(),

  read: (context, { id, isFresh }) => observe(context, id, { isFresh }),

  async reconcile(context, { wanted, observed }) {
    const { groupId, groupName, groupDisplayName } = wanted;
    const now = observed ?? (await observe(context, groupId, { justCreated: true }));
    if (now === undefined) {
      throw new RefusedError({
        code: "unknown-group",
        message: `There is no group ${groupName} (${groupId})`,
        hint: "Create the group before its members, or plan again if it was deleted by somebody else.",
      });
    }
    const { members: present = [], memberGroups: nested = [] } = now.inputs;
    const { members = present, memberGroups = nested } = wanted;
    const joining = without(members, present);
    // Nothing is written before everybody is known.
    const ids = await resolve(context, joining, groupName);
    context.created(groupId, now.outputs);
    // What a list starts from when it comes under management was not approved to go.
    const isBaseKnown = observed !== undefined;
    const leavers = isBaseKnown ? without(present, members).flatMap(({ id = [] }) => id) : [];
    const leaving = isBaseKnown ? idsWithout(nested, memberGroups) : [];
    const groups = idsWithout(memberGroups, nested);
    if ((await writerOf(context, groupId)) === "exchange") {
      const names = new Map(memberGroups.map((one) => [one.id, one.groupName]));
      await addExchangeMembers(
        context,
        groupId,
        groups.map((id) => ({ id, name: names.get(id) ?? id })),
      );
      await removeExchangeMembers(context, groupId, [...leavers, ...leaving]);
      const joiners = ids.map((id, at) => ({ id, name: joining[at]?.userPrincipalName ?? id }));
      await addExchangeMembers(context, groupId, joiners);
      return { id: groupId, outputs: now.outputs };
    }
    // First: whoever comes in through a group from now on is not without access in between.
    await addRelated(context, groupId, { relation: "members", ids: groups });
    const kept = await giveToLeavers(context, groupId, leavers);
    // Before others join: what leavers have by the group may be the joiners'.
    await removeRelated(context, groupId, {
      relation: "members",
      ids: [...leavers.filter((id) => !kept.has(id)), ...leaving],
    });
    await addRelated(context, groupId, { relation: "members", ids });
    await awaitGroupLicenses(context, { id: groupId, name: groupDisplayName ?? groupName }, ids);
    const [hindrance] = kept.values();
    if (hindrance !== undefined) throw hindrance;
    return { id: groupId, outputs: now.outputs };
  },

  async remove(context, { id, previous }) {
    const isInExchange = (await writerOf(context, id)) === "exchange";
    const found = await (isInExchange
      ? exchangeMembers(context, id)
      : related(context, id, { relation: "members" }));
    const { members = [], memberGroups = [] } = previous;
    const ids = [
      ...people(found ?? []).filter((person) => holds(members, person)),
      ...groupsIn(found ?? []).filter((group) => memberGroups.some((one) => one.id === group.id)),
    ].map((one) => one.id);
    if (isInExchange) await removeExchangeMembers(context, id, ids);
    else await removeRelated(context, id, { relation: "members", ids });
  },

  describe: describeMembership,
});
