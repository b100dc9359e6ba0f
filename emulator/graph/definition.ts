/** What the emulator knows of one kind of Graph object beyond its schema. */
import type { Collection } from "../core/store.ts";
import type { Call, Scope } from "../core/workload.ts";
import type { GraphObject } from "./object.ts";
import type { EntityInput } from "./input.ts";

type Method = "list" | "get" | "create" | "update" | "delete";

export interface EntityDefinition {
  /** Graph type without namespace. */
  type: string;
  /** Path of the collection, `/identity/conditionalAccess/policies`. */
  path: string;
  collection: Collection<GraphObject>;
  methods: readonly Method[];
  /** Properties by which one object can be addressed besides its id; keys of the collection. */
  alternateKeys?: readonly string[];
  /** The alternate key by which `PATCH … Prefer: create-if-missing` creates. */
  upsertKey?: string;
  /** Properties that may stand in place of the id in the path, `/users/{userPrincipalName}`. */
  idAliases?: readonly string[];
  /** Answered without `$select`; every property when left out. */
  defaultProperties?: readonly string[];
  /** Answered only when selected, and only by a request for one object. */
  singleOnly?: readonly string[];
  /** Written and never answered. */
  hidden?: readonly string[];
  readOnly?: readonly string[];
  /** Relations that a body can hold, `members@odata.bind`. */
  bindings?: readonly string[];
  /** Settable at creation only. */
  immutable?: readonly string[];
  /** Worked out at each read. */
  computed?: Readonly<Record<string, (scope: Scope, object: GraphObject) => unknown>>;
  /** What is refused of those who ask for some properties by name. @param asked.key as in the path, of one object */
  selecting?(
    call: Call,
    asked: { readonly select: readonly string[]; readonly key: string | undefined },
  ): void;
  /** Related objects that a filter may count, `owners/$count eq 0`. */
  related?: Readonly<Record<string, (scope: Scope, object: GraphObject) => string[]>>;
  /** Its version, in every answer as `@odata.etag`; none where left out. */
  etag?: (object: GraphObject) => string;
  /** Returned by default under /beta, in addition. */
  betaProperties?: readonly string[];
  /** Whether `@odata.type` is part of every answer, because the collection holds several types. */
  isPolymorphic?: boolean;
  /** Directory objects have strict rules for queries and pages of 100, at most 999. */
  isDirectoryObject?: boolean;
  /** New ones are readable at once, unlike those that reach the replicas of the directory late. */
  isReadableAtOnce?: boolean;
  /** Whether DELETE puts the object into directory/deletedItems. */
  isSoftDeleted?: boolean;
  /** Completes and checks a new object; the id is given. Throws the service's refusal. */
  create?(call: Call, object: GraphObject, input: EntityInput): GraphObject;
  /** After the object is stored: links, events. */
  created?(call: Call, object: GraphObject, input: EntityInput): void;
  /** Checks the changed object and completes it. */
  update?(
    call: Call,
    change: { before: GraphObject; after: GraphObject; input: EntityInput },
  ): GraphObject;
  updated?(
    call: Call,
    change: { before: GraphObject; after: GraphObject; input: EntityInput },
  ): void;
  /** Before the object goes: refusals. */
  remove?(call: Call, object: GraphObject): void;
  removed?(call: Call, object: GraphObject): void;
}
