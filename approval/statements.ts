/**
 * What can be said in a record: one zod schema per kind of statement, in-toto Statement v1 around it.
 * Nothing is optional and nothing unknown is accepted: absence is written as null.
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md (checked 2026-11)
 */
import { z } from "zod";
import { safeguardRules } from "../core/rules.ts";
import * as field from "./fields.ts";
import { passkeySchema } from "./passkeys.ts";

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

const person = { name: field.lineOfText, email: field.email };

const key = {
  publicKey: field.base64,
  /** Left out, as in every registration of before there were any: an Ed25519 key that signs by itself. */
  passkey: passkeySchema.exactOptional(),
};

const deputy = z
  .strictObject({
    ...person,
    ...key,
    /** Address of the decision maker in whose place this deputy decides. */
    deputyFor: field.email,
    from: field.instant,
    /** Exclusive. */
    until: field.instant,
  })
  .refine(({ from, until }) => from < until, { path: ["until"], error: "after from" });
type Deputy = z.infer<typeof deputy>;

/** Who decides for a tenant, with which keys, and how many of them must agree. */
const authorityFacts = z
  .strictObject({
    decisionMakers: z.array(z.strictObject({ ...person, ...key })).min(1),
    deputies: z.array(deputy),
    required: z.int().min(1),
  })
  .superRefine(({ decisionMakers, deputies, required }, context) => {
    const refuse = (path: string, message: string) => {
      context.addIssue({ code: "custom", path: [path], message });
    };
    const emails = new Set(decisionMakers.map(({ email }) => email));
    const keys = new Set(decisionMakers.map(({ publicKey }) => publicKey));
    if (emails.size < decisionMakers.length || keys.size < decisionMakers.length) {
      refuse("decisionMakers", "each person and each key once");
    }
    if (required > decisionMakers.length) refuse("required", "no more than there are people");
    if (deputies.some(({ email, publicKey }) => emails.has(email) || keys.has(publicKey))) {
      refuse("deputies", "a decision maker cannot also be a deputy");
    }
    if (deputies.some(({ deputyFor }) => !emails.has(deputyFor))) {
      refuse("deputies", "deputyFor must be a decision maker");
    }
    if (deputies.some((one, i) => deputies.slice(i + 1).some((other) => clash(one, other)))) {
      refuse("deputies", "one key per deputy, in the place of one person at a time");
    }
  });
export type AuthorityFacts = z.infer<typeof authorityFacts>;

/** Everybody whom a registration names; nobody where there is none. */
export const peopleOf = (
  authority: AuthorityFacts | undefined,
): (AuthorityFacts["decisionMakers"] | AuthorityFacts["deputies"])[number][] =>
  authority === undefined ? [] : [...authority.decisionMakers, ...authority.deputies];

/** Two entries that would let one person, or one key, count more than once. */
function clash(one: Deputy, other: Deputy): boolean {
  const sameEmail = one.email === other.email;
  if (sameEmail !== (one.publicKey === other.publicKey)) return true;
  return sameEmail && one.from < other.until && other.from < one.until;
}

const registrationPredicate = z.strictObject({
  ...common,
  authority: authorityFacts,
  validFrom: field.instant,
  /** Exclusive; null: until the next registration. */
  validUntil: field.instant.nullable(),
  registeredAt: field.instant,
});

/** As registrations were before there were passkeys; read for ever. */
const registrationWithoutPasskeys = registrationPredicate.refine(
  ({ authority }) => peopleOf(authority).every(({ passkey }) => passkey === undefined),
  { path: ["authority"], error: "no passkeys in this version" },
);

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

/** The kinds, and what the subject of each names: a plan, or the thing whose hash the subject holds. */
const SUBJECTS = {
  decision: "plan",
  withdrawal: "plan",
  application: "plan",
  "application-start": "plan",
  registration: "registration",
  "lock-break": "lock",
  acknowledgement: "acknowledgement",
} as const;
export type StatementKind = keyof typeof SUBJECTS;
const KINDS = Object.keys(SUBJECTS) as StatementKind[];

/** Raised with every change of the shape or of the meaning of a kind. */
const VERSIONS = {
  decision: 1,
  withdrawal: 1,
  // 2: a key may be a passkey.
  registration: 2,
  // 2: the facts hold the safeguards too; 3: it may be on an end day.
  application: 3,
  // 2: the same.
  "application-start": 2,
  "lock-break": 1,
  acknowledgement: 1,
} as const satisfies Record<StatementKind, number>;

/** The one before, where records hold it and it means what it meant. */
const STILL_READ = { registration: 1, application: 2, "application-start": 1 } as const;
type StillRead = keyof typeof STILL_READ;

/** Undefined for a kind that does not exist. */
export const versionOf = (kind: string): number | undefined =>
  Object.hasOwn(VERSIONS, kind) ? VERSIONS[kind as StatementKind] : undefined;

export const isStillRead = (kind: string, version: number): boolean =>
  Object.hasOwn(STILL_READ, kind) && STILL_READ[kind as StillRead] === version;

const earlierType = <K extends StillRead>(kind: K) =>
  `https://tenantry.dev/predicates/${kind}/v${STILL_READ[kind]}` as const;

export function predicateType<K extends StatementKind>(kind: K) {
  return `https://tenantry.dev/predicates/${kind}/v${VERSIONS[kind]}` as const;
}

export function subjectName(kind: StatementKind, stack: string): string {
  return `tenantry:${SUBJECTS[kind]}:${stack}`;
}

const isEarlier = (kind: StatementKind): kind is StillRead => Object.hasOwn(STILL_READ, kind);

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
    statementOf(earlierType("registration"), registrationWithoutPasskeys),
    statementOf(predicateType("application"), applicationPredicate),
    statementOf(earlierType("application"), applicationPredicate.refine(...withoutEndDay)),
    statementOf(predicateType("application-start"), applicationStartPredicate),
    statementOf(
      earlierType("application-start"),
      applicationStartPredicate.refine(...withoutEndDay),
    ),
    statementOf(predicateType("lock-break"), lockBreakPredicate),
    statementOf(predicateType("acknowledgement"), acknowledgementPredicate),
  ])
  .refine(
    ({ subject, predicateType: type, predicate }) =>
      KINDS.some(
        (kind) =>
          (predicateType(kind) === type || (isEarlier(kind) && earlierType(kind) === type)) &&
          subjectName(kind, predicate.stack) === subject[0].name,
      ),
    { path: ["subject"], error: "the subject of this kind and stack" },
  );

/** Contents of each kind, to be signed. */
export interface Predicates {
  decision: z.infer<typeof decisionPredicate>;
  withdrawal: z.infer<typeof withdrawalPredicate>;
  registration: z.infer<typeof registrationPredicate>;
  application: z.infer<typeof applicationPredicate>;
  "application-start": z.infer<typeof applicationStartPredicate>;
  "lock-break": z.infer<typeof lockBreakPredicate>;
  acknowledgement: z.infer<typeof acknowledgementPredicate>;
}
