/** Where something of a tenant is in its file, for refusals after the file was read. */
import { LISTED } from "../core/nouns.ts";
import { fileNameOf, readTenantFile, type TenantPlace } from "./files.ts";
import { readLeniently } from "./reading/lenient.ts";
import { readYaml } from "./reading/yaml-text.ts";

export interface DeclaredProperty {
  /** Token of the resource. */
  readonly type: string;
  /** Name of the resource. */
  readonly name: string;
  readonly property: string;
}

/** `file:line:column` of a property, or of its object where the file leaves it out; undefined for anything else. */
export async function placeOf(
  place: TenantPlace,
  { type, name, property }: DeclaredProperty,
): Promise<string | undefined> {
  const noun = LISTED.find((listed) => listed.type === type);
  const file = await readTenantFile(place);
  if (noun === undefined || "unreadable" in file) return undefined;
  const yaml = readYaml(file.text);
  if ("unreadable" in yaml) return undefined;
  const items: readonly (Record<string, unknown> | undefined)[] =
    readLeniently(yaml.data)[noun.listedIn] ?? [];
  const index = items.findIndex((item) => item?.[noun.fileKey] === name);
  if (index < 0) return undefined;
  const { line, column } = yaml.locate([noun.listedIn, index, property]);
  return `${fileNameOf(place)}:${line}:${column}`;
}
