/** Where something of a tenant is in its file, for refusals after the file was read. */
import { nounOf, type ListSection } from "../core/nouns.ts";
import { fileNameOf, readTenantFile, type TenantPlace } from "./files.ts";
import { readLeniently } from "./reading/lenient.ts";
import { readYaml } from "./reading/yaml-text.ts";

/** The key by which each section names its objects, which is also the name of their resource. */
const KEYS = {
  users: "userPrincipalName",
  groups: "name",
  sites: "url",
  subscriptions: "sku",
} as const satisfies Record<ListSection, string>;

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
  const section = nounOf(type)?.listedIn;
  const file = await readTenantFile(place);
  if (section === undefined || "unreadable" in file) return undefined;
  const yaml = readYaml(file.text);
  if ("unreadable" in yaml) return undefined;
  const items: readonly (Record<string, unknown> | undefined)[] =
    readLeniently(yaml.data)[section] ?? [];
  const index = items.findIndex((item) => item?.[KEYS[section]] === name);
  if (index < 0) return undefined;
  const { line, column } = yaml.locate([section, index, property]);
  return `${fileNameOf(place)}:${line}:${column}`;
}
