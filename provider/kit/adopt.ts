/** Taking an object over that is there already: what a creation does for the state, without writing to the tenant. */
import { asDeclared } from "./as-declared.ts";
import type { ResourceContext, ResourceDefinition } from "./define.ts";
import { identified } from "./grain.ts";
import { create, diff, stateOf } from "./lifecycle.ts";
import { notAsDeclared, notInTenant, ResourceGoneError, severalInTenant } from "./refusal.ts";
import type { Properties } from "./values.ts";

/**
 * The state of an object that is there already and as it is declared, as if it had been created so. Only reads.
 * @throws ResourceGoneError, RefusedError `not-as-declared` with the paths that differ
 */
export async function adopt(
  definition: ResourceDefinition,
  context: ResourceContext,
  { id, inputs }: { readonly id: string; readonly inputs: Properties },
): Promise<{ id: string; state: Properties }> {
  const wanted = definition.inputs.parse(inputs);
  const observed = await definition.read(context, { id, previous: wanted });
  if (observed === undefined) throw new ResourceGoneError(definition.token, id);
  const named = identified(definition, wanted, observed.inputs);
  const oldInputs = asDeclared(definition, observed.inputs, named);
  const { paths } = diff(definition, { oldInputs, news: wanted, ignoreChanges: [] });
  if (paths.size > 0) {
    const name = definition.uniqueKey?.(wanted) ?? id;
    throw notAsDeclared(name, [...paths.keys()]);
  }
  return { id: observed.id, state: stateOf(definition, observed, wanted) };
}

/** What a plan takes over: an object that is there, as far as it is declared. */
export interface Adoptable {
  readonly id: string;
  /** As the tenant has them, in the words of the declaration; what no service gives back is as declared. */
  readonly inputs: Properties;
}

/** Take-overs by name: which resources are asked for, and what a preview found of them, by URN. */
export interface Adoptions {
  readonly isAsked: (urn: string) => boolean;
  readonly found: Map<string, Adoptable>;
}

/**
 * The object that has the name of these inputs, of which some may not be known yet. Only reads.
 * @throws RefusedError `not-in-tenant`, `several-in-tenant`
 */
export async function findAdoptable(
  definition: ResourceDefinition,
  context: ResourceContext,
  inputs: Properties,
): Promise<Adoptable & { readonly state: Properties }> {
  const key = definition.uniqueKey?.(inputs);
  const id = key === undefined ? undefined : await definition.findByKey?.(context, key);
  const observed =
    id === undefined
      ? undefined
      : await definition.read(context, { id, previous: undefined, isFresh: true });
  if (key === undefined || observed === undefined) throw notInTenant(key ?? definition.token);
  if ((await definition.isSharedKey?.(context, key)) === true) throw severalInTenant(key);
  const named = identified(definition, inputs, observed.inputs);
  return {
    id: observed.id,
    inputs: asDeclared(definition, observed.inputs, named),
    state: stateOf(definition, observed, inputs),
  };
}

/**
 * Brings an object under management as a plan found it, with the differences that were approved.
 * @throws RefusedError `base-moved`, or `not-as-declared` where the plan had no difference
 */
export async function takeOver(
  definition: ResourceDefinition,
  context: ResourceContext,
  { inputs, base }: { readonly inputs: Properties; readonly base: Adoptable },
): Promise<{ id: string; state: Properties }> {
  const change = { oldInputs: base.inputs, news: inputs, ignoreChanges: [] };
  const isAsItIs = diff(definition, change).paths.size === 0;
  return isAsItIs
    ? await adopt(definition, context, { id: base.id, inputs })
    : await create(definition, context, { inputs, base });
}
