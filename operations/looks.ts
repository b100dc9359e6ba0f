/** When each tenant was last read completely: schedules, consent and partner relations end without a word. */
import { ExpectedError } from "../core/expected-error.ts";
import { earlierLook } from "./drift-history.ts";
import type { EarlierLook, KnownDifference } from "./drift-history.ts";
import type { OperationContext } from "./ports.ts";

/** Longer ago than this is an alarm: a nightly run, and two hours for it to be late. */
const MOST_HOURS = 26;

export interface Look {
  /** UTC. */
  readonly at: string;
  /** False where the disk is full or read-only: the next one will not know of it. */
  readonly isKept: boolean;
}

const placeOf = (stack: string): string => `${stack}/looks/`;
const differencesOf = (stack: string): string => `${stack}/differences/`;

/**
 * After everything was read; never after a part.
 * @param differences what differed then, where that was looked at; without values
 */
export async function keepLook(
  { records, now }: Pick<OperationContext, "records" | "now">,
  stack: string,
  differences?: readonly KnownDifference[],
): Promise<Look> {
  const at = now().toISOString();
  const name = at.replaceAll(":", "-");
  try {
    if (differences !== undefined) {
      const value = Buffer.from(JSON.stringify({ at, differences } satisfies EarlierLook));
      await records.putIfAbsent(`${differencesOf(stack)}${name}`, value);
    }
    await records.putIfAbsent(`${placeOf(stack)}${name}`, Buffer.from(at));
    return { at, isKept: true };
  } catch (error) {
    const isDisk =
      error instanceof ExpectedError && ["state-full", "state-read-only"].includes(error.code);
    if (!isDisk) throw error;
    return { at, isKept: false };
  }
}

/** What differed at the newest look that says it; undefined where none does, or not in words of this version. */
export async function lastDifferences(
  { records }: Pick<OperationContext, "records">,
  stack: string,
): Promise<EarlierLook | undefined> {
  const newest = (await records.list(differencesOf(stack))).at(-1);
  const value = newest === undefined ? undefined : await records.get(newest);
  return value && earlierLook.safeParse(JSON.parse(Buffer.from(value).toString())).data;
}

/** UTC; undefined where there was none. */
export async function lastLook(
  { records }: Pick<OperationContext, "records">,
  stack: string,
): Promise<string | undefined> {
  const newest = (await records.list(placeOf(stack))).at(-1);
  const value = newest === undefined ? undefined : await records.get(newest);
  return value && Buffer.from(value).toString();
}

export const isOverdue = (at: string | undefined, now: Date): boolean =>
  at === undefined || now.getTime() - Date.parse(at) > MOST_HOURS * 3_600_000;

/** Tenants that were worked with here, whether they have a folder or not; sorted. */
export async function knownTenants({
  records,
}: Pick<OperationContext, "records">): Promise<readonly string[]> {
  const keys = await records.list("");
  const known = keys.filter((key) => /^[^/]+\/(?:entries|looks)\//.test(key));
  return [...new Set(known.map((key) => key.slice(0, key.indexOf("/"))))].sort();
}
