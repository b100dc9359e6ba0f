/**
 * JSON in its one canonical spelling (RFC 8785): keys sorted by UTF-16 code units, no white space, numbers
 * and strings as ECMAScript writes them. What is hashed or signed is written like this.
 * @see https://www.rfc-editor.org/rfc/rfc8785 (checked 2026-11)
 */

/**
 * @throws TypeError for what JSON cannot hold without loss: undefined, numbers that are not finite, unpaired
 * surrogates, functions, and objects other than arrays and plain ones.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "boolean":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError("JSON has no number for this value");
      return JSON.stringify(value);
    case "string":
      return canonicalString(value);
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(",")}]`;
      return canonicalObject(value);
    case "undefined":
    case "bigint":
    case "symbol":
    case "function":
      throw new TypeError(`JSON has no ${typeof value}`);
  }
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError("JSON text must not hold unpaired surrogates");
  return JSON.stringify(text);
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError("only plain objects have a canonical form");
  }
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}
