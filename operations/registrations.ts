/**
 * Registrations that wait in the portal for those who decide now. Each lies beside the record under the hash of what is
 * signed, with a signature of each person; with enough of them it enters the record, which judges it as any other.
 */
import { DAY_MS } from "../core/calendar.ts";
import {
  isSignedIn,
  passkeySignature,
  PAYLOAD_TYPE,
  readPasskeyKey,
  readStatement,
  sha256,
  whoMayApprove,
  withSignature,
} from "../approval/index.ts";
import type { Envelope, PasskeySignature, Predicates, VerifiedRecord } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { decisionDiffers } from "./decide-by-passkey.ts";
import type { PasskeyHolder } from "./decide-by-passkey.ts";
import { openLedger } from "./records.ts";
import type { RecordPorts } from "./records.ts";

const WAITS_DAYS = 30;

export interface WaitingRegistration {
  /** SHA-256 of what is signed. */
  readonly id: string;
  /** With the signatures so far. */
  readonly envelope: Envelope;
  readonly predicate: Predicates["registration"];
  /** Addresses of those who signed. */
  readonly signedBy: readonly string[];
  /** Addresses of those who may; deputies may not. */
  readonly signers: readonly string[];
  readonly required: number;
}

interface Asked {
  readonly stack: string;
  readonly id: string;
}

/** Puts it there, without signatures. @returns its id @throws ExpectedError `no-registration` */
export async function proposeRegistration(
  ports: RecordPorts,
  { stack, envelope }: { readonly stack: string; readonly envelope: Envelope },
): Promise<string> {
  const { record } = await openLedger(ports, stack);
  if (record.registrations.length === 0) {
    throw new ExpectedError("no-registration", `Nobody decides for ${stack} yet.`, {
      hint: "The first registration is signed by two people of the provider: {register}.",
      remedy: { register: { tenant: stack, step: "sign" } },
    });
  }
  const payload = Buffer.from(envelope.payload, "base64");
  const id = sha256(payload);
  await ports.records.putIfAbsent(`${folderOf(stack, id)}statement.json`, payload);
  return id;
}

/** Newest first; without those that were overtaken by another registration. @throws ExpectedError `record-broken` */
export async function waitingRegistrations(
  ports: RecordPorts,
  stack: string,
): Promise<readonly WaitingRegistration[]> {
  const { record } = await openLedger(ports, stack);
  const ids = (await ports.records.list(`${stack}/registrations/`)).flatMap(
    (key) => STATEMENT.exec(key)?.[1] ?? [],
  );
  const found = await Promise.all(ids.map((id) => read(ports, { stack, id, record })));
  return found
    .filter((one) => one !== undefined)
    .toSorted((a, b) => (a.predicate.registeredAt < b.predicate.registeredAt ? 1 : -1));
}

/**
 * Adds the signature of somebody who decides, and records the registration when enough have signed.
 * @returns whether it is in force now
 * @throws ExpectedError `decision-differs`, `not-a-decision-maker`, `passkey-refused`, and those of the record
 */
export async function signRegistrationByPasskey(
  ports: RecordPorts,
  asked: Asked & { readonly holder: PasskeyHolder; readonly signature: PasskeySignature },
): Promise<{ readonly isRegistered: boolean }> {
  const { stack, id, holder, signature } = asked;
  const ledger = await openLedger(ports, stack);
  const about = { stack, id, record: ledger.record };
  const waiting = await read(ports, about);
  if (waiting === undefined) throw decisionDiffers();
  if (!waiting.signers.includes(holder.email)) throw notYours();
  const known = { key: readPasskeyKey(holder.publicKey), passkey: holder.passkey };
  const signed = withSignature(waiting.envelope, { keyid: holder.keyId, ...signature });
  if (!isSignedIn(signed, holder.keyId, known)) throw notSigned();
  const bytes = Buffer.from(JSON.stringify(signature));
  await ports.records.putIfAbsent(`${folderOf(stack, id)}${holder.keyId}.json`, bytes);
  const { envelope, signedBy, required } = (await read(ports, about)) ?? waiting;
  if (signedBy.length < required) return { isRegistered: false };
  try {
    await ledger.append(envelope);
  } catch (error) {
    // Whoever signed at the same moment recorded it.
    if (!(error instanceof ExpectedError && error.code === "repeated")) throw error;
  }
  return { isRegistered: true };
}

const STATEMENT = /\/registrations\/([0-9a-f]{64})\/statement\.json$/;

const folderOf = (stack: string, id: string): string => `${stack}/registrations/${id}/`;

/** Undefined: it is not there, is damaged, was recorded, or another one or time overtook it. */
async function read(
  { records, now }: RecordPorts,
  { stack, id, record }: Asked & { readonly record: VerifiedRecord },
): Promise<WaitingRegistration | undefined> {
  const payload = await records.get(`${folderOf(stack, id)}statement.json`);
  if (payload === undefined || sha256(payload) !== id || record.byId.has(id)) return undefined;
  const encoded = Buffer.from(payload).toString("base64");
  const unsigned: Envelope = { payload: encoded, payloadType: PAYLOAD_TYPE, signatures: [] };
  const statement = readStatement(unsigned);
  if (statement.kind !== "registration") return undefined;
  const { predicate } = statement;
  const newest = record.registrations.at(-1);
  const isOvertaken = predicate.seen.sequence < (newest?.sequence ?? 0);
  const isOurs = predicate.stack === stack && predicate.tenantId === newest?.predicate.tenantId;
  const isOld = Date.parse(predicate.registeredAt) < now().getTime() - WAITS_DAYS * DAY_MS;
  const authority = whoMayApprove(record, now());
  if (isOvertaken || isOld || !isOurs || authority === undefined) return undefined;
  let envelope = unsigned;
  const signedBy = new Set<string>();
  for (const { email, keyIds } of authority.slots) {
    for (const keyid of keyIds) {
      const stored = await records.get(`${folderOf(stack, id)}${keyid}.json`);
      const known = record.registeredKeys.get(keyid);
      if (stored === undefined || known === undefined) continue;
      const signature = passkeySignature.parse(JSON.parse(Buffer.from(stored).toString()));
      const signed = withSignature(envelope, { keyid, ...signature });
      if (!isSignedIn(signed, keyid, known)) continue;
      envelope = signed;
      signedBy.add(email);
    }
  }
  return {
    ...{ id, envelope, predicate, signedBy: [...signedBy], required: authority.required },
    signers: authority.slots.map(({ email }) => email),
  };
}

const notYours = (): ExpectedError =>
  new ExpectedError(
    "not-a-decision-maker",
    {
      nl: "Wie er beslist, ondertekenen alleen de beslissers zelf.",
      en: "Only the decision makers themselves sign who decides.",
    },
    { hint: { nl: "Vraag het een beslisser.", en: "Ask a decision maker." } },
  );

const notSigned = (): ExpectedError =>
  new ExpectedError(
    "passkey-refused",
    { nl: "De passkey heeft dit niet ondertekend.", en: "The passkey did not sign this." },
    { hint: { nl: "Probeer het opnieuw.", en: "Try again." } },
  );
