/**
 * The newest head of each record that this machine has seen, in a file outside the record's store: a record
 * that was cut off or rewritten since is noticed, although it is consistent in itself.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { ExpectedError } from "../../core/expected-error.ts";
import { recordPosition, stackName } from "../../approval/index.ts";
import type { RecordPosition } from "../../approval/index.ts";

export interface KnownHeads {
  /** @throws ExpectedError `known-head-malformed`. */
  read(stack: string): Promise<RecordPosition | undefined>;
  /** Keeps the head if it is further on than the one that is kept. Give verified heads only. */
  write(stack: string, head: RecordPosition): Promise<void>;
}

/** The newest of what several places know; what is seen is kept in all of them. */
export const allHeads = (places: readonly KnownHeads[]): KnownHeads => ({
  read: async (stack) => {
    const known = await Promise.all(places.map((place) => place.read(stack)));
    return known
      .filter((head) => head !== undefined)
      .reduce<RecordPosition | undefined>(
        (newest, head) => (newest === undefined || newest.sequence < head.sequence ? head : newest),
        undefined,
      );
  },
  write: async (stack, head) => {
    for (const place of places) await place.write(stack, head);
  },
});

export function knownHeads(folder: string): KnownHeads {
  const fileOf = (stack: string) => path.join(folder, `${stackName.parse(stack)}.json`);

  const read = async (stack: string) => {
    let text: string;
    try {
      text = await readFile(fileOf(stack), "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
    try {
      return recordPosition.parse(JSON.parse(text));
    } catch (cause) {
      throw new ExpectedError(
        "known-head-malformed",
        `The file of the last seen record entry of ${stack} is damaged.`,
        {
          hint: `Make sure that the newest entries of the record are there, then remove ${fileOf(stack)}.`,
          cause,
        },
      );
    }
  };

  return {
    read,
    async write(stack, head) {
      const known = await read(stack);
      if (known !== undefined && known.sequence >= head.sequence) return;
      await mkdir(folder, { recursive: true });
      const temporary = `${fileOf(stack)}.${randomUUID()}`;
      await writeFile(temporary, JSON.stringify(head));
      await rename(temporary, fileOf(stack));
    },
  };
}
