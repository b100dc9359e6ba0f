/**
 * The people in one group: one resource however many there are. Devices, service principals and groups among
 * the members are left alone and counted. Owners belong to the group resource.
 * @see https://learn.microsoft.com/graph/api/group-post-members (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { isRequestError, odata } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { DescribedChange, Description, Observed, ResourceContext } from "../kit/define.ts";
import { addRelated, REFERENCES_PER_PATCH, related, removeRelated } from "./group-relations.ts";
import type { RelatedObject } from "./group-relations.ts";
import { en, listChange, nl, text, texts } from "../../core/i18n/phrases.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address, setOf } from "../kit/zod-shapes.ts";

/** A person made a moment ago is readable within half a minute, says experience; twice that is patience. */
const PERSON_DEADLINE_MS = 60_000;

const inputs = z.strictObject({
  groupId: z.string().min(1).describe("Object id of the group."),
  groupName: z.string().min(1).describe("Mail nickname of the group."),
  groupDisplayName: z.string().optional().describe("What people call the group."),
  members: setOf(address).describe("User principal names of everybody in the group."),
});

const outputs = z.object({
  otherMembers: z.int().describe("Members that are not people (devices, groups, applications)."),
});

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

interface Person {
  readonly id: string;
  /** User principal name in lower case. */
  readonly name: string;
}

const isPerson = (member: RelatedObject): boolean =>
  member["@odata.type"] === undefined || member["@odata.type"] === "#microsoft.graph.user";

function people(members: readonly RelatedObject[]): Person[] {
  return members
    .filter(isPerson)
    .map(({ id, userPrincipalName }) => ({ id, name: (userPrincipalName ?? id).toLowerCase() }));
}

async function observe(
  context: ResourceContext,
  groupId: string,
  label: { readonly previous: Inputs | undefined; readonly justCreated?: boolean },
): Promise<(Observed<Inputs, Outputs> & { readonly people: readonly Person[] }) | undefined> {
  const { previous, justCreated = false } = label;
  const members = await related(context, groupId, { relation: "members", justCreated });
  if (members === undefined) return undefined;
  const found = people(members);
  return {
    id: groupId,
    people: found,
    inputs: inputs.parse({
      groupId,
      ...(previous === undefined
        ? await namesOf(context, groupId)
        : { groupName: previous.groupName, groupDisplayName: previous.groupDisplayName }),
      members: found.map(({ name }) => name),
    }),
    outputs: { otherMembers: members.length - found.length },
  };
}

async function namesOf(
  context: ResourceContext,
  groupId: string,
): Promise<Pick<Inputs, "groupName" | "groupDisplayName">> {
  const found = await context.service.graph.get<{ displayName: string; mailNickname: string }>(
    `${odata`/groups/${groupId}`}?$select=displayName,mailNickname`,
  );
  return { groupName: found.mailNickname, groupDisplayName: found.displayName };
}

/** Ids of people by user principal name; refuses when somebody is not there. */
async function resolve(
  context: ResourceContext,
  names: readonly string[],
  groupName: string,
): Promise<string[]> {
  const found = await Promise.all(names.map((name) => personId(context, name)));
  const unknown = names.filter((_, index) => found[index] === undefined);
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
  summary: "Who belongs to a group: all its people in one resource.",
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
  assignedByService: ["groupId"],
  replaceOn: ["groupId"],
  writeOnly: ["groupName", "groupDisplayName"],

  read: (context, { id, previous }) => observe(context, id, { previous }),

  async reconcile(context, { wanted }) {
    const { groupId, groupName } = wanted;
    const observed = await observe(context, groupId, { previous: wanted, justCreated: true });
    if (observed === undefined) {
      throw new RefusedError({
        code: "unknown-group",
        message: `There is no group ${groupName} (${groupId})`,
        hint: "Make the group before its members, or plan again if it was removed outside.",
      });
    }
    const present = new Set(observed.people.map(({ name }) => name));
    const missing = wanted.members.filter((name) => !present.has(name));
    const surplus = observed.people.filter(({ name }) => !wanted.members.includes(name));
    // Nothing is written before everybody is known.
    const ids = await resolve(context, missing, groupName);
    context.created(groupId, observed.outputs);
    await addRelated(context, groupId, { relation: "members", ids });
    await removeRelated(context, groupId, {
      relation: "members",
      ids: surplus.map(({ id }) => id),
    });
    return { id: groupId, outputs: observed.outputs };
  },

  async remove(context, { id, previous }) {
    const members = await related(context, id, { relation: "members" });
    const ours = people(members ?? []).filter(({ name }) => previous.members.includes(name));
    await removeRelated(context, id, { relation: "members", ids: ours.map((person) => person.id) });
  },

  describe,
});

function describe({ operation, before, after }: DescribedChange): Description {
  const group =
    text(after, "groupDisplayName") ||
    text(before, "groupDisplayName") ||
    text(after, "groupName") ||
    text(before, "groupName");
  const was = operation === "create" || operation === "adopt" ? [] : texts(before, "members");
  const is = operation === "delete" ? [] : texts(after, "members");
  const { added, removed } = listChange(was, is);
  const base = {
    section: "groups" as const,
    affected: [...added, ...removed],
    severity: removed.length > 0 ? ("destructive" as const) : ("sensitive" as const),
  };
  if (operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `De ${nl.count(is.length, { one: "persoon", other: "personen" })} in de groep ${group} worden voortaan hier beheerd`,
      en: `The ${en.count(is.length, { one: "person", other: "people" })} in the group ${group} are managed here from now on`,
    };
  }
  const dutch = [
    added.length > 0 &&
      `${nl.list(added)} ${nl.form(added.length, { one: "wordt", other: "worden" })} lid van de groep ${group}`,
    removed.length > 0 &&
      `${nl.list(removed)} ${nl.form(removed.length, { one: "verlaat", other: "verlaten" })} de groep ${group}`,
  ].filter((part) => part !== false);
  const english = [
    added.length > 0 &&
      `${en.list(added)} ${en.form(added.length, { one: "becomes a member", other: "become members" })} of the group ${group}`,
    removed.length > 0 &&
      `${en.list(removed)} ${en.form(removed.length, { one: "leaves", other: "leave" })} the group ${group}`,
  ].filter((part) => part !== false);
  return {
    ...base,
    severity: added.length + removed.length === 0 ? "routine" : base.severity,
    nl: dutch.join("; ") || `De leden van de groep ${group} blijven dezelfde`,
    en: english.join("; ") || `The members of the group ${group} stay the same`,
  };
}
