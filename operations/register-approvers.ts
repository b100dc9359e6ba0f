/**
 * Registering who decides: from the tenant file and the people's public keys to a statement that is signed by
 * two people of the provider the first time, later by the decision makers of the moment. It travels from signer
 * to signer as a file.
 */
import { DAY_MS } from "../core/calendar.ts";
import {
  addSignature,
  headOf,
  normalizeEmail,
  peopleOf,
  readStatement,
} from "../approval/index.ts";
import { signRegistration, whoMayApprove } from "../approval/index.ts";
import type { AuthorityFacts, Envelope, Predicates, VerifiedRecord } from "../approval/index.ts";
import { canonicalJson } from "../core/canonical-json.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { Ledger } from "../state/index.ts";
import { loadTenant } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { refuseWrongTime } from "./check-clock.ts";
import { enrolledPasskeys } from "./enrolments.ts";
import type { NeededSigners, OperationContext } from "./ports.ts";
import { openLedger } from "./records.ts";
import { proposeRegistration } from "./registrations.ts";

export interface Registration {
  /** The statement with the signatures so far; it may have none yet. */
  readonly envelope: Envelope;
  readonly authority: AuthorityFacts;
  readonly signers: NeededSigners;
}

/**
 * The statement, signed by nobody yet.
 * @param request.publicKeys what was handed over, by normalised address; it counts before what is known already
 * @throws ExpectedError `no-decision-maker`, `public-key-missing`.
 */
export async function draftRegistration(
  context: OperationContext,
  request: { readonly stack: string; readonly publicKeys: Readonly<Record<string, string>> },
): Promise<Registration> {
  const { stack, publicKeys } = request;
  const { tenant, ledger } = await opened(context, stack);
  const { record } = ledger;
  const known = registeredKeys(record);
  const enrolled = await enrolledSince(context, { stack, record });
  const authority = await authorityOf(tenant, async (email) => {
    const publicKey = publicKeys[email];
    if (publicKey !== undefined) return { publicKey };
    const found = enrolled.get(email) ?? known.get(email);
    if (found !== undefined) return found;
    if (!(await context.keys.list()).includes(email)) return undefined;
    return { publicKey: (await context.keys.load(email)).publicKey };
  });
  await refuseWrongTime(context);
  const tenantId = tenant.tenant.id;
  const envelope = unsignedRegistration(record, {
    ...{ stack, tenantId, authority, now: context.now() },
  });
  return { envelope, authority, signers: signersNeeded(record, context.now()) };
}

/** Puts it into the portal, for those who decide now. @throws ExpectedError `no-registration` and those of the draft */
export async function registerInPortal(
  context: OperationContext,
  request: Parameters<typeof draftRegistration>[1],
): Promise<Registration> {
  const drafted = await draftRegistration(context, request);
  await proposeRegistration(context, { stack: request.stack, envelope: drafted.envelope });
  return drafted;
}

/** Adds a signature. @throws ExpectedError `foreign-tenant`, and those of the key. */
export async function signRegistrationAs(
  context: OperationContext,
  request: { readonly stack: string; readonly envelope: Envelope; readonly email: string },
): Promise<Registration> {
  const { tenant, ledger } = await opened(context, request.stack);
  const registration = registrationIn(request.envelope);
  if (registration.stack !== request.stack || registration.tenantId !== tenant.tenant.id) {
    throw new ExpectedError("foreign-tenant", "The registration is for another tenant.", {
      hint: `It is for ${registration.stack}; sign only what you intend to.`,
    });
  }
  const key = await context.keys.load(request.email);
  const envelope = addSignature(request.envelope, key);
  return {
    envelope,
    authority: registration.authority,
    signers: signersOf(envelope, ledger.record, context.now()),
  };
}

/** Adds it to the record. @throws ExpectedError `too-few-signers`, or a reason of BREAKS. */
export async function submitRegistration(
  context: OperationContext,
  { stack, envelope }: { readonly stack: string; readonly envelope: Envelope },
): Promise<Registration> {
  const { ledger } = await opened(context, stack);
  const { authority } = registrationIn(envelope);
  const signers = signersOf(envelope, ledger.record, context.now());
  if (envelope.signatures.length === 0) {
    throw new ExpectedError("too-few-signers", "Nobody has signed the registration yet.", {
      hint: "Have it signed: {register}.",
      remedy: { register: { tenant: stack, step: "sign" } },
    });
  }
  await refuseWrongTime(context);
  await ledger.append(envelope);
  return { envelope, authority, signers };
}

/** All of that at once. @throws ExpectedError `no-decision-maker`; outside the sandbox an internal error. */
export async function registerAtOnce(
  context: OperationContext,
  { stack }: { readonly stack: string },
): Promise<Registration> {
  const { tenant, ledger } = await opened(context, stack);
  return await signedAtOnce(context, { stack, tenant, ledger });
}

interface Opened {
  readonly stack: string;
  readonly tenant: Tenant;
  readonly ledger: Ledger;
}

async function opened(context: OperationContext, stack: string): Promise<Opened> {
  const { stacksDirectory } = context.workspace;
  const tenant = await loadTenant({ stacksDirectory, tenant: stack });
  return { stack, tenant, ledger: await openLedger(context, stack) };
}

/** Who answered an offer to enrol after the newest registration; before it, two people decided on other keys. */
async function enrolledSince(
  context: OperationContext,
  { stack, record }: { readonly stack: string; readonly record: VerifiedRecord },
): Promise<ReadonlyMap<string, PersonKey>> {
  const since = record.registrations.at(-1)?.predicate.registeredAt ?? "";
  const enrolled = await enrolledPasskeys(context, stack);
  return new Map(
    [...enrolled]
      .filter(([, { requestedAt }]) => since < requestedAt)
      .map(([email, { publicKey, passkey }]) => [email, { publicKey, passkey }]),
  );
}

/** By address. */
function registeredKeys(record: VerifiedRecord): ReadonlyMap<string, PersonKey> {
  const people = peopleOf(record.registrations.at(-1)?.predicate.authority);
  return new Map(people.map((one) => [one.email, keyOf(one)]));
}

/** What somebody does not have is left out, as it is in what is signed. */
const keyOf = ({ publicKey, passkey, spares }: PersonKey): PersonKey => ({
  publicKey,
  ...(passkey !== undefined && { passkey }),
  ...(spares !== undefined && { spares }),
});

async function signedAtOnce(
  context: OperationContext,
  { stack, tenant, ledger }: Opened,
): Promise<Registration & { readonly ledger: Ledger }> {
  const {
    trust: { sandbox },
    now,
  } = context;
  if (sandbox === undefined) throw new Error("Keys of others are within reach in the sandbox only");
  const { record } = ledger;
  const enrolled = await enrolledSince(context, { stack, record });
  const known = registeredKeys(record);
  const authority = await authorityOf(
    tenant,
    async (email) =>
      enrolled.get(email) ?? known.get(email) ?? { publicKey: await sandbox.publicKeyOf(email) },
  );
  const needed = signersNeeded(record, now());
  const signers = await sandbox.registrationSigners(needed);
  const envelope = signers.reduce(
    addSignature,
    unsignedRegistration(record, { stack, tenantId: tenant.tenant.id, authority, now: now() }),
  );
  const added = await ledger.append(envelope);
  return { envelope, authority, signers: needed, ledger: added };
}

/** In the sandbox only: registers the decision makers of the file where nobody is registered yet. */
export async function registerInSandbox(context: OperationContext, about: Opened): Promise<Ledger> {
  const { tenant, ledger } = about;
  const isDone = ledger.record.registrations.length > 0;
  const hasNobody = (tenant.approval?.decisionMakers ?? []).length === 0;
  if (context.trust.sandbox === undefined || isDone || hasNobody) return ledger;
  try {
    const registered = await signedAtOnce(context, about);
    const emails = peopleOf(registered.authority).map(({ email }) => email);
    context.report({ kind: "sandbox-registered", emails });
    return registered.ledger;
  } catch (error) {
    // Somebody else who decides at the same moment may have registered them.
    const others = await openLedger(context, about.stack);
    if (error instanceof ExpectedError && others.record.registrations.length > 0) return others;
    throw error;
  }
}

type PersonKey = Pick<AuthorityFacts["decisionMakers"][number], "publicKey" | "passkey" | "spares">;
/** Finds a person's public key by normalised address. */
type FindKey = (email: string) => Promise<PersonKey | undefined>;

/** Who decides by the tenant file: decision makers, and deputies with their periods (days in UTC). */
async function authorityOf({ approval }: Tenant, findKey: FindKey): Promise<AuthorityFacts> {
  const missing: string[] = [];
  const people = await Promise.all(
    (approval?.decisionMakers ?? []).map(async (person) => {
      const email = normalizeEmail(person.email);
      const key = await findKey(email);
      if (key === undefined) missing.push(email);
      return { ...person, email, key: key ?? { publicKey: "" } };
    }),
  );
  if (missing.length > 0) throw keysMissing(missing);
  const decisionMakers = people
    .filter(({ deputyFor }) => deputyFor === undefined)
    .map(({ name, email, key }) => ({ name, email, ...key }));
  if (decisionMakers.length === 0) {
    throw new ExpectedError("no-decision-maker", "The tenant file names no decision maker.", {
      hint: "Add approval.decisionMakers to the tenant file.",
    });
  }
  const deputies = people.flatMap(({ name, email, key, deputyFor, from, until }) =>
    deputyFor === undefined || from === undefined || until === undefined
      ? []
      : [
          {
            ...{ name, email, ...key },
            deputyFor: normalizeEmail(deputyFor),
            from: startOf(from),
            until: new Date(Date.parse(startOf(until)) + DAY_MS).toISOString(),
          },
        ],
  );
  return { decisionMakers, deputies, required: approval?.required ?? 1 };
}

const startOf = (day: string): string => new Date(`${day}T00:00:00.000Z`).toISOString();

/** In force from now on, once it is signed. */
export function unsignedRegistration(
  record: VerifiedRecord,
  what: Pick<Predicates["registration"], "stack" | "tenantId" | "authority"> & {
    readonly now: Date;
  },
): Envelope {
  const { now, ...about } = what;
  const at = now.toISOString();
  const times = { validFrom: at, validUntil: null, registeredAt: at };
  return signRegistration({ ...about, seen: headOf(record), ...times }, []);
}

/** Whether the tenant file names the same people, deputies and number as were registered last. */
export async function isAsRegistered(record: VerifiedRecord, tenant: Tenant): Promise<boolean> {
  const registered = record.registrations.at(-1)?.predicate.authority;
  if (registered === undefined) return false;
  const keys = registeredKeys(record);
  try {
    const declared = await authorityOf(tenant, (email) => Promise.resolve(keys.get(email)));
    return canonicalJson(declared) === canonicalJson(registered);
  } catch (error) {
    if (error instanceof ExpectedError) return false;
    throw error;
  }
}

/** Of a registration, or of the announcement of one. */
function registrationIn(envelope: Envelope): Predicates["registration" | "recovery"] {
  const statement = readStatement(envelope);
  const isOne = statement.kind === "registration" || statement.kind === "recovery";
  if (isOne) return statement.predicate;
  throw new ExpectedError("invalid-registration-file", "The statement is not a registration.", {
    hint: "Give the file that {register} wrote.",
    remedy: { register: { tenant: statement.predicate.stack } },
  });
}

function signersOf(envelope: Envelope, record: VerifiedRecord, now: Date): NeededSigners {
  const said = registrationIn(envelope);
  const isOfProvider = "announcedAt" in said || said.recovery !== undefined;
  return isOfProvider ? { count: 2, emails: "provider" } : signersNeeded(record, now);
}

function signersNeeded(record: VerifiedRecord, now: Date): NeededSigners {
  if (record.registrations.length === 0) return { count: 2, emails: "provider" };
  const authority = whoMayApprove(record, now);
  return {
    count: authority?.required ?? 0,
    emails: (authority?.slots ?? []).map(({ email }) => email),
  };
}

const keysMissing = (emails: readonly string[]): ExpectedError =>
  new ExpectedError("public-key-missing", `No public key of ${emails.join(", ")}.`, {
    hint: "Ask for the output of {show-key} and give it to the registration.",
    remedy: { "show-key": {} },
  });
