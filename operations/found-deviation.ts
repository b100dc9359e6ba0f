/** What was found, as an entry of `accepted` says it: a value, or one element that is there too much or is not there. */
import { z } from "zod";
import { asInFile } from "../core/file-values.ts";
import type { ElementChange, PropertyChange } from "../plan/index.ts";
import type { AcceptedEntry } from "../tenant-file/index.ts";
import { inFile } from "./drift-edits.ts";
import type { Target } from "./drift-edits.ts";

type FoundDeviation = Pick<AcceptedEntry, "value" | "extra" | "missing" | "id" | "role">;
type Asked = Pick<Target, "key" | "names">;
type Said = FoundDeviation | { readonly why: string };

const UNSAID = { why: "a tenant file has no words for it" };

/** As an entry holds it. */
const value = z.union([z.string(), z.boolean(), z.array(z.string())]);

/** One entry a value, and one an element; or why there is none. */
export function foundDeviations(
  { after = "", elements, secret }: PropertyChange,
  asked: Asked,
): readonly Said[] {
  if (secret) return [{ why: "its value is secret" }];
  if (elements !== undefined) return elements.map((element) => foundElement(element, asked));
  const found = value.safeParse(asInFile(asked.key, after));
  if (!found.success) return [UNSAID];
  const { data } = found;
  const isSomebody = asked.key === "manager" && typeof data === "string" && data !== "";
  return [isSomebody ? somebody(data, asked) : { value: data }];
}

/** Whoever is not one of the tenant's people, such as a contact, has no other name here than the id. */
const somebody = (id: string, { names }: Asked) => ({ value: names.get(id) ?? id, id });

function foundElement({ before, after }: ElementChange, asked: Asked): Said {
  const { key, names } = asked;
  const element = after ?? before ?? "";
  const isId = ["owners", "sponsors"].includes(key) && typeof element === "string";
  const { name, id, role } =
    inFile(element, asked) ?? (isId ? { name: names.get(element) ?? element, id: element } : {});
  if (name === undefined) return UNSAID;
  const who = { ...(id === undefined ? {} : { id }) };
  if (after === undefined) return { missing: name, ...who };
  if (before !== undefined && role === undefined) {
    return { why: "the element stays, but has changed" };
  }
  return { extra: name, ...who, ...(role === undefined ? {} : { role }) };
}
