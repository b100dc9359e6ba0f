/**
 * Pulumi's resource names: `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>`.
 * Source: pulumi 3.250.0, sdk/go/common/resource/urn/urn.go and providers/reference.go (checked 2026-11-26).
 */
const PREFIX = "urn:pulumi:";
const DELIMITER = "::";
const ROOT_STACK_TYPE = "pulumi:pulumi:Stack";

const partsOf = (urn: string): readonly string[] => urn.slice(PREFIX.length).split(DELIMITER);

/** The type with those of its parents, such as `tenantry:index:Person$azuread:index/user:User`. */
const qualifiedTypeOf = (urn: string): string => partsOf(urn)[2] ?? "";

/** The name that a child gets when its parent is called `parent`; undefined under the stack itself. */
export function underParent(urn: string, parent: string): string | undefined {
  const parentType = qualifiedTypeOf(parent);
  if (parentType === ROOT_STACK_TYPE) return undefined;
  const [stack = "", project = "", qualifiedType = "", ...name] = partsOf(urn);
  const type = qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1);
  return `${PREFIX}${[stack, project, `${parentType}$${type}`, ...name].join(DELIMITER)}`;
}

/** Changes the name in a reference to a provider, which is its URN and its id. */
export function mapProvider(reference: string, change: (urn: string) => string): string {
  const end = reference.lastIndexOf(DELIMITER);
  return end < 0 ? reference : `${change(reference.slice(0, end))}${reference.slice(end)}`;
}
