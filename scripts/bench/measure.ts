/** Numbers from measurements. */

/** @throws RangeError for none */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new RangeError("The median of nothing");
  return (low + high) / 2;
}

export async function timed<T>(work: () => T | Promise<T>): Promise<{ value: T; ms: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
}

/** Runs all once per round, one after the other: what disturbs the machine disturbs each of them alike. */
export async function alternating<T>(
  rounds: number,
  works: readonly (() => Promise<T>)[],
): Promise<T[][]> {
  const results: T[][] = works.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, work] of works.entries()) results[at]?.push(await work());
  }
  return results;
}
