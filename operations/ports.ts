/**
 * What an operation is given. Everything that differs between a command on a laptop, a pipeline and a server is a port
 * here; requests and results are plain values. `local/` has the adapters for a workspace on this machine.
 */
import type { SigningKey, TrustRoots } from "../approval/index.ts";
import type { DomainRecords, LookUp } from "../core/dns-records.ts";
import type { ReadTtl } from "../core/dns-ttl.ts";
import type {
  AccessPassOptions,
  Examined,
  ExamineOptions,
  MigrationFacts,
  MigrationFactsOptions,
  ReadDnsOptions,
  ReadTenant,
  ReadTenantOptions,
} from "../engine/index.ts";
import type { RelatedCustomer, RelateOptions } from "../engine/index.ts";
import type { Session, SessionOptions } from "../engine/index.ts";
import type { Waiting } from "../services/index.ts";
import type { HeldLock, KnownHeads, LockOwner, RecordStore, TenantLocks } from "../state/index.ts";
import type { Workspace } from "../workspace/index.ts";

export interface OperationContext {
  readonly workspace: Workspace;
  /** Records and plans of all tenants. */
  readonly records: RecordStore;
  /** Who may write for a tenant, by its name. */
  readonly locks: (stack: string) => TenantLocks;
  readonly heads: KnownHeads;
  readonly trust: Trust;
  readonly keys: Keyring;
  readonly findAuthors: FindAuthors;
  readonly revisions: Revisions;
  readonly machine: Machine;
  readonly openSession: OpenSession;
  readonly examineTenant: ExamineTenant;
  readonly readTenant: ReadTenantPort;
  readonly readDns: ReadDnsPort;
  readonly openDns: OpenDns;
  readonly readTtl: ReadTtl;
  readonly readMigrationFacts: ReadMigrationFacts;
  readonly relateCustomer: RelateCustomer;
  readonly giveAccessPass: GiveAccessPass;
  readonly now: () => Date;
  readonly clocks: Clocks;
  readonly report: (event: ProgressEvent) => void;
  /** Fires at the first Ctrl-C: start nothing new, and leave a state that the next run can resume. */
  readonly signal: AbortSignal;
}

/** What time it is elsewhere. */
export interface Clocks {
  /** Undefined where nobody answers. */
  atMicrosoft(signal: AbortSignal): Promise<Date | undefined>;
  /** When the newest commit of the workspace was made; undefined outside a repository. */
  newestCommit(): Promise<Date | undefined>;
}

/** A tenant at work: see engine/session.ts. */
export type TenantSession = Pick<
  Session,
  | "stack"
  | "tenant"
  | "plan"
  | "compareWithTenant"
  | "clockAheadMs"
  | "apply"
  | "adopt"
  | "readBack"
  | "listDirectory"
  | "readBeside"
  | "findCauses"
  | "requests"
  | "releaseState"
  | "close"
>;
export type OpenSession = (
  options: Pick<
    SessionOptions,
    | "stack"
    | "access"
    | "refresh"
    | "signal"
    | "lock"
    | "adopted"
    | "accepted"
    | "looksOnly"
    | "asOf"
  >,
) => Promise<TenantSession>;

/** Whether a tenant can be worked with: see provider/examine.ts. */
type ExamineTenant = (
  options: Pick<ExamineOptions, "stack" | "signal">,
) => Promise<readonly Examined[]>;

/** A tenant that exists, as a whole: see engine/read-tenant.ts. */
type ReadTenantPort = (options: Omit<ReadTenantOptions, "workspace">) => Promise<ReadTenant>;

/** What the DNS of a tenant's domains has to hold: see engine/read-dns.ts. */
type ReadDnsPort = (
  options: Omit<ReadDnsOptions, "workspace">,
) => Promise<readonly DomainRecords[]>;

/**
 * Asks DNS. @param servers addresses, with or without a port; empty: those of this machine
 * @throws ExpectedError `invalid-option` for what is not an address
 */
type OpenDns = (servers: readonly string[]) => LookUp;
/** What the tenant says of people and machines: see engine/read-migration-facts.ts. */
type ReadMigrationFacts = <T>(
  options: Omit<MigrationFactsOptions, "workspace">,
  use: (facts: MigrationFacts) => Promise<T>,
) => Promise<T>;

/** The partner's relation with a customer, read or taken a step further: see engine/relate-customer.ts. */
type RelateCustomer = (options: Omit<RelateOptions, "workspace">) => Promise<RelatedCustomer>;

/** A pass for somebody's first sign-in, which exists nowhere else: see engine/access-pass.ts. */
type GiveAccessPass = (options: Omit<AccessPassOptions, "workspace">) => Promise<string>;

/** Whose keys count. */
export interface Trust {
  /** @throws ExpectedError `no-trust-roots`, `invalid-trust-roots`. */
  roots(): Promise<TrustRoots>;
  /** Who signs what an apply did. @throws ExpectedError `no-applier`, and those of the key. */
  applier(): Promise<Signer>;
  /** Only where everybody's keys lie on one machine, for practice. */
  readonly sandbox: SandboxTrust | undefined;
}

interface SandboxTrust {
  /** Makes a key for who has none yet. */
  publicKeyOf(email: string): Promise<string>;
  /** Keys of as many as must sign the next registration. */
  registrationSigners(needed: NeededSigners): Promise<readonly SigningKey[]>;
}

/** Whose signatures a registration needs, and how many of them. */
export interface NeededSigners {
  readonly count: number;
  readonly emails: readonly string[] | "provider";
}

export interface Signer {
  readonly email: string;
  readonly key: SigningKey;
}

/** Private keys within reach. */
export interface Keyring {
  /** Whether new keys are encrypted. */
  readonly isProtected: boolean;
  /** @throws ExpectedError `key-exists`, `passphrase-too-short`, `email-malformed`. */
  create(email: string): Promise<SigningKey>;
  /** @throws ExpectedError `key-missing`, `key-file-open`, `passphrase-needed`, `passphrase-wrong`, … */
  load(email: string): Promise<SigningKey>;
  /** Addresses, sorted. */
  list(): Promise<readonly string[]>;
}

/** Who wrote a change, as the place where tenant files live knows it; git is one. */
export type FindAuthors = (request: AuthorshipRequest) => Promise<Authorship>;

export interface AuthorshipRequest {
  readonly stack: string;
  /** Addresses that were named by hand, beside those that are known. */
  readonly named: readonly string[];
  /** Commit of the last apply that succeeded; null: none, or it was not in git. */
  readonly since: string | null;
}

export interface Authorship {
  /** Normalised addresses; empty when nobody is known: then nothing can be approved. */
  readonly authors: readonly string[];
  /** Commit that is checked out; null outside git. */
  readonly commit: string | null;
  /** First line of the newest commit that touched the tenant file; null where there is none. One line of text. */
  readonly reason: string | null;
}

/** Commits of the repository that the workspace is in, read as data: nothing of them is checked out or run. */
export interface Revisions {
  /** The commit that is checked out. @throws ExpectedError `no-repository` */
  checkedOut(): Promise<string>;
  /** @throws ExpectedError `revision-unknown`, where it is not here, or names none */
  commit(name: string): Promise<string>;
  /** Newest commit of a branch of the remote as it was fetched last; undefined: its default branch. @throws as `commit` */
  branch(name: string | undefined): Promise<string>;
  isIn(commit: string, history: string): Promise<boolean>;
  /** What a merge would give: its tree, or the files that both changed. */
  merge(
    base: string,
    head: string,
  ): Promise<{ readonly tree: string } | { readonly conflicts: readonly string[] }>;
  /** Files of the workspace that differ, from its root and with `/`. */
  changedFiles(from: string, to: string): Promise<readonly string[]>;
  /** Names of the folders that hold a tenant file, sorted. */
  tenants(tree: string): Promise<readonly string[]>;
  /**
   * Commits of the branch up to `to` that changed the tenant file, newest first and no more than 20.
   * @param between.since leaves out what is in it; null, or not in this history: leaves out nothing
   */
  steps(
    stack: string,
    between: { readonly since: string | null; readonly to: string },
  ): Promise<readonly string[]>;
  /** The same ports, with the tenant files of a tree in place of those that are checked out; to be closed. */
  open(at: Revision): Promise<OpenRevision>;
}

export interface Revision {
  readonly tree: string;
  /** Commits in whose history its tenant files became what they are. */
  readonly tips: readonly string[];
}

interface OpenRevision {
  readonly context: OperationContext;
  close(): Promise<void>;
}

/** The machine on which the operation runs, for locks. */
export interface Machine {
  readonly owner: LockOwner;
  /** True when the owner's process ran on this machine and is gone; false means unknown. */
  isGone(owner: LockOwner): boolean;
}

/** What happens on the way. Surfaces word it. */
export type ProgressEvent =
  | { readonly kind: "planning"; readonly stack: string; readonly again: boolean }
  /** Before the first step `done` is 0 and `object` undefined; afterwards the object that was changed last. */
  | {
      readonly kind: "applying";
      readonly done: number;
      readonly total: number;
      readonly object: string | undefined;
    }
  | { readonly kind: "applied" }
  | { readonly kind: "reading-tenant"; readonly stack: string }
  | { readonly kind: "unexpected-answers"; readonly count: number; readonly file: string }
  | { readonly kind: "taking-over"; readonly stack: string }
  | { readonly kind: "reading-back"; readonly stack: string }
  | { readonly kind: "planning-remainder"; readonly stack: string }
  | { readonly kind: "settling-interrupted-apply"; readonly startedAt: string }
  /** A run that died may have made them, and the tenant file does not declare them any more; their names. */
  | {
      readonly kind: "creations-left";
      readonly tenant: string;
      readonly objects: readonly string[];
    }
  /** Its process may be gone; unless it is not, the lock is free after `seconds`. */
  | { readonly kind: "waiting-for-lock"; readonly lock: HeldLock; readonly seconds: number }
  | ({ readonly kind: "waiting-for-service" } & Waiting)
  | { readonly kind: "sandbox-registered"; readonly emails: readonly string[] };
