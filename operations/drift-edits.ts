/** A drift as changes of the tenant file: what was found becomes what is declared, where the file can say it. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { addDays, dayBegunAt } from "../core/calendar.ts";
import { asInFile } from "../core/file-values.ts";
import type { Json } from "../core/json.ts";
import { NOUN_OF } from "../core/nouns.ts";
import { findSku } from "../core/sku-catalogue.ts";
import type { Drift, ElementChange, PropertyChange } from "../plan/index.ts";
import type { Edit, EntryChange, Tenant } from "../tenant-file/index.ts";
import { entryOf, fileKeyOf, filePlaceOf, schemaOf } from "./file-places.ts";
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

/** @param in.names user principal names by object id */
export function editsOf(
  drift: Drift,
  { names, tenant }: { readonly names: Names; readonly tenant: Tenant },
): DriftEdits {
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
    return saidAs(property, { place, key, names, tenant }).map((said) =>
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
  /** As the file has it now. */
  readonly tenant: Tenant;
}

function saidAs({ after, elements, kept = 0, secret }: PropertyChange, target: Target): Said[] {
  const { key, place } = target;
  if (secret) return [{ why: "its value is secret" }];
  const list = LISTS_IN_PLACE_OF[key];
  const declared = declaredAt(target);
  if (elements !== undefined && list !== undefined) {
    if (!Array.isArray(declared)) return [wholeList(elements, target)];
    // Without its last element it would be no list any more.
    if (kept === 0 && elements.every((one) => one.after === undefined))
      return [{ kind: "set", value: list.none }];
  }
  if (elements !== undefined) return elements.map((element) => elementSaidAs(element, target));
  if (list !== undefined && Array.isArray(declared)) return list.besides(after);
  const value = valueInFile(after, target);
  const isNothing = value === undefined || value === "";
  if (isNothing && key.startsWith(REPLIES)) return [{ kind: "leave-out" }];
  if (isNothing) {
    return [canBeCleared(place, key) ? { kind: "clear" } : { why: "the file cannot empty it" }];
  }
  const parsed = schemaOf(place, key)?.safeParse(value);
  // What the file would write in another way would be another value.
  const isSayable = parsed?.success === true && isDeepStrictEqual(parsed.data, value);
  const said = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).safeParse(value);
  if (!isSayable || !said.success) return [{ why: "the file does not take this value" }];
  return [{ kind: "set", value: said.data }];
}

/** What is left out of automatic replies is nothing, and not unmanaged. */
const REPLIES = "mailbox.automaticReplies.";

/** Keys that are a word or a list: the word that an empty list comes to, and what else can be said beside a list. */
const LISTS_IN_PLACE_OF: Readonly<
  Partial<Record<string, { readonly none: string; readonly besides: (after?: Json) => Said[] }>>
> = {
  senders: {
    none: "inside",
    // Who sends has signed in, or is none of those on the list.
    besides: (isInside) =>
      isInside === true ? [] : [{ why: "the file has no list that takes mail from outside too" }],
  },
};

function wholeList(elements: readonly ElementChange[], target: Target): Said {
  const found = elements.flatMap(({ after }) => (after === undefined ? [] : [after]));
  const names = found.flatMap((one) => inFile(one, target)?.name ?? []);
  if (names.length < found.length) return { why: "the file has no name for it" };
  return { kind: "set", value: names };
}

function declaredAt({ place, key, tenant }: Target): unknown {
  const { fileKey } = NOUN_OF[place.kind];
  const entries: readonly Readonly<Partial<Record<string, unknown>>>[] =
    tenant[place.section] ?? [];
  return entries.find((entry) => entry[fileKey] === place.name)?.[key];
}

/** In the words of the file; undefined for nothing, and for what it has no word for. */
function valueInFile(after: Json | undefined, { key, names, tenant }: Target): Json | undefined {
  if (after === undefined) return undefined;
  if (key === "manager") return after === "" ? "" : (nameOf(after, names) ?? null);
  const { country } = tenant.tenant;
  const instant = typeof after === "string" ? after : "";
  // No answer outside is said by leaving the text out.
  if (key === `${REPLIES}externalAudience` && after === "none") return undefined;
  if (key === `${REPLIES}from`) return dayBegunAt(country, instant) ?? null;
  if (key === `${REPLIES}until`) {
    const next = dayBegunAt(country, instant);
    return next === undefined ? null : addDays(next, -1);
  }
  return asInFile(key, after);
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
const holder = z.object({ userPrincipalName: z.string(), role: z.string().optional() });
const sender = z.object({ id: z.string(), name: z.string() });
const license = z.object({ sku: z.string(), disabledPlans: z.array(z.string()).default([]) });
const grant = z.object({
  id: z.string().optional(),
  kind: z.enum(["user", "group"]),
  principal: z.string(),
  role: z.string(),
});

/** Elements of the lists of the file, out of those of the resources; undefined where the file has no words for one. */
const IN_FILE: Readonly<Record<string, (element: Json, names: Names) => InFile | undefined>> = {
  aliases: (element) => (typeof element === "string" ? { name: element, element } : undefined),
  senders: (element, names) => {
    const { data } = sender.safeParse(element);
    return named(data && (names.get(data.id) ?? data.name), data?.id);
  },
  ...Object.fromEntries(
    ["fullAccess", "sendAs", "sendOnBehalf", "calendar"].map((right) => [right, rightInFile]),
  ),
  members: (element) => {
    const { data } = member.safeParse(element);
    return named(data?.userPrincipalName, data?.id);
  },
  memberGroups: (element) => {
    const { data } = memberGroup.safeParse(element);
    return named(data?.groupName, data?.id);
  },
  owners: (element, names) => named(nameOf(element, names), element),
  sponsors: (element, names) => named(nameOf(element, names), element),
  licenses: (element) => {
    const { sku, disabledPlans } = license.parse(element);
    return disabledPlans.length > 0 || findSku(sku) === undefined ? undefined : named(sku);
  },
  permissions: (element) => {
    const { id, kind, principal, role } = grant.parse(element);
    return { name: principal, element: { [kind]: principal, role }, id, role };
  },
};

/** Of a mailbox or its calendar: people are known by their names only. */
function rightInFile(element: Json): InFile | undefined {
  const { data } = holder.safeParse(element);
  if (data === undefined) return undefined;
  const { userPrincipalName: name, role } = data;
  return role === undefined
    ? { name, element: { user: name } }
    : { name, element: { user: name, role }, role };
}

/** An element of a list as the file has it; undefined where it has no words for it, and for none. */
export const inFile = (
  element: Json | undefined,
  { key, names }: Pick<Target, "key" | "names">,
): InFile | undefined =>
  element === undefined ? undefined : IN_FILE[key.split(".").at(-1) ?? ""]?.(element, names);
