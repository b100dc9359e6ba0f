/**
 * Who may approve: the people and keys of the registration in force, narrowed by what was last applied.
 * The tenant file of a pull request is never asked. Applied facts can only narrow (fewer people, a higher
 * count): widening needs a registration, which those in charge sign themselves.
 */
import { normalizeEmail } from "./fields.ts";
import { keyId } from "./keys.ts";
import { countsFrom } from "./ledger.ts";
import type { RecordedOf, VerifiedRecord } from "./ledger.ts";
import { devicesOf, peopleOf } from "./authority-facts.ts";
import type { TenantFileFacts } from "./statements.ts";

interface DeputyPeriod {
  readonly name: string;
  readonly email: string;
  readonly keyIds: readonly string[];
  readonly from: string;
  /** Exclusive. */
  readonly until: string;
}

/** One vote: of a decision maker, or of a deputy acting for them. */
export interface ApprovalSlot {
  readonly name: string;
  readonly email: string;
  /** Of each device: any of them speaks for the person. */
  readonly keyIds: readonly string[];
  readonly deputies: readonly DeputyPeriod[];
}

export interface Authority {
  /** Id of the registration in force. */
  readonly registration: string;
  /** Exclusive; null: until the next registration. After it nobody approves, but these people may renew. */
  readonly validUntil: string | null;
  readonly required: number;
  readonly slots: readonly ApprovalSlot[];
  /** Keys of the registration, including those of people whom the applied tenant file no longer names. */
  readonly keyIds: ReadonlySet<string>;
}

/** Undefined when no registration was in force at that time. */
export function whoMayApprove(record: VerifiedRecord, asOf: Date): Authority | undefined {
  const at = asOf.toISOString();
  const registration = record.registrations.findLast(
    (one) =>
      countsFrom(record, one, one.recordedAt) <= at &&
      countsFrom(record, one, one.predicate.validFrom) <= at,
  );
  if (registration === undefined) return undefined;
  const { authority, validUntil } = registration.predicate;
  const facts = factsSince(record, registration, at);
  const named = facts && emailsOf(facts);
  const slots = authority.decisionMakers
    .filter(({ email }) => named?.has(email) ?? true)
    .map((person) => ({
      name: person.name,
      email: person.email,
      keyIds: keyIdsOf(person),
      deputies: authority.deputies
        .filter(({ deputyFor }) => deputyFor === person.email)
        .map((deputy) => ({
          name: deputy.name,
          email: deputy.email,
          keyIds: keyIdsOf(deputy),
          from: deputy.from,
          until: deputy.until,
        })),
    }));
  return {
    registration: registration.id,
    validUntil,
    required: Math.max(authority.required, facts?.required ?? 0),
    slots,
    keyIds: new Set(peopleOf(authority).flatMap(keyIdsOf)),
  };
}

const keyIdsOf = (person: Parameters<typeof devicesOf>[0]): readonly string[] =>
  devicesOf(person).map(({ publicKey }) => keyId(publicKey));

/** Whether enough registered people would be left to approve anything once these facts are applied. */
export function staysInCharge(authority: Authority, planned: TenantFileFacts): boolean {
  const named = emailsOf(planned);
  const left = authority.slots.filter(({ email }) => named.has(email)).length;
  return left >= Math.max(authority.required, planned.required);
}

/** Approval section of the tenant file as applied after this registration came into force. */
function factsSince(
  record: VerifiedRecord,
  registration: RecordedOf<"registration">,
  at: string,
): TenantFileFacts | undefined {
  const application = record.applications.findLast(
    (one) => countsFrom(record, one, one.recordedAt) <= at && one.predicate.facts !== null,
  );
  if (application === undefined || application.sequence < registration.sequence) return undefined;
  const validFrom = countsFrom(record, registration, registration.predicate.validFrom);
  if (countsFrom(record, application, application.recordedAt) < validFrom) return undefined;
  return application.predicate.facts ?? undefined;
}

function emailsOf(facts: TenantFileFacts): ReadonlySet<string> {
  return new Set(facts.decisionMakers.map(({ email }) => normalizeEmail(email)));
}
