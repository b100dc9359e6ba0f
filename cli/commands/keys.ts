import { z } from "zod";
import { defineCommand } from "../command.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { email } from "../shared-words.ts";
import { ExpectedError } from "../../core/expected-error.ts";

export const command = defineCommand({
  args: z.strictObject({
    action: z.enum(["create", "list", "show"]),
    email: email.optional().describe("owner of the key; for create and show"),
  }),
  options: z.strictObject({}),
  examples: [
    {
      line: "TENANTRY_KEY_PASSPHRASE='…' tenantry keys create anna@contoso.com",
      meaning: "creates a key, encrypted with the passphrase",
    },
    {
      line: "tenantry keys show anna@contoso.com > anna.json",
      meaning: "the public key, for `tenantry register --keys`",
    },
    { line: "tenantry keys list", meaning: "owners of the keys on this machine" },
  ],
  run: async (context, { args }) => {
    switch (args.action) {
      case "list":
        return await list(context);
      case "create":
        return await create(context, ownerOf(args));
      case "show":
        return await show(context, ownerOf(args));
    }
  },
});

function ownerOf(args: { readonly email?: string | undefined }): string {
  if (args.email !== undefined) return args.email;
  throw new ExpectedError("invalid-argument", "Missing argument <email>.", {
    hint: "Name the owner of the key, such as `tenantry keys show anna@contoso.com`.",
  });
}

async function list(context: CommandContext): Promise<Outcome> {
  const { listKeys } = await import("../../operations/index.ts");
  const emails = await listKeys(await context.operation());
  const text = emails.length === 0 ? "No keys on this machine." : emails.join("\n");
  return { exitCode: EXIT.done, text, json: { keys: emails } };
}

async function create(context: CommandContext, email: string): Promise<Outcome> {
  const { createKey } = await import("../../operations/index.ts");
  const made = await createKey(await context.operation(), { email });
  const { isEncrypted, fingerprint, ...key } = made;
  if (!isEncrypted) context.terminal.warn("Practice: the key is not encrypted.");
  return {
    exitCode: EXIT.done,
    text: [
      `Created a key for ${key.email}: ${fingerprint}`,
      `Hand over the output of: tenantry keys show ${key.email}`,
    ].join("\n"),
    json: key,
  };
}

async function show(context: CommandContext, email: string): Promise<Outcome> {
  const { showKey } = await import("../../operations/index.ts");
  const key = await showKey(await context.operation(), { email });
  context.terminal.note(`Fingerprint, to compare by telephone: ${key.fingerprint}`);
  const document = { email: key.email, publicKey: key.publicKey };
  return { exitCode: EXIT.done, text: JSON.stringify(document, null, 2), json: document };
}
