/**
 * One member of one group. Same token, inputs and outputs as the official plugin; unlike it, one member is looked
 * up instead of reading the whole group. `m365:directory:GroupMembership` keeps all members in one resource: a group
 * has either the one or the other.
 * @see https://learn.microsoft.com/graph/api/group-post-members (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { odata } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import type { ResourceContext } from "../../kit/define.ts";
import { RefusedError } from "../../kit/refusal.ts";
import { addRelated, removeRelated } from "../../directory/group-relations.ts";
import { bridgedMeta } from "../bridged-state.ts";
import { describeGroupMember } from "./describe-group-member.ts";

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
    message: `${id} is not a valid id of a group's member`,
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
        hint: `Import the membership as ${id}.`,
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

  describe: describeGroupMember,
});
