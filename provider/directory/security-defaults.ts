/**
 * Microsoft's security defaults: its own minimum of rules for signing in, of which a tenant has one set. They go off only
 * where the rules that take their place are read back as on. Where Graph refuses those beside security defaults, their
 * own write takes this turn before them: see azuread/conditional-access/instead-of-defaults.ts.
 * @see https://learn.microsoft.com/graph/api/identitysecuritydefaultsenforcementpolicy-update (v1.0, checked 2026-11-27)
 * Not verified: status and words with which Graph refuses to turn them on beside rules that are on.
 */
import { z } from "zod";
import { isRequestError, odata } from "../../services/index.ts";
import { en } from "../../core/i18n/phrases.ts";
import { defineResource } from "../kit/define.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { setOf } from "../kit/zod-shapes.ts";
import { describeSecurityDefaults } from "./describe-security-defaults.ts";

export const SECURITY_DEFAULTS = "/policies/identitySecurityDefaultsEnforcementPolicy";

/** A tenant has exactly one, with the same id everywhere. */
const ID = "00000000-0000-0000-0000-000000000005";

const POLICIES = "/identity/conditionalAccess/policies";

const inputs = z.strictObject({
  isEnabled: z.boolean().describe("Whether security defaults are on."),
  replacedBy: setOf(z.string().min(1))
    .optional()
    .describe("Object ids of conditional access policies without which they never go off."),
});

interface GraphPolicy {
  readonly displayName?: string | null;
  readonly state?: string | null;
}

const read = async ({ service: { graph } }: ResourceContext): Promise<boolean> =>
  (await graph.get<{ isEnabled: boolean }>(SECURITY_DEFAULTS)).isEnabled;

export const securityDefaults = defineResource({
  token: "m365:directory:SecurityDefaults",
  summary: "Microsoft's own minimum of rules for signing in, of which a tenant has one set.",
  inputs,
  outputs: z.object({}),
  permissions: {
    read: ["Policy.Read.All"],
    write: ["Policy.ReadWrite.SecurityDefaults"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/graph/api/identitysecuritydefaultsenforcementpolicy-update",
      checked: "2026-11-27",
    },
    {
      url: "https://learn.microsoft.com/entra/fundamentals/security-defaults",
      checked: "2026-11-27",
    },
  ],
  assignedByService: ["replacedBy[*]"],
  replaceOn: [],
  listId: () => ID,
  writeOnly: ["replacedBy"],

  async read(context) {
    return { id: ID, inputs: { isEnabled: await read(context) }, outputs: {} };
  },

  async reconcile(context, { wanted, observed }) {
    const { isEnabled, replacedBy = [] } = wanted;
    if (!isEnabled) await demandInForce(context, replacedBy);
    const found = observed?.inputs.isEnabled ?? (await read(context));
    if (found !== isEnabled) await write(context, isEnabled);
    return { id: ID, outputs: {} };
  },

  async remove() {
    // No longer managed, they stay as they are: switching either way would change who gets in.
  },

  describe: describeSecurityDefaults,
});

/** Also where they are off already: whoever relied on the rules is told that they are not there. */
async function demandInForce(context: ResourceContext, ids: readonly string[]): Promise<void> {
  const { graph } = context.service;
  const missing: string[] = [];
  for (const id of ids) {
    const found = await graph.tryGet<GraphPolicy>(`${POLICIES}/${odata`${id}`}`);
    if (found?.state !== "enabled") missing.push(found?.displayName ?? id);
  }
  if (missing.length === 0) return;
  throw new RefusedError({
    code: "not-replaced",
    message: `Security defaults stay as they are: ${en.list(missing)} would take their place and is not on`,
    hint: "Look at that rule in the Microsoft Entra admin center, then plan with --refresh and apply again.",
  });
}

async function write(context: ResourceContext, isEnabled: boolean): Promise<void> {
  try {
    await context.service.graph.patch(SECURITY_DEFAULTS, { isEnabled });
  } catch (error) {
    if (!isEnabled || !isRequestError(error)) throw error;
    const said = error.serviceMessage ?? "";
    if (!said.includes("Conditional Access")) throw error;
    throw new RefusedError({
      code: "conditional-access-in-force",
      message: `Microsoft does not turn security defaults on beside conditional access policies that are on (${said})`,
      hint: "Turn those off first: a rule of the tenant file by `reportOnly`, another one in the Microsoft Entra admin center.",
      cause: error,
    });
  }
}
