/** Write-once values as rows: nothing here changes or removes one. */
import type { Queries, Work } from "../database/port.ts";
import { bytes, text } from "../database/row.ts";
import { requireLease } from "../leases/table.ts";
import type { Fence } from "../leases/table.ts";

interface PutInput {
  readonly key: string;
  readonly value: Uint8Array;
  /** The lease under which it is written, where it belongs to work under a lease. */
  readonly fence: Fence | undefined;
}

async function putIfAbsent(queries: Queries, { key, value, fence }: PutInput): Promise<boolean> {
  if (fence !== undefined) await requireLease(queries, fence);
  const stored = await queries.run(
    "INSERT INTO record_values (key, value, stored) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
    ...[key, value, await queries.now()],
  );
  return stored === 1;
}

async function getValue(queries: Queries, key: string): Promise<Uint8Array | undefined> {
  const [row] = await queries.all("SELECT value FROM record_values WHERE key = ?", key);
  return row && bytes(row, "value");
}

/** `~` comes after every character that a key may have. */
async function listKeys(queries: Queries, prefix: string): Promise<readonly string[]> {
  const rows = await queries.all(
    "SELECT key FROM record_values WHERE key >= ? AND key < ? ORDER BY key",
    prefix,
    `${prefix}~`,
  );
  return rows.map((row) => text(row, "key"));
}

export const recordWork = {
  putValue: { access: "write", run: putIfAbsent },
  getValue: { access: "read", run: getValue },
  listKeys: { access: "read", run: listKeys },
} satisfies Record<string, Work<never, unknown>>;
