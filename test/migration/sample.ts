/** The sample migration with things changed, and what is then wrong with it. */
import { readFileSync } from "node:fs";
import { parseMigration } from "../../migration/load.ts";
import type { Migration } from "../../migration/migration-schema.ts";
import type { Problem } from "../../tenant-file/index.ts";
import { sample as contoso, samplesDirectory, tenantOf } from "../tenant-file/contoso.ts";

export const tenant = tenantOf(contoso);
export const sample = readFileSync(`${samplesDirectory}contoso/migration.yaml`, "utf8");

/** The sample with every pair of texts exchanged, each at its first place. */
export function sampleWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The sample does not hold: ${from}`);
    return text.replace(from, () => to);
  }, sample);
}

export function problemsOf(text: string): readonly Problem[] {
  const checked = parseMigration(text, "migration.yaml", tenant);
  return "problems" in checked ? checked.problems : checked.warnings;
}

export function migrationOf(text = sample): Migration {
  const checked = parseMigration(text, "migration.yaml", tenant);
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems, undefined, 1));
  return checked.migration;
}

const KEPT = /marieke|emma|zoe|iris/;

/** With four of the people only. */
export const fourPeople = (text: string): string =>
  text.replaceAll(/ {2}- user: (\S+)@contoso\.com\n(?: {4}.*\n)+/g, (entry, user: string) =>
    KEPT.test(user) || !entry.includes("device") ? entry : "",
  );
