import known from "../generated/known-operations.json" with { type: "json" };

const members = new Map(
  Object.entries(known.sharePoint).map(([type, names]) => [
    type,
    new Set(names.toLowerCase().split(" ")),
  ]),
);

/** Whether SharePoint's type has a property, relation or function of that name, in any casing. */
export function isKnownMember(type: string, name: string): boolean {
  return members.get(type)?.has(name.toLowerCase()) === true;
}

/** Whether the members of that type are listed at all. */
export function isListed(type: string): boolean {
  return members.has(type);
}
