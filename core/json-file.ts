import { readFileSync } from "node:fs";

/** What a JSON file holds; undefined when it is not JSON, which every schema refuses. */
export function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
