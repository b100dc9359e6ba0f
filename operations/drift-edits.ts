/** A drift as changes of the tenant file: what was found becomes what is declared, where the file can say it. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Json } from "../core/json.ts";
import { findSku } from "../core/sku-catalogue.ts";
import type { Drift, ElementChange, PropertyChange } from "../plan/index.ts";
import type { Edit, EntryChange } from "../tenant-file/index.ts";
import { entryOf, fileKeyOf, filePlaceOf } from "./file-places.ts";
import type { FilePlace } from "./file-places.ts";

type EntryEdit = Extract<Edit, { readonly change: EntryChange }>;

interface Unsaid {
  /** As the file names it, where it does. */
  readonly object: string;
  readonly key: string;
  /** Why the file stays as it is. */
  readonly why: string;
}

export interface DriftEdits {
  readonly edits: readonly EntryEdit[];
  readonly unsaid: readonly Unsaid[];
}

type Names = ReadonlyMap<string, string>;
type Said = EntryChange | { readonly why: string };

/** @param names user principal names by object id */
export function editsOf(drift: Drift, names: Names): DriftEdits {
  const place = filePlaceOf(drift);
  const object = place?.name ?? drift.name;
  const unsaid = (key: string, why: string): DriftEdits => ({
    edits: [],
    unsaid: [{ object, key, why }],
  });
  if (place === undefined) return unsaid("", "it is not one of the people, groups and sites");
  if (drift.kind === "gone") {
    return unsaid("", "it is gone; take it out of the file with an entry under `remove`");
  }
  const parts = drift.properties.flatMap((property): DriftEdits[] => {
    const key = fileKeyOf(drift, property);
    if (key === undefined) return [unsaid(property.path, "the file has no such key")];
    return saidAs(property, { place, key, names }).map((said) =>
      "why" in said
        ? unsaid(key, said.why)
        : { edits: [{ section: place.section, name: object, key, change: said }], unsaid: [] },
    );
  });
  return {
    edits: parts.flatMap(({ edits }) => edits),
    unsaid: parts.flatMap((part) => part.unsaid),
  };
}

export interface Target {
  readonly place: FilePlace;
  readonly key: string;
  readonly names: Names;
}

function saidAs({ after, elements, secret }: PropertyChange, target: Target): Said[] {
  const { key, names, place } = target;
  if (secret) return [{ why: "its value is secret" }];
  if (elements !== undefined) return elements.map((element) => elementSaidAs(element, target));
  const isNothing = after === undefined || after === "";
  if (isNothing) {
    return [canBeCleared(place, key) ? { kind: "clear" } : { why: "the file cannot empty it" }];
  }
  const value = key === "manager" ? nameOf(after, names) : after;
  const parsed = entryOf(place).shape[key]?.safeParse(value);
  // What the file would write in another way would be another value.
  const isSayable = parsed?.success === true && isDeepStrictEqual(parsed.data, value);
  const text = z.union([z.string(), z.boolean(), z.array(z.string())]).safeParse(value);
  if (!isSayable || !text.success) return [{ why: "the file does not take this value" }];
  return [{ kind: "set", value: text.data }];
}

const nameOf = (id: Json, names: Names): string | undefined =>
  typeof id === "string" ? names.get(id) : undefined;

const canBeCleared = (place: FilePlace, key: string): boolean =>
  entryOf(place).shape.clear?.safeParse([key]).success === true;

function elementSaidAs({ before, after }: ElementChange, target: Target): Said {
  const [old, now] = [inFile(before, target), inFile(after, target)];
  if (after === undefined && old !== undefined) return { kind: "take-out", element: old.name };
  if (before === undefined && now !== undefined) return { kind: "add", element: now.element };
  if (old === undefined || now === undefined) return { why: "the file has no name for it" };
  return { kind: "replace", element: old.name, by: now.element };
}

interface InFile {
  readonly name: string;
  /** Of a person or group, where it is known. */
  readonly id?: string | undefined;
  readonly role?: string;
  readonly element: Extract<EntryChange, { readonly kind: "add" }>["element"];
}

const named = (name: string | undefined, id?: Json): InFile | undefined =>
  name === undefined
    ? undefined
    : { name, element: name, id: typeof id === "string" ? id : undefined };

const member = z.object({ id: z.string().optional(), userPrincipalName: z.string() });
const memberGroup = z.object({ id: z.string(), groupName: z.string() });
const license = z.object({ sku: z.string(), disabledPlans: z.array(z.string()).default([]) });
const grant = z.object({
  id: z.string().optional(),
  kind: z.enum(["user", "group"]),
  principal: z.string(),
  role: z.string(),
});

/** Elements of the lists of the file, out of those of the resources; undefined where the file has no words for one. */
const IN_FILE: Readonly<Record<string, (element: Json, names: Names) => InFile | undefined>> = {
  members: (element) => {
    const { data } = member.safeParse(element);
    return named(data?.userPrincipalName, data?.id);
  },
  memberGroups: (element) => {
    const { data } = memberGroup.safeParse(element);
    return named(data?.groupName, data?.id);
  },
  owners: (element, names) => named(nameOf(element, names), element),
  licenses: (element) => {
    const { sku, disabledPlans } = license.parse(element);
    return disabledPlans.length > 0 || findSku(sku) === undefined ? undefined : named(sku);
  },
  permissions: (element) => {
    const { id, kind, principal, role } = grant.parse(element);
    return { name: principal, element: { [kind]: principal, role }, id, role };
  },
};

/** An element of a list as the file has it; undefined where it has no words for it, and for none. */
export const inFile = (
  element: Json | undefined,
  { key, names }: Pick<Target, "key" | "names">,
): InFile | undefined => (element === undefined ? undefined : IN_FILE[key]?.(element, names));
