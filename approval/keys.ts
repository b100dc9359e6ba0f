/**
 * Signing keys: Ed25519 only. A public key travels as base64 of its SPKI form, its id is the SHA-256 of
 * that form; a private key rests as PKCS#8 PEM, encrypted when there is a passphrase.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { ExpectedError } from "../core/expected-error.ts";

export interface SigningKey {
  /** SHA-256 of the public key's SPKI form, hexadecimal. */
  readonly keyId: string;
  /** Base64 of the SPKI form. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** PKCS#8 as OpenSSL writes it stretches a passphrase by 2,048 rounds only, so its length has to carry it. */
const SHORTEST_PASSPHRASE = 12;

export function generateKey(): SigningKey {
  return withPublicKey(generateKeyPairSync("ed25519").privateKey);
}

/** Id of a public key given as base64 SPKI. */
export function keyId(publicKey: string): string {
  return createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex");
}

/**
 * The key in a base64 SPKI text.
 * @throws ExpectedError `key-malformed`: not an Ed25519 key in its canonical form.
 */
export function readPublicKey(publicKey: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  } catch (cause) {
    throw malformedKey("The public key is not a base64 SPKI key", cause);
  }
  if (key.asymmetricKeyType !== "ed25519" || spki(key) !== publicKey) {
    throw malformedKey("The public key is not an Ed25519 key in its canonical form");
  }
  return key;
}

/** @throws ExpectedError `passphrase-too-short`. */
export function writePrivateKey(key: SigningKey, passphrase?: string): string {
  if (passphrase === undefined) {
    return key.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  }
  if (passphrase.length < SHORTEST_PASSPHRASE) {
    throw new ExpectedError(
      "passphrase-too-short",
      `The passphrase has fewer than ${SHORTEST_PASSPHRASE} characters.`,
      { hint: "Choose a passphrase of several words." },
    );
  }
  return key.privateKey
    .export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase })
    .toString();
}

/**
 * The key in a PKCS#8 PEM text.
 * @throws ExpectedError `passphrase-needed`, `passphrase-wrong`, `key-malformed`.
 */
export function readPrivateKey(pem: string, passphrase?: string): SigningKey {
  const encrypted = pem.includes("BEGIN ENCRYPTED PRIVATE KEY");
  if (encrypted && passphrase === undefined) {
    throw new ExpectedError(
      "passphrase-needed",
      "The private key is encrypted and no passphrase was given.",
      { hint: "Give the passphrase that the key was created with." },
    );
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: "pem", ...(encrypted && { passphrase }) });
  } catch (cause) {
    if (!encrypted) throw malformedKey("The private key is not a PKCS#8 PEM text", cause);
    throw new ExpectedError(
      "passphrase-wrong",
      "The private key cannot be decrypted with this passphrase.",
      {
        hint: "Check the passphrase; without it the key is lost and a new one must be registered.",
        cause,
      },
    );
  }
  if (key.asymmetricKeyType !== "ed25519") {
    throw malformedKey("The private key is not an Ed25519 key");
  }
  return withPublicKey(key);
}

function withPublicKey(privateKey: KeyObject): SigningKey {
  const publicKey = spki(createPublicKey(privateKey));
  return { keyId: keyId(publicKey), publicKey, privateKey };
}

function spki(key: KeyObject): string {
  return key.export({ format: "der", type: "spki" }).toString("base64");
}

function malformedKey(what: string, cause?: unknown): ExpectedError {
  return new ExpectedError("key-malformed", `${what}.`, {
    hint: "Use the key exactly as it was created, or create a new one.",
    cause,
  });
}
