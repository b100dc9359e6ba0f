/** People and groups to whom others refer: managed from here, or only known by their ids. */
import type pulumi from "@pulumi/pulumi";

export interface Principal {
  readonly id: pulumi.Input<string>;
  /** What must be there before somebody refers to it. */
  readonly needs: readonly pulumi.Resource[];
}

/** A group of the file, for those who count on it. */
export interface DeclaredGroup {
  readonly group: pulumi.Resource & { readonly objectId: pulumi.Output<string> };
  readonly displayName: string;
  /** User principal names of those who are declared. */
  readonly members: readonly string[];
  /** What must be there before somebody can count on the group's members. */
  readonly ready: readonly pulumi.Resource[];
}

/** Object ids of what the file names and does not manage. */
export interface Unmanaged {
  /** By user principal name. */
  readonly users: ReadonlyMap<string, string>;
  /** By mail nickname. */
  readonly groups: ReadonlyMap<string, string>;
}

/** The one of this name, in a list; empty where there is none. */
export function principalsOf(
  name: string,
  managed: ReadonlyMap<string, pulumi.Resource & { objectId: pulumi.Output<string> }> | undefined,
  unmanaged: ReadonlyMap<string, string>,
): Principal[] {
  const resource = managed?.get(name);
  if (resource !== undefined) return [{ id: resource.objectId, needs: [resource] }];
  const id = unmanaged.get(name);
  return id === undefined ? [] : [{ id, needs: [] }];
}
