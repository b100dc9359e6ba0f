/** `members@delta`, `owners@delta` and `manager@delta` of delta queries. */
import { linkChanges } from "../core/change-log.ts";
import type { RelatedChanges, TrackedRelations } from "../graph/delta.ts";
import { findDirectoryObject } from "./directory-types.ts";
import { MEMBERS, OWNERS } from "./group-links.ts";
import { MANAGER } from "./user-links.ts";

export const trackedOfGroups: TrackedRelations = {
  members: changesOf(MEMBERS),
  owners: changesOf(OWNERS),
};

export const trackedOfUsers: TrackedRelations = { manager: changesOf(MANAGER) };

function changesOf(kind: string): RelatedChanges {
  return (call, { id: source }, since) => {
    const { store } = call;
    const ids =
      since === undefined
        ? store.targets(kind, source)
        : store.changes.after(linkChanges(kind, source), since).map(({ id }) => id);
    return ids.map((id) => {
      const type = findDirectoryObject(call, id)?.definition.type ?? "directoryObject";
      const item = { "@odata.type": `#microsoft.graph.${type}`, id };
      return store.isLinked(kind, source, id)
        ? item
        : { ...item, "@removed": { reason: "deleted" } };
    });
  };
}
