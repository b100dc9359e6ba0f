/** What counts as one thing in a resource's inputs. The resources know; whoever makes a plan hands it in. */
import { canonicalJson } from "../../core/canonical-json.ts";
import type { Json } from "../../core/json.ts";

/** A path of a type of resource, such as `grants`, `contract.end` or `grants[*].displayName`. */
interface Place {
  readonly type: string;
  readonly path: string;
}

export interface Grain {
  /** Identity of an element among the others of its list (unknown parts are Pulumi's marker); undefined where the service takes the list as one value. */
  elementKey(list: Place, element: Json): string | undefined;
  /**
   * annotation: only names something for people, never a difference; write-only: no service gives it back, so nobody
   * can look where it starts.
   */
  kindOf(place: Place): "value" | "annotation" | "write-only";
  /** Whether leaving the key out lets go of it; otherwise that means a value, and is a change. */
  isReleasable(place: Place): boolean;
  /** Whether what was found is what was planned: a service may write the same differently, or have more than enough. */
  isAt(place: Place, values: { readonly planned: Json; readonly found: Json }): boolean;
}

/** Texts are their own keys, objects are compared whole. */
export const PLAIN_GRAIN: Grain = {
  elementKey: (_list, element) => (typeof element === "string" ? element : canonicalJson(element)),
  kindOf: () => "value",
  isReleasable: () => true,
  isAt: (_place, { planned, found }) => canonicalJson(planned) === canonicalJson(found),
};

/**
 * The elements of a list by their keys; undefined where one has none. A key that stands more than once gets a number,
 * so that `[a, a]` differs from `[a]`.
 */
export function byElementKey<T>(
  list: readonly T[],
  keyOf: (element: T) => string | undefined,
): ReadonlyMap<string, T> | undefined {
  const elements = new Map<string, T>();
  for (const element of list) {
    const key = keyOf(element);
    if (key === undefined) return undefined;
    let own = key;
    for (let count = 2; elements.has(own); count += 1) own = `${key} #${count}`;
    elements.set(own, element);
  }
  return elements;
}
