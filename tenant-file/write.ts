/** The text of a new tenant file, in the order and style of a person who writes one. */
import { Document, isMap, isPair, isScalar, isSeq, visit } from "yaml";
import type { Scalar } from "yaml";
import type * as z from "zod";
import { addDays, addMonths } from "../core/calendar.ts";
import type { tenantSchema } from "./tenant-schema.ts";

/** As it is written, before anything is filled in. */
export type TenantDraft = z.input<typeof tenantSchema>;
export type UserEntry = NonNullable<TenantDraft["users"]>[number];
export type GuestEntry = NonNullable<TenantDraft["guests"]>[number];
export type GroupEntry = NonNullable<TenantDraft["groups"]>[number];
export type MailboxEntry = NonNullable<TenantDraft["mailboxes"]>[number];
export type MailContactEntry = NonNullable<TenantDraft["mailContacts"]>[number];
export type SiteEntry = NonNullable<TenantDraft["sites"]>[number];

/** What stands above a section or an entry: a line each. */
export interface Remarks {
  /** By name of the section; for one that the draft does not have, where it would stand. */
  readonly sections: Readonly<Partial<Record<keyof TenantDraft, readonly string[]>>>;
  /** Above the entry of a list that has this name. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
}

const ORDER = [
  ...["version", "tenant", "managedBy", "contract", "approval", "backup", "subscriptions"],
  ...["domains", "dnsZones", "users", "guests", "groups", "mailboxes", "mailContacts", "sites"],
  ...["roles", "unmanaged"],
] as const satisfies readonly (keyof TenantDraft)[];

const CONTRACT_MONTHS = 36;

/** Until somebody says what was agreed. @param start calendar day */
export const firstContract = (start: string): TenantDraft["contract"] => ({
  start,
  end: addDays(addMonths(start, CONTRACT_MONTHS), -1),
  serviceLevel: "bronze",
});

/** Lists of names that fit on a line are written on one. */
const SHORT_LIST = 3;

export function tenantFileText(draft: TenantDraft, { sections, entries }: Remarks): string {
  const document = new Document({});
  document.commentBefore = " yaml-language-server: $schema=../tenant.schema.json";
  let waiting: string[] = [];
  for (const name of ORDER) {
    const remarks = (sections[name] ?? []).map((line) => ` ${line}`);
    if (draft[name] === undefined) {
      if (remarks.length > 0) waiting = [...waiting, ...remarks, ""];
      continue;
    }
    const key = document.createNode(name);
    const lines = [...waiting, ...remarks];
    waiting = [];
    if (name !== "version") key.spaceBefore = true;
    if (lines.length > 0) key.commentBefore = lines.join("\n");
    document.add(document.createPair(key, inStyle(document, draft[name], entries)));
  }
  visit(document, { Scalar: quoteAmbiguous });
  if (waiting.length > 0) document.comment = waiting.join("\n").trimEnd();
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function inStyle(document: Document, value: unknown, entries: Remarks["entries"]): unknown {
  const node = document.createNode(value);
  if (isMap(node))
    node.items.forEach(({ value: item }) => {
      putOnOneLine(item);
    });
  if (!isSeq(node)) return node;
  for (const item of node.items) {
    if (!isMap(item)) continue;
    item.items.forEach((pair) => {
      putOnOneLine(pair.value);
    });
    const [first] = item.items;
    const name = isPair(first) && isScalar(first.value) ? String(first.value.value) : "";
    const remarks = entries.get(name);
    if (remarks !== undefined) item.commentBefore = remarks.map((line) => ` ${line}`).join("\n");
  }
  return node;
}

/** Words and numbers that other readers of YAML, or people, take for something else: NO, on, +31 6 5550 0101. */
const AMBIGUOUS = /^(?:y|n|yes|no|on|off|true|false|\+.*)$/i;

export function quoteAmbiguous(_key: unknown, scalar: Scalar): void {
  const { value } = scalar;
  if (typeof value === "string" && AMBIGUOUS.test(value)) scalar.type = "QUOTE_DOUBLE";
}

function putOnOneLine(node: unknown): void {
  if (isSeq(node) && node.items.length <= SHORT_LIST) node.flow = node.items.every(isScalar);
}
