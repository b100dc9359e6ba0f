/**
 * Rules of dynamic groups, the part that small tenants use: comparisons of user properties joined by -and, -or, -not.
 * @see https://learn.microsoft.com/entra/identity/users/groups-dynamic-membership (checked 2026-11)
 */
import type { GraphObject } from "../graph/object.ts";
import { propertyOf } from "../odata/schema.ts";

export type MembershipRule = (user: GraphObject) => boolean;

const TOKEN = /\s*(?:"((?:[^"`]|`.)*)"|'([^']*)'|(-\w+)|(\w+\.\w+)|(true|false|null)|([()[\],]))/iy;

/** Types of the properties that are compared; rules have other names for some, which are not known here. */
const COMPARED: readonly string[] = ["String", "Boolean"];

interface Token {
  kind: "text" | "operator" | "property" | "constant" | "symbol";
  text: string;
}

/** @returns undefined when the rule is not of the supported form */
export function parseMembershipRule(rule: string): MembershipRule | undefined {
  const tokens = tokenize(rule);
  if (tokens === undefined) return undefined;
  const reader = new RuleReader(tokens);
  const parsed = reader.or();
  return reader.isAtEnd ? parsed : undefined;
}

function tokenize(rule: string): Token[] | undefined {
  const tokens: Token[] = [];
  const text = rule.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const [, double, single, operator, property, constant, symbol] = match;
    if (double !== undefined || single !== undefined) {
      tokens.push({ kind: "text", text: (double ?? single ?? "").replaceAll(/`(.)/g, "$1") });
    } else if (operator !== undefined)
      tokens.push({ kind: "operator", text: operator.toLowerCase() });
    else if (property !== undefined)
      tokens.push({ kind: "property", text: property.replace(/^user\./i, "") });
    else if (constant !== undefined)
      tokens.push({ kind: "constant", text: constant.toLowerCase() });
    else tokens.push({ kind: "symbol", text: symbol ?? "" });
  }
  return tokens;
}

class RuleReader {
  readonly #tokens: Token[];

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#tokens.length === 0;
  }

  or(): MembershipRule | undefined {
    let left = this.#and();
    while (left !== undefined && this.#take("operator", "-or")) {
      const [one, other] = [left, this.#and()];
      left = other === undefined ? undefined : (user) => one(user) || other(user);
    }
    return left;
  }

  #and(): MembershipRule | undefined {
    let left = this.#not();
    while (left !== undefined && this.#take("operator", "-and")) {
      const [one, other] = [left, this.#not()];
      left = other === undefined ? undefined : (user) => one(user) && other(user);
    }
    return left;
  }

  #not(): MembershipRule | undefined {
    if (this.#take("operator", "-not")) {
      const operand = this.#not();
      return operand === undefined ? undefined : (user) => !operand(user);
    }
    if (this.#take("symbol", "(")) {
      const inner = this.or();
      return this.#take("symbol", ")") ? inner : undefined;
    }
    return this.#comparison();
  }

  #comparison(): MembershipRule | undefined {
    const property = this.#tokens.shift();
    const operator = this.#tokens.shift();
    if (property?.kind !== "property" || operator?.kind !== "operator") return undefined;
    const type = propertyOf("user", property.text);
    if (type === undefined || type.isCollection || !COMPARED.includes(type.name)) return undefined;
    const values = this.#values();
    const test = comparison(operator.text, values);
    if (values.length === 0 || test === undefined) return undefined;
    return (user) => test(textOf(user[property.text]));
  }

  #values(): string[] {
    const first = this.#tokens.shift();
    if (first === undefined) return [];
    if (first.kind === "text" || first.kind === "constant") return [first.text.toLowerCase()];
    const values: string[] = [];
    for (
      let next = this.#tokens.shift();
      next !== undefined && next.text !== "]";
      next = this.#tokens.shift()
    ) {
      if (next.kind === "text") values.push(next.text.toLowerCase());
    }
    return values;
  }

  #take(kind: Token["kind"], text: string): boolean {
    const [first] = this.#tokens;
    if (first?.kind !== kind || first.text !== text) return false;
    this.#tokens.shift();
    return true;
  }
}

/** A missing value counts as `null`. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "boolean"
    ? String(value).toLowerCase()
    : "null";
}

function comparison(
  operator: string,
  values: readonly string[],
): ((actual: string) => boolean) | undefined {
  const [value = ""] = values;
  const pattern = toPattern(value);
  const tests: Record<string, (actual: string) => boolean> = {
    "-eq": (actual) => actual === value,
    "-ne": (actual) => actual !== value,
    "-startswith": (actual) => actual.startsWith(value),
    "-notstartswith": (actual) => !actual.startsWith(value),
    "-contains": (actual) => actual.includes(value),
    "-notcontains": (actual) => !actual.includes(value),
    ...(pattern === undefined ? {} : { "-match": (actual: string) => pattern.test(actual) }),
    "-in": (actual) => values.includes(actual),
    "-notin": (actual) => !values.includes(actual),
  };
  return tests[operator];
}

/** @returns undefined when the text is not a regular expression */
function toPattern(text: string): RegExp | undefined {
  try {
    return new RegExp(text, "i");
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
