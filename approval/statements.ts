/**
 * What can be said in a record: one zod schema per kind of statement, in-toto Statement v1 around it.
 * Nothing is optional and nothing unknown is accepted: absence is written as null.
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md (checked 2026-11)
 */
import { z } from "zod";
import { safeguardRules } from "../core/rules.ts";
import { authorityFacts, peopleOf, person } from "./authority-facts.ts";
import * as field from "./fields.ts";

export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";

/** In every predicate: whose record, and the newest entry that the signer had seen. */
const common = {
  tenantId: field.tenantId,
  stack: field.stackName,
  /** Binds all earlier entries under this signature: none of them can be dropped any more. */
  seen: field.recordPosition,
};

const signer = z.strictObject({ email: field.email, keyId: field.sha256Hex });

/** A yes or no of one decision maker (or deputy) to one plan. */
const decisionPredicate = z
  .strictObject({
    ...common,
    decision: z.enum(["approved", "refused"]),
    remark: field.remark,
    decisionMaker: signer,
    decidedAt: field.instant,
    /** An approval counts until here, exclusive; a refusal stays. */
    validUntil: field.instant,
    /** What was read. Its bytes are kept; the document is made again, from the plan and what stands here, by apply. */
    shown: z.strictObject({
      /** Hash of the rendering's bytes. */
      sha256: field.sha256Hex,
      /** Hash of what it says, the same in every language. */
      document: field.sha256Hex,
      renderer: field.lineOfText,
      /** The moment from which days were counted, and who asked and why. */
      asOf: field.instant,
      requestedBy: z.array(field.lineOfText),
      reason: field.lineOfText.nullable(),
      language: z.enum(["nl", "en"]),
      format: z.enum(["terminal", "markdown", "html", "pdf", "json"]),
    }),
  })
  .refine(({ decidedAt, validUntil }) => decidedAt < validUntil, {
    path: ["validUntil"],
    error: "after decidedAt",
  });

/** Takes back everything that this person decided on the plan until `withdrawnAt`. */
const withdrawalPredicate = z.strictObject({
  ...common,
  /** Id of the decision. */
  withdraws: field.sha256Hex,
  remark: field.remark,
  decisionMaker: signer,
  withdrawnAt: field.instant,
});

const registrationPredicate = z.strictObject({
  ...common,
  authority: authorityFacts,
  /** Id of the announcement, where the provider signs because nobody is left who could. Else left out, also for ever. */
  recovery: field.sha256Hex.exactOptional(),
  validFrom: field.instant,
  /** Exclusive; null: until the next registration. */
  validUntil: field.instant.nullable(),
  registeredAt: field.instant,
});

/** As registrations were before anybody had a second device; read for ever. */
const registrationOfOneDevice = registrationPredicate.refine(
  ({ authority, recovery }) =>
    recovery === undefined && peopleOf(authority).every(({ spares }) => spares === undefined),
  { path: ["authority"], error: "one device each in this version" },
);

/** As registrations were before there were passkeys; read for ever. */
const registrationWithoutPasskeys = registrationOfOneDevice.refine(
  ({ authority }) => peopleOf(authority).every(({ passkey }) => passkey === undefined),
  { path: ["authority"], error: "no passkeys in this version" },
);

/**
 * The provider announces who is to decide because nobody is left who could sign it. Told to everybody known; a registration
 * may follow after `RECOVERY_WAIT_DAYS`, unless somebody who decides signs anything until then.
 */
const recoveryPredicate = z.strictObject({
  ...common,
  authority: authorityFacts,
  reason: field.lineOfText,
  /** Of the paper that the customer signed, as it was scanned. */
  evidence: field.sha256Hex,
  announcedAt: field.instant,
});

/** Somebody who decides is still there, and does not agree. */
const objectionPredicate = z.strictObject({
  ...common,
  /** Id of the announcement. */
  objectsTo: field.sha256Hex,
  decisionMaker: signer,
  objectedAt: field.instant,
});

/** The rules of a tenant file: what outlives a plan. The next change is judged by them, whatever it proposes. */
export const tenantFileFacts = z.strictObject({
  decisionMakers: z.array(z.strictObject(person)).min(1),
  required: z.int().min(1),
  ...safeguardRules,
});
export type TenantFileFacts = z.infer<typeof tenantFileFacts>;

/** Who applies what, on whose word, with which versions. */
const applying = {
  ...common,
  appliedBy: signer,
  changeAuthors: z.array(field.email).min(1),
  /** Ids of the decisions on which it goes ahead. */
  approvals: z.array(field.sha256Hex).min(1),
  /** It only ends what those decisions gave until a day that is over; they were of other plans. Else left out. */
  onEndDay: z.literal(true).exactOptional(),
  versions: z.strictObject({
    engine: field.lineOfText,
    tool: field.lineOfText,
    policyPack: field.lineOfText,
  }),
  /** Commit of the tenant file; null: not in git, or not committed. */
  commit: field.gitCommit.nullable(),
  startedAt: field.instant,
};

/**
 * Written before the first change, so that an apply whose process dies is known. Until its application is
 * recorded, its approvals are in use.
 */
const applicationStartPredicate = z.strictObject({
  ...applying,
  /** Plan that is carried out: the subject, or what an application before left over of it. */
  plan: field.planDigest,
  /** Hash of the tenant file as it was read: only this file may go on with the rest. */
  declared: field.sha256Hex,
});

const applicationPredicate = z
  .strictObject({
    ...applying,
    result: z.enum(["succeeded", "failed", "partial"]),
    /** What is left of the approved change set; null after success, and when the rest is something else. */
    remaining: z.strictObject({ changes: z.int().min(0), digest: field.planDigest }).nullable(),
    /** Null: not known, because the process ended. */
    requests: z.strictObject({ reads: z.int().min(0), writes: z.int().min(0) }).nullable(),
    finishedAt: field.instant,
    /** Rules of the tenant file as they stand in the tenant now; null: not known. */
    facts: tenantFileFacts.nullable(),
  })
  .refine(({ result, remaining }) => result !== "succeeded" || remaining === null, {
    path: ["remaining"],
    error: "nothing is left after success",
  })
  .refine(({ result, facts }) => result !== "succeeded" || facts !== null, {
    path: ["facts"],
    error: "known after success",
  });

const lockBreakPredicate = z.strictObject({
  ...common,
  brokenBy: signer,
  brokenAt: field.instant,
  reason: field.lineOfText,
  lock: z.strictObject({
    owner: z.strictObject({
      user: field.lineOfText,
      host: field.lineOfText,
      pid: z.int().min(0),
    }),
    since: field.instant,
    purpose: field.lineOfText,
  }),
});

/** Somebody of the provider looked at what the product cannot settle by itself, and says what was found. */
const acknowledgementPredicate = z
  .strictObject({
    ...common,
    acknowledgedBy: signer,
    acknowledgedAt: field.instant,
    reason: field.lineOfText,
    /** Entries of a clock that ran ahead: their times count no more. */
    wrongTimes: z.array(field.recordPosition),
    /** URNs of what an apply that died may have made and the tenant file does not declare any more. */
    creations: z.array(field.lineOfText),
  })
  .refine(({ wrongTimes, creations }) => wrongTimes.length + creations.length > 0, {
    error: "about something",
  });

/** A pass for somebody's first sign-in was asked for, and who reads it; of the pass itself nothing is known here. */
const accessPassPredicate = z.strictObject({
  ...common,
  askedBy: signer,
  askedAt: field.instant,
  /** User principal name. */
  user: field.lineOfText,
  /** To whom it is shown, as the asker says. */
  receiver: field.lineOfText,
  lifetimeInMinutes: z.int().min(1),
});

/**
 * Something said about the migration of a tenant: of the provider what was done, of a decision maker what is signed,
 * lifted or accepted. What it means is migration/'s matter.
 */
const migrationPredicate = z.strictObject({
  ...common,
  party: z.enum(["provider", "customer"]),
  said: field.lineOfText,
  /** Id of a step, gate, document or point. */
  about: field.lineOfText,
  /** Hash of what is signed or lifted; null: of nothing that could change. */
  document: field.sha256Hex.nullable(),
  /** Items at the source and at the target, where they were counted. */
  counts: z.strictObject({ source: z.int().min(0), target: z.int().min(0) }).nullable(),
  /** Name of who did it, by the migration file. */
  by: field.lineOfText,
  remark: field.remark,
  saidBy: signer,
  saidAt: field.instant,
});

/** The kinds, and what the subject of each names: a plan, or the thing whose hash the subject holds. */
const SUBJECTS = {
  decision: "plan",
  withdrawal: "plan",
  application: "plan",
  "application-start": "plan",
  registration: "registration",
  recovery: "recovery",
  objection: "objection",
  "lock-break": "lock",
  acknowledgement: "acknowledgement",
  "access-pass": "access-pass",
  migration: "migration",
} as const;
export type StatementKind = keyof typeof SUBJECTS;
const KINDS = Object.keys(SUBJECTS) as StatementKind[];

/** Raised with every change of the shape or of the meaning of a kind. */
const VERSIONS = {
  decision: 1,
  withdrawal: 1,
  // 2: a key may be a passkey; 3: a person may have several devices.
  registration: 3,
  recovery: 1,
  objection: 1,
  // 2: the facts hold the safeguards too; 3: it may be on an end day.
  application: 3,
  // 2: the same.
  "application-start": 2,
  "lock-break": 1,
  acknowledgement: 1,
  "access-pass": 1,
  migration: 1,
} as const satisfies Record<StatementKind, number>;

/** Those before, where records hold them and they mean what they meant. */
const STILL_READ = {
  registration: [1, 2],
  application: [2],
  "application-start": [1],
} as const satisfies Partial<Record<StatementKind, readonly number[]>>;
type StillRead = keyof typeof STILL_READ;

/** Undefined for a kind that does not exist. */
export const versionOf = (kind: string): number | undefined =>
  Object.hasOwn(VERSIONS, kind) ? VERSIONS[kind as StatementKind] : undefined;

export const isStillRead = (kind: string, version: number): boolean => {
  const earlier: readonly number[] = isEarlier(kind) ? STILL_READ[kind] : [];
  return earlier.includes(version);
};

const earlierType = <K extends StillRead, V extends (typeof STILL_READ)[K][number]>(
  kind: K,
  version: V,
) => `https://tenantry.dev/predicates/${kind}/v${version}` as const;

export function predicateType<K extends StatementKind>(kind: K) {
  return `https://tenantry.dev/predicates/${kind}/v${VERSIONS[kind]}` as const;
}

export function subjectName(kind: StatementKind, stack: string): string {
  return `tenantry:${SUBJECTS[kind]}:${stack}`;
}

const isEarlier = (kind: string): kind is StillRead => Object.hasOwn(STILL_READ, kind);

/** Which kind a type is of, whatever its version. */
const kindOf = (type: string): StatementKind | undefined =>
  KINDS.find((kind) => type.startsWith(`https://tenantry.dev/predicates/${kind}/v`));

/** As applies were before anything ended by itself. */
const withoutEndDay: [(one: { readonly onEndDay?: true }) => boolean, z.core.$ZodCustomParams] = [
  ({ onEndDay }) => onEndDay === undefined,
  { path: ["onEndDay"], error: "no end days in this version" },
];

function statementOf<T extends string, P extends z.ZodType>(type: T, predicate: P) {
  return z.strictObject({
    _type: z.literal(STATEMENT_TYPE),
    subject: z.tuple([
      z.strictObject({ name: z.string(), digest: z.strictObject({ sha256: field.sha256Hex }) }),
    ]),
    predicateType: z.literal(type),
    predicate,
  });
}

export const statementSchema = z
  .discriminatedUnion("predicateType", [
    statementOf(predicateType("decision"), decisionPredicate),
    statementOf(predicateType("withdrawal"), withdrawalPredicate),
    statementOf(predicateType("registration"), registrationPredicate),
    statementOf(earlierType("registration", 2), registrationOfOneDevice),
    statementOf(earlierType("registration", 1), registrationWithoutPasskeys),
    statementOf(predicateType("recovery"), recoveryPredicate),
    statementOf(predicateType("objection"), objectionPredicate),
    statementOf(predicateType("application"), applicationPredicate),
    statementOf(earlierType("application", 2), applicationPredicate.refine(...withoutEndDay)),
    statementOf(predicateType("application-start"), applicationStartPredicate),
    statementOf(
      earlierType("application-start", 1),
      applicationStartPredicate.refine(...withoutEndDay),
    ),
    statementOf(predicateType("lock-break"), lockBreakPredicate),
    statementOf(predicateType("acknowledgement"), acknowledgementPredicate),
    statementOf(predicateType("access-pass"), accessPassPredicate),
    statementOf(predicateType("migration"), migrationPredicate),
  ])
  .refine(
    ({ subject, predicateType: type, predicate }) => {
      const kind = kindOf(type);
      return kind !== undefined && subjectName(kind, predicate.stack) === subject[0].name;
    },
    { path: ["subject"], error: "the subject of this kind and stack" },
  );

/** Contents of each kind, to be signed. */
export interface Predicates {
  decision: z.infer<typeof decisionPredicate>;
  withdrawal: z.infer<typeof withdrawalPredicate>;
  registration: z.infer<typeof registrationPredicate>;
  recovery: z.infer<typeof recoveryPredicate>;
  objection: z.infer<typeof objectionPredicate>;
  application: z.infer<typeof applicationPredicate>;
  "application-start": z.infer<typeof applicationStartPredicate>;
  "lock-break": z.infer<typeof lockBreakPredicate>;
  acknowledgement: z.infer<typeof acknowledgementPredicate>;
  "access-pass": z.infer<typeof accessPassPredicate>;
  migration: z.infer<typeof migrationPredicate>;
}
