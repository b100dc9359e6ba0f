/** One tenant's objects, their look-up keys and the links between them, on the shared database. */
import { ChangeLog, linkChanges } from "./change-log.ts";
import type { Database } from "./database.ts";

export interface StoredObject {
  id: string;
}

type KeyValue = string | readonly string[] | null | undefined;

/** A kind of object. `keys` are indexed without regard to case; they find, they do not enforce uniqueness. */
export interface Collection<T extends StoredObject> {
  readonly name: string;
  readonly keys: Readonly<Record<string, (object: T) => KeyValue>>;
}

export function defineCollection<T extends StoredObject>(
  name: string,
  keys: Record<string, (object: T) => KeyValue> = {},
): Collection<T> {
  return { name, keys };
}

export interface Entry<T> {
  /** Position in the order of creation; pages go on after it. */
  seq: number;
  /** Milliseconds since 1970-01-01 UTC. */
  createdMs: number;
  /** Milliseconds since 1970-01-01 UTC; undefined while the object is live. */
  deletedMs: number | undefined;
  object: T;
  /** What the object was before its last change, and when that was, for replicas that are behind. */
  before: { object: T; changedMs: number } | undefined;
}

interface Row {
  seq: number;
  json: string;
  created: number;
  deleted: number | null;
  changed: number | null;
  previous: string | null;
}

const COLUMNS =
  "objects.seq, objects.json, objects.created, objects.deleted, objects.changed, objects.previous";

export class TenantStore {
  readonly tenantId: string;
  readonly changes: ChangeLog;
  readonly #database: Database;
  readonly #nowMs: number;

  constructor(database: Database, tenant: { id: string; nowMs: number }) {
    this.#database = database;
    this.tenantId = tenant.id;
    this.#nowMs = tenant.nowMs;
    this.changes = new ChangeLog(database, tenant.id);
  }

  entry<T extends StoredObject>(collection: Collection<T>, id: string): Entry<T> | undefined {
    const row = this.#row(collection.name, id);
    return row?.deleted === null ? toEntry<T>(row) : undefined;
  }

  get<T extends StoredObject>(collection: Collection<T>, id: string): T | undefined {
    return this.entry(collection, id)?.object;
  }

  deleted<T extends StoredObject>(collection: Collection<T>, id: string): Entry<T> | undefined {
    const row = this.#row(collection.name, id);
    return row === undefined || row.deleted === null ? undefined : toEntry<T>(row);
  }

  /** Names of the collections that hold this id, live or deleted. */
  collectionsOf(id: string): { name: string; deleted: boolean }[] {
    return this.#database
      .all<{ type: string; deleted: number | null }>(
        "SELECT type, deleted FROM objects WHERE tenant = ? AND id = ?",
        this.tenantId,
        id,
      )
      .map((row) => ({ name: row.type, deleted: row.deleted !== null }));
  }

  find<T extends StoredObject>(collection: Collection<T>, key: string, value: string): Entry<T>[] {
    return this.#database
      .all<Row>(
        `SELECT ${COLUMNS} FROM keys JOIN objects ON objects.tenant = keys.tenant AND objects.id = keys.id AND objects.type = keys.type
         WHERE keys.tenant = ? AND keys.type = ? AND keys.name = ? AND keys.value = ? ORDER BY objects.seq`,
        this.tenantId,
        collection.name,
        key,
        value.toLowerCase(),
      )
      .map((row) => toEntry<T>(row));
  }

  list<T extends StoredObject>(
    collection: Collection<T>,
    options: { afterSeq?: number; limit?: number; deleted?: boolean } = {},
  ): Entry<T>[] {
    return this.#database
      .all<Row>(
        `SELECT ${COLUMNS} FROM objects WHERE tenant = ? AND type = ? AND deleted IS ${options.deleted === true ? "NOT" : ""} NULL
         AND seq > ? ORDER BY seq LIMIT ?`,
        this.tenantId,
        collection.name,
        options.afterSeq ?? 0,
        options.limit ?? -1,
      )
      .map((row) => toEntry<T>(row));
  }

  count(collection: { readonly name: string }): number {
    const row = this.#database.get(
      "SELECT COUNT(*) AS count FROM objects WHERE tenant = ? AND type = ? AND deleted IS NULL",
      this.tenantId,
      collection.name,
    ) as { count: number } | undefined;
    return row?.count ?? 0;
  }

  /** How many live objects have the key. */
  countKey(collection: { readonly name: string }, key: string, value: string): number {
    const row = this.#database.get(
      "SELECT COUNT(*) AS count FROM keys WHERE tenant = ? AND type = ? AND name = ? AND value = ?",
      this.tenantId,
      collection.name,
      key,
      value.toLowerCase(),
    ) as { count: number } | undefined;
    return row?.count ?? 0;
  }

  insert<T extends StoredObject>(collection: Collection<T>, object: T, createdMs: number): T {
    this.#database.run(
      "INSERT INTO objects (tenant, type, id, json, created) VALUES (?, ?, ?, ?, ?)",
      this.tenantId,
      collection.name,
      object.id,
      JSON.stringify(object),
      createdMs,
    );
    this.#index(collection, object);
    this.changes.record(collection, object.id);
    return object;
  }

  /** Writes the object over the one with the same id; nothing has changed when both are equal. */
  replace<T extends StoredObject>(collection: Collection<T>, object: T): T {
    const previous = this.#row(collection.name, object.id)?.json;
    const json = JSON.stringify(object);
    if (json === previous) return object;
    this.#database.run(
      "UPDATE objects SET json = ?, previous = ?, changed = ? WHERE tenant = ? AND id = ? AND type = ?",
      json,
      previous ?? null,
      this.#nowMs,
      this.tenantId,
      object.id,
      collection.name,
    );
    this.#unindex(collection, object.id);
    this.#index(collection, object);
    const before = JSON.parse(previous ?? "{}") as object;
    this.changes.record(collection, object.id, changedProperties(before, object));
    return object;
  }

  /** Puts the object in the bin: it keeps its links and loses its keys. */
  softDelete<T extends StoredObject>(
    collection: Collection<T>,
    id: string,
    deletedMs: number,
  ): void {
    this.#setDeleted(collection, id, deletedMs);
    this.#unindex(collection, id);
    this.changes.record(collection, id);
  }

  restore<T extends StoredObject>(collection: Collection<T>, id: string): T | undefined {
    const object = this.deleted(collection, id)?.object;
    if (object === undefined) return undefined;
    this.#setDeleted(collection, id, null);
    this.#index(collection, object);
    this.changes.record(collection, id);
    return object;
  }

  /** Removes the object and every link from and to it. */
  remove(collection: { readonly name: string }, id: string): void {
    this.#unindex(collection, id);
    this.#database.run(
      "DELETE FROM objects WHERE tenant = ? AND id = ? AND type = ?",
      this.tenantId,
      id,
      collection.name,
    );
    this.#database.run("DELETE FROM links WHERE tenant = ? AND source = ?", this.tenantId, id);
    this.#database.run("DELETE FROM links WHERE tenant = ? AND target = ?", this.tenantId, id);
    this.changes.record(collection, id);
  }

  /** @returns false when the link was there already */
  link(kind: string, source: string, target: string): boolean {
    const changed = this.#database.run(
      "INSERT OR IGNORE INTO links (tenant, kind, source, target) VALUES (?, ?, ?, ?)",
      this.tenantId,
      kind,
      source,
      target,
    );
    if (changed === 1) this.changes.record(linkChanges(kind, source), target);
    return changed === 1;
  }

  /** @returns false when there was no such link */
  unlink(kind: string, source: string, target: string): boolean {
    const changed = this.#database.run(
      "DELETE FROM links WHERE tenant = ? AND kind = ? AND source = ? AND target = ?",
      this.tenantId,
      kind,
      source,
      target,
    );
    if (changed === 1) this.changes.record(linkChanges(kind, source), target);
    return changed === 1;
  }

  isLinked(kind: string, source: string, target: string): boolean {
    return (
      this.#database.get(
        "SELECT 1 FROM links WHERE tenant = ? AND kind = ? AND source = ? AND target = ?",
        this.tenantId,
        kind,
        source,
        target,
      ) !== undefined
    );
  }

  /** Ids that `source` points at, in the order in which they were linked. */
  targets(kind: string, source: string): string[] {
    return this.#database
      .all<{ target: string }>(
        "SELECT target FROM links WHERE tenant = ? AND kind = ? AND source = ? ORDER BY seq",
        this.tenantId,
        kind,
        source,
      )
      .map((row) => row.target);
  }

  /** Ids that point at `target`. */
  sources(kind: string, target: string): string[] {
    return this.#database
      .all<{ source: string }>(
        "SELECT source FROM links WHERE tenant = ? AND kind = ? AND target = ? ORDER BY seq",
        this.tenantId,
        kind,
        target,
      )
      .map((row) => row.source);
  }

  #row(type: string, id: string): Row | undefined {
    return this.#database.get(
      `SELECT ${COLUMNS} FROM objects WHERE tenant = ? AND id = ? AND type = ?`,
      this.tenantId,
      id,
      type,
    ) as Row | undefined;
  }

  #setDeleted(collection: { readonly name: string }, id: string, deletedMs: number | null): void {
    this.#database.run(
      "UPDATE objects SET deleted = ? WHERE tenant = ? AND id = ? AND type = ?",
      deletedMs,
      this.tenantId,
      id,
      collection.name,
    );
  }

  #index<T extends StoredObject>(collection: Collection<T>, object: T): void {
    for (const [name, valueOf] of Object.entries(collection.keys)) {
      for (const value of [valueOf(object) ?? []].flat()) {
        this.#database.run(
          "INSERT OR IGNORE INTO keys (tenant, type, name, value, id) VALUES (?, ?, ?, ?, ?)",
          this.tenantId,
          collection.name,
          name,
          value.toLowerCase(),
          object.id,
        );
      }
    }
  }

  #unindex(collection: { readonly name: string }, id: string): void {
    this.#database.run(
      "DELETE FROM keys WHERE tenant = ? AND type = ? AND id = ?",
      this.tenantId,
      collection.name,
      id,
    );
  }
}

function toEntry<T>(row: Row): Entry<T> {
  const { previous, changed } = row;
  return {
    seq: row.seq,
    createdMs: row.created,
    deletedMs: row.deleted ?? undefined,
    object: JSON.parse(row.json) as T,
    // Read by few, so that only they pay for it.
    get before() {
      if (previous === null || changed === null) return undefined;
      return { object: JSON.parse(previous) as T, changedMs: changed };
    },
  };
}

function changedProperties(before: object, after: object): string[] {
  const text = (value: unknown, name: string): string | undefined =>
    JSON.stringify((value as Record<string, unknown>)[name]);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => text(before, name) !== text(after, name),
  );
}
