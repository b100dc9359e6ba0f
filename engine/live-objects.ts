/** The objects of a plan as they stand in the tenant: where the plan starts, and whether they still are there. */
import type { Json } from "../core/json.ts";
import { compareWithBase } from "../plan/index.ts";
import type { Change, Comparison, RecordedInputs } from "../plan/index.ts";
import { grain, listIdOf, readLive } from "../provider/index.ts";
import type { Connection, LiveObject } from "../provider/index.ts";

/** One planned change beside the object as it stands in the tenant. */
export interface ComparedChange {
  /** What people call the object. */
  readonly name: string;
  readonly comparison: Comparison;
}

/** What the tenant has of objects of which something becomes managed, by URN. */
export async function readBases(
  changes: readonly Change[],
  connection: Connection,
): Promise<ReadonlyMap<string, LiveObject>> {
  const read = changes.map(async (change) => {
    const id = idOf(change);
    if (id === undefined) return [];
    const found = await readLive({ type: change.type, id }, connection);
    return found === undefined ? [] : [[change.urn, found] as const];
  });
  return new Map((await Promise.all(read)).flat());
}

/** Reads every object that is there and that the plan touches, and compares it with where the plan starts. */
export async function compareLive(
  changes: readonly Change[],
  from: { readonly recorded: RecordedInputs; readonly connection: Connection },
): Promise<readonly ComparedChange[]> {
  return await Promise.all(
    changes.flatMap((change) => {
      const id = idOf(change);
      if (id === undefined || change.operation === "forget") return [];
      return [compared(change, { id, ...from })];
    }),
  );
}

async function compared(
  change: Change,
  known: {
    readonly id: string;
    readonly recorded: RecordedInputs;
    readonly connection: Connection;
  },
): Promise<ComparedChange> {
  const { id, recorded, connection } = known;
  const { name, type, urn, formerUrn } = change;
  const inputs = recorded.get(formerUrn ?? urn) ?? recorded.get(urn);
  const found = await readLive({ type, id, inputs }, connection);
  // What a definition reads is what JSON can hold.
  const object = found && { id: found.id, inputs: found.inputs as Readonly<Record<string, Json>> };
  return { name, comparison: compareWithBase(change, { object, holder: undefined }, { grain }) };
}

/** Of an object that is there: also of a list that nobody has managed so far. */
const idOf = ({ base, type, properties }: Change): string | undefined =>
  base.id ?? listIdOf(type, Object.fromEntries(properties.map(({ path, after }) => [path, after])));
