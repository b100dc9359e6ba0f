/** What travels between signers as files: public keys, and a registration with its signatures so far. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { base64, email, envelopeSchema, PAYLOAD_TYPE, readPublicKey } from "../approval/index.ts";
import type { Envelope } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { readJsonFile } from "../core/json-file.ts";

const publicKeySchema = z.strictObject({ email, publicKey: base64 });

/**
 * Public keys by address, from a file or from every *.json of a folder.
 * @throws ExpectedError `invalid-public-key`, `key-malformed`.
 */
export function readPublicKeys(path: string): Record<string, string> {
  if (!existsSync(path)) throw invalidKey(path, "it does not exist");
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith(".json"))
        .map((name) => join(path, name))
    : [path];
  return Object.fromEntries(
    files.map((file) => {
      const parsed = publicKeySchema.safeParse(readJsonFile(file));
      if (!parsed.success) throw invalidKey(file, "it is not what `tenantry keys show` prints");
      readPublicKey(parsed.data.publicKey);
      return [parsed.data.email, parsed.data.publicKey];
    }),
  );
}

/** @throws ExpectedError `file-unusable` */
export function readEvidence(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ExpectedError("file-unusable", `${path} cannot be read.`, {
      hint: "Give the scan of the paper that the customer signed.",
      cause,
    });
  }
}

const invalidKey = (path: string, why: string): ExpectedError =>
  new ExpectedError("invalid-public-key", `${path} cannot be used as a public key: ${why}.`, {
    hint: "Give a file with the output of {show-key}, or a folder of such files.",
    remedy: { "show-key": {} },
  });

/** A draft has no signature, which a DSSE envelope may not lack. */
const registrationSchema = z.union([
  envelopeSchema,
  z.strictObject({
    payload: base64,
    payloadType: z.literal(PAYLOAD_TYPE),
    signatures: z.tuple([]),
  }),
]);

export function writeRegistration(path: string, envelope: Envelope): void {
  writeFileSync(path, `${JSON.stringify(envelope, null, 2)}\n`);
}

/** @throws ExpectedError `invalid-registration-file`. */
export function readRegistration(path: string): Envelope {
  const parsed = registrationSchema.safeParse(readJsonFile(path));
  if (parsed.success) return parsed.data;
  throw new ExpectedError("invalid-registration-file", `${path} is not a registration.`, {
    hint: "Create one with `tenantry register <tenant> --out FILE`.",
  });
}
