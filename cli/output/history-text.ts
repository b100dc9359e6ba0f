/** Since when a difference is there, and who made it. */
import type { Status } from "../../operations/index.ts";

type Found = Pick<Status["drift"][number], "history">;
type History = Found["history"][number];

/** Once what holds of every property; otherwise each with its own. */
export function historyTexts({ history }: Found): string[] {
  const paths = new Map<string, string[]>();
  for (const one of history) {
    const text = historyText(one);
    paths.set(text, [...(paths.get(text) ?? []), ...(one.path === undefined ? [] : [one.path])]);
  }
  if (paths.size <= 1) return [...paths.keys()];
  return [...paths].map(([text, of]) => `${of.join(", ")}: ${text}`);
}

/** Times are in the customer's zone. */
function historyText({ change, seen, mayBeOlder }: History): string {
  const known = `known since the look of ${seen.localTime}`;
  if (change === undefined) {
    return mayBeOlder ? `${known}; may be older than the audit log keeps` : known;
  }
  const by = change.by === undefined ? "" : ` by ${change.by}`;
  return change.isExact
    ? `since ${change.localTime}${by}`
    : `${known}; the object was last changed ${change.localTime}${by}`;
}
