/**
 * What the official plugin, a bridged Terraform provider, writes in its state besides the properties.
 * Without `__meta` it takes a state for version 0 and tries to migrate its id, which fails.
 * Source: hashicorp/terraform-provider-azuread v3.9.0 internal/services/{users,groups} (checked 2026-11-22).
 */

/** The key under which Terraform's plugin SDK keeps timeouts in a resource's private state. */
const TIMEOUTS_KEY = "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0";
const NANOSECONDS_PER_MINUTE = 60_000_000_000;

/**
 * Schema version and timeouts (in minutes) of a resource of the official plugin, in its own notation. Version 0
 * is not written down there, and what cannot be updated has no timeout for it.
 */
export function bridgedMeta(
  schemaVersion: number,
  minutes: { create: number; delete: number; read: number; update?: number },
): string {
  const timeouts = Object.fromEntries(
    Object.entries(minutes).map(([key, value]) => [key, value * NANOSECONDS_PER_MINUTE]),
  );
  return JSON.stringify({
    [TIMEOUTS_KEY]: timeouts,
    ...(schemaVersion === 0 ? {} : { schema_version: String(schemaVersion) }),
  });
}

/** The object's id in ids as the official plugin writes them (`/users/<id>`), and in bare ids of older states. */
export const objectIdOf = (resourceId: string): string => resourceId.replace(/^.*\//, "");

/** A set has no order: what the service returns is put in the order in which it was declared. */
export function inDeclaredOrder(
  found: readonly string[],
  declared: readonly string[] | undefined,
): string[] {
  const order = new Map(
    (declared ?? []).map((item, index) => [item.toLowerCase(), { item, index }]),
  );
  const position = (item: string): number => order.get(item.toLowerCase())?.index ?? order.size;
  return [...found]
    .sort((left, right) => position(left) - position(right))
    .map((item) => order.get(item.toLowerCase())?.item ?? item);
}
