/** What a plan touches, beside what the tenant holds of it at this moment. */
import type { Json } from "../core/json.ts";
import { compareWithBase } from "../plan/index.ts";
import type { Change, Comparison } from "../plan/index.ts";
import { grain, readLive } from "../provider/index.ts";
import type { Connection } from "../provider/index.ts";

/** One planned change beside the object as it stands in the tenant. */
export interface ComparedChange {
  /** What people call the object. */
  readonly name: string;
  readonly comparison: Comparison;
}

export async function compared(
  change: Change,
  known: {
    readonly id: string;
    readonly inputs: Readonly<Record<string, Json>>;
    readonly connection: Connection;
  },
): Promise<ComparedChange> {
  const { id, inputs, connection } = known;
  const found = await readLive({ type: change.type, id, inputs }, connection);
  // What a definition reads is what JSON can hold.
  const object = found && { id: found.id, inputs: found.inputs as Readonly<Record<string, Json>> };
  const comparison = compareWithBase(change, { object, holder: undefined }, { grain });
  return { name: change.name, comparison };
}
