/**
 * Takes out what points at resources that a refresh found gone.
 * Source: pulumi 3.250.0, pkg/backend/journal.go, `rebuildDependencies` (checked 2026-11-26). One difference: for a
 * dangling `replaceWith` the engine appends an empty name to whatever resource stands at that position; here it goes.
 */
import type { Resource } from "./deployment.ts";

/** Resources in an order in which each comes after what it depends on, as the engine keeps them. */
export function rebuiltDependencies(resources: readonly Resource[]): Resource[] {
  const seen = new Set<string>();
  const isSeen = (urn: string): boolean => seen.has(urn);
  const rebuilt = resources.map((resource) => {
    const kept = withoutDangling(resource, isSeen);
    seen.add(resource.urn);
    return kept;
  });
  return rebuilt.map((resource) => {
    const { parent = "", ...orphan } = resource;
    return isSeen(parent) ? resource : orphan;
  });
}

function withoutDangling(resource: Resource, isSeen: (urn: string) => boolean): Resource {
  const { dependencies, propertyDependencies, replaceWith, deletedWith, ...rest } = resource;
  const depending = (dependencies ?? []).filter(isSeen);
  const properties = Object.entries(propertyDependencies ?? {}).flatMap(([name, urns]) => {
    const left = (urns ?? []).filter(isSeen);
    return left.length === 0 ? [] : [[name, left] as const];
  });
  const replacing = (replaceWith ?? []).filter(isSeen);
  return {
    ...rest,
    ...(depending.length === 0 ? {} : { dependencies: depending }),
    ...(properties.length === 0 ? {} : { propertyDependencies: Object.fromEntries(properties) }),
    ...(replacing.length === 0 ? {} : { replaceWith: replacing }),
    ...(deletedWith !== undefined && isSeen(deletedWith) ? { deletedWith } : {}),
  };
}
