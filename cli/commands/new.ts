import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import {
  email,
  initialDomain,
  managedBy,
  newFolder,
  providerDomain,
  tenantId,
} from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ name: newFolder }),
  options: z.strictObject({
    tenantId,
    displayName: z.string().meta({ value: "name", description: "what the customer is called" }),
    initialDomain,
    country: z
      .string()
      .toUpperCase()
      .meta({ value: "code", description: "country of the tenant, such as NL" }),
    managedBy,
    providerDomain,
    decisionMaker: z.string().meta({ value: "name", description: "who decides at the customer" }),
    decisionMakerEmail: email.describe("their address"),
  }),
  examples: [
    {
      line: "tenantry new acme --tenant-id 7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7 --display-name 'Acme BV' --initial-domain acme.onmicrosoft.com --country NL --managed-by 'Voorbeeld Beheer' --provider-domain beheer.example --decision-maker 'Anna Bakker' --decision-maker-email anna@acme.example",
      meaning: "writes stacks/acme/tenant.yaml and says what to do next",
    },
  ],
  run: async (context, { args: { name: stack }, options }) => {
    const { newTenant } = await import("../../operations/index.ts");
    const written = await newTenant(await context.operation(), {
      stack,
      tenant: {
        ...{ id: options.tenantId, displayName: options.displayName },
        ...{ initialDomain: options.initialDomain, country: options.country },
      },
      managedBy: { name: options.managedBy, domains: [options.providerDomain] },
      decisionMaker: { name: options.decisionMaker, email: options.decisionMakerEmail },
    });
    const text = [
      `Written: ${written.file}`,
      "",
      "Next:",
      `  1. Check ${options.initialDomain} and ${options.country}: both are final once the tenant exists.`,
      "  2. Complete the file: contract and backup first, then people, groups and sites.",
      `  3. tenantry validate ${stack}`,
      `  4. Practise on the emulator: tenantry plan ${stack}, approve, apply.`,
      "  5. For the real tenant: register the application (docs/real-tenant.md), then",
      `     tenantry check ${stack} and tenantry register ${stack}.`,
    ].join("\n");
    return { exitCode: EXIT.done, text, json: written };
  },
});
