/** Which signatures each kind of statement needs: all of them and nothing else. */
import { signatureCheck, type Envelope, type SignatureCheck } from "./dsse.ts";
import { whoMayApprove } from "./authority.ts";
import { keyId, readPublicKey } from "./keys.ts";
import type { Fault, RegisteredKey, VerifiedRecord } from "./ledger.ts";
import type { ReadStatement, StatementOf } from "./statement.ts";
import { providerKey, type Purpose, type TrustRoots } from "./trust-roots.ts";
import { devicesOf, peopleOf } from "./authority-facts.ts";

interface Signing {
  readonly record: VerifiedRecord;
  readonly envelope: Envelope;
  readonly recordedAt: string;
  readonly trustRoots: TrustRoots;
}

/** Either what is wrong with the signers, or all signatures of the envelope, each still to be verified. */
export type SignerCheck = { readonly fault: Fault } | { readonly checks: SignatureCheck[] };

export function checkSigners(statement: ReadStatement, signing: Signing): SignerCheck {
  switch (statement.kind) {
    case "decision":
    case "withdrawal":
      return checkSingle(statement.predicate.decisionMaker, signing, (id) =>
        signing.record.registeredKeys.get(id),
      );
    case "application":
    case "application-start":
      return checkSingle(statement.predicate.appliedBy, signing, (id) =>
        fromProvider(signing, id, "application"),
      );
    // Who may write to the tenant may ask it for this, too.
    case "access-pass":
      return checkSingle(statement.predicate.askedBy, signing, (id) =>
        fromProvider(signing, id, "application"),
      );
    case "lock-break":
      return checkSingle(statement.predicate.brokenBy, signing, (id) =>
        fromProvider(signing, id, "lock-break"),
      );
    // Who may judge that a process is gone may judge this as well.
    case "acknowledgement":
      return checkSingle(statement.predicate.acknowledgedBy, signing, (id) =>
        fromProvider(signing, id, "lock-break"),
      );
    // A registered key is never one of the provider: a word of the customer is the customer's.
    case "migration":
      return checkSingle(statement.predicate.saidBy, signing, (id) =>
        statement.predicate.party === "customer"
          ? signing.record.registeredKeys.get(id)
          : fromProvider(signing, id, "application"),
      );
    case "objection":
      return checkSingle(statement.predicate.decisionMaker, signing, (id) =>
        signing.record.registeredKeys.get(id),
      );
    case "recovery":
    case "registration": {
      const isOfProvider =
        statement.kind === "recovery" ||
        statement.predicate.recovery !== undefined ||
        signing.record.registrations.length === 0;
      const fault = checkNewKeys(statement, signing);
      return fault === undefined ? checkRegistration(signing, isOfProvider) : { fault };
    }
  }
}

function checkSingle(
  named: { email: string; keyId: string },
  signing: Signing,
  find: (id: string) => RegisteredKey | undefined,
): SignerCheck {
  const { envelope } = signing;
  if (envelope.signatures.length > 1) {
    const message = "The statement has more than one signature.";
    return { fault: { reason: "surplus-signer", message } };
  }
  const signer = find(named.keyId);
  const check = signer && signatureCheck(envelope, named.keyId, signer);
  if (check === undefined || signer?.email !== named.email) return unknownSigner(envelope);
  return "flaw" in check ? forged(check.flaw) : { checks: [check] };
}

/** The first registration and a recovery are signed by two people of the provider, each other one by those in charge. */
function checkRegistration(signing: Signing, bootstrap: boolean): SignerCheck {
  const authority = whoMayApprove(signing.record, new Date(signing.recordedAt));
  const needed = bootstrap ? 2 : (authority?.required ?? Infinity);
  const people = new Set<string>();
  const checks: SignatureCheck[] = [];
  for (const { keyid } of signing.envelope.signatures) {
    const slot = authority?.slots.find(({ keyIds }) => keyIds.includes(keyid));
    const signer = bootstrap
      ? fromProvider(signing, keyid, "bootstrap")
      : slot && signing.record.registeredKeys.get(keyid);
    if (signer === undefined) return unknownSigner(signing.envelope);
    const check = signatureCheck(signing.envelope, keyid, signer);
    if (check === undefined) return unknownSigner(signing.envelope);
    if ("flaw" in check) return forged(check.flaw);
    checks.push(check);
    people.add(signer.email);
  }
  if (people.size >= needed) return { checks };
  const who = bootstrap ? "people of the provider" : "decision makers";
  const message = `The registration is signed by ${people.size} of ${needed} ${who}.`;
  return { fault: { reason: "too-few-signers", message } };
}

/** People and keys of the provider, and keys of another person, must not become a decision maker's. */
function checkNewKeys(
  statement: StatementOf<"registration" | "recovery">,
  { record, trustRoots }: Signing,
): Fault | undefined {
  const ofProvider = new Set(trustRoots.keys.flatMap((key) => [key.publicKey, key.email]));
  for (const person of peopleOf(statement.predicate.authority)) {
    const { email } = person;
    const keys = devicesOf(person).map(({ publicKey }) => publicKey);
    if (ofProvider.has(email) || keys.some((one) => ofProvider.has(one))) {
      return { reason: "key-not-allowed", message: `${email} or the key belongs to the provider.` };
    }
    const known = keys.flatMap((one) => record.registeredKeys.get(keyId(one)) ?? []);
    if (known.some((one) => one.email !== email)) {
      return {
        reason: "key-not-allowed",
        message: `The key of ${email} was registered for another address before.`,
      };
    }
  }
  return undefined;
}

function fromProvider(signing: Signing, id: string, purpose: Purpose): RegisteredKey | undefined {
  const found = providerKey(signing.trustRoots, id, { purpose, at: signing.recordedAt });
  return found && { email: found.email, key: readPublicKey(found.publicKey), passkey: undefined };
}

const forged = (message: string): SignerCheck => ({ fault: { reason: "signature", message } });

function unknownSigner({ signatures }: Envelope): SignerCheck {
  const keys = signatures.map(({ keyid }) => keyid.slice(0, 16)).join(", ");
  return {
    fault: {
      reason: "unknown-signer",
      message: `Not everybody who signed (${keys}) may sign this statement, or in this name.`,
    },
  };
}
