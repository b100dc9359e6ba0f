/**
 * Proof that somebody has the passkey that they ask to be registered with: the passkey signs the request itself. It gives
 * no right to anything; a registration does, which people sign who have compared the key's fingerprint.
 */
import { createHash, verify } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../core/canonical-json.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { decodeCanonical } from "./dsse.ts";
import * as field from "./fields.ts";
import { assertedBytes, assertionFlaw, assertionSchema, digestOf } from "./passkeys.ts";
import { passkeySchema, readPasskeyKey } from "./passkeys.ts";

export const enrolmentSchema = z.strictObject({
  stack: field.stackName,
  email: field.email,
  publicKey: field.base64,
  passkey: passkeySchema,
  /** Which offer it answers. */
  offer: field.sha256Hex,
  requestedAt: field.instant,
});
export type Enrolment = z.infer<typeof enrolmentSchema>;

export const passkeySignature = z.strictObject({ sig: field.base64, webauthn: assertionSchema });
export type PasskeySignature = z.infer<typeof passkeySignature>;

const proofSchema = z.strictObject({ enrolment: enrolmentSchema, signature: passkeySignature });
export type EnrolmentProof = z.infer<typeof proofSchema>;

/** Begins like nothing that a record holds, so that a request can never be read as a decision. */
const signedBytes = (enrolment: Enrolment): Buffer =>
  Buffer.from(`tenantry-enrolment/v1\n${canonicalJson(enrolment)}`);

export const enrolmentChallenge = (enrolment: Enrolment): Buffer =>
  createHash("sha256").update(signedBytes(enrolment)).digest();

/** Whether a passkey with this key signed these bytes. @throws ExpectedError `key-malformed` */
export function isSignedBy(
  { publicKey, passkey }: Pick<Enrolment, "publicKey" | "passkey">,
  { sig, webauthn }: PasskeySignature,
  signed: Uint8Array,
): boolean {
  if (assertionFlaw(webauthn, { passkey, signed }) !== undefined) return false;
  const key = readPasskeyKey(publicKey);
  return verify(digestOf(key), assertedBytes(webauthn), key, Buffer.from(sig, "base64"));
}

export const encodeProof = (proof: EnrolmentProof): Uint8Array => Buffer.from(canonicalJson(proof));

/** @throws ExpectedError `malformed`, `key-malformed`, `passkey-refused` when the passkey did not sign it */
export function decodeProof(bytes: Uint8Array): Enrolment {
  const { enrolment, signature } = decodeCanonical(bytes, proofSchema, "enrolment");
  if (isSignedBy(enrolment, signature, signedBytes(enrolment))) return enrolment;
  throw new ExpectedError(
    "passkey-refused",
    { nl: "De passkey heeft dit niet ondertekend.", en: "The passkey did not sign this." },
    { hint: { nl: "Probeer het opnieuw.", en: "Try again." } },
  );
}
