/** Keys of the people who sign on this machine. */
import { keyId, normalizeEmail } from "../approval/index.ts";
import type { SigningKey } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { OperationContext } from "./ports.ts";

/** The public half of a key, as people hand it to each other. */
export interface PublicKey {
  readonly email: string;
  readonly publicKey: string;
  readonly keyId: string;
  /** For people who compare it over the telephone. */
  readonly fingerprint: string;
}

type Ports = Pick<OperationContext, "keys" | "trust">;

export const listKeys = async ({ keys }: Ports): Promise<readonly string[]> => await keys.list();

/** @throws ExpectedError `passphrase-needed`, `key-exists`, `passphrase-too-short`. */
export async function createKey(
  { keys, trust }: Ports,
  { email }: { readonly email: string },
): Promise<PublicKey & { readonly isEncrypted: boolean }> {
  if (!keys.isProtected && trust.sandbox === undefined) {
    throw new ExpectedError("passphrase-needed", "A key for a real tenant needs a passphrase.", {
      hint: "Set TENANTRY_KEY_PASSPHRASE to several words, for this and every later signature.",
    });
  }
  return { ...publicKeyOf(email, await keys.create(email)), isEncrypted: keys.isProtected };
}

/** @throws ExpectedError `key-missing`, and those of its passphrase. */
export const showKey = async (
  { keys }: Ports,
  { email }: { readonly email: string },
): Promise<PublicKey> => publicKeyOf(email, await keys.load(email));

const publicKeyOf = (email: string, key: SigningKey): PublicKey => ({
  email: normalizeEmail(email),
  publicKey: key.publicKey,
  keyId: key.keyId,
  fingerprint: fingerprint(key.publicKey),
});

/** First characters of a key's id. */
export const fingerprint = (publicKey: string): string => fingerprintOf(keyId(publicKey));

export const fingerprintOf = (id: string): string =>
  (id.slice(0, 32).match(/.{4}/g) ?? []).join(" ");
