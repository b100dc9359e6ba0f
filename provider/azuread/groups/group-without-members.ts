/**
 * A group of which nobody says who belongs to it: the group of `group.ts` without its `members`, for programs that
 * keep them elsewhere. Same token, inputs and outputs as the official plugin.
 * @see https://www.pulumi.com/registry/packages/azuread/api-docs/groupwithoutmembers/ (checked 2026-11)
 */
import { defineResource } from "../../kit/define.ts";
import type { ResourceContext } from "../../kit/define.ts";
import { bridgedMeta } from "../bridged-state.ts";
import { describeGroup } from "./describe-group.ts";
import { groupFailures } from "./group-validation.ts";
import { GROUP_FLAGS, GROUP_SETS, groupInputs, groupOutputs } from "./group-properties.ts";
import { group, groupByNickname, isSharedNickname } from "./group.ts";

/** Unlike the group, the official plugin has it at schema version 0. */
const META = bridgedMeta(0, { create: 30, delete: 5, read: 5, update: 30 });

const inputs = groupInputs.omit({ members: true });
const outputs = groupOutputs.omit({ members: true });

const withMeta = (context: ResourceContext): ResourceContext => ({
  ...context,
  created: (id, made) => {
    context.created(id, { ...made, __meta: META });
  },
});

export const groupWithoutMembers = defineResource({
  token: "azuread:index/groupWithoutMembers:GroupWithoutMembers",
  summary: "A security group or Microsoft 365 group whose members are not declared with it.",
  inputs,
  outputs,
  permissions: group.permissions,
  sources: group.sources,
  limits: group.limits ?? [],
  assignedByService: ["owners[*]"],
  replaceOn: group.replaceOn.filter((key) => key !== "members"),
  uniqueKey: ({ mailNickname }) => mailNickname?.toLowerCase(),
  findByKey: groupByNickname,
  isSharedKey: isSharedNickname,
  filledIn: ["mailNickname"],
  caseless: ["mailNickname"],
  writeOnly: ["preventDuplicateNames"],
  falseWhenAbsent: GROUP_FLAGS,
  unordered: GROUP_SETS,

  validate: groupFailures,

  async read(context, query) {
    const found = await group.read(context, query);
    if (found === undefined) return undefined;
    // An import reads everything, members too.
    const declared = { ...found.inputs };
    delete declared.members;
    return { ...found, inputs: declared, outputs: { ...found.outputs, __meta: META } };
  },

  async reconcile(context, { observed, ...change }) {
    const made = await group.reconcile(withMeta(context), {
      ...change,
      observed: observed && { ...observed, outputs: { ...observed.outputs, members: [] } },
    });
    return { id: made.id, outputs: { ...made.outputs, __meta: META } };
  },

  remove: (context, target) => group.remove(context, target),

  describe: describeGroup,
});
