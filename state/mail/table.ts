/**
 * Which messages were sent, as rows, so that of several servers on one database one sends each. What a message says is not
 * kept: it follows from the record.
 */
import type { Queries, Work } from "../database/port.ts";
import { text } from "../database/row.ts";

interface ClaimInput {
  /** The same whoever makes the message, and for ever. */
  readonly id: string;
  /** Milliseconds for which nobody else tries; longer than an attempt takes. */
  readonly retryAfter: number;
}

/** False: it was sent, or somebody else is about to. */
async function claimMessage(queries: Queries, { id, retryAfter }: ClaimInput): Promise<boolean> {
  const now = await queries.now();
  const claimed = await queries.run(
    `INSERT INTO outbox (id, attempts, retry_at) VALUES (?, 1, ?)
     ON CONFLICT (id) DO UPDATE SET attempts = outbox.attempts + 1, retry_at = ?
     WHERE outbox.sent IS NULL AND outbox.retry_at <= ?`,
    ...[id, now + retryAfter, now + retryAfter, now],
  );
  return claimed === 1;
}

async function settleMessage(queries: Queries, id: string): Promise<void> {
  await queries.run("UPDATE outbox SET sent = ? WHERE id = ?", await queries.now(), id);
}

/** Ids of what was sent, with this beginning. */
async function sentMessages(queries: Queries, prefix: string): Promise<readonly string[]> {
  const rows = await queries.all(
    "SELECT id FROM outbox WHERE id >= ? AND id < ? AND sent IS NOT NULL ORDER BY id",
    ...[prefix, `${prefix}~`],
  );
  return rows.map((row) => text(row, "id"));
}

export const messageWork = {
  claimMessage: { access: "write", run: claimMessage },
  settleMessage: { access: "write", run: settleMessage },
  sentMessages: { access: "read", run: sentMessages },
} satisfies Record<string, Work<never, unknown>>;
