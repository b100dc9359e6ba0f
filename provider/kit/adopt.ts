/** Taking an object over that is there already: what a creation does for the state, without writing to the tenant. */
import { asDeclared } from "./as-declared.ts";
import type { ResourceContext, ResourceDefinition } from "./define.ts";
import { identified } from "./grain.ts";
import { diff, stateOf } from "./lifecycle.ts";
import { notAsDeclared, ResourceGoneError } from "./refusal.ts";
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
