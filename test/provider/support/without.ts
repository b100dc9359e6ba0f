/** The same object without some of its keys. */
export const without = (
  object: Readonly<Record<string, unknown>>,
  ...keys: readonly string[]
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !keys.includes(name)));
