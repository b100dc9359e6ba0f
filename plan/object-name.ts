/** What people call a resource, out of its properties. */

const NAMING = [
  "displayName",
  "title",
  "userPrincipalName",
  "name",
  "url",
  "siteUrl",
  "sku",
] as const;

/** The first naming property that has a value, else the logical name at the end of the URN. */
export function objectName(urn: string, properties: Readonly<Record<string, unknown>>): string {
  for (const key of NAMING) {
    const value = properties[key];
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  return urn.split("::").slice(3).join("::") || urn;
}
