/** How the resources of made-up plans tell their elements apart, whatever their type. */
import { PLAIN_GRAIN } from "../../plan/model/grain.ts";
import type { Grain } from "../../plan/model/grain.ts";

const KEYS: Readonly<Record<string, readonly string[]>> = {
  licenses: ["sku"],
  grants: ["kind", "principal"],
};

export const GRAIN: Grain = {
  ...PLAIN_GRAIN,
  elementKey: (list, element) => {
    const names = KEYS[list.path];
    if (names === undefined || typeof element !== "object" || element === null)
      return PLAIN_GRAIN.elementKey(list, element);
    const object = element as Readonly<Record<string, unknown>>;
    return names.map((name) => String(object[name])).join(" ");
  },
};
