/** The kinds of directory object, and how to find one of unknown kind. */
import { asSeen } from "../core/visibility.ts";
import type { Call } from "../core/workload.ts";
import type { Found } from "../graph/collection-query.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { groupDefinition } from "./group.ts";
import { administrativeUnitDefinition } from "./plain-collections.ts";
import { directoryRoleDefinition } from "./directory-role.ts";
import { applicationDefinition, servicePrincipalDefinition } from "./service-principal.ts";
import { userDefinition } from "./user.ts";

export const directoryTypes: readonly EntityDefinition[] = [
  userDefinition,
  groupDefinition,
  servicePrincipalDefinition,
  applicationDefinition,
  directoryRoleDefinition,
  administrativeUnitDefinition,
];

/** The live object with that id, as this replica knows it. */
export function findDirectoryObject(call: Call, id: string): Found | undefined {
  for (const definition of directoryTypes) {
    const entry = call.store.entry(definition.collection, id);
    const seen = entry === undefined ? undefined : asSeen(call, entry);
    if (seen !== undefined) return { definition, entry: seen };
  }
  return undefined;
}

export function findDirectoryObjects(call: Call, ids: readonly string[]): Found[] {
  return ids.map((id) => findDirectoryObject(call, id)).filter((found) => found !== undefined);
}
