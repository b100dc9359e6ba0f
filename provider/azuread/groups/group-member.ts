/**
 * One member of one group. Same token, inputs and outputs as the official plugin; unlike it, one member is looked
 * up instead of reading the whole group. `m365:directory:GroupMembership` keeps all members in one resource: a group
 * has either the one or the other.
 * @see https://learn.microsoft.com/graph/api/group-post-members (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { odata } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import type { DescribedChange, Description, ResourceContext } from "../../kit/define.ts";
import { en, nl } from "../../../core/i18n/phrases.ts";
import { RefusedError } from "../../kit/refusal.ts";
import { addRelated, removeRelated } from "../../directory/group-relations.ts";
import { bridgedMeta } from "../bridged-state.ts";

const META = bridgedMeta(0, { create: 5, delete: 5, read: 5 });
const OUTPUTS = { __meta: META };

const inputs = z.strictObject({ groupObjectId: z.guid(), memberObjectId: z.guid() });
const outputs = z.object({ __meta: z.string() });

type Inputs = z.output<typeof inputs>;

const idOf = ({ groupObjectId, memberObjectId }: Inputs): string =>
  `${groupObjectId}/member/${memberObjectId}`;

function partsOf(id: string): Inputs {
  const [groupObjectId, kind, memberObjectId] = id.split("/");
  const parsed = inputs.safeParse({ groupObjectId, memberObjectId });
  if (parsed.success && kind === "member") return parsed.data;
  throw new RefusedError({
    code: "wrong-id",
    message: `${id} is no id of a group's member`,
    hint: "Write it as <object id of the group>/member/<object id of the member>.",
  });
}

async function isMember(
  context: ResourceContext,
  { groupObjectId, memberObjectId }: Inputs,
  options: { readonly justCreated?: boolean } = {},
): Promise<boolean> {
  const path = odata`/groups/${groupObjectId}/members?$filter=id eq '${memberObjectId}'`;
  const { graph } = context.service;
  const found = await graph.tryGet<{ value: unknown[] }>(`${path}&$select=id`, options);
  return (found?.value ?? []).length > 0;
}

export const groupMember = defineResource({
  token: "azuread:index/groupMember:GroupMember",
  summary: "One member of one group.",
  inputs,
  outputs,
  permissions: { read: ["GroupMember.Read.All"], write: ["GroupMember.ReadWrite.All"] },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/group-post-members", checked: "2026-11-22" },
    { url: "https://learn.microsoft.com/graph/api/group-delete-members", checked: "2026-11-22" },
    {
      url: "https://www.pulumi.com/registry/packages/azuread/api-docs/groupmember/",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["groupObjectId", "memberObjectId"],
  replaceOn: ["groupObjectId", "memberObjectId"],

  async read(context, { id }) {
    const member = partsOf(id);
    return (await isMember(context, member)) ? { id, inputs: member, outputs: OUTPUTS } : undefined;
  },

  async reconcile(context, { wanted }) {
    const id = idOf(wanted);
    const isAlready = await isMember(context, wanted, { justCreated: true });
    // A run that died began this: the membership is not another's.
    if (isAlready && context.begunAt !== undefined) return { id, outputs: OUTPUTS };
    if (isAlready) {
      throw new RefusedError({
        code: "member-exists",
        message: `${wanted.memberObjectId} is already a member of group ${wanted.groupObjectId}`,
        hint: `Take the membership over with an import of ${id}.`,
      });
    }
    const { groupObjectId, memberObjectId } = wanted;
    await addRelated(context, groupObjectId, { relation: "members", ids: [memberObjectId] });
    return { id, outputs: OUTPUTS };
  },

  async remove(context, { id }) {
    const { groupObjectId, memberObjectId } = partsOf(id);
    await removeRelated(context, groupObjectId, { relation: "members", ids: [memberObjectId] });
  },

  describe,
});

function describe({ operation, before, after }: DescribedChange): Description {
  const base = { section: "groups" as const, affected: [] };
  const { memberObjectId: member, groupObjectId: group } = after ?? before ?? {};
  const dutch = { member: nl.value(member), group: nl.value(group) };
  const english = { member: en.value(member), group: en.value(group) };
  switch (operation) {
    case "create":
    case "update":
      return {
        ...base,
        severity: "sensitive",
        nl: `Lid ${dutch.member} komt bij groep ${dutch.group}`,
        en: `Member ${english.member} joins group ${english.group}`,
      };
    case "adopt":
      return {
        ...base,
        severity: "routine",
        nl: `Lid ${dutch.member} van groep ${dutch.group} wordt voortaan hier beheerd`,
        en: `Member ${english.member} of group ${english.group} is managed here from now on`,
      };
    case "delete":
      return {
        ...base,
        severity: "destructive",
        nl: `Lid ${dutch.member} verlaat groep ${dutch.group}`,
        en: `Member ${english.member} leaves group ${english.group}`,
      };
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `Lid ${nl.value(before?.memberObjectId)} van groep ${nl.value(before?.groupObjectId)} maakt plaats voor lid ${dutch.member} van groep ${dutch.group}`,
        en: `Member ${en.value(before?.memberObjectId)} of group ${en.value(before?.groupObjectId)} makes way for member ${english.member} of group ${english.group}`,
      };
  }
}
