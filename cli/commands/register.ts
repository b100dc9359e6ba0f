import { resolve } from "node:path";
import { z } from "zod";
import {
  draftRegistration,
  fingerprint,
  registerAtOnce,
  signRegistrationAs,
  submitRegistration,
} from "../../operations/index.ts";
import type { Registration } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { readPublicKeys, readRegistration, writeRegistration } from "../registration-files.ts";
import { email, file, tenantName } from "../shared-words.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { shellWord } from "../output/shell-quote.ts";

const optionsSchema = z.strictObject({
  keys: z.string().optional().meta({
    value: "path",
    description: "public keys: a file of `tenantry keys show`, or a folder",
  }),
  out: file.optional().describe("write the registration to a file, for signing"),
  sign: file.optional().describe("sign that registration, with the key of --as"),
  as: email.optional().describe("signer"),
  submit: file.optional().describe("add the signed registration to the record"),
});

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: optionsSchema,
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
    { line: "tenantry register contoso --submit contoso.json", meaning: "checks and records it" },
    { line: "tenantry register contoso", meaning: "in practice: all steps at once" },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const { out, sign: toSign, submit: toSubmit } = options;
    if (out !== undefined) return await draft(context, { stack, path: resolve(out), ...options });
    if (toSign !== undefined) {
      return await sign(context, { stack, path: resolve(toSign), email: options.as });
    }
    const operation = await context.operation();
    if (toSubmit !== undefined) {
      const envelope = readRegistration(resolve(toSubmit));
      return outcome(await submitRegistration(operation, { stack, envelope }), ["Registered."]);
    }
    if (operation.trust.sandbox === undefined) {
      throw new ExpectedError("invalid-argument", "No step given.", {
        hint: "Use --out, --sign or --submit; `tenantry register --help` shows the steps.",
      });
    }
    const registered = await registerAtOnce(operation, { stack });
    context.terminal.note(
      `Practice: signed by ${whoSigns(registered)}, whose keys are on this machine.`,
    );
    return outcome(registered, ["Registered."]);
  },
});

async function draft(
  context: CommandContext,
  given: { readonly stack: string; readonly path: string; readonly keys?: string | undefined },
): Promise<Outcome> {
  const { stack, path, keys } = given;
  const publicKeys = keys === undefined ? {} : readPublicKeys(resolve(keys));
  const drafted = await draftRegistration(await context.operation(), { stack, publicKeys });
  writeRegistration(path, drafted.envelope);
  return outcome(drafted, [
    `Written to ${path}; it needs the signatures of ${whoSigns(drafted)}.`,
    `Sign it with: tenantry register ${stack} --sign ${shellWord(path)} --as <email>`,
  ]);
}

async function sign(
  context: CommandContext,
  given: { readonly stack: string; readonly path: string; readonly email: string | undefined },
): Promise<Outcome> {
  const { stack, path, email } = given;
  if (email === undefined) {
    throw new ExpectedError("invalid-argument", "Missing option --as <email>.", {
      hint: "Name the signer with --as.",
    });
  }
  const envelope = readRegistration(path);
  const signed = await signRegistrationAs(await context.operation(), { stack, envelope, email });
  writeRegistration(path, signed.envelope);
  const { length } = signed.envelope.signatures;
  return outcome(signed, [
    `Signed by ${email}; ${length} of ${signed.signers.count} signatures.`,
    `When all have signed: tenantry register ${stack} --submit ${shellWord(path)}`,
  ]);
}

const whoSigns = ({ signers: { count, emails } }: Registration): string =>
  emails === "provider" ? `${count} people of the provider` : `${count} of ${emails.join(", ")}`;

function outcome({ authority }: Registration, last: readonly string[]): Outcome {
  const { decisionMakers, deputies, required } = authority;
  const lines = [
    `${required} of these must agree:`,
    ...decisionMakers.map(
      ({ name, email, publicKey }) => `  ${name} <${email}>, key ${fingerprint(publicKey)}`,
    ),
    ...deputies.map(
      ({ name, email, publicKey, deputyFor, from, until }) =>
        `  ${name} <${email}> for ${deputyFor}, ${from} to ${until} (UTC), key ${fingerprint(publicKey)}`,
    ),
    ...last,
  ];
  return { exitCode: EXIT.done, text: lines.join("\n"), json: { authority } };
}
