import { resolve } from "node:path";
import { z } from "zod";
import {
  authorityOf,
  draftRegistration,
  fingerprint,
  isPractice,
  keyPassphrase,
  localKeys,
  openRecord,
  practicePublicKey,
  practiceSigners,
  readPublicKeys,
  readRegistrationFile,
  signedBy,
  signersNeeded,
  verified,
  writeRegistrationFile,
} from "../../operations/index.ts";
import type { FindPublicKey } from "../../operations/index.ts";
import { addSignature, normalizeEmail } from "../../approval/index.ts";
import type { AuthorityFacts, VerifiedRecord } from "../../approval/index.ts";
import { loadTenant } from "../../tenant-file/index.ts";
import { defineCommand } from "../command.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { email, file, tenantName } from "../shared-words.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { shellWord } from "../output/shell-quote.ts";

const optionsSchema = z.strictObject({
  keys: z.string().optional().meta({
    value: "path",
    description: "public keys: a file of `tenantry keys show`, or a folder",
  }),
  out: file.optional().describe("write the registration, to be signed"),
  sign: file.optional().describe("add a signature to it, with the key of --as"),
  as: email.optional().describe("who signs"),
  submit: file.optional().describe("add the signed registration to the record"),
});

interface Input {
  readonly args: { readonly tenant: string };
  readonly options: z.output<typeof optionsSchema>;
}

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: optionsSchema,
  examples: [
    {
      line: "tenantry register contoso --keys public-keys --out contoso.json",
      meaning: "who decides, from the tenant file; nobody has signed yet",
    },
    {
      line: "tenantry register contoso --sign contoso.json --as ines@provider.example",
      meaning: "two of the provider the first time, later as many decision makers as must agree",
    },
    { line: "tenantry register contoso --submit contoso.json", meaning: "checks and records it" },
    { line: "tenantry register contoso", meaning: "in practice: all of that at once" },
  ],
  run: async (context, input) => {
    const { out, sign: toSign, submit: toSubmit } = input.options;
    if (out !== undefined) return await draft(context, input, resolve(out));
    if (toSign !== undefined) return await sign(context, input, resolve(toSign));
    if (toSubmit !== undefined) return await submit(context, input, resolve(toSubmit));
    if (isPractice(context.workspace)) return await registerAtOnce(context, input);
    throw new ExpectedError("invalid-argument", "It is not said what is to be done.", {
      hint: "Start with --out FILE; `tenantry register --help` shows the steps.",
    });
  },
});

async function draft(context: CommandContext, input: Input, path: string): Promise<Outcome> {
  const { stack, tenant, record } = await opened(context, input);
  const authority = await authorityOf(tenant, publicKeyFinder(context, input, record));
  writeRegistrationFile(path, draftRegistration(record, { tenant, stack, authority }));
  return outcome(authority, [
    `Written to ${path}; it needs the signatures of ${whoSigns(record)}.`,
    `Sign it with: tenantry register ${stack} --sign ${shellWord(path)} --as <email>`,
  ]);
}

async function sign(context: CommandContext, input: Input, path: string): Promise<Outcome> {
  const { as: email } = input.options;
  if (email === undefined) {
    throw new ExpectedError("invalid-argument", "Missing option --as <email>.", {
      hint: "Name the signer with --as.",
    });
  }
  const { stack, tenant, record } = await opened(context, input);
  const { envelope, registration } = readRegistrationFile(path);
  if (registration.stack !== stack || registration.tenantId !== tenant.tenant.id) {
    throw new ExpectedError("foreign-tenant", `${path} registers for another tenant.`, {
      hint: `It is for ${registration.stack}; sign only what you mean to.`,
    });
  }
  const key = await localKeys(context.workspace).load(email, keyPassphrase());
  const signed = addSignature(envelope, key);
  writeRegistrationFile(path, signed);
  return outcome(registration.authority, [
    `Signed by ${normalizeEmail(email)}; ${signed.signatures.length} of ${signersNeeded(record).count} signatures.`,
    `When all have signed: tenantry register ${stack} --submit ${shellWord(path)}`,
  ]);
}

async function submit(context: CommandContext, input: Input, path: string): Promise<Outcome> {
  const { stack, open, record } = await opened(context, input);
  const { envelope, registration } = readRegistrationFile(path);
  if (envelope.signatures.length === 0) {
    throw new ExpectedError("too-few-signers", "Nobody has signed the registration yet.", {
      hint: `It needs ${whoSigns(record)}: tenantry register ${stack} --sign ${shellWord(path)} --as <email>`,
    });
  }
  await open.record.append(envelope);
  return outcome(registration.authority, ["Registered."]);
}

async function registerAtOnce(context: CommandContext, input: Input): Promise<Outcome> {
  const { workspace, terminal } = context;
  const { stack, tenant, open, record } = await opened(context, input);
  const authority = await authorityOf(tenant, practicePublicKey(workspace));
  const registration = draftRegistration(record, { tenant, stack, authority });
  await open.record.append(signedBy(registration, await practiceSigners(workspace, record)));
  terminal.note(`Practice: signed by ${whoSigns(record)}, whose keys are on this machine.`);
  return outcome(authority, ["Registered."]);
}

async function opened({ workspace }: CommandContext, input: Input) {
  const { tenant: stack } = input.args;
  const { stacksDirectory } = workspace;
  const tenant = await loadTenant({ stacksDirectory, tenant: stack });
  const open = await openRecord(workspace, stack);
  return { stack, tenant, open, record: await verified(open) };
}

/** What was handed over counts first, then what this machine or the record knows already. */
function publicKeyFinder(
  { workspace }: CommandContext,
  input: Input,
  record: VerifiedRecord,
): FindPublicKey {
  const { keys: path } = input.options;
  const given = path === undefined ? new Map<string, string>() : readPublicKeys(resolve(path));
  const registered = record.registrations.at(-1)?.predicate.authority;
  const known = [...(registered?.decisionMakers ?? []), ...(registered?.deputies ?? [])];
  return async (email) => {
    const found = given.get(email) ?? known.find((person) => person.email === email)?.publicKey;
    if (found !== undefined) return found;
    const keys = localKeys(workspace);
    if (!(await keys.list()).includes(email)) return undefined;
    return (await keys.load(email, keyPassphrase())).publicKey;
  };
}

function whoSigns(record: VerifiedRecord): string {
  const { count, emails } = signersNeeded(record);
  return emails === "provider"
    ? `${count} people of the provider`
    : `${count} of ${emails.join(", ")}`;
}

function outcome(authority: AuthorityFacts, last: readonly string[]): Outcome {
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
