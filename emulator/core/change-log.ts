/** What changed in one tenant, in order, for delta queries. */
import type { Database } from "./database.ts";

export interface Change {
  id: string;
  /** Position of the last change. */
  seq: number;
  /** What changed; undefined = the object came or went. */
  properties: ReadonlySet<string> | undefined;
}

/** As it was recorded: one line a change. */
export interface RecordedChange {
  /** Name of the collection, or of the links of one object. */
  readonly type: string;
  readonly id: string;
  /** What changed; undefined = the object came or went. */
  readonly properties: readonly string[] | undefined;
}

/** Objects of a collection, or the targets of one kind of link. */
interface Changing {
  readonly name: string;
}

export class ChangeLog {
  readonly #database: Database;
  readonly #tenantId: string;

  constructor(database: Database, tenantId: string) {
    this.#database = database;
    this.#tenantId = tenantId;
  }

  /**
   * Done by the store for objects; by hand only when related objects changed.
   *
   * @param properties names of properties and relations; everything when left out
   */
  record(changing: Changing, id: string, properties?: readonly string[]): void {
    this.#database.run(
      "INSERT INTO changes (tenant, type, id, properties) VALUES (?, ?, ?, ?)",
      this.#tenantId,
      changing.name,
      id,
      properties === undefined ? null : JSON.stringify(properties),
    );
  }

  /** What changed after a position, each object once, in the order of their last change. */
  after(changing: Changing, seq: number): Change[] {
    const changes = new Map<string, Change>();
    for (const row of this.#database.all<{ id: string; seq: number; properties: string | null }>(
      "SELECT id, seq, properties FROM changes WHERE tenant = ? AND type = ? AND seq > ? ORDER BY seq",
      this.#tenantId,
      changing.name,
      seq,
    )) {
      const earlier = changes.get(row.id);
      changes.delete(row.id);
      changes.set(row.id, {
        id: row.id,
        seq: row.seq,
        properties: together(earlier, row.properties),
      });
    }
    return [...changes.values()];
  }

  /** Every change after a position, of whatever kind, in order. */
  since(seq: number): RecordedChange[] {
    return this.#database
      .all<{ type: string; id: string; properties: string | null }>(
        "SELECT type, id, properties FROM changes WHERE tenant = ? AND seq > ? ORDER BY seq",
        this.#tenantId,
        seq,
      )
      .map(({ type, id, properties }) => ({
        ...{ type, id },
        properties: properties === null ? undefined : (JSON.parse(properties) as string[]),
      }));
  }

  /** Position of the newest change of all tenants. */
  last(): number {
    const row = this.#database.get("SELECT MAX(seq) AS seq FROM changes") as
      { seq: number | null } | undefined;
    return row?.seq ?? 0;
  }
}

/** The name under which changes of one object's links are recorded. */
export function linkChanges(kind: string, source: string): Changing {
  return { name: `${kind}:${source}` };
}

function together(earlier: Change | undefined, added: string | null): Change["properties"] {
  const isWhole = earlier !== undefined && earlier.properties === undefined;
  if (added === null || isWhole) return undefined;
  return new Set([...(earlier?.properties ?? []), ...(JSON.parse(added) as string[])]);
}
