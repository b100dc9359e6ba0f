/** What is known of a stack beside its deployments. */
import type { Queries } from "../database/port.ts";
import { integer, optionalText, text } from "../database/row.ts";

export interface StackInfo {
  readonly stack: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Of the last update or import that has ended; 0 before the first. */
  readonly version: number;
  /** The last update, whether it has ended or not. */
  readonly latestUpdate: string | undefined;
  readonly running:
    { readonly id: string; readonly kind: string; readonly started: Date } | undefined;
}

export async function getStack(
  queries: Queries,
  { stack }: Pick<StackInfo, "stack">,
): Promise<StackInfo | undefined> {
  const [row] = await queries.all(
    `SELECT stacks.stack, tags, stacks.version, latest_update, running, kind, started
     FROM stacks LEFT JOIN updates ON updates.id = stacks.running WHERE stacks.stack = ?`,
    stack,
  );
  if (row === undefined) return undefined;
  const id = optionalText(row, "running");
  return {
    stack,
    tags: JSON.parse(text(row, "tags")) as Record<string, string>,
    version: integer(row, "version"),
    latestUpdate: optionalText(row, "latest_update"),
    running:
      id === undefined
        ? undefined
        : { id, kind: text(row, "kind"), started: new Date(integer(row, "started")) },
  };
}
