/** Properties of a resource, of which only those that are known may be read. */
import { UNKNOWNS } from "../core/engine-markers.ts";
import type { Properties } from "../provider/index.ts";

const markers: ReadonlySet<unknown> = new Set(UNKNOWNS);

/** A rule asked for a value that is not known before apply. */
export class UnknownValueError extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`${path} is not known yet`);
    this.name = "UnknownValueError";
    this.path = path;
  }
}

/** @throws UnknownValueError when an unknown is read, at any depth */
export function knownOnly(properties: Properties): Properties {
  return holdsUnknown(properties) ? guard(properties, "") : properties;
}

/** The text at the path, such as `members.0.id`; undefined where it is not there or not known yet. */
export function knownText(properties: Properties, path: string): string | undefined {
  try {
    const value = path
      .split(".")
      .reduce<unknown>(
        (within, key) =>
          typeof within === "object" && within !== null ? Reflect.get(within, key) : undefined,
        properties,
      );
    return typeof value === "string" ? value : undefined;
  } catch (error) {
    if (error instanceof UnknownValueError) return undefined;
    throw error;
  }
}

function holdsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return markers.has(value);
  return Object.values(value).some(holdsUnknown);
}

function guard<T extends object>(target: T, within: string): T {
  return new Proxy(target, {
    get: (_, key) => {
      const value: unknown = Reflect.get(target, key);
      const path = `${within}${String(key)}`;
      if (markers.has(value)) throw new UnknownValueError(path);
      return typeof value === "object" && value !== null ? guard(value, `${path}.`) : value;
    },
  });
}
