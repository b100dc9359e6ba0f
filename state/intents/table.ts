/**
 * Creations that may have been sent to a service, as rows: written before the request, and gone as soon as the engine's
 * journal holds the resource. What a death leaves here tells the next run where to look before it creates.
 */
import type { Queries, Work } from "../database/port.ts";
import { integer, text } from "../database/row.ts";
import { requireLease } from "../leases/table.ts";
import type { Fence } from "../leases/table.ts";

interface Guarded {
  readonly stack: string;
  readonly fence: Fence;
}

/** Intents that were open before, by URN, with when they were begun first. */
type Earlier = ReadonlyMap<string, Date>;

async function beginCreations(
  queries: Queries,
  { stack, fence, urns }: Guarded & { readonly urns: readonly string[] },
): Promise<Earlier> {
  await requireLease(queries, fence);
  const earlier = new Map<string, Date>();
  const now = await queries.now();
  for (const urn of urns) {
    const begun = "INSERT INTO intents (stack, urn, begun) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    if ((await queries.run(begun, stack, urn, now)) === 1) continue;
    const [row] = await queries.all(
      "SELECT begun FROM intents WHERE stack = ? AND urn = ?",
      ...[stack, urn],
    );
    if (row !== undefined) earlier.set(urn, new Date(integer(row, "begun")));
  }
  return earlier;
}

async function withdrawCreation(
  queries: Queries,
  { stack, fence, urn }: Guarded & { readonly urn: string },
): Promise<void> {
  await requireLease(queries, fence);
  await settleCreation(queries, { stack, urn });
}

/** Whatever became of it is known: the journal has it, or nothing was made. */
export async function settleCreation(
  queries: Queries,
  { stack, urn }: { readonly stack: string; readonly urn: string },
): Promise<void> {
  await queries.run("DELETE FROM intents WHERE stack = ? AND urn = ?", stack, urn);
}

/** URNs, sorted: of runs that died, or of one that is under way. */
async function openCreations(queries: Queries, stack: string): Promise<readonly string[]> {
  const rows = await queries.all("SELECT urn FROM intents WHERE stack = ? ORDER BY urn", stack);
  return rows.map((row) => text(row, "urn"));
}

export const intentWork = {
  openCreations: { access: "read", run: openCreations },
  beginCreations: { access: "write", run: beginCreations },
  withdrawCreation: { access: "write", run: withdrawCreation },
} satisfies Record<string, Work<never, unknown>>;
