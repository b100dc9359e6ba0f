/**
 * Registering who decides: from the tenant file and the people's public keys to a statement that is signed by
 * two people of the provider the first time, later by the decision makers of the moment. It travels from signer
 * to signer as a file.
 */
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { canonicalJson } from "../core/canonical-json.ts";
import {
  addSignature,
  base64,
  envelopeSchema,
  headOf,
  normalizeEmail,
  PAYLOAD_TYPE,
  readStatement,
  signRegistration,
  whoMayApprove,
} from "../approval/index.ts";
import type {
  AuthorityFacts,
  Envelope,
  Predicates,
  SigningKey,
  VerifiedRecord,
} from "../approval/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { readJsonFile } from "../core/json-file.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Finds a person's public key by normalised address. */
export type FindPublicKey = (email: string) => Promise<string | undefined>;

/**
 * Who decides by the tenant file: decision makers, and deputies with their periods (days in UTC).
 * @throws ExpectedError `no-decision-maker`, `public-key-missing`.
 */
export async function authorityOf(
  { approval }: Tenant,
  publicKey: FindPublicKey,
): Promise<AuthorityFacts> {
  const people = await Promise.all(
    (approval?.decisionMakers ?? []).map(async (person) => {
      const email = normalizeEmail(person.email);
      return { ...person, email, publicKey: await publicKey(email) };
    }),
  );
  const missing = people.filter((person) => person.publicKey === undefined);
  if (missing.length > 0) throw keysMissing(missing.map(({ email }) => email));
  const decisionMakers = people
    .filter(({ deputyFor }) => deputyFor === undefined)
    .map(({ name, email, publicKey: key }) => ({ name, email, publicKey: key ?? "" }));
  if (decisionMakers.length === 0) {
    throw new ExpectedError("no-decision-maker", "The tenant file names no decision maker.", {
      hint: "Add approval.decisionMakers to the tenant file.",
    });
  }
  const deputies = people.flatMap(({ name, email, publicKey: key, deputyFor, from, until }) =>
    deputyFor === undefined || from === undefined || until === undefined
      ? []
      : [
          {
            ...{ name, email, publicKey: key ?? "" },
            deputyFor: normalizeEmail(deputyFor),
            from: startOf(from),
            until: new Date(Date.parse(startOf(until)) + DAY_MS).toISOString(),
          },
        ],
  );
  return { decisionMakers, deputies, required: approval?.required ?? 1 };
}

const startOf = (day: string): string => new Date(`${day}T00:00:00.000Z`).toISOString();

/** The statement, signed by nobody yet. */
export function draftRegistration(
  record: VerifiedRecord,
  what: { readonly tenant: Tenant; readonly stack: string; readonly authority: AuthorityFacts },
): Envelope {
  const now = new Date().toISOString();
  const predicate = {
    tenantId: what.tenant.tenant.id,
    stack: what.stack,
    seen: headOf(record),
    authority: what.authority,
    validFrom: now,
    validUntil: null,
    registeredAt: now,
  };
  return signRegistration(predicate, []);
}

export const signedBy = (envelope: Envelope, keys: readonly SigningKey[]): Envelope =>
  keys.reduce(addSignature, envelope);

/** Whether the tenant file names the same people, deputies and number as were registered last. */
export async function isAsRegistered(record: VerifiedRecord, tenant: Tenant): Promise<boolean> {
  const registered = record.registrations.at(-1)?.predicate.authority;
  if (registered === undefined) return false;
  const people = [...registered.decisionMakers, ...registered.deputies];
  const keys = new Map(people.map(({ email, publicKey }) => [email, publicKey]));
  try {
    const declared = await authorityOf(tenant, (email) => Promise.resolve(keys.get(email)));
    return canonicalJson(declared) === canonicalJson(registered);
  } catch (error) {
    if (error instanceof ExpectedError) return false;
    throw error;
  }
}

/** Whose signatures the next registration needs, and how many of them. */
export function signersNeeded(record: VerifiedRecord): {
  readonly count: number;
  readonly emails: readonly string[] | "provider";
} {
  if (record.registrations.length === 0) return { count: 2, emails: "provider" };
  const authority = whoMayApprove(record, new Date());
  return {
    count: authority?.required ?? 0,
    emails: (authority?.seats ?? []).map(({ email }) => email),
  };
}

/** A file between two signers; a draft has no signature, which a DSSE envelope may not lack. */
const fileSchema = z.union([
  envelopeSchema,
  z.strictObject({
    payload: base64,
    payloadType: z.literal(PAYLOAD_TYPE),
    signatures: z.tuple([]),
  }),
]);

export function writeRegistrationFile(path: string, envelope: Envelope): void {
  writeFileSync(path, `${JSON.stringify(envelope, null, 2)}\n`);
}

/** @throws ExpectedError `invalid-registration-file`, `malformed`. */
export function readRegistrationFile(path: string): {
  readonly envelope: Envelope;
  readonly registration: Predicates["registration"];
} {
  const envelope = parseFile(path);
  const statement = readStatement(envelope);
  if (statement.kind !== "registration") throw invalidFile(path);
  return { envelope, registration: statement.predicate };
}

function parseFile(path: string): Envelope {
  const parsed = fileSchema.safeParse(readJsonFile(path));
  if (parsed.success) return parsed.data;
  throw invalidFile(path);
}

const invalidFile = (path: string): ExpectedError =>
  new ExpectedError("invalid-registration-file", `${path} holds no registration.`, {
    hint: "Make one with `tenantry register <tenant> --out FILE`.",
  });

const keysMissing = (emails: readonly string[]): ExpectedError =>
  new ExpectedError("public-key-missing", `There is no public key of ${emails.join(", ")}.`, {
    hint: "Ask for what `tenantry keys show <email>` prints, and give the file or its folder with --keys.",
  });
