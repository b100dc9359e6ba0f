/**
 * DSSE envelope v1: a payload and the signatures over it and its type.
 * An envelope has one spelling only (canonical JSON, canonical base64, signatures sorted by key id), so
 * that every changed byte is noticed, also the bytes that no signature covers.
 * @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md (checked 2026-11)
 */
import { createHash, sign, verify, type KeyObject } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../core/canonical-json.ts";
import type { Json } from "../core/json.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { base64, sha256Hex } from "./fields.ts";
import type { SigningKey } from "./keys.ts";
import { assertedBytes, assertionFlaw, assertionSchema, digestOf } from "./passkeys.ts";
import type { Passkey } from "./passkeys.ts";

export const PAYLOAD_TYPE = "application/vnd.in-toto+json";

export const envelopeSchema = z.strictObject({
  payload: base64,
  payloadType: z.literal(PAYLOAD_TYPE),
  signatures: z
    .array(
      z.strictObject({
        keyid: sha256Hex,
        sig: base64,
        /** Of a passkey, which signs the hash of the envelope within something of its own. */
        webauthn: assertionSchema.exactOptional(),
      }),
    )
    .min(1)
    .max(16)
    .refine(
      (list) => list.every(({ keyid }, i) => i === 0 || (list[i - 1]?.keyid ?? "") < keyid),
      "signatures sorted by key id, one per key",
    ),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** The bytes that are signed: "DSSEv1", then type and payload, each with its length in bytes. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const typeLength = Buffer.byteLength(payloadType);
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${typeLength} ${payloadType} ${payload.length} `),
    payload,
  ]);
}

export function signEnvelope(payload: Uint8Array, keys: readonly SigningKey[]): Envelope {
  const unsigned: Envelope = {
    payload: Buffer.from(payload).toString("base64"),
    payloadType: PAYLOAD_TYPE,
    signatures: [],
  };
  return keys.reduce(addSignature, unsigned);
}

/** The envelope with one more signature, for statements that several people sign one after the other. */
export function addSignature(envelope: Envelope, key: SigningKey): Envelope {
  const sig = sign(null, signedBytes(envelope), key.privateKey).toString("base64");
  return withSignature(envelope, { keyid: key.keyId, sig });
}

/** The envelope with one more signature, that of a passkey over `challengeOf`. */
export function withSignature(
  envelope: Envelope,
  signature: Envelope["signatures"][number],
): Envelope {
  const others = envelope.signatures.filter(({ keyid }) => keyid !== signature.keyid);
  const signatures = [...others, signature].sort((a, b) => (a.keyid < b.keyid ? -1 : 1));
  return { ...envelope, signatures };
}

/** What a passkey is asked to sign: the SHA-256 of the bytes that other keys sign. */
export const challengeOf = (envelope: Envelope): Buffer =>
  createHash("sha256").update(signedBytes(envelope)).digest();

/** One signature that is to be verified: what was signed, with which key, and the signature. */
export interface SignatureCheck {
  readonly keyid: string;
  readonly key: KeyObject;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** With what the record knows of the key. */
interface KnownKey {
  readonly key: KeyObject;
  /** Undefined: an Ed25519 key that signs by itself. */
  readonly passkey?: Passkey | undefined;
}

/**
 * Undefined when the envelope has no signature of this key.
 * @returns `flaw`, a sentence, where it is signed in a way that needs no verifying to be wrong
 */
export function signatureCheck(
  envelope: Envelope,
  keyid: string,
  { key, passkey }: KnownKey,
): SignatureCheck | { readonly flaw: string } | undefined {
  const found = envelope.signatures.find((candidate) => candidate.keyid === keyid);
  if (found === undefined) return undefined;
  const { webauthn } = found;
  const signed = signedBytes(envelope);
  if ((passkey === undefined) !== (webauthn === undefined)) {
    return { flaw: "The key signs in another way than it was registered for." };
  }
  const signature = Buffer.from(found.sig, "base64");
  if (passkey === undefined || webauthn === undefined) return { keyid, key, signed, signature };
  const flaw = assertionFlaw(webauthn, { passkey, signed });
  if (flaw !== undefined) return { flaw };
  return { keyid, key, signed: assertedBytes(webauthn), signature };
}

export function isValid({ key, signed, signature }: SignatureCheck): boolean {
  return verify(digestOf(key), signed, key, signature);
}

/** The same on Node's threads: for records with thousands of signatures. */
export function isValidAsync({ key, signed, signature }: SignatureCheck): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(digestOf(key), signed, key, signature, (error, valid) => {
      if (error === null) resolve(valid);
      else reject(error);
    });
  });
}

/** Whether the envelope has a signature of this key, and a right one. */
export function isSignedIn(envelope: Envelope, keyid: string, known: KnownKey): boolean {
  const check = signatureCheck(envelope, keyid, known);
  return check !== undefined && !("flaw" in check) && isValid(check);
}

export function encodeEnvelope(envelope: Envelope): Uint8Array {
  return Buffer.from(canonicalJson(envelope));
}

/** @throws ExpectedError `malformed`: not an envelope, or not in its one spelling. */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  return decodeCanonical(bytes, envelopeSchema, "envelope");
}

/**
 * Bytes to a value of the schema; refuses bytes that encoding the value does not give back.
 * @throws ExpectedError `malformed`.
 */
export function decodeCanonical<T extends Json>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
  what: string,
): T {
  const text = Buffer.from(bytes).toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw malformed(what, "it is not JSON", cause);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw malformed(what, firstIssue(parsed.error));
  if (!Buffer.from(canonicalJson(parsed.data)).equals(bytes)) {
    throw malformed(what, "it is not in canonical form");
  }
  return parsed.data;
}

function signedBytes(envelope: Envelope): Buffer {
  return preAuthenticationEncoding(envelope.payloadType, Buffer.from(envelope.payload, "base64"));
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const place = issue?.path.join(".") ?? "";
  // Only our own words and the place: the value may be anything, also a secret in the wrong field.
  return place === "" ? "it has the wrong shape" : `"${place}" is missing, wrong or unknown`;
}

function malformed(what: string, why: string, cause?: unknown): ExpectedError {
  return new ExpectedError("malformed", `The ${what} is malformed: ${why}.`, {
    hint: "Do not edit it by hand; create the statement again with the same command.",
    cause,
  });
}
