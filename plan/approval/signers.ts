/** Which signatures each kind of statement needs: all of them, nothing else, and every one of them valid. */
import type { KeyObject } from "node:crypto";
import { isSignedBy, type Envelope } from "./dsse.ts";
import { whoMayApprove } from "./authority.ts";
import { keyId, readPublicKey } from "./keys.ts";
import type { Fault, VerifiedRecord } from "./ledger.ts";
import type { ReadStatement, StatementOf } from "./statement.ts";
import { providerKey, type Purpose, type TrustRoots } from "./trust-roots.ts";

interface Signing {
  readonly record: VerifiedRecord;
  readonly envelope: Envelope;
  readonly recordedAt: string;
  readonly trustRoots: TrustRoots;
}

interface Signer {
  readonly email: string;
  readonly key: KeyObject;
}

/** What is wrong with the signatures; undefined when they are what the statement needs. */
export function checkSigners(statement: ReadStatement, signing: Signing): Fault | undefined {
  switch (statement.kind) {
    case "decision":
    case "withdrawal":
      return checkSingle(statement.predicate.decisionMaker, signing, (id) =>
        signing.record.registeredKeys.get(id),
      );
    case "application":
      return checkSingle(statement.predicate.appliedBy, signing, (id) =>
        fromProvider(signing, id, "application"),
      );
    case "lock-break":
      return checkSingle(statement.predicate.brokenBy, signing, (id) =>
        fromProvider(signing, id, "lock-break"),
      );
    case "registration":
      return checkNewKeys(statement, signing) ?? checkRegistration(signing);
  }
}

function checkSingle(
  named: { email: string; keyId: string },
  signing: Signing,
  find: (id: string) => Signer | undefined,
): Fault | undefined {
  const { signatures } = signing.envelope;
  if (signatures.length > 1) {
    return { reason: "surplus-signer", message: "The statement has more than one signature." };
  }
  const signer = find(named.keyId);
  if (signatures[0]?.keyid !== named.keyId || signer?.email !== named.email) {
    return unknownSigner(signatures[0]?.keyid ?? named.keyId);
  }
  return checkSignature(signing.envelope, named.keyId, signer.key);
}

/** The first registration is signed by two people of the provider, each later one by those in charge. */
function checkRegistration(signing: Signing): Fault | undefined {
  const bootstrap = signing.record.registrations.length === 0;
  const authority = whoMayApprove(signing.record, new Date(signing.recordedAt));
  const needed = bootstrap ? 2 : (authority?.required ?? Infinity);
  const people = new Set<string>();
  for (const { keyid } of signing.envelope.signatures) {
    const seat = authority?.seats.find((candidate) => candidate.keyId === keyid);
    const signer = bootstrap
      ? fromProvider(signing, keyid, "bootstrap")
      : seat && signing.record.registeredKeys.get(keyid);
    if (signer === undefined) return unknownSigner(keyid);
    const fault = checkSignature(signing.envelope, keyid, signer.key);
    if (fault !== undefined) return fault;
    people.add(signer.email);
  }
  if (people.size >= needed) return undefined;
  return {
    reason: "too-few-signers",
    message: `The registration is signed by ${people.size} of ${needed} ${bootstrap ? "people of the provider" : "decision makers"}.`,
  };
}

/** People and keys of the provider, and keys of another person, must not become a decision maker's. */
function checkNewKeys(
  statement: StatementOf<"registration">,
  { record, trustRoots }: Signing,
): Fault | undefined {
  const { decisionMakers, deputies } = statement.predicate.authority;
  const ofProvider = new Set(trustRoots.keys.flatMap((key) => [key.publicKey, key.email]));
  for (const { email, publicKey } of [...decisionMakers, ...deputies]) {
    const known = record.registeredKeys.get(keyId(publicKey));
    if (ofProvider.has(publicKey) || ofProvider.has(email)) {
      return { reason: "key-not-allowed", message: `${email} or the key belongs to the provider.` };
    }
    if (known !== undefined && known.email !== email) {
      return {
        reason: "key-not-allowed",
        message: `The key of ${email} was registered for another address before.`,
      };
    }
  }
  return undefined;
}

function fromProvider(signing: Signing, id: string, purpose: Purpose): Signer | undefined {
  const found = providerKey(signing.trustRoots, id, { purpose, at: signing.recordedAt });
  return found && { email: found.email, key: readPublicKey(found.publicKey) };
}

function checkSignature(envelope: Envelope, id: string, key: KeyObject): Fault | undefined {
  if (isSignedBy(envelope, id, key)) return undefined;
  return { reason: "signature", message: `The signature of key ${short(id)} is not valid.` };
}

function unknownSigner(id: string): Fault {
  return {
    reason: "unknown-signer",
    message: `Key ${short(id)} may not sign this statement, or not in this name.`,
  };
}

function short(id: string): string {
  return id.slice(0, 16);
}
