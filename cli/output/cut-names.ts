import { isolated } from "../../core/visible-text.ts";

const MOST_NAMES = 10;

/** "a, b, and 3 more": names out of a tenant, of which a line takes ten. */
export function cutNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => isolated(name));
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more === 0 ? "" : `, and ${more} more`}`;
}
