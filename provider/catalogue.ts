/** What follows from the registry: one table per question that other folders ask about all resources. */
import type { DescribedChange, Description, ResourceDefinition } from "./kit/define.ts";
import { azureadPackage, m365Package } from "./registry.ts";

export const providerPackages = [m365Package, azureadPackage] as const;

const definitions: ReadonlyMap<string, ResourceDefinition> = new Map(
  providerPackages.flatMap(({ resources }) => resources).map((entry) => [entry.token, entry]),
);

/** The resource of this type token; undefined for a type that nobody here serves. */
export const definitionOf = (type: string): ResourceDefinition | undefined => definitions.get(type);

/** The sentence of a change in the words of its own resource; undefined for a type that nobody here serves. */
export function describe(
  change: DescribedChange & { readonly type: string },
): Description | undefined {
  return definitions.get(change.type)?.describe(change);
}

/** Per type token the inputs that may be unknown before apply. */
export const serviceAssigned: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...definitions].map(([token, { assignedByService = [] }]) => [token, assignedByService]),
);
