/**
 * An authentication strength: the ways to sign in that count as strong enough where a policy asks for it. Same
 * token, inputs and outputs as the official plugin; unlike it, nothing is polled and only what differs is sent.
 * @see https://learn.microsoft.com/graph/api/resources/authenticationstrengthpolicy (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { odata } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import { mayBeOurs } from "../../kit/earlier-run.ts";
import type { Observed, ResourceContext } from "../../kit/define.ts";
import { METHODS } from "./authentication-methods.ts";
import { bridgedMeta, objectIdOf } from "../bridged-state.ts";
import { describeAuthenticationStrength } from "./describe-authentication-strength.ts";
import { asDeclared, isSame } from "../nested-equality.ts";

const META = bridgedMeta(1, { create: 5, delete: 5, read: 5, update: 5 });
const PATH = "/policies/authenticationStrengthPolicies";
const text = z.string();

const inputs = z.strictObject({
  allowedCombinations: z.array(text),
  description: text.optional(),
  displayName: text.min(1),
});

const outputs = z.object({ __meta: text });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

/** A strength as Graph returns it. */
interface GraphStrength {
  id: string;
  createdDateTime?: string | null;
  allowedCombinations?: string[];
  description?: string | null;
  displayName?: string;
}

const ALWAYS: ReadonlySet<string> = new Set(["allowedCombinations", "displayName"]);

function observe(strength: GraphStrength, previous: Inputs | undefined): Observed<Inputs, Outputs> {
  const found = {
    allowedCombinations: strength.allowedCombinations ?? [],
    description: strength.description ?? "",
    displayName: strength.displayName ?? "",
  };
  return {
    id: `${PATH}/${strength.id}`,
    inputs: inputs.parse(asDeclared(found, previous, { always: ALWAYS })),
    outputs: { __meta: META },
  };
}

export const authenticationStrengthPolicy = defineResource({
  token: "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy",
  summary: "Which ways to sign in count as strong enough where an access rule asks for it.",
  inputs,
  outputs,
  permissions: {
    read: ["Policy.Read.AuthenticationMethod"],
    write: ["Policy.ReadWrite.ConditionalAccess"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/graph/api/authenticationstrengthroot-post-policies",
      checked: "2026-11-22",
    },
    {
      url: "https://learn.microsoft.com/graph/api/authenticationstrengthpolicy-updateallowedcombinations",
      checked: "2026-11-22",
    },
    {
      url: "https://www.pulumi.com/registry/packages/azuread/api-docs/authenticationstrengthpolicy/",
      checked: "2026-11-22",
    },
  ],
  limits: [
    {
      name: "customStrengthsPerTenant",
      value: 15,
      source:
        "https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strength-advanced-options",
      checked: "2026-11-22",
    },
  ],
  replaceOn: [],
  unordered: ["allowedCombinations"],

  validate: ({ allowedCombinations }) =>
    allowedCombinations.flatMap((combination, index) => {
      const unknown = combination.split(",").filter((method) => !METHODS.has(method.trim()));
      if (unknown.length === 0) return [];
      const reason = `must be made of ${[...METHODS].join(", ")}`;
      return [{ property: `allowedCombinations[${index}]`, reason }];
    }),

  async read(context, { id, previous }) {
    const path = `${PATH}/${odata`${objectIdOf(id)}`}`;
    const found = await context.service.graph.tryGet<GraphStrength>(path);
    return found && observe(found, previous);
  },

  async reconcile(context, { wanted, observed }) {
    if (observed === undefined) {
      const made = observe(await create(context, wanted), wanted);
      context.created(made.id, made.outputs);
      return made;
    }
    const { allowedCombinations, description, displayName } = wanted;
    const body = {
      ...(displayName === observed.inputs.displayName ? {} : { displayName }),
      ...(description === undefined || isSame(description, observed.inputs.description)
        ? {}
        : { description: asNull(description) }),
    };
    const path = `${PATH}/${odata`${objectIdOf(observed.id)}`}`;
    const { graph } = context.service;
    if (Object.keys(body).length > 0) await graph.patch(path, body);
    if (!isSame(allowedCombinations, observed.inputs.allowedCombinations)) {
      // The action replaces the whole list, so doing it twice does no harm.
      const options = { idempotent: true };
      await graph.post(`${path}/updateAllowedCombinations`, { allowedCombinations }, options);
    }
    return observed;
  },

  async remove(context, { id }) {
    await context.service.graph.tryDelete(`${PATH}/${odata`${objectIdOf(id)}`}`);
  },

  describe: describeAuthenticationStrength,
});

const asNull = (description: string): string | null => (description === "" ? null : description);

async function create(context: ResourceContext, wanted: Inputs): Promise<GraphStrength> {
  const { graph } = context.service;
  const find = async (): Promise<GraphStrength | undefined> => {
    const found = await graph.all<GraphStrength>(PATH);
    return found.find(
      (candidate) =>
        isSame(observe(candidate, wanted).inputs, wanted) &&
        mayBeOurs(context, candidate.createdDateTime),
    );
  };
  const { description, ...rest } = wanted;
  const body = { ...rest, description: asNull(description ?? "") };
  const mayBeDone = context.begunAt !== undefined;
  return graph.post<GraphStrength>(PATH, body, { find, mayBeDone });
}
