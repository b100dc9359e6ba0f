/** Reading a record for people: what every entry says, and whether it all holds. Needs no engine and no tenant. */
import { existsSync } from "node:fs";
import { decodeEntry, headOf, readStatement } from "../approval/index.ts";
import type { Entry, ReadStatement, RecordPosition, StatementOf } from "../approval/index.ts";
import type { Workspace } from "../workspace/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { hashOfFile, readPlan } from "./plan-store.ts";
import { openRecord } from "./trust.ts";

/** Whether the page that a decision maker saw is still here, and still the one that was signed. */
export type PageState = "same" | "changed" | "gone";

export interface LogEntry {
  readonly sequence: number;
  readonly recordedAt: string;
  readonly statement: ReadStatement;
  /** For decisions only. */
  readonly page?: PageState;
}

const logEntry = (entry: Entry, statement: ReadStatement): LogEntry => ({
  sequence: entry.sequence,
  recordedAt: entry.recordedAt,
  statement,
});

/** Every entry as it stands in the storage. @throws ExpectedError `record-broken` at one that cannot be read at all. */
export async function readLog(workspace: Workspace, stack: string): Promise<LogEntry[]> {
  const { record } = await openRecord(workspace, stack);
  const entries = await record.readEntries();
  return entries.map((bytes, at) => {
    const entry = readEntry(bytes, at + 1);
    const { statement } = entry;
    if (statement.kind !== "decision") return entry;
    const path = pagePath(workspace, stack, statement);
    if (path === undefined) return { ...entry, page: "gone" };
    const isSame = hashOfFile(path) === statement.predicate.shown.sha256;
    return { ...entry, page: isSame ? "same" : "changed" };
  });
}

/** Chain, signatures and the newest head that this machine has seen. @throws ExpectedError `record-broken`. */
export async function verifyLog(
  workspace: Workspace,
  stack: string,
): Promise<{ readonly entries: number; readonly head: RecordPosition }> {
  const verification = await (await openRecord(workspace, stack)).verify();
  if (verification.ok) {
    const { record } = verification;
    return { entries: record.statements.length, head: headOf(record) };
  }
  const { sequence, reason, message } = verification.break;
  throw broken(sequence, `${message} (${reason})`);
}

function readEntry(bytes: Uint8Array, sequence: number): LogEntry {
  try {
    const entry = decodeEntry(bytes);
    return logEntry(entry, readStatement(entry.envelope));
  } catch (error) {
    if (error instanceof ExpectedError) throw broken(sequence, error.message);
    throw error;
  }
}

/** Where the page lies that was signed; undefined when this machine does not hold that plan. */
function pagePath(
  workspace: Workspace,
  stack: string,
  { digest, predicate }: StatementOf<"decision">,
): string | undefined {
  try {
    const { htmlPath, markdownPaths } = readPlan(workspace, stack, `sha256:${digest}`);
    const { format, language } = predicate.shown;
    const paths: Readonly<Record<string, string>> = {
      html: htmlPath,
      markdown: markdownPaths[language],
    };
    const path = paths[format];
    return path !== undefined && existsSync(path) ? path : undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

const broken = (sequence: number, why: string): ExpectedError =>
  new ExpectedError("record-broken", `The record breaks at entry ${sequence}: ${why}`, {
    hint: "Approve and apply nothing; find out who can write to the storage, and restore the record from a copy.",
  });
