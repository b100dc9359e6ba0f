import { closestMatch } from "leven";

/** Of two letters, as in country codes, every other pair is near. */
const MIN_LENGTH = 3;

const wordsOf = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The shortest of the names that hold every word of what was written: `Business Premium`. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const wanted = wordsOf(written);
  if (wanted.length === 0) return undefined;
  return [...names]
    .filter((name) => wanted.every((word) => wordsOf(name).includes(word)))
    .sort((a, b) => a.length - b.length)[0];
}

/** The candidate that differs least from what was written, if it is near enough to be meant. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const options = [...candidates];
  const wanted = written.toLowerCase();
  const sameButCase = options.find((option) => option.toLowerCase() === wanted);
  if (sameButCase !== undefined || written.length < MIN_LENGTH) return sameButCase;
  // Two letters, which is also two letters swapped, or a third of them: with more, another word is meant.
  const maxDistance = Math.max(2, Math.floor(written.length / 3));
  return closestMatch(written, options, { maxDistance });
}
