import type { Entry } from "./store.ts";
import type { Call } from "./workload.ts";

/** Whether the replica that answers this request has heard of the object yet. */
export function isVisible(call: Call, entry: Entry<{ id: string }>): boolean {
  const delayMs =
    call.behaviour.visibilityDelayMs * call.fraction("visibility", entry.object.id, call.replica);
  return entry.createdMs + delayMs <= call.nowMs;
}
