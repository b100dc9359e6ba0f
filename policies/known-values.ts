/** Properties of a resource, of which only those that are known may be read. */
import { UNKNOWNS } from "../core/engine-markers.ts";
import type { Properties } from "../provider/index.ts";

const markers: ReadonlySet<unknown> = new Set(UNKNOWNS);

/** A rule asked for a value that is not known before apply. */
export class UnknownValueError extends Error {
  constructor(path: string) {
    super(`${path} is not known yet`);
    this.name = "UnknownValueError";
  }
}

/** @throws UnknownValueError when an unknown is read, at any depth */
export function knownOnly(properties: Properties): Properties {
  return holdsUnknown(properties) ? guard(properties, "") : properties;
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
