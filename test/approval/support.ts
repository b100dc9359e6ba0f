/** A provider, a customer and their record, with keys made anew and a clock that the test sets. */
import { DEFAULT_LIMITS } from "../../core/rules.ts";
import {
  signAcknowledgement,
  signLockBreak,
  signPlanStatement,
  signRegistration,
} from "../../approval/statement.ts";
import type { Envelope } from "../../approval/dsse.ts";
import type { RecordPosition } from "../../approval/fields.ts";
import { generateKey, type SigningKey } from "../../approval/keys.ts";
import { headOf, type VerifiedRecord } from "../../approval/ledger.ts";
import { appendEntry, emptyRecord } from "../../approval/record.ts";
import type { Predicates } from "../../approval/statements.ts";
import type { TrustRoots } from "../../approval/trust-roots.ts";

export const TENANT = "11111111-2222-4333-8444-555555555555";
export const OTHER_TENANT = "99999999-2222-4333-8444-555555555555";
export const STACK = "contoso";
export const PLAN = `sha256:${"a1".repeat(32)}`;
export const OTHER_PLAN = `sha256:${"b2".repeat(32)}`;
export const REST = `sha256:${"c3".repeat(32)}`;

const START = Date.parse("2026-11-22T08:00:00.000Z");
/** Minutes after the start of every test's story. */
export function minute(minutes: number): string {
  return new Date(START + minutes * 60_000).toISOString();
}
export function clock(minutes: number): Date {
  return new Date(minute(minutes));
}

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly key: SigningKey;
}
function person(name: string, domain: string): Person {
  return { name, email: `${name.toLowerCase()}@${domain}`, key: generateKey() };
}

export const [ines, joost, runner] = [
  person("Ines", "provider.example"),
  person("Joost", "provider.example"),
  person("Runner", "provider.example"),
];
/** Anna, Bram and Cas decide; Dirk is a deputy; Eva is nobody yet. */
export const [anna, bram, cas, dirk, eva] = [
  person("Anna", "contoso.example"),
  person("Bram", "contoso.example"),
  person("Cas", "contoso.example"),
  person("Dirk", "contoso.example"),
  person("Eva", "contoso.example"),
];

export const trustRoots: TrustRoots = {
  version: 1,
  keys: [
    ...[ines, joost].map(({ name, email, key }) => ({
      name,
      email,
      publicKey: key.publicKey,
      purposes: ["bootstrap" as const, "lock-break" as const],
      revokedAt: null,
    })),
    {
      name: runner.name,
      email: runner.email,
      publicKey: runner.key.publicKey,
      purposes: ["application"],
      revokedAt: null,
    },
  ],
};

const signer = ({ email, key }: Person) => ({ email, keyId: key.keyId });
const registered = ({ name, email, key }: Person) => ({ name, email, publicKey: key.publicKey });
const owner = { tenantId: TENANT, stack: STACK };

export interface AuthorityOptions {
  decisionMakers?: Person[];
  required?: number;
  deputies?: { who: Person; for: Person; from: string; until: string }[];
}

/** Statements are made with sensible values; a test changes only what it is about. */
export function registration(
  seen: RecordPosition,
  at: number,
  options: AuthorityOptions & { by: Person[]; with?: Partial<Predicates["registration"]> },
): Envelope {
  const { decisionMakers = [anna, bram], required = 1, deputies = [] } = options;
  const predicate: Predicates["registration"] = {
    ...owner,
    seen,
    authority: {
      decisionMakers: decisionMakers.map(registered),
      deputies: deputies.map((deputy) => ({
        ...registered(deputy.who),
        deputyFor: deputy.for.email,
        from: deputy.from,
        until: deputy.until,
      })),
      required,
    },
    validFrom: minute(0),
    validUntil: null,
    registeredAt: minute(at),
    ...options.with,
  };
  return signRegistration(
    predicate,
    options.by.map(({ key }) => key),
  );
}

export interface DecisionOptions {
  by: Person;
  /** Other than the key of `by`. */
  key?: SigningKey;
  plan?: string;
  with?: Partial<Predicates["decision"]>;
}

export function decision(seen: RecordPosition, at: number, options: DecisionOptions): Envelope {
  const { by, key = by.key, plan = PLAN } = options;
  const predicate: Predicates["decision"] = {
    ...owner,
    seen,
    decision: "approved",
    remark: "",
    decisionMaker: { email: by.email, keyId: key.keyId },
    decidedAt: minute(at),
    validUntil: minute(at + 24 * 60),
    shown: {
      ...{ sha256: "d4".repeat(32), language: "nl", format: "html" },
      ...{ document: "d5".repeat(32), renderer: "tenantry.page/v1", asOf: minute(at) },
      ...{ requestedBy: [], reason: null },
    },
    ...options.with,
  };
  return signPlanStatement("decision", { planDigest: plan, predicate }, [key]);
}

export function withdrawal(
  seen: RecordPosition,
  at: number,
  options: { by: Person; withdraws: string; plan?: string },
): Envelope {
  const predicate: Predicates["withdrawal"] = {
    ...owner,
    seen,
    withdraws: options.withdraws,
    remark: "Toch niet",
    decisionMaker: signer(options.by),
    withdrawnAt: minute(at),
  };
  return signPlanStatement("withdrawal", { planDigest: options.plan ?? PLAN, predicate }, [
    options.by.key,
  ]);
}

export function acknowledgement(
  seen: RecordPosition,
  at: number,
  options: { wrongTimes: RecordPosition[]; by?: Person },
): Envelope {
  const { by = ines, wrongTimes } = options;
  const predicate: Predicates["acknowledgement"] = {
    ...owner,
    seen,
    acknowledgedBy: signer(by),
    acknowledgedAt: minute(at),
    reason: "The laptop was ten days ahead",
    wrongTimes,
    creations: [],
  };
  return signAcknowledgement(predicate, by.key);
}

/** What the start and the end of an apply say alike. */
const runOf = (by: Person, approvals: string[]) => ({
  ...owner,
  appliedBy: signer(by),
  changeAuthors: [ines.email],
  approvals,
  versions: { engine: "3.250.0", tool: "0.1.0", policyPack: "0.1.0" },
  commit: null,
});

export function application(
  seen: RecordPosition,
  at: number,
  options: {
    approvals: string[];
    by?: Person;
    plan?: string;
    with?: Partial<Predicates["application"]>;
  },
): Envelope {
  const { by = runner, plan = PLAN } = options;
  const predicate: Predicates["application"] = {
    ...runOf(by, options.approvals),
    seen,
    result: "succeeded",
    remaining: null,
    requests: { reads: 12, writes: 3 },
    startedAt: minute(at - 1),
    finishedAt: minute(at),
    facts: facts([anna, bram], 1),
    ...options.with,
  };
  return signPlanStatement("application", { planDigest: plan, predicate }, [by.key]);
}

export function applicationStart(
  seen: RecordPosition,
  at: number,
  options: { approvals: string[]; by?: Person; plan?: string },
): Envelope {
  const { by = runner, plan = PLAN } = options;
  const predicate: Predicates["application-start"] = {
    ...runOf(by, options.approvals),
    seen,
    startedAt: minute(at),
    plan,
    declared: "f6".repeat(32),
  };
  return signPlanStatement("application-start", { planDigest: plan, predicate }, [by.key]);
}

export function lockBreak(
  seen: RecordPosition,
  at: number,
  options: { by?: Person; lock?: Predicates["lock-break"]["lock"] } = {},
): Envelope {
  const { by = ines } = options;
  const lock = options.lock ?? {
    owner: { user: "runner", host: "ci-7", pid: 4711 },
    since: minute(0),
    purpose: "apply",
  };
  const predicate: Predicates["lock-break"] = {
    ...owner,
    seen,
    brokenBy: signer(by),
    brokenAt: minute(at),
    reason: "The runner is gone",
    lock,
  };
  return signLockBreak(predicate, by.key);
}

export function facts(people: Person[], required: number) {
  return {
    decisionMakers: people.map(({ name, email }) => ({ name, email })),
    required,
    limits: DEFAULT_LIMITS,
    emergencyAccounts: [],
    globalAdministrators: [],
  };
}

/** A record that a test tells step by step; each step happens at its minute. */
export class Story {
  record: VerifiedRecord = emptyRecord;
  readonly bytes: Uint8Array[] = [];

  /** Starts with a registration by the provider in minute 0. */
  static registered(options: AuthorityOptions = {}): Story {
    const story = new Story();
    story.add(0, (seen) => registration(seen, 0, { ...options, by: [ines, joost] }));
    return story;
  }

  /** Adds a statement and gives its id. */
  add(at: number, make: (seen: RecordPosition) => Envelope): string {
    const envelope = make(headOf(this.record));
    const added = appendEntry(this.record, envelope, { now: clock(at), trustRoots });
    this.record = added.record;
    this.bytes.push(added.bytes);
    return this.record.statements.at(-1)?.id ?? "";
  }

  decide(at: number, options: DecisionOptions): string {
    return this.add(at, (seen) => decision(seen, at, options));
  }

  refuse(at: number, options: DecisionOptions): string {
    return this.decide(at, { ...options, with: { decision: "refused", ...options.with } });
  }

  withdraw(at: number, options: Parameters<typeof withdrawal>[2]): string {
    return this.add(at, (seen) => withdrawal(seen, at, options));
  }

  apply(at: number, options: Parameters<typeof application>[2]): string {
    return this.add(at, (seen) => application(seen, at, options));
  }

  start(at: number, options: Parameters<typeof applicationStart>[2]): string {
    return this.add(at, (seen) => applicationStart(seen, at, options));
  }

  /** Says of all entries from `first` on that their times are wrong. */
  acknowledge(at: number, { from, by = ines }: { from: number; by?: Person }): string {
    const wrongTimes = this.record.statements
      .slice(from - 1)
      .map(({ sequence, hash }) => ({ sequence, hash }));
    return this.add(at, (seen) => acknowledgement(seen, at, { wrongTimes, by }));
  }

  register(at: number, options: Parameters<typeof registration>[2]): string {
    return this.add(at, (seen) => registration(seen, at, options));
  }
}

/** The code of the error that a call throws; fails when there is none. */
export function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
  throw new Error("nothing was refused");
}
