/** `$search` of the directory: `"displayName:an" OR "mail:jan"`, words that begin with the text. */

export interface SearchTerm {
  property: string;
  text: string;
}

/** Alternatives, each a list of terms that must all hold. */
export type SearchExpression = SearchTerm[][];

/** @returns undefined when the text is not of the documented form */
export function parseSearch(text: string): SearchExpression | undefined {
  const alternatives = text
    .trim()
    .split(/\s+OR\s+/)
    .map((alternative) => alternative.split(/\s+AND\s+/).map(parseTerm));
  const isComplete = (terms: (SearchTerm | undefined)[]): terms is SearchTerm[] =>
    !terms.includes(undefined);
  return alternatives.every(isComplete) ? alternatives : undefined;
}

function parseTerm(text: string): SearchTerm | undefined {
  const [, property, value] = /^"(\w+):(.+)"$/.exec(text.trim()) ?? [];
  return property === undefined || value === undefined
    ? undefined
    : { property, text: value.toLowerCase() };
}

export function matchesSearch(
  expression: SearchExpression,
  object: Record<string, unknown>,
): boolean {
  return expression.some((terms) =>
    terms.every(({ property, text }) => isFound(object[property], text)),
  );
}

function isFound(value: unknown, text: string): boolean {
  const values = Array.isArray(value) ? value : [value];
  return values.some((item) => {
    if (typeof item !== "string") return false;
    const lower = item.toLowerCase();
    return (
      lower.startsWith(text) || lower.split(/[\s.,@_-]+/).some((word) => word.startsWith(text))
    );
  });
}
