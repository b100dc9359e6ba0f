/** Making and reading statements: predicate → statement → signed envelope, and back. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../core/canonical-json.ts";
import type { Json } from "../core/json.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { decodeCanonical, signEnvelope, type Envelope } from "./dsse.ts";
import type { SigningKey } from "./keys.ts";
import {
  isStillRead,
  predicateType,
  versionOf,
  STATEMENT_TYPE,
  statementSchema,
  subjectName,
  type Predicates,
  type StatementKind,
} from "./statements.ts";

/** A statement as read from an envelope; the signatures are not checked here. */
export type ReadStatement = { [K in StatementKind]: StatementOf<K> }[StatementKind];

export interface StatementOf<K extends StatementKind> {
  readonly kind: K;
  /** SHA-256 of the signed payload. The same words have the same id, whoever signs. */
  readonly id: string;
  /** SHA-256 of the subject, hexadecimal: the plan for decisions, withdrawals and applications. */
  readonly digest: string;
  readonly predicate: Predicates[K];
}

export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

type AboutPlan = "decision" | "withdrawal" | "application" | "application-start";

/**
 * Signs a decision, withdrawal, application or its start, about the plan with this digest (`sha256:…`).
 * @throws ExpectedError `malformed`: a value is missing, unknown or out of range.
 */
export function signPlanStatement<K extends AboutPlan>(
  kind: K,
  { planDigest, predicate }: { planDigest: string; predicate: Predicates[K] },
  keys: readonly SigningKey[],
): Envelope {
  return signStatement(kind, { digest: planDigest.replace(/^sha256:/, ""), predicate }, keys);
}

/** Signs who decides from now on; more people add their signature with addSignature. */
export function signRegistration(
  predicate: Predicates["registration"],
  keys: readonly SigningKey[],
): Envelope {
  const digest = sha256(canonicalJson(predicate.authority));
  return signStatement("registration", { digest, predicate }, keys);
}

/** Signs that nobody is left who decides, and who is to; a second person of the provider adds theirs. */
export function signRecovery(
  predicate: Predicates["recovery"],
  keys: readonly SigningKey[],
): Envelope {
  const digest = sha256(canonicalJson(predicate.authority));
  return signStatement("recovery", { digest, predicate }, keys);
}

/** Signs that one is still there. */
export function signObjection(
  predicate: Predicates["objection"],
  keys: readonly SigningKey[],
): Envelope {
  const digest = sha256(canonicalJson(predicate.objectsTo));
  return signStatement("objection", { digest, predicate }, keys);
}

/** Signs that a lock was broken. */
export function signLockBreak(predicate: Predicates["lock-break"], key: SigningKey): Envelope {
  const digest = sha256(canonicalJson(predicate.lock));
  return signStatement("lock-break", { digest, predicate }, [key]);
}

/** Signs what was looked at. */
export function signAcknowledgement(
  predicate: Predicates["acknowledgement"],
  key: SigningKey,
): Envelope {
  const digest = sha256(canonicalJson(lookedAt(predicate)));
  return signStatement("acknowledgement", { digest, predicate }, [key]);
}

/** Signs that somebody gets a pass for signing in. */
export function signAccessPass(predicate: Predicates["access-pass"], key: SigningKey): Envelope {
  const digest = sha256(canonicalJson(whoFor(predicate)));
  return signStatement("access-pass", { digest, predicate }, [key]);
}

const whoFor = ({ user, receiver }: Predicates["access-pass"]): Json => ({ user, receiver });

/** Signs something said about a migration. */
export function signMigrationWord(predicate: Predicates["migration"], key: SigningKey): Envelope {
  const digest = sha256(canonicalJson(saidAbout(predicate)));
  return signStatement("migration", { digest, predicate }, [key]);
}

const saidAbout = ({ said, about, document }: Predicates["migration"]): Json => ({
  said,
  about,
  document,
});

const lookedAt = ({ wrongTimes, creations }: Predicates["acknowledgement"]): Json => ({
  wrongTimes,
  creations,
});

/** @throws ExpectedError `other-version` for a statement of another version of Tenantry, else `malformed`. */
export function readStatement(envelope: Envelope): ReadStatement {
  const payload = Buffer.from(envelope.payload, "base64");
  refuseOtherVersion(payload);
  const statement = decodeCanonical(payload, statementSchema, "statement");
  const digest = statement.subject[0].digest.sha256;
  const id = sha256(payload);
  switch (statement.predicateType) {
    case "https://tenantry.dev/predicates/decision/v1":
      return { kind: "decision", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/withdrawal/v1":
      return { kind: "withdrawal", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/application/v2":
    case "https://tenantry.dev/predicates/application/v3":
      return { kind: "application", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/application-start/v1":
    case "https://tenantry.dev/predicates/application-start/v2":
      return { kind: "application-start", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/registration/v1":
    case "https://tenantry.dev/predicates/registration/v2":
    case "https://tenantry.dev/predicates/registration/v3":
      requireDigest(digest, statement.predicate.authority);
      return { kind: "registration", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/recovery/v1":
      requireDigest(digest, statement.predicate.authority);
      return { kind: "recovery", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/objection/v1":
      requireDigest(digest, statement.predicate.objectsTo);
      return { kind: "objection", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/lock-break/v1":
      requireDigest(digest, statement.predicate.lock);
      return { kind: "lock-break", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/acknowledgement/v1":
      requireDigest(digest, lookedAt(statement.predicate));
      return { kind: "acknowledgement", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/access-pass/v1":
      requireDigest(digest, whoFor(statement.predicate));
      return { kind: "access-pass", id, digest, predicate: statement.predicate };
    case "https://tenantry.dev/predicates/migration/v1":
      requireDigest(digest, saidAbout(statement.predicate));
      return { kind: "migration", id, digest, predicate: statement.predicate };
  }
}

const TYPE = /"predicateType":"https:\/\/tenantry\.dev\/predicates\/([a-z-]+)\/v(\d+)"/;

/** Looks at the text, in which canonical JSON has one spelling of the type: another version has another schema. */
function refuseOtherVersion(payload: Buffer): void {
  const [, kind = "", version] = TYPE.exec(payload.toString("utf8")) ?? [];
  const ours = versionOf(kind);
  if (ours === undefined || Number(version) === ours || isStillRead(kind, Number(version))) return;
  const age = Number(version) < ours ? "an older" : "a newer";
  throw new ExpectedError(
    "other-version",
    `A statement was signed with ${age} version of Tenantry (${kind}/v${version}; this one reads v${ours}).`,
    {
      hint: "Read it with the version of Tenantry that signed it, or sign it again with this one.",
    },
  );
}

function signStatement<K extends StatementKind>(
  kind: K,
  { digest, predicate }: { digest: string; predicate: Predicates[K] },
  keys: readonly SigningKey[],
): Envelope {
  const statement = {
    _type: STATEMENT_TYPE,
    subject: [{ name: subjectName(kind, predicate.stack), digest: { sha256: digest } }],
    predicateType: predicateType(kind),
    predicate,
  };
  const envelope = signEnvelope(Buffer.from(canonicalJson(statement)), keys);
  // What cannot be read back must not be signed.
  readStatement(envelope);
  return envelope;
}

function requireDigest(digest: string, subject: Json): void {
  if (digest === sha256(canonicalJson(subject))) return;
  throw new ExpectedError(
    "malformed",
    "The statement is malformed: its subject is not the hash of what it states.",
    { hint: "Do not edit it by hand; create the statement again with the same command." },
  );
}
