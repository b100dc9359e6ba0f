/**
 * Replaces former names of resources, which a run has not reached yet, by their names of today, and forgets the aliases.
 * Source: pulumi 3.250.0, sdk/go/common/apitype/core.go, `NormalizeURNReferences` (checked 2026-11-26).
 */
import type { Deployment, Resource, Snippet } from "./deployment.ts";
import { refused } from "./entry.ts";
import { mapProvider, underParent } from "./urn.ts";

type Rename = (urn: string) => string;

/** @throws ExpectedError `journal-refused` when two resources claim one former name, as the engine does */
export function normalised(deployment: Deployment): Deployment {
  const { resources = [], snippets } = deployment;
  const names = currentNames(resources);
  if (names.size === 0) return deployment;
  const rename: Rename = (urn) => names.get(urn) ?? urn;
  return {
    ...deployment,
    resources: resources.map((resource) => renamed(resource, rename)),
    ...(snippets === undefined ? {} : { snippets: snippets.map((one) => pointed(one, rename)) }),
  };
}

/** Names of today by former name. Parents come first, so that a child follows its parent's new name. */
function currentNames(resources: readonly Resource[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { urn, parent = "", aliases = [] } of resources) {
    for (const alias of aliases) {
      const other = names.get(alias) ?? urn;
      if (other !== urn) throw refused(`${other} and ${urn} have the same alias, ${alias}`);
      names.set(alias, urn);
    }
    const current = names.get(parent);
    const moved = current === undefined ? undefined : underParent(urn, current);
    if (moved !== undefined) names.set(urn, moved);
  }
  return names;
}

function renamed({ aliases: _forgotten, ...resource }: Resource, rename: Rename): Resource {
  const { parent, provider, dependencies, propertyDependencies, deletedWith, viewOf } = resource;
  return {
    ...resource,
    urn: rename(resource.urn),
    ...(parent === undefined ? {} : { parent: rename(parent) }),
    ...(provider === undefined ? {} : { provider: mapProvider(provider, rename) }),
    ...(dependencies === undefined ? {} : { dependencies: dependencies.map(rename) }),
    ...(propertyDependencies === undefined
      ? {}
      : {
          propertyDependencies: mapValues(
            propertyDependencies,
            (urns) => urns?.map(rename) ?? null,
          ),
        }),
    ...(deletedWith === undefined ? {} : { deletedWith: rename(deletedWith) }),
    ...(viewOf === undefined ? {} : { viewOf: rename(viewOf) }),
  };
}

const pointed = (snippet: Snippet, rename: Rename): Snippet =>
  snippet.references === undefined
    ? snippet
    : { ...snippet, references: mapValues(snippet.references, rename) };

const mapValues = <From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
