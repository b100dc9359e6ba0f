/**
 * Somebody who has an administrator role in the whole tenant, through the role's list of members. Same token, inputs
 * and outputs as the official plugin, which advises `DirectoryRoleAssignment` instead.
 * @see https://learn.microsoft.com/graph/api/directoryrole-post-members (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { isRequestError, odata } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import type { ResourceContext } from "../../kit/define.ts";
import { RefusedError } from "../../kit/refusal.ts";
import { directoryObject } from "../../directory/directory-references.ts";
import { bridgedMeta } from "../bridged-state.ts";
import { describeRole } from "./describe-role.ts";

const OUTPUTS = { __meta: bridgedMeta(1, { create: 5, delete: 5, read: 5 }) };

const inputs = z.strictObject({
  memberObjectId: z.guid().optional(),
  roleObjectId: z.guid().optional(),
});
const outputs = z.object({ __meta: z.string() });

interface Member {
  readonly memberObjectId: string;
  readonly roleObjectId: string;
}

const pathOf = ({ memberObjectId, roleObjectId }: Member): string =>
  odata`/directoryRoles/${roleObjectId}/members/${memberObjectId}`;

function partsOf(id: string): Member {
  const [, roleObjectId, memberObjectId] =
    /^\/directoryRoles\/([^/]+)\/members\/([^/]+)$/.exec(id) ?? [];
  if (roleObjectId !== undefined && memberObjectId !== undefined) {
    return { roleObjectId, memberObjectId };
  }
  throw new RefusedError({
    code: "wrong-id",
    message: `${id} is no id of a role's member`,
    hint: "Write it as /directoryRoles/<object id of the role>/members/<object id of the member>.",
  });
}

async function isMember(context: ResourceContext, member: Member): Promise<boolean> {
  const path = odata`/directoryRoles/${member.roleObjectId}/members`;
  try {
    const found = await context.service.graph.all<{ id: string }>(`${path}?$select=id`);
    return found.some(({ id }) => id === member.memberObjectId);
  } catch (error) {
    if (isRequestError(error, "not-found")) return false;
    throw error;
  }
}

export const directoryRoleMember = defineResource({
  token: "azuread:index/directoryRoleMember:DirectoryRoleMember",
  summary: "Somebody who has an administrator role, through the role's list of members.",
  inputs,
  outputs,
  permissions: {
    read: ["RoleManagement.Read.Directory"],
    write: ["RoleManagement.ReadWrite.Directory"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/graph/api/directoryrole-post-members",
      checked: "2026-11-22",
    },
    {
      url: "https://www.pulumi.com/registry/packages/azuread/api-docs/directoryrolemember/",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["memberObjectId", "roleObjectId"],
  replaceOn: ["memberObjectId", "roleObjectId"],

  validate: (wanted) =>
    (["memberObjectId", "roleObjectId"] as const)
      .filter((property) => wanted[property] === undefined)
      .map((property) => ({ property, reason: "must be given" })),

  async read(context, { id }) {
    const member = partsOf(id);
    return (await isMember(context, member)) ? { id, inputs: member, outputs: OUTPUTS } : undefined;
  },

  async reconcile(context, { wanted, observed }) {
    if (observed !== undefined) return observed;
    const { memberObjectId = "", roleObjectId = "" } = wanted;
    const member = { memberObjectId, roleObjectId };
    const id = pathOf(member);
    const isAlready = await isMember(context, member);
    // A run that died began this: the role is not another's to give.
    if (isAlready && context.begunAt !== undefined) return { id, outputs: OUTPUTS };
    if (isAlready) {
      throw new RefusedError({
        code: "role-assigned",
        message: `${memberObjectId} already has the role ${roleObjectId}`,
        hint: `Take it over with an import of ${id}.`,
      });
    }
    const path = `${odata`/directoryRoles/${roleObjectId}`}/members/$ref`;
    const body = { "@odata.id": directoryObject(memberObjectId) };
    // Who gets the role may be seconds old; after a lost answer, being a member already is what was wanted.
    const find = async (): Promise<object | undefined> =>
      (await isMember(context, member)) ? {} : undefined;
    await context.service.graph.post<object>(path, body, { find, settleMs: 0, justCreated: true });
    return { id, outputs: OUTPUTS };
  },

  async remove(context, { id }) {
    // Without `$ref` the same call would delete the person.
    await context.service.graph.tryDelete(`${pathOf(partsOf(id))}/$ref`);
  },

  describe: (change) => describeRole(change, { principal: "memberObjectId", role: "roleObjectId" }),
});
