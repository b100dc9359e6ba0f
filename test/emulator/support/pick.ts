/** Takes values out of an answer whose shape a test knows; a value that is not there fails the test. */

/** The value at a path such as `results.0.id`. */
export function pick(body: unknown, path: string): unknown {
  let value = body;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !(key in value)) {
      throw new Error(`No ${path} in ${JSON.stringify(body)}`);
    }
    value = Reflect.get(value, key);
  }
  return value;
}

/** The string or number at a path, as text. */
export function pickText(body: unknown, path: string): string {
  const value = pick(body, path);
  if (typeof value !== "string" && typeof value !== "number") {
    throw new Error(`${path} is neither text nor number in ${JSON.stringify(body)}`);
  }
  return String(value);
}
