import { closestMatch } from "leven";

/** The candidate that differs least from what was written, if it is near enough to be meant. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const options = [...candidates];
  const wanted = written.toLowerCase();
  const sameButCase = options.find((option) => option.toLowerCase() === wanted);
  // A third of the letters may differ: more than a slip, and another word would be suggested.
  const maxDistance = Math.max(1, Math.floor(written.length / 3));
  return sameButCase ?? closestMatch(written, options, { maxDistance });
}
