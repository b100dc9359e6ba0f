import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Deployment, Resource } from "../../../state/journal/deployment.ts";
import { checkedEntry, KIND } from "../../../state/journal/entry.ts";
import { JournalReplayer } from "../../../state/journal/replayer.ts";
import { comparable, histories } from "../support/histories.ts";

const time = new Date("2026-11-26T12:00:00Z");
const urn = (name: string): string => `urn:pulumi:one::things::things:index:Thing::${name}`;

function replayed(
  base: Pick<Deployment, "resources">,
  ...entries: readonly Readonly<Record<string, unknown>>[]
): readonly Resource[] {
  const manifest = { time: "", magic: "", version: "" };
  const replayer = new JournalReplayer({ manifest, ...base }, { time, engineVersion: "v3.250.0" });
  entries.forEach((entry, at) => {
    replayer.add(checkedEntry({ version: 1, operationID: at + 1, sequenceID: at + 1, ...entry }));
  });
  return replayer.deployment().deployment.resources ?? [];
}

describe("replaying a journal", () => {
  it("makes the engine's own states of the engine's own journals", () => {
    const operations = histories.flatMap(({ entries }) =>
      entries.filter(({ kind }) => kind === KIND.begin),
    );
    expect(operations.length).toBeGreaterThan(1000);
    for (const { base, entries, cuts } of histories) {
      for (const cut of cuts) {
        const engineVersion = cut.deployment.manifest.version;
        const replayer = new JournalReplayer(base, { time, engineVersion });
        for (const entry of entries.slice(0, cut.entries)) replayer.add(checkedEntry(entry));
        expect(comparable(replayer.deployment())).toEqual(comparable(cut));
      }
    }
  });

  it("signs the state as the engine checks it", () => {
    const manifest = { time: "", magic: "", version: "" };
    const replayer = new JournalReplayer({ manifest }, { time, engineVersion: "v3.250.0" });
    expect(replayer.deployment().deployment.manifest).toEqual({
      time: "2026-11-26T12:00:00.000Z",
      magic: createHash("sha256").update("v3.250.0").digest("hex"),
      version: "v3.250.0",
    });
  });

  it("leaves its base as it was", () => {
    const [history] = histories;
    const before = structuredClone(history?.base);
    const replayer = new JournalReplayer(
      history?.base ?? { manifest: { time: "", magic: "", version: "" } },
      { time, engineVersion: "" },
    );
    for (const entry of history?.entries ?? []) replayer.add(checkedEntry(entry));
    replayer.deployment();
    expect(history?.base).toEqual(before);
  });

  it("takes a dangling replaceWith out, where the engine spoils another resource", () => {
    const resources = [{ urn: urn("gone") }, { urn: urn("left"), replaceWith: [urn("gone")] }];
    const left = replayed({ resources }, { kind: KIND.refreshSuccess, removeOld: 0 });
    expect(left).toEqual([{ urn: urn("left") }]);
  });

  it("refuses to change the resource of an operation that made none, where the engine takes the first", () => {
    const state = { urn: urn("first") };
    expect(() =>
      replayed({}, { kind: KIND.success, state }, { kind: KIND.success, removeNew: 7 }),
    ).toThrow("changes the resource of operation 7");
  });
});
