/** The steps of a registration between people: drafted, signed by each, submitted. */
import { resolve } from "node:path";
import { ExpectedError } from "../core/expected-error.ts";
import {
  draftRecovery,
  draftRegistration,
  fingerprint,
  registerAtOnce,
  registerInPortal,
  signRegistrationAs,
  submitRegistration,
} from "../operations/index.ts";
import type { Registration } from "../operations/index.ts";
import type { CommandContext, Outcome } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import { shellWord } from "./output/shell-quote.ts";
import {
  readEvidence,
  readPublicKeys,
  readRegistration,
  writeRegistration,
} from "./registration-files.ts";

interface Step {
  readonly stack: string;
  /** File of the registration; relative to where the command was called. */
  readonly path: string;
}

export async function draft(
  context: CommandContext,
  given: Step & { readonly keys?: string | undefined },
): Promise<Outcome> {
  const { stack, keys } = given;
  const path = resolve(given.path);
  const publicKeys = keys === undefined ? {} : readPublicKeys(resolve(keys));
  const drafted = await draftRegistration(await context.operation(), { stack, publicKeys });
  writeRegistration(path, drafted.envelope);
  return outcome(drafted, [
    `Written to ${path}; it needs the signatures of ${whoSigns(drafted)}.`,
    `Sign it with: tenantry register ${stack} --sign ${shellWord(path)} --as <email>`,
  ]);
}

/** When nobody is left who decides: the announcement, and seven days later the registration. */
export async function recover(
  context: CommandContext,
  given: Step & {
    readonly keys?: string | undefined;
    readonly reason: string;
    readonly evidence: string;
  },
): Promise<Outcome> {
  const { stack, keys, reason } = given;
  const path = resolve(given.path);
  const publicKeys = keys === undefined ? {} : readPublicKeys(resolve(keys));
  const evidence = readEvidence(resolve(given.evidence));
  const asked = { stack, publicKeys, reason, evidence };
  const drafted = await draftRecovery(await context.operation(), asked);
  writeRegistration(path, drafted.envelope);
  return outcome(drafted, [
    `The ${drafted.next} is in ${path}; it needs the signatures of ${whoSigns(drafted)}.`,
    `Sign it with: tenantry register ${stack} --sign ${shellWord(path)} --as <email>`,
  ]);
}

export const halfRecovery = (): ExpectedError =>
  new ExpectedError("invalid-argument", "--recover, --evidence and --out belong together.", {
    hint: "Give the reason, the scan of the signed paper, and the file to write.",
  });

/** For the portal: nothing to send around. */
export async function propose(
  context: CommandContext,
  { stack, keys }: { readonly stack: string; readonly keys?: string | undefined },
): Promise<Outcome> {
  const publicKeys = keys === undefined ? {} : readPublicKeys(resolve(keys));
  const drafted = await registerInPortal(await context.operation(), { stack, publicKeys });
  return outcome(drafted, [
    `In the portal for 30 days, for the signatures of ${whoSigns(drafted)}.`,
    "Whoever has a new passkey compares its fingerprint with them, by telephone or on paper.",
  ]);
}

export async function sign(
  context: CommandContext,
  given: Step & { readonly as?: string | undefined },
): Promise<Outcome> {
  const { stack, as: email } = given;
  const path = resolve(given.path);
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

export async function submit(context: CommandContext, { stack, path }: Step): Promise<Outcome> {
  const envelope = readRegistration(resolve(path));
  const registered = await submitRegistration(await context.operation(), { stack, envelope });
  return outcome(registered, ["Registered."]);
}

/** All steps at once, where every key is on this machine. */
export async function registerInSandbox(context: CommandContext, stack: string): Promise<Outcome> {
  const operation = await context.operation();
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
