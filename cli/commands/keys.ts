import { z } from "zod";
import { defineCommand } from "../command.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { email } from "../shared-words.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import {
  fingerprint,
  isPractice,
  keyPassphrase,
  localKeys,
  publicKeyDocument,
} from "../../operations/index.ts";

export const command = defineCommand({
  args: z.strictObject({
    action: z.enum(["create", "list", "show"]),
    email: email.optional().describe("whose key; for create and show"),
  }),
  options: z.strictObject({}),
  examples: [
    {
      line: "TENANTRY_KEY_PASSPHRASE='…' tenantry keys create anna@contoso.com",
      meaning: "makes a key, encrypted with the passphrase",
    },
    {
      line: "tenantry keys show anna@contoso.com > anna.json",
      meaning: "the public key, for `tenantry register --keys`",
    },
    { line: "tenantry keys list", meaning: "whose keys are on this machine" },
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
    hint: "Say whose key, such as `tenantry keys show anna@contoso.com`.",
  });
}

async function list({ workspace }: CommandContext): Promise<Outcome> {
  const emails = await localKeys(workspace).list();
  const text = emails.length === 0 ? "There is no key on this machine." : emails.join("\n");
  return { exitCode: EXIT.done, text, json: { keys: emails } };
}

async function create({ workspace, terminal }: CommandContext, email: string): Promise<Outcome> {
  const passphrase = keyPassphrase();
  if (passphrase === undefined && !isPractice(workspace)) {
    throw new ExpectedError("passphrase-needed", "A key for a real tenant needs a passphrase.", {
      hint: "Set TENANTRY_KEY_PASSPHRASE to several words, for this and every later signature.",
    });
  }
  const key = await localKeys(workspace).create(email, passphrase);
  if (passphrase === undefined) terminal.warn("Practice: the key is not encrypted.");
  const document = publicKeyDocument(email, key);
  return {
    exitCode: EXIT.done,
    text: [
      `Made a key of ${document.email}: ${fingerprint(key.publicKey)}`,
      `Hand over what this prints: tenantry keys show ${document.email}`,
    ].join("\n"),
    json: { ...document, keyId: key.keyId },
  };
}

async function show({ workspace, terminal }: CommandContext, email: string): Promise<Outcome> {
  const key = await localKeys(workspace).load(email, keyPassphrase());
  const document = publicKeyDocument(email, key);
  terminal.note(`Fingerprint, to compare by telephone: ${fingerprint(key.publicKey)}`);
  return { exitCode: EXIT.done, text: JSON.stringify(document, null, 2), json: document };
}
