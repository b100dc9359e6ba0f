/** Where this program lies, and which version of it. */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the compiled program, `dist`. */
export const programDirectory = fileURLToPath(new URL("..", import.meta.url));

/** The clone: the commands run what was compiled to its `dist`, tests run the sources themselves. */
export const cloneDirectory =
  basename(programDirectory) === "dist" ? dirname(programDirectory) : programDirectory;

/** Version of Tenantry, as package.json has it. */
export function toolVersion(): string {
  const content = readFileSync(join(cloneDirectory, "package.json"), "utf8");
  return (JSON.parse(content) as { readonly version: string }).version;
}
