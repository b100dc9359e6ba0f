/**
 * A conditional access policy: who gets to which apps, from where, on what terms. Same token, inputs and outputs as
 * the official plugin; unlike it, nothing is polled and only what differs is sent. A condition that somebody added
 * outside is a difference, also one that nobody declared; controls that nobody declared are left alone.
 * @see https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy (v1.0, checked 2026-11)
 */
import { odata } from "../../../services/index.ts";
import type { Claim, Collection } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import { mayBeOurs } from "../../kit/earlier-run.ts";
import type { Observed, ResourceContext } from "../../kit/define.ts";
import { bridgedMeta, objectIdOf } from "../bridged-state.ts";
import { conditionsBody, conditionsOf } from "./conditions.ts";
import type { GraphConditions } from "./conditions.ts";
import {
  grantBody,
  grantOf,
  sessionAsDeclared,
  sessionBody,
  sessionOf,
  USUAL_INTERVAL,
  USUAL_TYPE,
} from "./controls.ts";
import type { GraphGrantControls, GraphSessionControls } from "./controls.ts";
import { policyFailures } from "./validation.ts";
import { CONDITIONAL_ACCESS_RATE, ONE_A_SECOND } from "./limits.ts";
import { demandExclusions } from "./exclusions.ts";
import { insteadOfDefaults } from "./instead-of-defaults.ts";
import { policyInputs, policyOutputs } from "./shape.ts";
import type { PolicyInputs, PolicyOutputs } from "./shape.ts";
import { describeConditionalAccess } from "./describe-conditional-access.ts";
import { asDeclared, isSame } from "../nested-equality.ts";

const META = bridgedMeta(1, { create: 5, delete: 5, read: 5, update: 15 });
const PATH = "/identity/conditionalAccess/policies";
const IN_FORCE = "enabled";
const POLICIES = { path: PATH, ...ONE_A_SECOND } as const satisfies Collection;

/** A policy as Graph returns it. */
interface GraphPolicy {
  id: string;
  createdDateTime?: string | null;
  conditions?: GraphConditions | null;
  displayName?: string | null;
  grantControls?: GraphGrantControls | null;
  sessionControls?: GraphSessionControls | null;
  state?: string | null;
}

/** Names of the parts that every policy must declare, so that they are written down even when they say nothing. */
const always: ReadonlySet<string> = new Set([
  "applications",
  "clientAppTypes",
  "conditions",
  "guestOrExternalUserTypes",
  "includedLocations",
  "includedPlatforms",
  "membershipKind",
  "operator",
  "users",
]);

function inputsOf(policy: GraphPolicy, previous: PolicyInputs | undefined): PolicyInputs {
  const found = {
    conditions: conditionsOf(policy.conditions ?? {}),
    displayName: policy.displayName ?? "",
    grantControls: policy.grantControls ? grantOf(policy.grantControls) : undefined,
    sessionControls: policy.sessionControls
      ? sessionAsDeclared(sessionOf(policy.sessionControls), previous?.sessionControls)
      : undefined,
    state: policy.state ?? "",
  };
  return policyInputs.parse(asDeclared(found, previous, { always }));
}

/** Every part of the declaration as the service would give it back, zeros included. */
function outputsOf(objectId: string, inputs: PolicyInputs): PolicyOutputs {
  const { grantControls: grant, sessionControls: session } = inputs;
  const conditions = conditionsOf(conditionsBody(inputs.conditions, undefined));
  return policyOutputs.parse({
    __meta: META,
    conditions: { ...conditions, insiderRiskLevels: conditions.insiderRiskLevels ?? "" },
    grantControls: grant && {
      ...grantOf(grantBody(grant, undefined)),
      authenticationStrengthPolicyId: grant.authenticationStrengthPolicyId ?? "",
    },
    objectId,
    sessionControls: session && sessionOf(sessionBody(session) ?? {}),
  });
}

function observe(
  policy: GraphPolicy,
  previous: PolicyInputs | undefined,
): Observed<PolicyInputs, PolicyOutputs> {
  const inputs = inputsOf(policy, previous);
  return { id: `${PATH}/${policy.id}`, inputs, outputs: outputsOf(policy.id, inputs) };
}

interface Versions {
  readonly wanted: PolicyInputs;
  readonly previous: PolicyInputs | undefined;
  readonly observed: Partial<PolicyInputs> | undefined;
}

/** The body that makes the policy equal to the wish: only what differs from the observed one. */
function changes({ wanted, previous, observed }: Versions): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const key of ["displayName", "state"] as const) {
    if (wanted[key] !== observed?.[key]) body[key] = wanted[key];
  }
  if (observed === undefined || !isSame(wanted.conditions, observed.conditions)) {
    body.conditions = conditionsBody(wanted.conditions, observed?.conditions);
  }
  const { grantControls: grant, sessionControls: session } = wanted;
  const isManaged = (key: "grantControls" | "sessionControls"): boolean =>
    wanted[key] !== undefined || previous?.[key] !== undefined;
  if (isManaged("grantControls") && !isSame(grant, observed?.grantControls)) {
    body.grantControls = grant ? grantBody(grant, observed?.grantControls) : null;
  }
  const sessionWish = session ? sessionBody(session) : null;
  const sessionFound = observed?.sessionControls ? sessionBody(observed.sessionControls) : null;
  if (isManaged("sessionControls") && !isSame(sessionWish, sessionFound)) {
    body.sessionControls = sessionWish;
  }
  return body;
}

/** Ids that may belong to users, groups, roles, applications and places of the same plan. */
const ASSIGNED = [
  "conditions.applications.excludedApplications[*]",
  "conditions.applications.includedApplications[*]",
  "conditions.locations.excludedLocations[*]",
  "conditions.locations.includedLocations[*]",
  "conditions.users.excludedGroups[*]",
  "conditions.users.excludedRoles[*]",
  "conditions.users.excludedUsers[*]",
  "conditions.users.includedGroups[*]",
  "conditions.users.includedRoles[*]",
  "conditions.users.includedUsers[*]",
  "grantControls.authenticationStrengthPolicyId",
];

export const conditionalAccessPolicy = defineResource({
  token: "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
  summary: "A conditional access policy: who gets to which apps, from where, on what terms.",
  inputs: policyInputs,
  outputs: policyOutputs,
  permissions: {
    read: ["Policy.Read.All"],
    write: ["Policy.ReadWrite.ConditionalAccess", "Application.Read.All"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/graph/api/conditionalaccessroot-post-policies",
      checked: "2026-11-22",
    },
    {
      url: "https://learn.microsoft.com/graph/api/conditionalaccesspolicy-update",
      checked: "2026-11-22",
    },
    {
      url: "https://www.pulumi.com/registry/packages/azuread/api-docs/conditionalaccesspolicy/",
      checked: "2026-11-22",
    },
  ],
  limits: [
    CONDITIONAL_ACCESS_RATE,
    {
      name: "policiesPerTenant",
      value: 240,
      source:
        "https://learn.microsoft.com/entra/identity/conditional-access/plan-conditional-access",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ASSIGNED,
  replaceOn: [],
  meansAbsent: {
    "sessionControls.signInFrequencyAuthenticationType": USUAL_TYPE,
    "sessionControls.signInFrequencyInterval": USUAL_INTERVAL,
  },

  validate: policyFailures,

  async read(context, { id, previous, isFresh }) {
    const { graph } = context.service;
    const found = await graph.tryGetOneOf<GraphPolicy>(POLICIES, objectIdOf(id), { isFresh });
    return found && observe(found, previous);
  },

  async reconcile(context, { wanted, declared, previous, observed }) {
    if (observed === undefined) {
      const made = observe(await create(context, wanted), wanted);
      context.created(made.id, made.outputs);
      return made;
    }
    const body = changes({ wanted, previous, observed: observed.inputs });
    if (Object.keys(body).length > 0) {
      demandExclusions(declared, wanted);
      const path = `${PATH}/${odata`${objectIdOf(observed.id)}`}`;
      const { graph } = context.service;
      // What it refers to may be seconds old, and then not every replica knows it yet.
      const write = (): Promise<unknown> => graph.patch(path, body, { justCreated: true });
      if (body.state === IN_FORCE) {
        await insteadOfDefaults(context, async () => {
          await write();
          const until = ({ state }: GraphPolicy): boolean => state === IN_FORCE;
          await graph.waitUntilReadable<GraphPolicy>(path, { until });
        });
      } else await write();
    }
    return { id: observed.id, outputs: outputsOf(objectIdOf(observed.id), declared) };
  },

  async remove(context, { id }) {
    await context.service.graph.tryDelete(`${PATH}/${odata`${objectIdOf(id)}`}`);
  },

  describe: describeConditionalAccess,
});

async function create(context: ResourceContext, wanted: PolicyInputs): Promise<GraphPolicy> {
  const { graph } = context.service;
  const find = async (claim: Claim): Promise<GraphPolicy | undefined> => {
    const found = await graph.all<GraphPolicy>(PATH);
    // Names are not unique: only what equals the wish can be the one whose answer was lost.
    return found.find((candidate) => {
      const observed = inputsOf(candidate, wanted);
      const left = changes({ wanted, previous: undefined, observed });
      const isSame = Object.keys(left).length === 0;
      return isSame && mayBeOurs(context, candidate.createdDateTime) && claim(candidate.id);
    });
  };
  const body = changes({ wanted, previous: undefined, observed: undefined });
  const options = { find, mayBeDone: context.begunAt !== undefined, justCreated: true };
  const write = (): Promise<GraphPolicy> => graph.post<GraphPolicy>(PATH, body, options);
  return wanted.state === IN_FORCE ? insteadOfDefaults(context, write) : write();
}
