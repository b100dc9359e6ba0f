/**
 * What can be restored of a tenant, object by object: the port of a backup vendor. That a job succeeded proves nothing of
 * one mailbox, so each object is looked for by itself.
 */

import type { CopyKind } from "../../core/copy-kinds.ts";

export interface Copy {
  readonly kind: CopyKind;
  /** Object id at Microsoft, or user principal name; of a site its address. In lower case. */
  readonly key: string;
  /** Newest restore point that has it, UTC. */
  readonly newest: string;
}

export interface Copies {
  /** `vendor`: read from the vendor's service just now. `report`: the vendor's word, in a file. */
  readonly source: "vendor" | "report";
  /** When it was so, UTC; undefined: now. */
  readonly asOf: string | undefined;
  /** Each kind and key once. */
  readonly copies: readonly Copy[];
  /** Restore points before this one were not looked through, UTC; undefined where all were, or there is none. */
  readonly lookedBackTo: string | undefined;
  /** The place where copies lie; undefined where nothing says it. */
  readonly place: CopiesPlace | undefined;
}

export interface CopiesPlace {
  /** Day until which what is backed up today is kept (YYYY-MM-DD); undefined for ever. */
  readonly keptUntil: string | undefined;
  /**
   * By item: an item goes when it is older than the period, and one that is older already is never copied. Then nothing
   * from before this day (YYYY-MM-DD) is in any copy; undefined where each restore point is kept whole.
   */
  readonly nothingBefore: string | undefined;
  readonly isEncrypted: boolean;
}

/** One way to know what is kept. */
export interface CopiesReader {
  /** @throws the service's failures; never a part of what there is */
  read(): Promise<Copies>;
}
