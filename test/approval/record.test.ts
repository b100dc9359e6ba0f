import { describe, expect, it } from "vitest";
import type { Envelope } from "../../approval/dsse.ts";
import { decodeEntry, EMPTY, encodeEntry, entryHash, sealEntry } from "../../approval/entry.ts";
import type { RecordPosition } from "../../approval/fields.ts";
import { headOf } from "../../approval/ledger.ts";
import { appendEntry, emptyRecord, verifyRecord } from "../../approval/record.ts";
import {
  anna,
  bram,
  cas,
  clock,
  codeOf,
  decision,
  ines,
  joost,
  lockBreak,
  minute,
  Story,
  trustRoots,
} from "./support.ts";

/** Registration, approval, application, withdrawal of another plan's approval, refusal, lock break. */
function wholeStory(): Story {
  const story = Story.registered();
  const approval = story.decide(10, { by: anna });
  story.apply(20, { approvals: [approval] });
  const second = story.decide(30, { by: bram, with: { remark: "Prima\nzo" } });
  story.withdraw(31, { by: bram, withdraws: second });
  story.add(40, (seen) => lockBreak(seen, 40));
  return story;
}

async function breakOf(
  entries: readonly Uint8Array[],
  known?: RecordPosition,
): Promise<[number, string] | "holds"> {
  const verification = await verifyRecord(entries, { trustRoots, known });
  return verification.ok ? "holds" : [verification.break.sequence, verification.break.reason];
}

function otherSignature(text: string): string {
  return text.replace(/"sig":"(.)/, (_, first) => `"sig":"${first === "A" ? "B" : "A"}`);
}

/** The entries with one exchanged, and every later hash made to fit again. */
function rewritten(
  entries: readonly Uint8Array[],
  index: number,
  recordedAt: string,
): Uint8Array[] {
  let previous = EMPTY;
  return entries.map((bytes, i) => {
    const old = decodeEntry(bytes);
    const content = {
      envelope: old.envelope,
      recordedAt: i === index ? recordedAt : old.recordedAt,
    };
    const changed = encodeEntry(sealEntry(previous, content));
    previous = { sequence: i + 1, hash: entryHash(changed) };
    return changed;
  });
}

describe("a record", async () => {
  it("holds from the first entry to the last, and gives back what was added", async () => {
    const story = wholeStory();
    const verification = await verifyRecord(story.bytes, { trustRoots });
    if (!verification.ok) throw new Error(verification.break.message);
    expect(verification.record.statements.map(({ kind }) => kind)).toEqual([
      "registration",
      "decision",
      "application",
      "decision",
      "withdrawal",
      "lock-break",
    ]);
    expect(headOf(verification.record)).toEqual(headOf(story.record));
  });

  it("holds when it is empty", async () => {
    expect(await breakOf([])).toBe("holds");
  });

  it("holds no longer with any single entry left out, and names the place", async () => {
    const { bytes } = wholeStory();
    const breaks = bytes.slice(0, -1).map((_, i) => breakOf(bytes.toSpliced(i, 1)));
    expect(await Promise.all(breaks)).toEqual(bytes.slice(0, -1).map((_, i) => [i + 1, "gap"]));
  });

  it("names an entry that is duplicated or misplaced", async () => {
    const { bytes } = wholeStory();
    const [first, second, third] = bytes as [Uint8Array, Uint8Array, Uint8Array];
    expect(await breakOf([first, second, second])).toEqual([3, "order"]);
    expect(await breakOf([first, third, second])).toEqual([2, "gap"]);
  });

  it("names the entry whose bytes were damaged, or the one after it", async () => {
    const { bytes } = wholeStory();
    const damaged = (change: (text: string) => string) =>
      bytes.with(1, Buffer.from(change(Buffer.from(bytes[1] ?? []).toString())));
    expect(await breakOf(damaged((text) => text.slice(0, -1)))).toEqual([2, "malformed"]);
    expect(await breakOf(damaged((text) => `${text}\n`))).toEqual([2, "malformed"]);
    expect(await breakOf(damaged(() => ""))).toEqual([2, "malformed"]);
    expect(await breakOf(damaged((text) => text.replace("08:10:00", "08:11:00")))).toEqual([
      3,
      "chain",
    ]);
    expect(await breakOf(damaged((text) => otherSignature(text)))).toEqual([2, "signature"]);
  });

  it("names the first later statement whose signer saw something else, when the chain was rebuilt", async () => {
    const { bytes } = wholeStory();
    expect(await breakOf(rewritten(bytes, -1, ""))).toBe("holds");
    expect(await breakOf(rewritten(bytes, 1, minute(11)))).toEqual([3, "reference"]);
  });

  it("names a statement put in again under a new number", async () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    const { envelope } = decodeEntry(story.bytes[1] ?? new Uint8Array());
    const again = sealEntry(headOf(story.record), { envelope, recordedAt: minute(11) });
    expect(await breakOf([...story.bytes, encodeEntry(again)])).toEqual([3, "repeated"]);
  });

  it("names an entry that is older than the one before it", async () => {
    const story = Story.registered();
    const envelope = decision(headOf(story.record), 0, { by: anna });
    const early = sealEntry(headOf(story.record), { envelope, recordedAt: minute(-1) });
    expect(await breakOf([...story.bytes, encodeEntry(early)])).toEqual([2, "time"]);
  });

  it("is recognised as cut off or exchanged by a head seen before", async () => {
    const story = wholeStory();
    const known = headOf(story.record);
    expect(await breakOf(story.bytes, known)).toBe("holds");
    expect(await breakOf(story.bytes.slice(0, 4), known)).toEqual([6, "rollback"]);
    expect(await breakOf([], known)).toEqual([6, "rollback"]);
    expect(await breakOf(wholeStory().bytes, known)).toBe("holds");
    const other = Story.registered();
    for (let at = 1; at <= 5; at++) other.decide(at, { by: anna });
    expect(await breakOf(other.bytes, known)).toEqual([6, "rollback"]);
  });

  it("is broken at the forged entry, not at a later one that follows from it", async () => {
    const story = Story.registered();
    story.register(10, { by: [anna], decisionMakers: [cas] });
    story.decide(20, { by: cas });
    const [first, second, third] = story.bytes as [Uint8Array, Uint8Array, Uint8Array];
    const { envelope, ...entry } = decodeEntry(second);
    const [signature] = envelope.signatures;
    const sig = Buffer.alloc(64).toString("base64");
    const signatures = [{ keyid: signature?.keyid ?? "", sig }];
    const forged = encodeEntry({ ...entry, envelope: { ...envelope, signatures } });
    expect(await breakOf([first, forged, third])).toEqual([2, "signature"]);
  });

  it("verifies every one of hundreds of signatures", async () => {
    const story = Story.registered();
    for (let at = 1; at <= 300; at++) story.decide(at, { by: at % 2 ? anna : bram });
    expect(await breakOf(story.bytes)).toBe("holds");
    const last = Buffer.from(story.bytes.at(-1) ?? []).toString();
    const spoilt = Buffer.from(otherSignature(last));
    expect(await breakOf(story.bytes.with(-1, spoilt))).toEqual([301, "signature"]);
  });
});

describe("adding an entry", () => {
  const add = (envelope: Envelope, now: number, story = Story.registered()) =>
    appendEntry(story.record, envelope, { now: clock(now), trustRoots });

  it("leaves the record that was given as it was", () => {
    const { record } = Story.registered();
    const added = appendEntry(record, decision(headOf(record), 1, { by: anna }), {
      now: clock(1),
      trustRoots,
    });
    expect(record.statements).toHaveLength(1);
    expect(added.record.statements).toHaveLength(2);
    expect(added.entry.previousHash).toBe(headOf(record).hash);
    expect(emptyRecord.statements).toHaveLength(0);
  });

  it("takes a clock that is a little behind as that of the entry before", () => {
    const story = new Story();
    story.register(10, { by: [ines, joost] });
    const envelope = decision(headOf(story.record), 8, { by: anna });
    expect(add(envelope, 8, story).entry.recordedAt).toBe(minute(10));
    expect(codeOf(() => add(envelope, 4, story))).toBe("time");
  });

  it("refuses what reading would refuse, with the same word", () => {
    const { record } = Story.registered();
    const late = decision(headOf(record), 20, { by: anna });
    expect(codeOf(() => add(late, 10))).toBe("time");
  });
});
