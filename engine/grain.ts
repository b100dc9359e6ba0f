/** How the resources' own definitions tell apart what a plan compares. */
import { UNKNOWN as ENGINE_UNKNOWN } from "../core/engine-markers.ts";
import type { Json } from "../core/json.ts";
import { UNKNOWN } from "../plan/index.ts";
import type { Grain } from "../plan/index.ts";
import { elementKey, isReleasable, isSame, kindOfPath } from "../provider/index.ts";

export const GRAIN: Grain = {
  elementKey: ({ type, path }, element) => elementKey(type, path, asTheEngineWrites(element)),
  kindOf: ({ type, path }) => kindOfPath(type, path),
  isReleasable: ({ type, path }) => isReleasable(type, path),
  isAt: ({ type, path }, values) => isSame(type, path, values),
};

/** What is not known yet is no key. */
function asTheEngineWrites(element: Json): unknown {
  if (element === UNKNOWN) return ENGINE_UNKNOWN;
  if (typeof element !== "object" || element === null || Array.isArray(element)) return element;
  return Object.fromEntries(
    Object.entries(element).map(([key, value]) => [key, asTheEngineWrites(value)]),
  );
}
