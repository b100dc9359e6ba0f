import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import type { InviteRequest } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { relationLines } from "../output/relation-lines.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { flag, tenantId, tenantName } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ name: tenantName.describe("what you call the tenant; it needs no file") }),
  options: z.strictObject({
    create: flag.describe("make what is missing, up to where the customer has to act"),
    tenantId: tenantId.optional().describe("directory id of the customer's tenant, without a file"),
    displayName: z
      .string()
      .min(1)
      .optional()
      .meta({ value: "name", description: "what the customer is called, without a file" }),
    ...traceOptions,
  }),
  examples: [
    {
      line: "tenantry invite contoso",
      meaning: "which relation there is (GDAP), when it ends, and what is missing; only reads",
    },
    {
      line: "tenantry invite acme --tenant-id 7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7 --display-name 'Acme BV' --create",
      meaning: "makes the relation and prints the invitation; after the approval: gives the roles",
    },
  ],
  run: traced(async (context, { args: { name: stack }, options }) => {
    const { inviteTenant } = await import("../../operations/index.ts");
    const { isSandbox } = await import("../../workspace/index.ts");
    const { create } = options;
    const asked = { stack, customer: customerOf(options), create };
    const invited = await inviteTenant(await context.operation(), asked);
    const lines = relationLines(invited, { isSandbox: isSandbox(context.workspace) });
    return { exitCode: EXIT.done, text: lines.join("\n"), json: invited };
  }),
});

function customerOf({
  tenantId: id,
  displayName,
}: {
  readonly tenantId?: string | undefined;
  readonly displayName?: string | undefined;
}): InviteRequest["customer"] {
  if (id === undefined && displayName === undefined) return undefined;
  if (id !== undefined && displayName !== undefined) return { tenantId: id, displayName };
  throw new ExpectedError("invalid-option", "The customer is known by half.", {
    hint: "Give --tenant-id and --display-name together, or neither for a tenant that has a file.",
  });
}
