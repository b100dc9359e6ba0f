/** Properties of a resource, of which only those that are known may be read. */
import type { Properties } from "../provider/kit/values.ts";

/**
 * What stands for a value of each kind that is not known before apply.
 * Source: pulumi 3.250, sdk/go/common/resource/plugin/rpc.go (checked 2026-11-22).
 */
const UNKNOWNS: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

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
  if (typeof value !== "object" || value === null) return UNKNOWNS.has(value);
  return Object.values(value).some(holdsUnknown);
}

function guard<T extends object>(target: T, within: string): T {
  return new Proxy(target, {
    get: (_, key) => {
      const value: unknown = Reflect.get(target, key);
      const path = `${within}${String(key)}`;
      if (UNKNOWNS.has(value)) throw new UnknownValueError(path);
      return typeof value === "object" && value !== null ? guard(value, `${path}.`) : value;
    },
  });
}
