/**
 * An administrator role that is switched on in the tenant; it cannot be switched off again. Same token, inputs and
 * outputs as the official plugin.
 * @see https://learn.microsoft.com/graph/api/directoryrole-post-directoryroles (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { odata } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import type { Observed, ResourceContext } from "../../kit/define.ts";
import { RefusedError } from "../../kit/refusal.ts";
import { bridgedMeta, objectIdOf } from "../bridged-state.ts";
import { describeDirectoryRole } from "./describe-role.ts";

const META = bridgedMeta(1, { create: 5, delete: 5, read: 5 });

const inputs = z.strictObject({
  displayName: z.string().min(1).optional(),
  templateId: z.guid().optional(),
});

const outputs = z.object({
  __meta: z.string(),
  description: z.string(),
  displayName: z.string(),
  objectId: z.string(),
  templateId: z.string(),
});

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

/** A role, or a template of one, as Graph returns it. */
interface GraphRole {
  id: string;
  description?: string | null;
  displayName?: string | null;
  roleTemplateId?: string | null;
}

const isSameName = (left: string, right: string): boolean =>
  left.toLowerCase() === right.toLowerCase();

function observe(role: GraphRole, previous: Inputs | undefined): Observed<Inputs, Outputs> {
  const templateId = role.roleTemplateId ?? "";
  const name = role.displayName ?? "";
  const declared = previous?.displayName;
  const displayName = declared !== undefined && isSameName(declared, name) ? declared : name;
  return {
    id: `/directoryRoles/${role.id}`,
    // One of them is declared; an import leaves that open, like the official plugin's.
    inputs: {
      ...(declared === undefined ? {} : { displayName }),
      ...(previous?.templateId === undefined ? {} : { templateId }),
    },
    outputs: {
      __meta: META,
      description: role.description ?? "",
      displayName: name,
      objectId: role.id,
      templateId,
    },
  };
}

export const directoryRole = defineResource({
  token: "azuread:index/directoryRole:DirectoryRole",
  summary: "An administrator role that is switched on in the tenant.",
  inputs,
  outputs,
  permissions: {
    read: ["RoleManagement.Read.Directory"],
    write: ["RoleManagement.ReadWrite.Directory"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/graph/api/directoryrole-post-directoryroles",
      checked: "2026-11-22",
    },
    {
      url: "https://www.pulumi.com/registry/packages/azuread/api-docs/directoryrole/",
      checked: "2026-11-22",
    },
  ],
  replaceOn: ["displayName", "templateId"],
  filledIn: ["displayName", "templateId"],

  validate: ({ displayName, templateId }) =>
    (displayName === undefined) === (templateId === undefined)
      ? [{ property: "displayName", reason: "or templateId must be given, and not both" }]
      : [],

  async read(context, { id, previous }) {
    const path = odata`/directoryRoles/${objectIdOf(id)}`;
    const found = await context.service.graph.tryGet<GraphRole>(path);
    return found && observe(found, previous);
  },

  async reconcile(context, { wanted, observed }) {
    if (observed !== undefined) return observed;
    return observe(await activeRole(context, await templateIdOf(context, wanted)), wanted);
  },

  async remove() {
    // A role cannot be switched off: it stays, and nobody has it by that.
  },

  describe: describeDirectoryRole,
});

async function templateIdOf(context: ResourceContext, wanted: Inputs): Promise<string> {
  const templates = await context.service.graph.all<GraphRole>("/directoryRoleTemplates");
  const { displayName = "", templateId } = wanted;
  const found = templates.find((template) =>
    templateId === undefined
      ? isSameName(template.displayName ?? "", displayName)
      : template.id === templateId.toLowerCase(),
  );
  if (found !== undefined) return found.id;
  throw new RefusedError({
    code: "unknown-role",
    message: `There is no administrator role ${templateId ?? displayName} in the tenant`,
    hint: "Take the name from GET /directoryRoleTemplates: it is always in English.",
  });
}

/** The role of the template, switched on if it was not yet. */
async function activeRole(context: ResourceContext, templateId: string): Promise<GraphRole> {
  const { graph } = context.service;
  const path = odata`/directoryRoles(roleTemplateId='${templateId}')`;
  const find = (): Promise<GraphRole | undefined> => graph.tryGet<GraphRole>(path);
  const found = await find();
  if (found !== undefined) return found;
  // The service refuses to switch a role on twice, so sending again at once is safe.
  const options = { find, settleMs: 0 };
  return graph.post<GraphRole>("/directoryRoles", { roleTemplateId: templateId }, options);
}
