/**
 * What one resource is: its contract (inputs, outputs, permissions, limits) and its behaviour, in one object.
 * The Pulumi class, the package schema, the permission table and the documentation are derived from it.
 */
import type { LookUp } from "../../core/dns-records.ts";
import type { Section } from "../../core/nouns.ts";
import type { TermEnd } from "../../core/terms.ts";
import type { z } from "zod";
import type { Microsoft365, RestClient } from "../../services/index.ts";
import type { Ahead } from "./ahead.ts";
import type { Properties } from "./values.ts";

/** What a resource may use while it talks to the service. */
export interface ResourceContext {
  readonly service: Microsoft365;
  /** The backup vendor's service; an expected failure where no account for it is configured. */
  readonly backup: () => RestClient;
  /** Cloudflare, where the customer's zones may be; an expected failure where no token for it is configured. */
  readonly cloudflare: () => RestClient;
  /** What DNS says of a name. */
  readonly lookUp: LookUp;
  readonly tenantId: string;
  /** Aborted when the engine cancels: finish the request under way, start no other. */
  readonly signal: AbortSignal;
  /**
   * Call as soon as the service has returned an id and before any waiting: from then on a failure
   * still leaves the object in the state, and the next run resumes there.
   */
  readonly created: (id: string, outputs?: Readonly<Record<string, unknown>>) => void;
  /**
   * Set when a run that died began this creation and may have sent it: when, by our clock. What is there since then and
   * as wanted is ours (`mayBeOurs`); anything else under its key is another's.
   */
  readonly begunAt?: Date | undefined;
  /** What else the approved plan does; left out where nobody approved one. */
  readonly ahead?: Ahead | undefined;
}

export type Operation = "create" | "update" | "replace" | "delete" | "adopt";

/** One change as `describe` sees it. Values may hold "[secret]" or Pulumi's marker of an unknown. */
export interface DescribedChange {
  readonly operation: Operation;
  readonly before: Readonly<Record<string, unknown>> | undefined;
  readonly after: Readonly<Record<string, unknown>> | undefined;
  /** Paths that differ, such as `members[2]`; empty for a create or a delete. */
  readonly changedPaths: readonly string[];
}

/** What a change means, in the words of the customer. */
export interface Description {
  readonly section: Section;
  readonly nl: string;
  readonly en: string;
  /** destructive: data or access of a person can be lost; sensitive: access, cost or safety change. */
  readonly severity: "routine" | "sensitive" | "destructive";
  /** Names of the people, groups or sites that notice it. */
  readonly affected: readonly string[];
  /** What the change costs or commits to. */
  readonly commitment?: {
    readonly nl: string;
    readonly en: string;
    /** The product by the name that customers know. */
    readonly product: string;
    readonly countBefore: number;
    readonly countAfter: number;
    /** The count from the renewal on, where the tenant file names one. */
    readonly atRenewal?: number;
    /** Calendar day, YYYY-MM-DD, until which the count cannot fall. */
    readonly until?: string;
    /** What happens on that day, where somebody said so. */
    readonly atTermEnd?: TermEnd;
    /** What the term comes to at the price in the tenant file, from its first day to its last. */
    readonly total?: {
      /** First day of the term, YYYY-MM-DD. */
      readonly since: string;
      /** Excluding VAT. */
      readonly amount: string;
      readonly currency: string;
    };
  };
  /** What it costs more, by the prices in the tenant file; a product without one has none here. */
  readonly cost?: {
    readonly product: string;
    readonly price?: {
      /** Exact, excluding VAT; below zero where it costs less. */
      readonly perYear: string;
      readonly currency: string;
      readonly asOf: string;
    };
  };
}

/** The live object: what could have been declared to get it, as far as the service knows, and what it added. */
export interface Observed<I, O> {
  readonly id: string;
  readonly inputs: Partial<I>;
  readonly outputs: O;
}

interface Change<I, O> {
  /** What is to be there: for an existing object the observed one with the approved difference. */
  readonly wanted: I;
  /** What is declared, all of it and nothing else. */
  readonly declared: I;
  /** What was declared before; undefined for something new, or when its creation did not come to an end. */
  readonly previous: I | undefined;
  /** Undefined for something new. */
  readonly observed: Observed<I, O> | undefined;
  /** Inputs and outputs as the state has them. */
  readonly state: Properties;
}

/** What a service keeps of something that was deleted. */
export interface DeletedObject {
  /** As the resource has it. */
  readonly id: string;
  /** What the object was known by; see `keyOf` of the bin. */
  readonly key: string;
  /** UTC. */
  readonly deletedDateTime: string;
}

/** Where a service keeps what was deleted, until it is gone for good. */
export interface RecycleBin<I> {
  readonly days: number;
  /** By what these inputs are found among what was deleted; undefined when nothing of this kind is kept. */
  keyOf(inputs: Partial<I>): string | undefined;
  list(context: ResourceContext): Promise<readonly DeletedObject[]>;
  /** Brings it back, with everything that it had. */
  restore(context: ResourceContext, id: string): Promise<void>;
}

export interface CheckFailure {
  /** Path of the input, such as `members[0]`. */
  readonly property: string;
  readonly reason: string;
}

/** A documented limit of the service, with its unit in the name. */
export interface Limit {
  readonly name: string;
  readonly value: number;
  readonly source: string;
  /** Calendar day on which the source was read, YYYY-MM-DD. */
  readonly checked: string;
}

export type Shape = z.ZodObject;

export interface ResourceDefinition<I extends Shape = Shape, O extends Shape = Shape> {
  /** Type token, such as `m365:sharepoint:Site`. */
  readonly token: string;
  /** One sentence: what it is in the tenant. */
  readonly summary: string;
  /** Strict shape of what is declared. Optional fields that are left out are unmanaged. */
  readonly inputs: I;
  /** What the service adds. Optional where it may have nothing to say. An input of the same name wins, part by part. */
  readonly outputs: O;
  /** Inputs and outputs that the state may hold only encrypted. */
  readonly secrets?: readonly string[];
  /** Least application permissions, as in Microsoft's permission reference. */
  readonly permissions: { readonly read: readonly string[]; readonly write: readonly string[] };
  readonly sources: readonly { readonly url: string; readonly checked: string }[];
  readonly limits?: readonly Limit[];
  /**
   * Inputs that may be unknown before apply because they are ids of objects that the same plan creates;
   * `[*]` stands for any index. A plan in which anything else is unknown is refused.
   */
  readonly assignedByService?: readonly string[];
  /** Inputs that cannot change in place. An object among them cannot come, go or be another; inside it can change. */
  readonly replaceOn: readonly (keyof z.output<I> & string)[];
  /** Of a list of another object: its id, which is known before anybody declares it. */
  readonly listId?: (inputs: Properties) => unknown;
  /** Inputs that the service never gives back (a password): kept as they were at a refresh. */
  readonly writeOnly?: readonly (keyof z.output<I> & string)[];
  /** Optional inputs that mean false where they are left out, and are managed all the same. */
  readonly falseWhenAbsent?: readonly (keyof z.output<I> & string)[];
  /**
   * Inputs which the service fills in: leaving one out is not a change, also where it cannot change in place, and neither
   * is declaring what the state has, in small letters or capitals.
   */
  readonly filledIn?: readonly (keyof z.output<I> & string)[];
  /**
   * Set where, inside an object, zero means the same as leaving it out, and so do these values by their path: no
   * difference then.
   */
  readonly meansAbsent?: Readonly<Record<string, string>>;
  /** Paths of texts in which small letters and capitals mean the same; `[*]` stands for any index. */
  readonly caseless?: readonly string[];
  /** Inputs that are lists without order: sets in the official schema. */
  readonly unordered?: readonly (keyof z.output<I> & string)[];
  /**
   * By the path of a list of objects: the property that identifies an element, so that elements come and go
   * one by one; further ones stand in for an element that has no such property. A list of texts is such a set anyhow.
   */
  readonly elementKeys?: Readonly<Record<string, readonly [string, ...string[]]>>;
  /** Numbers that have to be reached: the service may have more without anybody having changed what is planned. */
  readonly minimums?: readonly (keyof z.output<I> & string)[];
  /** Paths of lists that the service takes as one value. */
  readonly wholeLists?: readonly string[];
  /** Paths that only name something for people; `[*]` stands for any index. Never a difference, never written. */
  readonly annotations?: readonly string[];
  /** Set where the old object must be gone before its successor can exist (a unique key stays the same). */
  readonly deleteBeforeReplace?: boolean;
  /** Inputs as an earlier version left them in a state, in today's form. */
  earlier?(inputs: Properties): Properties;
  /** Demands across fields, or against what was declared before; only run on inputs that are wholly known. */
  validate?(wanted: z.output<I>, previous: z.output<I> | undefined): readonly CheckFailure[];
  /**
   * What no other object of the tenant has, in one spelling: the object that is read must have both the id and this.
   * Left out where the id itself is such a key (an address).
   */
  uniqueKey?(inputs: Partial<z.output<I>>): string | undefined;
  /** Id of the object that has this unique key; undefined when the key is free. */
  findByKey?(context: ResourceContext, key: string): Promise<string | undefined>;
  /** Whether several objects have it after all: a service may let others take a key that is unique here. */
  isSharedKey?(context: ResourceContext, key: string): Promise<boolean>;
  /** Mail addresses that the object comes to have; `name@` is one in the tenant's default domain. */
  addresses?(inputs: Partial<z.output<I>>): readonly string[];
  readonly recycleBin?: RecycleBin<z.output<I>>;
  /**
   * The live object with everything that the service has of it, or undefined when the service says that it does not
   * exist. `previous` may tell how something is written (order, spelling, empty values) and which names to ask for
   * where the service has no list of them; it never hides or caps what is there.
   */
  read(
    context: ResourceContext,
    query: {
      readonly id: string;
      readonly previous: z.output<I> | undefined;
      /** Ask the service for this object now: no page of a listing that is some seconds old. */
      readonly isFresh?: boolean;
    },
  ): Promise<Observed<z.output<I>, z.output<O>> | undefined>;
  /**
   * What of the live inputs is managed by what was declared; everything unless told. Decides what is drift, never
   * what is written.
   */
  managed?(found: Partial<z.output<I>>, declared: z.output<I>): Partial<z.output<I>>;
  /**
   * Makes the live object equal to `wanted` and returns it: creates what is missing, writes only what differs from
   * the observed object.
   */
  reconcile(
    context: ResourceContext,
    change: Change<z.output<I>, z.output<O>>,
  ): Promise<{ readonly id: string; readonly outputs: z.output<O> }>;
  /** Removes it; something already gone is success. */
  remove(
    context: ResourceContext,
    target: { readonly id: string; readonly previous: z.output<I> },
  ): Promise<void>;
  /** What the change means to the customer, in Dutch and English. */
  describe(change: DescribedChange): Description;
}

/** Keeps the types of the two shapes while a definition is written. */
export function defineResource<I extends Shape, O extends Shape>(
  definition: ResourceDefinition<I, O>,
): ResourceDefinition<I, O> {
  return definition;
}
