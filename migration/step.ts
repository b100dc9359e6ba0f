/** One step of a migration. */
import type { Text } from "../core/language.ts";
import type { Finding } from "../tenant-file/index.ts";
import type { Migration } from "./migration-schema.ts";

/** What a gate stands before: the first synchronisation, the day itself, and calling it finished. */
export type Boundary = "synchronise" | "day" | "close";

export interface Step {
  /** `mailbox:anna@contoso.com`; as it is ticked off. */
  readonly id: string;
  /** Where it comes from, for problems in the file. */
  readonly path: Finding["path"];
  readonly phase: "before" | "day" | "after";
  readonly text: Text;
  readonly owner: string;
  /** YYYY-MM-DD in the customer's country. */
  readonly day: string;
  /** HH:MM in the customer's zone; undefined: some time that day. */
  readonly at?: string;
  /** It cannot be done earlier. */
  readonly notBefore?: string;
  readonly check: Text;
  readonly back?: Text;
  readonly boundary?: Boundary;
  /** Ticked off with the number of items at the source and at the target. */
  readonly isCounted?: true;
  /** Of the day: all steps of lower stages come first. */
  readonly stage?: number;
}

export const idOf = (kind: string, name: string): string =>
  `${kind}:${name.toLowerCase().replaceAll(/\s+/g, "-")}`;

/** Who registers the second step on the day or later does it then. */
export const isPlannedForTheDay = (
  { day }: Migration,
  { secondStepOn }: Migration["people"][number],
): boolean => secondStepOn !== undefined && secondStepOn >= day.date;
