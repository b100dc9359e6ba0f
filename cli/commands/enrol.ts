import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { email, tenantName } from "../shared-words.ts";

/** Where `tenantry serve` listens when nothing else is said; passkeys work there by this name only. */
const THIS_MACHINE = "http://localhost:8443";

export const command = defineCommand({
  args: z.strictObject({
    tenant: tenantName,
    email: email.describe("decision maker, as the tenant file names them"),
  }),
  options: z.strictObject({}),
  examples: [
    {
      line: "tenantry enrol contoso anna@contoso.com",
      meaning: "a link to mail, and a code to hand over by telephone or on paper",
    },
  ],
  run: async (context, { args: { tenant: stack, email: who } }) => {
    const { offerEnrolment } = await import("../../operations/index.ts");
    const offer = await offerEnrolment(await context.operation(), { stack, email: who });
    const { name, code, path, expires } = offer;
    const link = `${context.workspace.settings.server ?? THIS_MACHINE}${path}`;
    return {
      exitCode: EXIT.done,
      text: [
        `Link, to mail to ${name}: ${link}`,
        `Code, by telephone or on paper, never by mail: ${code}`,
        `Both are good until ${expires} (UTC).`,
        `Afterwards two people register the passkey, and compare its fingerprint: tenantry register ${stack} --out <file>`,
      ].join("\n"),
      json: { link, code, expires },
    };
  },
});
