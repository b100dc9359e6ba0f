/** Everything after what it refers to, so that the id of that is there. The file has no loops. */
export function neededFirst<T>(
  items: readonly T[],
  of: { readonly name: (item: T) => string; readonly needs: (item: T) => readonly string[] },
): readonly T[] {
  const byName = new Map(items.map((item) => [of.name(item), item]));
  const ordered = new Set<T>();
  const visit = (item: T): void => {
    for (const name of of.needs(item)) {
      const needed = byName.get(name);
      if (needed !== undefined && !ordered.has(needed)) visit(needed);
    }
    ordered.add(item);
  };
  items.forEach(visit);
  return [...ordered];
}
