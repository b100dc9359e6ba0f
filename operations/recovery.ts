/**
 * Nobody is left who decides: the provider announces who is to, and registers it after seven days, each time signed by two
 * people. In the portal somebody who is left after all objects.
 */
import {
  challengeOf,
  headOf,
  openRecovery,
  RECOVERY_WAIT_DAYS,
  sha256,
  signObjection,
  signRecovery,
  signRegistration,
  withSignature,
} from "../approval/index.ts";
import type {
  PasskeySignature,
  Predicates,
  RecordedOf,
  VerifiedRecord,
} from "../approval/index.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { decisionDiffers, isAsDrafted, isSignedNow, sentBack } from "./decide-by-passkey.ts";
import type { PasskeyHolder } from "./decide-by-passkey.ts";
import type { OperationContext } from "./ports.ts";
import { openLedger } from "./records.ts";
import type { RecordPorts } from "./records.ts";
import { draftRegistration } from "./register-approvers.ts";
import type { Registration } from "./register-approvers.ts";

export interface RecoveryRequest {
  readonly stack: string;
  readonly publicKeys: Readonly<Record<string, string>>;
  readonly reason: string;
  /** The paper that the customer signed, as scanned; only its hash is kept. */
  readonly evidence: Uint8Array;
}

/**
 * The announcement, or, seven days after it, the registration. Signed by nobody yet.
 * @returns `next`: which of both it is
 * @throws ExpectedError `recovery-waits`, `no-registration`, and those of a draft
 */
export async function draftRecovery(
  context: OperationContext,
  { stack, publicKeys, reason, evidence }: RecoveryRequest,
): Promise<Registration & { readonly next: "announcement" | "registration" }> {
  const { record } = await openLedger(context, stack);
  const first = record.registrations[0];
  if (first === undefined) {
    throw new ExpectedError("no-registration", `Nobody decides for ${stack} yet.`, {
      hint: "The first registration is signed by two people of the provider: {register}.",
      remedy: { register: { tenant: stack, step: "sign" } },
    });
  }
  const { authority } = await draftRegistration(context, { stack, publicKeys });
  const now = context.now().toISOString();
  const about = { tenantId: first.predicate.tenantId, stack, seen: headOf(record), authority };
  const signers = { count: 2, emails: "provider" } as const;
  const open = openRecovery(record);
  if (open?.announced.digest !== sha256(canonicalJson(authority))) {
    const said = { reason, evidence: sha256(evidence), announcedAt: now };
    const envelope = signRecovery({ ...about, ...said }, []);
    return { envelope, authority, signers, next: "announcement" };
  }
  if (now < open.from) {
    throw new ExpectedError(
      "recovery-waits",
      `It was announced; it can be registered from ${open.from} (UTC) on.`,
      {
        hint: `Everybody known to decide has ${RECOVERY_WAIT_DAYS} days to object. Run the command again after that.`,
      },
    );
  }
  const times = { validFrom: now, validUntil: null, registeredAt: now };
  const envelope = signRegistration({ ...about, ...times, recovery: open.announced.id }, []);
  return { envelope, authority, signers, next: "registration" };
}

/** For the portal: the announcement that runs, and the registrations that ever rested on one. */
export async function recoveriesOf(
  ports: RecordPorts,
  stack: string,
): Promise<{
  readonly open: ReturnType<typeof openRecovery>;
  readonly past: readonly RecordedOf<"registration">[];
}> {
  const { record } = await openLedger(ports, stack);
  const past = record.registrations.filter(({ predicate }) => predicate.recovery !== undefined);
  return { open: openRecovery(record), past };
}

interface Objecting {
  readonly stack: string;
  readonly holder: PasskeyHolder;
}

/** What is to be signed. @throws ExpectedError `decision-differs` where nothing is announced */
export async function draftObjection(
  ports: RecordPorts,
  { stack, holder }: Objecting,
): Promise<{ readonly payload: string; readonly challenge: string }> {
  const { record } = await openLedger(ports, stack);
  const objectedAt = ports.now().toISOString();
  const envelope = signObjection(objectionOf(record, { holder, objectedAt }), []);
  return { payload: envelope.payload, challenge: challengeOf(envelope).toString("base64url") };
}

/** Records it, if it is what this server would have had signed just now. @throws ExpectedError `decision-differs` */
export async function recordObjection(
  ports: RecordPorts,
  asked: Objecting & { readonly payload: string; readonly signature: PasskeySignature },
): Promise<void> {
  const { stack, holder, payload, signature } = asked;
  const { unsigned, statement } = sentBack(payload, "objection");
  const said = statement.predicate;
  const ledger = await openLedger(ports, stack);
  const expected = objectionOf(ledger.record, { holder, objectedAt: said.objectedAt });
  const isSame = isAsDrafted(expected, said);
  if (!isSame || !isSignedNow(said.objectedAt, ports.now())) throw decisionDiffers();
  await ledger.append(withSignature(unsigned, { keyid: holder.keyId, ...signature }));
}

function objectionOf(
  record: VerifiedRecord,
  { holder, objectedAt }: { readonly holder: PasskeyHolder; readonly objectedAt: string },
): Predicates["objection"] {
  const announced = openRecovery(record)?.announced;
  if (announced === undefined) throw decisionDiffers();
  const { tenantId, stack } = announced.predicate;
  const decisionMaker = { email: holder.email, keyId: holder.keyId };
  return {
    tenantId,
    stack,
    seen: headOf(record),
    objectsTo: announced.id,
    decisionMaker,
    objectedAt,
  };
}
