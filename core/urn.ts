/**
 * Pulumi's names for resources: `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>`.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/ (checked 2026-11)
 */

/** The name that the program gave the resource; the whole text if it is not a URN. */
export const nameOfUrn = (urn: string): string => urn.split("::").slice(3).join("::") || urn;

/** The resource's own type, without those of its parents; empty if it is not a URN. */
export const typeOfUrn = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** What a provider reference names: its URN, without the id that follows it. */
export const urnOfReference = (reference: string): string =>
  reference.split("::").slice(0, 4).join("::");

/** Unique in a stack of this program, where names are those of things in the tenant. */
export const resourceKey = (type: string, name: string): string => `${type}::${name}`;

export const keyOfUrn = (urn: string): string => resourceKey(typeOfUrn(urn), nameOfUrn(urn));
