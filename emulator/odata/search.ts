/**
 * `$search` of the directory: `"displayName:an" AND ("mail:jan" OR "description:x")`.
 * @see https://learn.microsoft.com/graph/search-query-parameter (checked 2026-11)
 */

export type SearchExpression =
  | { kind: "and" | "or"; left: SearchExpression; right: SearchExpression }
  | { kind: "term"; property: string; text: string };

/** Split into words; every other property is compared from its beginning. */
const TOKENIZED = new Set(["displayName", "description"]);
const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|(AND|OR)\b|([()]))/y;

type Token = { kind: "term"; property: string; text: string } | { kind: "word"; text: string };

/** @returns undefined when the text is not of the documented form */
export function parseSearch(text: string): SearchExpression | undefined {
  const tokens = tokenize(text.trimEnd());
  if (tokens === undefined) return undefined;
  let position = 0;
  const takeWord = (word: string): boolean => {
    const token = tokens[position];
    if (token?.kind !== "word" || token.text !== word) return false;
    position += 1;
    return true;
  };
  const operand = (): SearchExpression | undefined => {
    if (takeWord("(")) {
      const inner = alternatives();
      return takeWord(")") ? inner : undefined;
    }
    const token = tokens[position];
    position += 1;
    return token?.kind === "term" ? token : undefined;
  };
  const chain = (
    kind: "and" | "or",
    next: () => SearchExpression | undefined,
  ): SearchExpression | undefined => {
    let left = next();
    while (left !== undefined && takeWord(kind.toUpperCase())) {
      const right = next();
      left = right === undefined ? undefined : { kind, left, right };
    }
    return left;
  };
  const alternatives = (): SearchExpression | undefined => chain("or", () => chain("and", operand));
  const expression = alternatives();
  return position === tokens.length ? expression : undefined;
}

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const [, quoted, operator, parenthesis] = match;
    if (quoted === undefined) {
      tokens.push({ kind: "word", text: operator ?? parenthesis ?? "" });
      continue;
    }
    const [, property, value] = /^(\w+):(.+)$/.exec(quoted.replaceAll(/\\(.)/g, "$1")) ?? [];
    if (property === undefined || value === undefined) return undefined;
    tokens.push({ kind: "term", property, text: value });
  }
  return tokens;
}

/** The properties that the search names. */
export function searchedProperties(expression: SearchExpression): string[] {
  if (expression.kind === "term") return [expression.property];
  return [...searchedProperties(expression.left), ...searchedProperties(expression.right)];
}

export function matchesSearch(
  expression: SearchExpression,
  object: Record<string, unknown>,
): boolean {
  switch (expression.kind) {
    case "and":
      return matchesSearch(expression.left, object) && matchesSearch(expression.right, object);
    case "or":
      return matchesSearch(expression.left, object) || matchesSearch(expression.right, object);
    case "term":
      return [object[expression.property]].flat().some((value) => isFound(value, expression));
  }
}

function isFound(value: unknown, { property, text }: { property: string; text: string }): boolean {
  if (typeof value !== "string") return false;
  if (!TOKENIZED.has(property)) return value.toLowerCase().startsWith(text.toLowerCase());
  const found = value.split(/\s+/).flatMap((word) => [...partsOf(word), ...joined(word)]);
  return text
    .split(/\s+/)
    .flatMap(partsOf)
    .every((part) => found.some((token) => token.startsWith(part)));
}

/** `helloWorld-12` → hello, world, 12. */
function partsOf(word: string): string[] {
  const spaced = word.replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2");
  return (spaced.match(/\p{L}+|\p{N}+/gu) ?? []).map((part) => part.toLowerCase());
}

/** `hello-world` is found as helloworld too. */
function joined(word: string): string[] {
  const text = word.replaceAll(/[^\p{L}\p{N}]/gu, "");
  return text === word ? [] : [text.toLowerCase()];
}
