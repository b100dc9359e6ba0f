/** Public keys as people hand them to each other: a small JSON document per address. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { base64, email, keyId, normalizeEmail, readPublicKey } from "../approval/index.ts";
import type { SigningKey } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";

const documentSchema = z.strictObject({ email, publicKey: base64 });

export type PublicKeyDocument = z.infer<typeof documentSchema>;

export const publicKeyDocument = (of: string, key: SigningKey): PublicKeyDocument => ({
  email: normalizeEmail(of),
  publicKey: key.publicKey,
});

/** First characters of a key's id, for people who compare it over the telephone. */
export const fingerprint = (publicKey: string): string =>
  (keyId(publicKey).slice(0, 32).match(/.{4}/g) ?? []).join(" ");

/**
 * Public keys by address, from a file or from every *.json of a folder.
 * @throws ExpectedError `invalid-public-key`, `key-malformed`.
 */
export function readPublicKeys(path: string): ReadonlyMap<string, string> {
  if (!existsSync(path)) throw invalid(path, "it is not there");
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith(".json"))
        .map((name) => join(path, name))
    : [path];
  return new Map(
    files.map((file) => {
      const document = readDocument(file);
      readPublicKey(document.publicKey);
      return [document.email, document.publicKey];
    }),
  );
}

function readDocument(file: string): PublicKeyDocument {
  try {
    return documentSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw invalid(file, "it is not what `tenantry keys show` prints");
    }
    throw error;
  }
}

const invalid = (path: string, why: string): ExpectedError =>
  new ExpectedError("invalid-public-key", `${path} cannot be used as a public key: ${why}.`, {
    hint: "Give a file that holds what `tenantry keys show <email>` printed, or a folder of such files.",
  });
