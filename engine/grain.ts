/** How the resources' own definitions tell apart what a plan compares. */
import { PLAIN_GRAIN } from "../plan/index.ts";
import type { Grain } from "../plan/index.ts";

/** Properties by which the elements of a list of objects are told apart, by the list's name. */
const ELEMENT_KEYS: Readonly<Record<string, readonly string[]>> = {
  licenses: ["sku"],
  grants: ["kind", "principal"],
  decisionMakers: ["email"],
  exceptions: ["kind", "name"],
};

export const GRAIN: Grain = {
  ...PLAIN_GRAIN,
  elementKey: (list, element) => {
    const names = ELEMENT_KEYS[list.path.split(".").at(-1) ?? ""];
    if (names === undefined || typeof element !== "object" || element === null)
      return PLAIN_GRAIN.elementKey(list, element);
    const object = element as Readonly<Record<string, unknown>>;
    return names.map((name) => String(object[name])).join(" ");
  },
};
