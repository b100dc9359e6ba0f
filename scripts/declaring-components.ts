/** Which resources of the azuread package the components declare, so which a tenant file can ask for. */
import { readdir, readFile } from "node:fs/promises";

const folder = new URL("../components/", import.meta.url);

/** Files of the components by the class that they declare, such as `User`; other classes that they use are there too. */
export async function declaringComponents(): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".ts")).sort();
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(file, folder), "utf8");
      const classes = [...text.matchAll(/new (?:azuread\.)?([A-Z]\w+)\(/g)].map(
        (match) => match[1] ?? "",
      );
      return [...new Set(classes)].map((name) => ({ name, file }));
    }),
  );
  const byName = Map.groupBy(found.flat(), ({ name }) => name);
  return new Map([...byName].map(([name, places]) => [name, places.map(({ file }) => file)]));
}

/** `User` of `azuread:index/user:User`. */
export const classOf = (token: string): string => token.split(":").at(-1) ?? token;
