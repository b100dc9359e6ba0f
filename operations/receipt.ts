/** The proof of one decision, for somebody outside; and who could not decide at another address. */
import { devicesOf, keyId, peopleOf } from "../approval/index.ts";
import type { RecordedOf, VerifiedRecord } from "../approval/index.ts";
import type { RecordPorts } from "./records.ts";
import { recordIfWhole, recordOf } from "./records.ts";

export interface DecisionReceipt {
  readonly decision: RecordedOf<"decision">;
  /** All that it takes to verify it without this program: scripts/verify-decision.js. */
  readonly proof: {
    /** Entries of the record, as stored. */
    readonly registration: string;
    readonly decision: string;
  };
}

/** Undefined where no decision stands there. */
export async function receiptOf(
  ports: RecordPorts,
  asked: { readonly stack: string; readonly record: VerifiedRecord; readonly sequence: number },
): Promise<DecisionReceipt | undefined> {
  const { stack, record, sequence } = asked;
  const decision = record.statements[sequence - 1];
  if (decision?.kind !== "decision") return undefined;
  const { email, keyId: named } = decision.predicate.decisionMaker;
  const registration = record.registrations.findLast(
    (one) => one.sequence < sequence && isNamedIn(one, { email, keyId: named }),
  );
  const entries = await (await recordOf(ports, stack)).readEntries();
  const textOf = (at: number): string => Buffer.from(entries[at - 1] ?? []).toString("utf8");
  if (registration === undefined) throw new Error(`No registration of the key ${named}`);
  const proof = { registration: textOf(registration.sequence), decision: textOf(sequence) };
  return { decision, proof };
}

const isNamedIn = (
  { predicate: { authority } }: RecordedOf<"registration">,
  named: { readonly email: string; readonly keyId: string },
): boolean =>
  peopleOf(authority).some(
    (one) =>
      one.email === named.email &&
      devicesOf(one).some(({ publicKey }) => keyId(publicKey) === named.keyId),
  );

const FIRST_ENTRY = /^([^/]+)\/entries\/0*1\.json$/;

/** Tenants that have a record. */
export async function registeredStacks({ records }: RecordPorts): Promise<readonly string[]> {
  return (await records.list("")).flatMap((key) => FIRST_ENTRY.exec(key)?.[1] ?? []);
}

/** Addresses of those whose registered passkeys work for another name than this, with their tenant. */
export async function shutOut(
  ports: RecordPorts,
  here: { readonly relyingPartyId: string; readonly origin: string },
): Promise<readonly string[]> {
  const out: string[] = [];
  for (const stack of await registeredStacks(ports)) {
    const record = await recordIfWhole(ports, stack);
    const authority = record?.registrations.at(-1)?.predicate.authority;
    for (const person of peopleOf(authority)) {
      const passkeys = devicesOf(person).flatMap(({ passkey }) => passkey ?? []);
      const isHere = passkeys.some(
        ({ relyingPartyId, origin }) =>
          relyingPartyId === here.relyingPartyId && origin === here.origin,
      );
      if (passkeys.length > 0 && !isHere) out.push(`${stack}: ${person.email}`);
    }
  }
  return out;
}
