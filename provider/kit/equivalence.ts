/** Differences between declarations that make none in the tenant. */
import type { ResourceDefinition } from "./define.ts";
import type { DifferenceKind } from "./diff.ts";
import { isObject } from "./values.ts";
import type { Properties } from "./values.ts";
import { isZero } from "./zero-value.ts";

export interface Declarations {
  readonly olds: Properties;
  readonly oldOutputs: Properties;
  readonly news: Properties;
}

/** What `filledIn` and `meansAbsent` of the definition say of one difference. */
export function isNoChange(
  definition: Pick<ResourceDefinition, "filledIn" | "meansAbsent">,
  [path, kind]: readonly [string, DifferenceKind],
  { olds, oldOutputs, news }: Declarations,
): boolean {
  if (definition.filledIn?.includes(path)) {
    return isSameText(news[path], olds[path] ?? oldOutputs[path]);
  }
  const isInside = path.includes(".") && !path.endsWith("]");
  if (definition.meansAbsent === undefined || !isInside || kind === "update") return false;
  const value = valueAt(kind === "delete" ? olds : news, path);
  return isZero(value) || value === definition.meansAbsent[path];
}

const isSameText = (one: unknown, other: unknown): boolean =>
  typeof one === "string" && typeof other === "string" && one.toLowerCase() === other.toLowerCase();

/** By a path such as `country.countryLookupMethod` or `users.guests[0].kind`. */
function valueAt(properties: Properties, path: string): unknown {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  return keys.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)] as unknown;
    return isObject(value) ? value[key] : undefined;
  }, properties);
}
