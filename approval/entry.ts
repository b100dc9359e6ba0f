/** One entry of a record: an envelope, its place, and the hash of the entry before it. */
import { z } from "zod";
import { canonicalJson } from "../core/canonical-json.ts";
import { decodeCanonical, envelopeSchema, type Envelope } from "./dsse.ts";
import { instant, sha256Hex, type RecordPosition } from "./fields.ts";
import { sha256 } from "./statement.ts";

const entrySchema = z.strictObject({
  /** From 1, without gaps. */
  sequence: z.int().min(1),
  previousHash: sha256Hex,
  /** When it entered the record: clock of the one who added it, never earlier than the entry before. */
  recordedAt: instant,
  envelope: envelopeSchema,
});
export type Entry = z.infer<typeof entrySchema>;

/** Where every record starts. */
export const EMPTY: RecordPosition = { sequence: 0, hash: "0".repeat(64) };

/** The entry that follows `previous`. Nothing is checked: see appendEntry. */
export function sealEntry(
  previous: RecordPosition,
  content: { envelope: Envelope; recordedAt: string },
): Entry {
  return { sequence: previous.sequence + 1, previousHash: previous.hash, ...content };
}

export function encodeEntry(entry: Entry): Uint8Array {
  return Buffer.from(canonicalJson(entry));
}

/** @throws ExpectedError `malformed`. */
export function decodeEntry(bytes: Uint8Array): Entry {
  return decodeCanonical(bytes, entrySchema, "entry");
}

/** Hash that the next entry holds: over the stored bytes. */
export function entryHash(bytes: Uint8Array): string {
  return sha256(bytes);
}
