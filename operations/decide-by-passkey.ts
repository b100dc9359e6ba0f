/**
 * A yes or no in the portal: the server makes the statement from the plan that it checked, the person's passkey signs its
 * hash, and the record takes it. The server holds no key that could decide.
 */
import {
  challengeOf,
  devicesOf,
  headOf,
  keyId,
  PAYLOAD_TYPE,
  peopleOf,
  readStatement,
  sha256,
  signPlanStatement,
  whoMayApprove,
  withSignature,
} from "../approval/index.ts";
import type {
  Envelope,
  Passkey,
  PasskeySignature,
  Predicates,
  RecordPosition,
  VerifiedRecord,
  ReadStatement,
} from "../approval/index.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import { CLOCK_TOLERANCE_MS } from "../core/clock-tolerance.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { decisionOn, refuseDecided } from "./decision-statement.ts";
import { signablePage } from "./decision-refusals.ts";
import { planStore } from "./plan-store.ts";
import type { KeptPlan } from "./plan-store.ts";
import type { RecordPorts } from "./records.ts";
import { openLedger } from "./records.ts";

/** How long somebody may look at the sheet of their device. */
const SIGN_WITHIN_MS = 15 * 60 * 1000;

/** Somebody who may decide now, with a passkey. */
export interface PasskeyHolder {
  readonly name: string;
  readonly email: string;
  readonly keyId: string;
  readonly publicKey: string;
  readonly passkey: Passkey;
}

/** Decision makers, and deputies within their period, once for each passkey that is registered of them. */
export function passkeyHolders(record: VerifiedRecord, now: Date): readonly PasskeyHolder[] {
  const at = now.toISOString();
  const authority = whoMayApprove(record, now);
  const registered = record.registrations.find(({ id }) => id === authority?.registration);
  const keys = peopleOf(registered?.predicate.authority);
  const acting = (authority?.slots ?? []).flatMap((slot) => [
    slot,
    ...slot.deputies.filter(({ from, until }) => from <= at && at < until),
  ]);
  return acting.flatMap(({ name, email }) => {
    const found = keys.find((one) => one.email === email);
    return (found === undefined ? [] : devicesOf(found)).flatMap(({ publicKey, passkey }) =>
      passkey === undefined ? [] : [{ name, email, keyId: keyId(publicKey), publicKey, passkey }],
    );
  });
}

interface Asked {
  readonly stack: string;
  readonly digest: string;
  readonly holder: PasskeyHolder;
}

/** What is to be signed: the statement, and its hash as the passkey's challenge. @throws ExpectedError why there is none */
export async function draftDecision(
  ports: RecordPorts,
  asked: Asked & Pick<Predicates["decision"], "decision" | "remark">,
): Promise<{ readonly payload: string; readonly challenge: string }> {
  const { stack, digest, holder, decision, remark } = asked;
  const { email, keyId } = holder;
  const kept = await planStore(ports, stack).read(digest);
  const { record } = await openLedger(ports, stack);
  const now = ports.now();
  refuseDecided(record, { kept, email, decision, now });
  const page = sha256(signablePage(kept, []));
  const decisionMaker = { email, keyId };
  const said = { decision, remark, decisionMaker, record, decidedAt: now, page };
  const predicate = decisionOn(kept, said);
  const envelope = signPlanStatement("decision", { planDigest: digest, predicate }, []);
  const challenge = challengeOf(envelope).toString("base64url");
  return { payload: envelope.payload, challenge };
}

/**
 * Records it, if it is what this server would have had signed just now.
 * @returns the entry that holds it @throws ExpectedError `decision-differs`, and those of the record
 */
export async function recordDecision(
  ports: RecordPorts,
  asked: Asked & { readonly payload: string; readonly signature: PasskeySignature },
): Promise<RecordPosition> {
  const { stack, digest, holder, payload, signature } = asked;
  const { email, keyId } = holder;
  const { unsigned, statement } = sentBack(payload, "decision");
  const said = statement.predicate;
  const plans = planStore(ports, stack);
  const kept = await plans.read(digest);
  const page = signablePage(kept, []);
  const ledger = await openLedger(ports, stack);
  const now = ports.now();
  const expected = decisionOn(kept, {
    ...{ decision: said.decision, remark: said.remark, decisionMaker: { email, keyId } },
    ...{ record: ledger.record, decidedAt: new Date(said.decidedAt), page: sha256(page) },
  });
  const isSame = isAsDrafted(expected, said);
  const isOfNow = isSignedNow(said.decidedAt, now);
  if (!isSame || !isOfNow || `sha256:${statement.digest}` !== digest) throw decisionDiffers();
  refuseDecided(ledger.record, { kept, email, decision: said.decision, now });
  await plans.keepPage(page);
  const signed = withSignature(unsigned, { keyid: keyId, ...signature });
  return headOf((await ledger.append(signed)).record);
}

/** What a page had signed and sends back. @throws ExpectedError `decision-differs` where it is of another kind */
export function sentBack<K extends ReadStatement["kind"]>(
  payload: string,
  kind: K,
): { readonly unsigned: Envelope; readonly statement: Extract<ReadStatement, { kind: K }> } {
  const unsigned: Envelope = { payload, payloadType: PAYLOAD_TYPE, signatures: [] };
  const statement = readStatement(unsigned);
  const isOfKind = (one: ReadStatement): one is Extract<ReadStatement, { kind: K }> =>
    one.kind === kind;
  if (!isOfKind(statement)) throw decisionDiffers();
  return { unsigned, statement };
}

/** Others may have added to the record since; that the signer saw a true entry is the record's own check. */
export const isAsDrafted = <P extends { readonly seen: RecordPosition }>(
  expected: P,
  said: P,
): boolean => canonicalJson({ ...expected, seen: said.seen }) === canonicalJson(said);

/** Whether the time in a statement is that of somebody at their device now. */
export function isSignedNow(at: string, now: Date): boolean {
  const ageMs = now.getTime() - Date.parse(at);
  return ageMs < SIGN_WITHIN_MS && ageMs > -CLOCK_TOLERANCE_MS;
}

/** A plan with what its page shows. @throws ExpectedError `plan-unknown`, `plan-damaged` */
export const planForPage = async (
  ports: RecordPorts,
  { stack, digest }: Pick<Asked, "stack" | "digest">,
): Promise<KeptPlan> => await planStore(ports, stack).read(digest);

export const decisionDiffers = (): ExpectedError =>
  new ExpectedError(
    "decision-differs",
    {
      nl: "Het voorstel is intussen veranderd, of dit duurde te lang.",
      en: "The proposal has changed since, or this took too long.",
    },
    {
      hint: {
        nl: "Lees de pagina opnieuw en beslis dan.",
        en: "Read the page again, then decide.",
      },
    },
  );
