/**
 * Passkeys of decision makers: what is registered of one, and whether an assertion of it is about these bytes. Its challenge
 * is the SHA-256 of what is signed, so it is a signature over exactly that, which anybody can verify later with this
 * file's few steps and without the portal.
 *
 * Steps and layout after WebAuthn Level 3, §6.1 (authenticator data) and §7.2 (verifying an assertion), read 2026-11-28. The
 * counter is not looked at: synced passkeys always send 0. User verification is the device's word.
 */
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { ExpectedError } from "../core/expected-error.ts";
import { base64 } from "./fields.ts";

/** Base64 without padding, in the alphabet of URLs and in its one spelling. */
const base64Url = z
  .string()
  .refine((text) => Buffer.from(text, "base64url").toString("base64url") === text, "base64url");

/** A domain name: what a passkey belongs to for ever, whatever address the pages have. */
export const relyingPartyId = z
  .string()
  .max(253)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, "a domain name in lower case");

const webOrigin = z
  .url()
  .refine((url) => new URL(url).origin === url, "an origin such as https://portal.example.com");

export const passkeySchema = z.strictObject({
  credentialId: base64Url.min(1).max(1400),
  relyingPartyId,
  /** Where it signs: the address that the browser writes into every assertion. */
  origin: webOrigin,
  /** The device is under the provider's management, who could then make it sign. */
  isManaged: z.boolean(),
});
export type Passkey = z.infer<typeof passkeySchema>;

/** What an authenticator returns beside its signature. Kept as it came: the signature is over these bytes. */
export const assertionSchema = z.strictObject({
  authenticatorData: base64,
  clientDataJSON: base64,
});
type Assertion = z.infer<typeof assertionSchema>;

const clientData = z.object({
  type: z.literal("webauthn.get"),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.literal(false).optional(),
  topOrigin: z.undefined().optional(),
});

const [USER_PRESENT, USER_VERIFIED] = [0x01, 0x04];
/** SHA-256 of the relying party id, a byte of flags, four of the counter. */
const SHORTEST_DATA = 37;

const sha256 = (bytes: Uint8Array | string): Buffer => createHash("sha256").update(bytes).digest();

/**
 * Why this is no assertion of that passkey about these bytes, as a sentence; undefined when only its signature is left to
 * be verified, over `assertedBytes`.
 */
export function assertionFlaw(
  { authenticatorData, clientDataJSON }: Assertion,
  { passkey, signed }: { readonly passkey: Passkey; readonly signed: Uint8Array },
): string | undefined {
  const client = clientData.safeParse(jsonOf(clientDataJSON)).data;
  if (client === undefined) return "The passkey was used for something else than signing here.";
  if (client.challenge !== sha256(signed).toString("base64url")) {
    return "The passkey signed something else.";
  }
  if (client.origin !== passkey.origin) return "The passkey was used at another address.";
  const data = Buffer.from(authenticatorData, "base64");
  if (data.length < SHORTEST_DATA || !data.subarray(0, 32).equals(sha256(passkey.relyingPartyId))) {
    return "The passkey is of another site.";
  }
  const flags = data.readUInt8(32);
  const isVerified = (flags & USER_PRESENT) !== 0 && (flags & USER_VERIFIED) !== 0;
  return isVerified ? undefined : "The device did not check who used the passkey.";
}

/** What the authenticator's signature is over. */
export const assertedBytes = ({ authenticatorData, clientDataJSON }: Assertion): Buffer =>
  Buffer.concat([
    Buffer.from(authenticatorData, "base64"),
    sha256(Buffer.from(clientDataJSON, "base64")),
  ]);

/** SPKI of an uncompressed point; a compressed one would be a second spelling of the same key. */
const P256_LENGTH = 91;
const SHORTEST_RSA_BITS = 2048;

/**
 * The key of a passkey, base64 SPKI: ES256 (P-256), EdDSA (Ed25519) or RS256.
 * @throws ExpectedError `key-malformed`
 */
export function readPasskeyKey(publicKey: string): KeyObject {
  const der = Buffer.from(publicKey, "base64");
  try {
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    if (key.export({ format: "der", type: "spki" }).equals(der) && isOffered(key, der)) return key;
  } catch (cause) {
    throw malformedKey(cause);
  }
  throw malformedKey();
}

function isOffered({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject, der: Buffer): boolean {
  const { namedCurve, modulusLength = 0 } = asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === "rsa") return modulusLength >= SHORTEST_RSA_BITS;
  const isP256 = namedCurve === "prime256v1" && der.length === P256_LENGTH;
  return asymmetricKeyType === "ed25519" || isP256;
}

/** How Node names what the key signs with; Ed25519 hashes by itself. */
export const digestOf = ({ asymmetricKeyType }: KeyObject): "sha256" | null =>
  asymmetricKeyType === "ed25519" ? null : "sha256";

const malformedKey = (cause?: unknown): ExpectedError =>
  new ExpectedError("key-malformed", "The passkey's key is not of a kind that is accepted.", {
    hint: "Make a passkey on another device; P-256, Ed25519 and RSA from 2048 bits are accepted.",
    cause,
  });

/** Undefined for what is not JSON, which every schema refuses. */
function jsonOf(bytes: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes, "base64").toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
