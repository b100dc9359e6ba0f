/**
 * An administrator role for somebody: in the whole tenant, in a part of the directory, or in one application. Same
 * token, inputs and outputs as the official plugin; unlike it, nothing is polled, and a role that somebody has already is
 * what was wanted: there is nothing in it to overwrite.
 * @see https://learn.microsoft.com/graph/api/resources/unifiedroleassignment (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { odata } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import type { Observed, ResourceContext } from "../../kit/define.ts";
import { bridgedMeta, objectIdOf } from "../bridged-state.ts";
import { describeRole } from "./describe-role.ts";

const META = bridgedMeta(1, { create: 5, delete: 5, read: 5 });
const PATH = "/roleManagement/directory/roleAssignments";
const WHOLE_TENANT = "/";
/** As the state has it; undefined for none. */
export const assignmentPath = (id: string | undefined): string | undefined =>
  id === undefined ? undefined : `${PATH}/${id}`;
const scope = z.string().min(1);

const inputs = z.strictObject({
  appScopeId: scope.optional(),
  directoryScopeId: scope.optional(),
  principalObjectId: z.guid(),
  roleId: z.guid(),
});

const outputs = z.object({
  __meta: z.string(),
  appScopeId: z.string(),
  directoryScopeId: z.string(),
});

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

/** An assignment as Graph returns it. */
interface GraphAssignment {
  id: string;
  appScopeId?: string | null;
  directoryScopeId?: string | null;
  principalId: string;
  roleDefinitionId: string;
}

function observe(assignment: GraphAssignment): Observed<Inputs, Outputs> {
  const appScopeId = assignment.appScopeId ?? "";
  const directoryScopeId = assignment.directoryScopeId ?? "";
  return {
    id: `${PATH}/${assignment.id}`,
    inputs: {
      ...(appScopeId === "" ? {} : { appScopeId }),
      ...(directoryScopeId === "" ? {} : { directoryScopeId }),
      principalObjectId: assignment.principalId,
      roleId: assignment.roleDefinitionId,
    },
    outputs: { __meta: META, appScopeId, directoryScopeId },
  };
}

export const directoryRoleAssignment = defineResource({
  token: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
  summary: "An administrator role for a person, group or application.",
  inputs,
  outputs,
  permissions: {
    read: ["RoleManagement.Read.Directory"],
    write: ["RoleManagement.ReadWrite.Directory"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/graph/api/rbacapplication-post-roleassignments",
      checked: "2026-11-22",
    },
    {
      url: "https://www.pulumi.com/registry/packages/azuread/api-docs/directoryroleassignment/",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["directoryScopeId", "principalObjectId", "roleId"],
  replaceOn: ["appScopeId", "directoryScopeId", "principalObjectId", "roleId"],
  filledIn: ["appScopeId", "directoryScopeId"],

  validate: ({ appScopeId, directoryScopeId }) =>
    appScopeId !== undefined && directoryScopeId !== undefined
      ? [{ property: "appScopeId", reason: "and directoryScopeId cannot both be given" }]
      : [],

  async read(context, { id }) {
    const path = `${PATH}/${odata`${objectIdOf(id)}`}`;
    const found = await context.service.graph.tryGet<GraphAssignment>(path);
    return found && observe(found);
  },

  async reconcile(context, { wanted, observed }) {
    return observed ?? observe(await create(context, wanted));
  },

  async remove(context, { id }) {
    await context.service.graph.tryDelete(`${PATH}/${odata`${objectIdOf(id)}`}`);
  },

  describe: (change) => describeRole(change, { principal: "principalObjectId", role: "roleId" }),
});

async function create(context: ResourceContext, wanted: Inputs): Promise<GraphAssignment> {
  const { graph } = context.service;
  const { appScopeId, principalObjectId: principalId, roleId: roleDefinitionId } = wanted;
  const directoryScopeId = wanted.directoryScopeId ?? WHOLE_TENANT;
  const where = appScopeId === undefined ? { directoryScopeId } : { appScopeId };
  const find = async (): Promise<GraphAssignment | undefined> => {
    const filter = odata`$filter=principalId eq '${principalId}'`;
    const found = await graph.all<GraphAssignment>(`${PATH}?${filter}`);
    return found.find(
      (candidate) =>
        candidate.roleDefinitionId === roleDefinitionId &&
        (appScopeId === undefined
          ? candidate.directoryScopeId === directoryScopeId
          : candidate.appScopeId === appScopeId),
    );
  };
  // The service refuses to assign a role twice, so sending again at once is safe; who gets it may be seconds old.
  const options = { find, mayBeDone: true, settleMs: 0, justCreated: true };
  return graph.post(PATH, { principalId, roleDefinitionId, ...where }, options);
}
