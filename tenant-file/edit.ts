/** Changes of a tenant file that a person has: one key or element at a time, everything else stays as it was written. */
import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, parseDocument, visit, YAMLSeq } from "yaml";
import type { Document, YAMLMap } from "yaml";
import { LISTED, OBJECT_KINDS } from "../core/nouns.ts";
import type { ListSection } from "../core/nouns.ts";
import { quoteAmbiguous } from "./write.ts";

type Value = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/** One change of one object's entry. An element of a list that is a group of keys is named by one of them. */
export type EntryChange =
  | { readonly kind: "set"; readonly value: Value }
  | { readonly kind: "clear" }
  | { readonly kind: "leave-out" }
  | { readonly kind: "add"; readonly element: Value }
  | { readonly kind: "take-out"; readonly element: string }
  | { readonly kind: "replace"; readonly element: string; readonly by: Value };

/** An entry of `accepted`, in the order of its keys. */
export interface AcceptedEntry {
  readonly user?: string;
  readonly guest?: string;
  readonly group?: string;
  readonly mailbox?: string;
  readonly site?: string;
  readonly domain?: string;
  readonly property: string;
  readonly value?: Value;
  readonly extra?: string;
  readonly missing?: string;
  readonly id?: string;
  readonly role?: string;
  readonly reason: string;
  readonly until: string;
}

export type Edit =
  | {
      readonly section: ListSection;
      /** As the file names the object. */
      readonly name: string;
      /** With dots inside groups of keys. */
      readonly key: string;
      readonly change: EntryChange;
    }
  | NewEntry
  | { readonly accept: AcceptedEntry };

/** An object that the file does not have yet. */
export interface NewEntry {
  readonly section: ListSection;
  readonly name: string;
  readonly entry: Readonly<Record<string, unknown>>;
}

/** As people indent, the most usual first. */
const STYLES = [
  { indent: 2, indentSeq: true },
  { indent: 2, indentSeq: false },
  { indent: 4, indentSeq: true },
].map((style) => ({ ...style, lineWidth: 0, flowCollectionPadding: false }));

/** @returns undefined where the file has no such entry, list or element */
export function editedText(text: string, edits: readonly Edit[]): string | undefined {
  const document = parseDocument(text);
  const lines = text.split(LINE_END);
  const written = STYLES.map((style) => ({ style, before: document.toString(style) }));
  const alike = ({ before }: (typeof written)[number]): number =>
    before.split("\n").filter((line, at) => line === lines[at]).length;
  const [nearest] = written.toSorted((one, other) => alike(other) - alike(one));
  if (nearest === undefined || !edits.every((edit) => carryOut(document, edit))) return undefined;
  visit(document, { Scalar: quoteAmbiguous });
  const after = document.toString(nearest.style);
  const spliced = inPlace(lines, { ...nearest, after });
  // Lines of two ways of indenting may mean something else together.
  const isSame = isDeepStrictEqual(parseDocument(spliced).toJS(), document.toJS());
  return (isSame ? spliced : after).replaceAll("\n", text.includes("\r\n") ? "\r\n" : "\n");
}

const LINE_END = /\r?\n/;

function carryOut(document: Document, edit: Edit): boolean {
  if ("accept" in edit) {
    accept(document, edit.accept);
    return true;
  }
  if ("entry" in edit) {
    enter(document, edit);
    return true;
  }
  const entry = entryOf(document, edit);
  return entry !== undefined && changeEntry(document, entry, edit);
}

const ABOUT = [...OBJECT_KINDS, "property"] as const;
const ELEMENT = ["extra", "missing"] as const;

/** Who is named by id may have had another name; a value stands in the place of whatever stood there. */
function isSameDeviation(item: YAMLMap, entry: AcceptedEntry): boolean {
  if (ABOUT.some((key) => item.get(key) !== entry[key])) return false;
  if (entry.value !== undefined) return true;
  return entry.id === undefined
    ? ELEMENT.every((key) => item.get(key) === entry[key])
    : item.get("id") === entry.id;
}

/** In the place of an earlier entry for the same. */
function accept(document: Document, entry: AcceptedEntry): void {
  const list = listOf(document, "accepted");
  const at = list.items.findIndex((item) => isMap(item) && isSameDeviation(item, entry));
  list.set(at < 0 ? list.items.length : at, document.createNode(entry));
}

/** At the end of its section. */
function enter(document: Document, { section, entry }: NewEntry): void {
  listOf(document, section).add(document.createNode(entry));
}

/** The list under a key, at the end of the file where it has none. */
function listOf(document: Document, key: string): YAMLSeq {
  const list = document.get(key);
  if (isSeq(list)) {
    // An empty list stands on the line of its key.
    if (list.items.length === 0) list.flow = false;
    return list;
  }
  const [node, made] = [document.createNode(key), new YAMLSeq()];
  node.spaceBefore = true;
  document.add(document.createPair(node, made));
  return made;
}

/** The file may write a name in capitals. */
const isName = (value: unknown, name: string): boolean =>
  typeof value === "string" && value.toLowerCase() === name.toLowerCase();

function entryOf(
  document: Document,
  { section, name }: { readonly section: ListSection; readonly name: string },
): YAMLMap | undefined {
  const fileKey = LISTED.find(({ listedIn }) => listedIn === section)?.fileKey;
  const list = document.get(section);
  if (!isSeq(list) || fileKey === undefined) return undefined;
  return list.items.filter(isMap).find((entry) => isName(entry.get(fileKey), name));
}

function changeEntry(
  document: Document,
  entry: YAMLMap,
  { key, change }: { readonly key: string; readonly change: EntryChange },
): boolean {
  const place = key.split(".");
  switch (change.kind) {
    case "set": {
      const node = entry.getIn(place, true);
      // The same node keeps its comment.
      if (isScalar(node) && typeof change.value !== "object") node.value = change.value;
      else entry.setIn(place, document.createNode(change.value));
      if (key === "accountEnabled" && change.value === true) entry.delete("blockedBecause");
      takeOut(entry.get("clear"), key);
      if (isEmptyList(entry.get("clear"))) entry.delete("clear");
      return true;
    }
    case "leave-out":
      return entry.deleteIn(place);
    case "clear": {
      entry.delete(key);
      const cleared = entry.get("clear");
      if (isSeq(cleared)) cleared.add(key);
      else entry.set("clear", document.createNode([key], { flow: true }));
      return true;
    }
    case "add": {
      const list = entry.getIn(place);
      if (isSeq(list)) list.add(document.createNode(change.element));
      return isSeq(list);
    }
    case "take-out":
      return takeOut(entry.getIn(place), change.element);
    case "replace": {
      const list = entry.getIn(place);
      const at = placeIn(list, change.element);
      if (at !== undefined) replaceIn(document, list as YAMLSeq, { at, by: change.by });
      return at !== undefined;
    }
  }
}

/** What else the file says of the same element, such as why, stays. */
function replaceIn(
  document: Document,
  list: YAMLSeq,
  { at, by }: { readonly at: number; readonly by: Value },
): void {
  const element = list.items[at];
  if (!isMap(element) || typeof by !== "object" || Array.isArray(by)) {
    list.set(at, document.createNode(by));
    return;
  }
  for (const [key, value] of Object.entries(by)) element.set(key, document.createNode(value));
}

const isEmptyList = (node: unknown): boolean => isSeq(node) && node.items.length === 0;

function placeIn(list: unknown, element: string): number | undefined {
  if (!isSeq(list)) return undefined;
  const at = list.items.findIndex((item) =>
    isMap(item)
      ? item.items.some(({ value }) => isScalar(value) && isName(value.value, element))
      : isScalar(item) && isName(item.value, element),
  );
  return at < 0 ? undefined : at;
}

function takeOut(list: unknown, element: string): boolean {
  const at = placeIn(list, element);
  if (at !== undefined) (list as YAMLSeq).delete(at);
  return at !== undefined;
}

/** Only the lines that the change makes differ: the library writes some of the others in its own way. */
function inPlace(
  written: readonly string[],
  { before, after }: { readonly before: string; readonly after: string },
): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  // Where it breaks lines in another way, lines cannot be told from one another.
  if (written.length !== old.length) return after;
  const most = Math.min(old.length, now.length);
  const isSame = (one: number, other: number): boolean => old.at(one) === now.at(other);
  let head = 0;
  while (head < most && isSame(head, head)) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(-1 - tail, -1 - tail)) tail += 1;
  return [
    ...written.slice(0, head),
    ...now.slice(head, now.length - tail),
    ...written.slice(written.length - tail),
  ].join("\n");
}
