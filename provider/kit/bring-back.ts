/** Objects that come back from the recycle bin of their service, with the lists that belong to them. */
import type { DeletedObject, ResourceContext, ResourceDefinition } from "./define.ts";
import { update } from "./lifecycle.ts";
import { notInRecycleBin } from "./refusal.ts";
import type { Properties } from "./values.ts";

/**
 * Starts from what the object had when it was deleted, and writes what of it is declared otherwise.
 * @throws RefusedError `not-in-recycle-bin`
 */
export async function bringBack(
  definition: ResourceDefinition,
  context: ResourceContext,
  inputs: Properties,
): Promise<{ id: string; state: Properties }> {
  const list = definition.listId?.(inputs);
  const id = typeof list === "string" ? list : await restored(definition, context, inputs);
  const found = await context.service.waitUntil(
    () => definition.read(context, { id, previous: undefined, isFresh: true }),
    { what: `${id} to be back`, signal: context.signal },
  );
  // Of a password and the like nobody knows what it was: it stays. What only annotates is no service's to know.
  const unread = [...(definition.writeOnly ?? []), ...(definition.annotations ?? [])];
  const unreadable = unread.flatMap((key): [string, unknown][] =>
    inputs[key] === undefined ? [] : [[key, inputs[key]]],
  );
  const oldInputs: Properties = { ...found.inputs, ...Object.fromEntries(unreadable) };
  return { id, state: await update(definition, context, { id, news: inputs, oldInputs }) };
}

async function restored(
  definition: ResourceDefinition,
  context: ResourceContext,
  inputs: Properties,
): Promise<string> {
  const deleted = await findDeleted(definition, context, inputs);
  const key = definition.uniqueKey?.(inputs);
  // A run that died may have brought it back already.
  const isBegun = deleted === undefined && context.begunAt !== undefined && key !== undefined;
  const id = deleted?.id ?? (isBegun ? await definition.findByKey?.(context, key) : undefined);
  if (id === undefined) throw notInRecycleBin(key ?? definition.token);
  if (deleted !== undefined) await definition.recycleBin?.restore(context, id);
  context.created(id);
  return id;
}

/** What was deleted last of all that the bin has by the name of these inputs. */
async function findDeleted(
  { recycleBin }: ResourceDefinition,
  context: ResourceContext,
  inputs: Properties,
): Promise<DeletedObject | undefined> {
  const key = recycleBin?.keyOf(inputs);
  if (recycleBin === undefined || key === undefined) return undefined;
  return lastDeleted(await recycleBin.list(context), key);
}

export const lastDeleted = (
  deleted: readonly DeletedObject[],
  key: string,
): DeletedObject | undefined =>
  deleted
    .filter((one) => one.key === key)
    .toSorted((one, other) => Date.parse(other.deletedDateTime) - Date.parse(one.deletedDateTime))
    .at(0);
