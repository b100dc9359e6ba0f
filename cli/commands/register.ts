import { z } from "zod";
import { defineCommand } from "../command.ts";
import { email, file, flag, tenantName } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    keys: z.string().optional().meta({
      value: "path",
      description: "public keys: a file of `tenantry keys show`, or a folder",
    }),
    out: file.optional().describe("write the registration to a file, for signing"),
    portal: flag.describe("put it into the portal, where the decision makers of today sign it"),
    recover: z.string().optional().meta({
      value: "reason",
      description: "with --out and --evidence, when nobody is left who decides: two engineers sign",
    }),
    evidence: file.optional().describe("scan of the paper that the customer signed for that"),
    sign: file.optional().describe("sign that registration, with the key of --as"),
    as: email.optional().describe("signer"),
    submit: file.optional().describe("add the signed registration to the record"),
  }),
  examples: [
    {
      line: "tenantry register contoso --keys public-keys --out contoso.json",
      meaning: "drafts the registration from the tenant file, unsigned",
    },
    {
      line: "tenantry register contoso --sign contoso.json --as ines@provider.example",
      meaning:
        "signs it: first two of the provider's engineers, later as many decision makers as must agree",
    },
    {
      line: "tenantry register contoso --portal",
      meaning: "somebody new, gone, a deputy or another phone: those who decide now sign it there",
    },
    {
      line: 'tenantry register contoso --out contoso.json --recover "Phone lost" --evidence scan.pdf',
      meaning: "announces it; the same again, seven days later, registers it",
    },
    { line: "tenantry register contoso --submit contoso.json", meaning: "checks and records it" },
    { line: "tenantry register contoso", meaning: "in practice: all steps at once" },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const steps = await import("../registration-steps.ts");
    const { out, portal, sign, submit } = options;
    const { recover: reason, evidence } = options;
    if (out !== undefined && reason !== undefined && evidence !== undefined) {
      return await steps.recover(context, { ...options, stack, path: out, reason, evidence });
    }
    if (reason !== undefined || evidence !== undefined) throw steps.halfRecovery();
    if (out !== undefined) return await steps.draft(context, { ...options, stack, path: out });
    if (portal) return await steps.propose(context, { ...options, stack });
    if (sign !== undefined) return await steps.sign(context, { ...options, stack, path: sign });
    if (submit !== undefined) return await steps.submit(context, { stack, path: submit });
    return await steps.registerInSandbox(context, stack);
  },
});
