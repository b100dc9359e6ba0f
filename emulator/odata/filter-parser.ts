/**
 * Parser of `$filter`, the part of OData 4.01 that Graph's directory accepts.
 * Written by hand: the npm packages for it (odata-v4-parser, odata-filter-parser, @odata/parser) are unmaintained since
 * 2022 or earlier, and @balena/odata-parser lacks `in`, enums and lambda on properties without a path.
 */

export type FilterExpression =
  | { kind: "and" | "or"; left: FilterExpression; right: FilterExpression }
  | { kind: "not"; operand: FilterExpression }
  | {
      kind: "compare";
      operator: "eq" | "ne" | "gt" | "ge" | "lt" | "le";
      path: string;
      value: FilterValue;
      /** Whether the value stood in quotes, as dates may not. */
      isQuoted?: boolean;
    }
  | { kind: "in"; path: string; values: FilterValue[] }
  | { kind: "call"; name: "startsWith" | "endsWith" | "contains"; path: string; value: string }
  | {
      kind: "any" | "all";
      path: string;
      variable: string;
      condition: FilterExpression | undefined;
    };

export type FilterValue = string | number | boolean | null;

export class FilterSyntaxError extends Error {
  override readonly name = "FilterSyntaxError";
}

interface Token {
  kind: "word" | "string" | "number" | "symbol" | "end";
  text: string;
}

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|(-?\d[\w:.+-]*)|([A-Za-z_@][\w-]*(?:[./](?:\$count|[\w-]+))*)|([(),:]))/y;
const COMPARISONS = ["eq", "ne", "gt", "ge", "lt", "le"] as const;
const CALLS = { startswith: "startsWith", endswith: "endsWith", contains: "contains" } as const;
/** As deep as Microsoft's OData library goes. */
const MAX_CONDITIONS = 800;
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** @throws FilterSyntaxError */
export function parseFilter(text: string): FilterExpression {
  return new FilterParser(tokenize(text)).parse();
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(trimmed);
    if (match === null)
      throw new FilterSyntaxError(`Syntax error at position ${start} in '${text}'.`);
    const [, quoted, number, word, symbol = ""] = match;
    if (quoted !== undefined)
      tokens.push({ kind: "string", text: quoted.slice(1, -1).replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (word !== undefined)
      tokens.push({ kind: GUID.test(word) ? "string" : "word", text: word });
    else tokens.push({ kind: "symbol", text: symbol });
  }
  return [...tokens, { kind: "end", text: "" }];
}

class FilterParser {
  readonly #tokens: Token[];
  #position = 0;
  #conditions = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  parse(): FilterExpression {
    const expression = this.#or();
    if (this.#peek().kind !== "end") throw this.#unexpected();
    return expression;
  }

  #or(): FilterExpression {
    let left = this.#and();
    while (this.#takeWord("or")) left = { kind: "or", left, right: this.#and() };
    return left;
  }

  #and(): FilterExpression {
    let left = this.#unary();
    while (this.#takeWord("and")) left = { kind: "and", left, right: this.#unary() };
    return left;
  }

  #unary(): FilterExpression {
    this.#conditions += 1;
    if (this.#conditions > MAX_CONDITIONS)
      throw new FilterSyntaxError("Recursion depth exceeded allowed limit.");
    if (this.#takeWord("not")) return { kind: "not", operand: this.#unary() };
    if (this.#takeSymbol("(")) {
      const inner = this.#or();
      this.#expect(")");
      return inner;
    }
    return this.#predicate();
  }

  #predicate(): FilterExpression {
    const word = this.#take();
    if (word.kind !== "word") throw this.#unexpected(word);
    const callName = CALLS[word.text.toLowerCase() as keyof typeof CALLS] as
      (typeof CALLS)[keyof typeof CALLS] | undefined;
    if (callName !== undefined && this.#takeSymbol("(")) return this.#call(callName);
    const lambda = /^(.+)\/(any|all)$/.exec(word.text);
    if (lambda !== null && this.#takeSymbol("(")) {
      return this.#lambda(lambda[2] === "any" ? "any" : "all", lambda[1] ?? "");
    }
    if (this.#takeWord("in")) return { kind: "in", path: word.text, values: this.#list() };
    const operator = COMPARISONS.find((candidate) => this.#takeWord(candidate));
    if (operator !== undefined) {
      const isQuoted = this.#peek().kind === "string";
      return { kind: "compare", operator, path: word.text, value: this.#value(), isQuoted };
    }
    // A property that is a condition by itself.
    return { kind: "compare", operator: "eq", path: word.text, value: true };
  }

  #call(name: "startsWith" | "endsWith" | "contains"): FilterExpression {
    const path = this.#take();
    this.#expect(",");
    const value = this.#value();
    this.#expect(")");
    if (path.kind !== "word" || typeof value !== "string") throw this.#unexpected(path);
    const call: FilterExpression = { kind: "call", name, path: path.text, value };
    if (this.#takeWord("eq"))
      return this.#value() === false ? { kind: "not", operand: call } : call;
    return call;
  }

  #lambda(kind: "any" | "all", path: string): FilterExpression {
    if (this.#takeSymbol(")")) return { kind, path, variable: "", condition: undefined };
    const variable = this.#take().text;
    this.#expect(":");
    const condition = this.#or();
    this.#expect(")");
    return { kind, path, variable, condition };
  }

  #list(): FilterValue[] {
    this.#expect("(");
    const values = [this.#value()];
    while (this.#takeSymbol(",")) values.push(this.#value());
    this.#expect(")");
    return values;
  }

  #value(): FilterValue {
    const token = this.#take();
    if (token.kind === "string") return token.text;
    if (token.kind === "number")
      return /^-?\d+(\.\d+)?$/.test(token.text) ? Number(token.text) : token.text;
    if (token.text === "null") return null;
    if (token.text === "true" || token.text === "false") return token.text === "true";
    throw this.#unexpected(token);
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { kind: "end", text: "" };
  }

  #take(): Token {
    const token = this.#peek();
    this.#position += 1;
    return token;
  }

  #takeWord(word: string): boolean {
    return this.#takeIf("word", word);
  }

  #takeSymbol(symbol: string): boolean {
    return this.#takeIf("symbol", symbol);
  }

  #takeIf(kind: Token["kind"], text: string): boolean {
    const token = this.#peek();
    if (token.kind !== kind || token.text.toLowerCase() !== text) return false;
    this.#position += 1;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#takeSymbol(symbol)) throw this.#unexpected();
  }

  #unexpected(token = this.#peek()): FilterSyntaxError {
    return new FilterSyntaxError(
      token.kind === "end"
        ? "The expression ends too early."
        : `Syntax error near '${token.text}'.`,
    );
  }
}
