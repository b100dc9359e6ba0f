/** Writing changes into a tenant file, each of which leaves it a valid one. */
import { rename, writeFile } from "node:fs/promises";
import { editedText } from "./edit.ts";
import type { Edit } from "./edit.ts";
import { fileNameOf, readTenantFile } from "./files.ts";
import type { TenantPlace } from "./files.ts";
import { readIdentities } from "./identities.ts";
import { loadTenant, parseTenant } from "./load.ts";

export interface ChangedFile<T extends Edit> {
  readonly file: string;
  readonly done: readonly T[];
  /** What the file cannot say, each with the reason. */
  readonly refused: readonly { readonly edit: T; readonly why: string }[];
}

/** Carries out what it can: all at once, else one after the other. @throws ExpectedError those of a file that is not valid as it is */
export async function changeTenantFile<T extends Edit>(
  place: TenantPlace,
  edits: readonly T[],
): Promise<ChangedFile<T>> {
  await loadTenant(place);
  const file = fileNameOf(place);
  const read = await readTenantFile(place);
  const identities = await readIdentities(place.stacksDirectory);
  const others = identities.filter(({ name }) => name !== place.tenant);
  const tried = (text: string, asked: readonly T[]): { text: string } | { why: string } => {
    const edited = editedText(text, asked);
    if (edited === undefined) return { why: "the file has no such entry" };
    const parsed = parseTenant(edited, file, { others });
    const errors = "problems" in parsed ? parsed.problems : [];
    const [first] = errors.filter(({ level }) => level === "error");
    return first === undefined ? { text: edited } : { why: `${first.path}: ${first.message}` };
  };
  let text = "text" in read ? read.text : "";
  const all = tried(text, edits);
  if ("text" in all) {
    if (edits.length > 0) await replace(file, all.text);
    return { file, done: edits, refused: [] };
  }
  const done: T[] = [];
  const refused: { edit: T; why: string }[] = [];
  for (const edit of edits) {
    const one = tried(text, [edit]);
    if ("why" in one) refused.push({ edit, why: one.why });
    else {
      text = one.text;
      done.push(edit);
    }
  }
  if (done.length > 0) await replace(file, text);
  return { file, done, refused };
}

/** Whole or not at all. */
async function replace(file: string, text: string): Promise<void> {
  const written = `${file}.new`;
  await writeFile(written, text);
  await rename(written, file);
}
