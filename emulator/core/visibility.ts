/** What a replica, and the index behind advanced queries, know of an object at this moment. */
import type { Entry } from "./store.ts";
import type { Call } from "./workload.ts";

/** Whether the replica that answers this request has heard of the object yet. */
export function isVisible(
  call: Call,
  entry: Pick<Entry<{ id: string }>, "object" | "createdMs">,
): boolean {
  const { visibilityDelayMs } = call.behaviour;
  return entry.createdMs + delay(call, visibilityDelayMs, entry) <= call.nowMs;
}

/** The object as the replica that answers this request knows it; undefined = not at all. */
export function asSeen<T extends { id: string }>(
  call: Call,
  entry: Entry<T>,
): Entry<T> | undefined {
  if (!isVisible(call, entry)) return undefined;
  return versionAt(entry, call.nowMs - delay(call, call.behaviour.changeDelayMs, entry));
}

/** The object as advanced queries find it; undefined = not at all. A deleted one is found for some time. */
export function asIndexed<T extends { id: string }>(
  call: Call,
  entry: Entry<T>,
): Entry<T> | undefined {
  const { indexDelayMs } = call.behaviour;
  const knownMs = call.nowMs - indexDelayMs * call.fraction("index", entry.object.id);
  if (entry.createdMs > knownMs) return undefined;
  if (entry.deletedMs !== undefined && entry.deletedMs <= knownMs) return undefined;
  return versionAt(entry, knownMs);
}

function delay(call: Call, mostMs: number, entry: { object: { id: string } }): number {
  return mostMs * call.fraction("visibility", entry.object.id, call.replica);
}

function versionAt<T>(entry: Entry<T>, knownMs: number): Entry<T> {
  const { before } = entry;
  return before !== undefined && before.changedMs > knownMs
    ? { ...entry, object: before.object }
    : entry;
}
