/** The same object without one of its keys. */
export const without = (
  object: Readonly<Record<string, unknown>>,
  key: string,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
