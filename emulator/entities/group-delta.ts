/** `members@delta` and `owners@delta` of a group in a delta query. */
import { linkChanges } from "../core/store.ts";
import type { Call } from "../core/workload.ts";
import type { GraphObject } from "../graph/object.ts";
import { findDirectoryObject } from "./directory-types.ts";
import { MEMBERS, OWNERS } from "./group-links.ts";

export function groupRelatedChanges(
  call: Call,
  group: GraphObject,
  since: number | undefined,
): Record<string, unknown> {
  return {
    "members@delta": changesOf(call, MEMBERS, { group, since }),
    "owners@delta": changesOf(call, OWNERS, { group, since }),
  };
}

function changesOf(
  call: Call,
  kind: string,
  source: { group: GraphObject; since: number | undefined },
): Record<string, unknown>[] {
  const { group, since } = source;
  const ids =
    since === undefined
      ? call.store.targets(kind, group.id)
      : call.store.changesAfter({ name: linkChanges(kind, group.id) }, since).map(({ id }) => id);
  return ids.map((id) => {
    const type = findDirectoryObject(call, id)?.definition.type ?? "directoryObject";
    const item = { "@odata.type": `#microsoft.graph.${type}`, id };
    return call.store.isLinked(kind, group.id, id)
      ? item
      : { ...item, "@removed": { reason: "deleted" } };
  });
}
