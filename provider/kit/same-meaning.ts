/**
 * What means the same to a service though it is written in another way. One list: a reading takes the spelling of what was
 * declared wherever one of these holds, so none of it is ever drift. What a service adds beside what is declared is left
 * out elsewhere: undeclared keys are not compared, and `managed` of a definition says what of a list is ours.
 */
import type { ResourceDefinition } from "./define.ts";
import { isZero } from "./zero-value.ts";

type Spelling = Pick<ResourceDefinition, "caseless">;
type Pair = readonly [unknown, unknown];

/** @param path with `[*]` for any index */
type SameMeaning = (pair: Pair, path: string, of: Spelling) => boolean;

const INSTANT = /^\d{4}-\d\d-\d\dT/;

const areTexts = (pair: Pair): pair is readonly [string, string] =>
  pair.every((value) => typeof value === "string");

/**
 * null, an empty text or list, false and 0 are as good as left out: Graph answers null for what was never set, and takes
 * null to empty it. @see https://learn.microsoft.com/graph/api/user-update (checked 2026-11-22)
 */
const bothNothing: SameMeaning = ([one, other]) => isZero(one) && isZero(other);

/**
 * ISO 8601, always UTC: with and without fractions of a second, their trailing zeros, Z or +00:00.
 * @see https://learn.microsoft.com/graph/api/resources/passwordauthenticationmethod (the Timestamp type, checked 2026-11-27)
 */
const sameInstant: SameMeaning = (pair) =>
  areTexts(pair) &&
  pair.every((text) => INSTANT.test(text)) &&
  Date.parse(pair[0]) === Date.parse(pair[1]);

/**
 * Small letters and capitals of names, addresses and codes: kept as somebody typed them, and two that differ by nothing else
 * are one. Of domains by RFC 5321, 2.4; that Microsoft takes names and aliases so is experience, no page says it.
 */
const sameButForCase: SameMeaning = (pair, path, { caseless = [] }) =>
  areTexts(pair) && caseless.includes(path) && pair[0].toLowerCase() === pair[1].toLowerCase();

export const SAME_MEANINGS: readonly SameMeaning[] = [bothNothing, sameInstant, sameButForCase];
