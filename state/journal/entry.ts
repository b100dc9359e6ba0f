/**
 * One entry of the engine's journal, checked for what a replay relies on.
 * Source: pulumi 3.250.0, sdk/go/common/apitype/journal.go (checked 2026-11-26). Later engines add kinds (10 in
 * 3.274.1) and fields: whatever is not known here is refused, since leaving it out would change the state.
 */
import { ExpectedError } from "../../core/expected-error.ts";
import type { Deployment, Operation, Resource, Snippet } from "./deployment.ts";

export const KIND = {
  begin: 0,
  success: 1,
  failure: 2,
  refreshSuccess: 3,
  outputs: 4,
  write: 5,
  secretsManager: 6,
  rebuiltBaseState: 7,
  extensionParameterize: 8,
  snippets: 9,
} as const;

type Kind = (typeof KIND)[keyof typeof KIND];

/** Positions (`…Old`) point into the resources of the base; `…New` are ids of operations that made a resource. */
export interface JournalEntry {
  readonly kind: Kind;
  /** Place in the journal, from 1, without repetition. */
  readonly sequenceID: number;
  /** Links the end of an operation to its begin; 0 where there is no operation. */
  readonly operationID: number;
  readonly removeOld?: number | null;
  readonly removeNew?: number | null;
  readonly pendingReplacementOld?: number;
  readonly pendingReplacementNew?: number;
  readonly deleteOld?: number;
  readonly deleteNew?: number;
  readonly state?: Resource;
  readonly operation?: Operation;
  readonly isRefresh?: boolean;
  readonly secretsProvider?: Readonly<Record<string, unknown>>;
  readonly snippets?: readonly Snippet[];
  readonly newSnapshot?: Deployment;
  readonly extensionRef?: string;
  readonly extension?: unknown;
}

type Check = (value: unknown) => boolean;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText: Check = (value) => typeof value === "string";
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag: Check = (value) => typeof value === "boolean";
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const mapOf =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(check);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
/** The named fields, where they are there, have these shapes; others may be anything. */
const shape =
  (fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value) =>
    isRecord(value) &&
    required.every((name) => name in value) &&
    Object.entries(fields).every(([name, check]) => !(name in value) || check(value[name]));

const isResource = shape(
  {
    urn: isText,
    parent: isText,
    provider: isText,
    dependencies: listOf(isText),
    propertyDependencies: mapOf(orNull(listOf(isText))),
    deletedWith: isText,
    replaceWith: listOf(isText),
    viewOf: isText,
    aliases: listOf(isText),
    resourceHooks: isRecord,
    extensionRef: isText,
  },
  ["urn"],
);
const isOperation = shape({ resource: isResource, type: isText }, ["resource", "type"]);
const isSnippet = shape({ references: mapOf(isText) });

/** Whether a value is a deployment that can be the base of a replay. */
export const isDeployment: Check = shape(
  {
    manifest: isRecord,
    secrets_providers: isRecord,
    resources: listOf(isResource),
    pending_operations: listOf(isOperation),
    metadata: isRecord,
    snippets: listOf(isSnippet),
    extensions: isRecord,
  },
  ["manifest"],
);

const FIELDS: Readonly<Record<string, Check>> = {
  version: (value) => value === 1,
  kind: (value) => Object.values<unknown>(KIND).includes(value),
  sequenceID: (value) => isCount(value) && value !== 0,
  operationID: isCount,
  removeOld: orNull(isCount),
  removeNew: orNull(isCount),
  pendingReplacementOld: isCount,
  pendingReplacementNew: isCount,
  deleteOld: isCount,
  deleteNew: isCount,
  state: isResource,
  operation: isOperation,
  isRefresh: isFlag,
  secretsProvider: isRecord,
  snippets: listOf(isSnippet),
  newSnapshot: isDeployment,
  extensionRef: isText,
  extension: () => true,
};
const REQUIRED = ["version", "kind", "sequenceID", "operationID"];

/** What an entry of a kind cannot do without. */
const NEEDED: Partial<Record<Kind, readonly string[]>> = {
  [KIND.write]: ["newSnapshot"],
  [KIND.secretsManager]: ["secretsProvider"],
  [KIND.extensionParameterize]: ["extensionRef", "extension"],
};

/** @throws ExpectedError `journal-refused` for anything that this version would not replay exactly */
export function checkedEntry(value: unknown): JournalEntry {
  if (!isRecord(value)) throw refused("an entry is not an object");
  const wrong = [
    ...REQUIRED.filter((name) => !(name in value)),
    ...Object.keys(value).filter((name) => FIELDS[name]?.(value[name]) !== true),
  ];
  if (wrong.length > 0) throw refused(`${describe(value)} has an unknown ${wrong.join(", ")}`);
  const entry = value as unknown as JournalEntry;
  const missing = (NEEDED[entry.kind] ?? []).filter((name) => !(name in value));
  if (missing.length > 0) throw refused(`${describe(value)} lacks ${missing.join(", ")}`);
  return entry;
}

/** Ids of the operations whose resources an entry changes. */
export const operationsMeantBy = (entry: JournalEntry): readonly number[] =>
  [entry.removeNew, entry.deleteNew, entry.pendingReplacementNew].filter(
    (id) => id !== undefined && id !== null,
  );

export const refused = (what: string): ExpectedError =>
  new ExpectedError("journal-refused", `The engine's journal cannot be stored: ${what}.`, {
    hint: "Use the engine that this release is pinned to (`npm run setup`); if you already do, report it.",
  });

const describe = ({ sequenceID, kind }: Record<string, unknown>): string =>
  `entry ${JSON.stringify(sequenceID)} of kind ${JSON.stringify(kind)}`;
