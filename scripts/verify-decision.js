/**
 * Verifies the proof of a decision that the portal gave to a decision maker. Plain Node, nothing of Tenantry: whoever
 * doubts can read these lines. Usage: node verify-decision.js proof.json
 *
 * It proves that the passkey with the fingerprint that it prints said this, to this plan, and that the record's entry is the
 * one of the receipt. Compare the fingerprint with the one on the contract: that it is the person's is said there.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

/** @param {Uint8Array | string} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  process.stderr.write(`NOT VALID: ${why}\n`);
  process.exit(1);
}

const proof = JSON.parse(readFileSync(process.argv[2] ?? "proof.json", "utf8"));
const decision = JSON.parse(proof.decision);
const payload = Buffer.from(decision.envelope.payload, "base64");
const { predicate, subject } = JSON.parse(payload.toString());
const registration = JSON.parse(proof.registration).envelope.payload;
const { authority } = JSON.parse(Buffer.from(registration, "base64").toString()).predicate;

const { email, keyId } = predicate.decisionMaker;
const person = [...authority.decisionMakers, ...authority.deputies].find(
  (one) => one.email === email,
);
const devices = person === undefined ? [] : [person, ...(person.spares ?? [])];
const device = devices.find(
  ({ publicKey }) => sha256(Buffer.from(publicKey, "base64")).toString("hex") === keyId,
);
if (device?.passkey === undefined) fail(`no such passkey of ${email} is registered`);
const spki = Buffer.from(device.publicKey, "base64");

const [signature, ...others] = decision.envelope.signatures;
if (others.length > 0 || signature.keyid !== keyId) fail("it is not signed by that key alone");
const data = Buffer.from(signature.webauthn.authenticatorData, "base64");
const clientData = Buffer.from(signature.webauthn.clientDataJSON, "base64");
const client = JSON.parse(clientData.toString());

const type = decision.envelope.payloadType;
const head = Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `);
const challenge = sha256(Buffer.concat([head, payload])).toString("base64url");
if (client.type !== "webauthn.get") fail("the passkey was not asked to sign");
if (client.challenge !== challenge) fail("the passkey signed something else");
if (client.origin !== device.passkey.origin) fail("it was signed at another address");
if (client.crossOrigin || client.topOrigin) fail("it was signed in a frame of another site");
if (!data.subarray(0, 32).equals(sha256(device.passkey.relyingPartyId)))
  fail("it is another site's passkey");
if ((data.readUInt8(32) & 0x05) !== 0x05) fail("the device did not check who used it");

const key = createPublicKey({ key: spki, format: "der", type: "spki" });
const digest = key.asymmetricKeyType === "ed25519" ? null : "sha256";
const signed = Buffer.concat([data, sha256(clientData)]);
if (!verify(digest, signed, key, Buffer.from(signature.sig, "base64")))
  fail("the signature is wrong");

const lines = {
  decision: predicate.decision,
  by: `${person.name} <${email}>`,
  at: predicate.decidedAt,
  remark: predicate.remark,
  plan: `sha256:${subject[0].digest.sha256}`,
  document: predicate.shown.document,
  fingerprint: keyId.slice(0, 32).replace(/.{4}(?=.)/g, "$& "),
  "device managed by the provider": device.passkey.isManaged ? "yes" : "no",
  entry: `${decision.sequence}:${sha256(Buffer.from(proof.decision)).toString("hex")}`,
};
process.stdout.write(
  `${Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n")}\nVALID\n`,
);
