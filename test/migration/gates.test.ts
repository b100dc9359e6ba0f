import { describe, expect, it } from "vitest";
import { closedBefore, GATE_IDS, gatesOf } from "../../migration/gates.ts";
import type { GateId } from "../../migration/gates.ts";
import type { Known, Word } from "../../migration/progress.ts";
import { signable } from "../../migration/signable.ts";
import { contosoWith, tenantOf } from "../tenant-file/contoso.ts";
import { MARIEKE, ready, readyWords, signed, word } from "./progress.ts";
import { migrationOf, sampleWith } from "./sample.ts";

const closedIn = (known: Partial<Known>): GateId[] =>
  gatesOf(ready(known)).flatMap(({ id, isOpen }) => (isOpen ? [] : [id]));
const without = (...abouts: string[]): Partial<Known> => ({
  words: readyWords(migrationOf()).filter(({ about }) => !abouts.includes(about)),
});
const with_ = (...changes: [from: string, to: string][]): Partial<Known> => ({
  migration: migrationOf(sampleWith(...changes)),
});
const plus = (...words: Word[]): Partial<Known> => ({
  words: [...readyWords(migrationOf()), ...words],
});
const afterwards = new Date("2027-02-08T10:00:00.000Z");
/** The day, the aftercare and the evaluation are done. */
const over: Partial<Known> = {
  now: afterwards,
  words: [
    ...readyWords(migrationOf()),
    ...ready()
      .steps.filter(({ phase }) => phase !== "before")
      .map(({ id }) => word({ about: id })),
  ],
};

describe("a migration that is ready", () => {
  it("has no closed gate before the day, and no open one before the end", () => {
    expect(closedIn({})).toEqual(["aftercare"]);
    expect(closedIn(over)).toEqual([]);
  });
});

/** One way, at least, in which each gate closes; nothing else closes with it. */
const CLOSING: Readonly<
  Record<GateId, readonly (readonly [what: string, known: Partial<Known>])[]>
> = {
  "domain-free": [
    ["another tenant holds it", with_(["claimedBy: nobody", "claimedBy: otherTenant"])],
    ["it signs in elsewhere", with_(["claimedBy: nobody", "claimedBy: federated"])],
  ],
  prepared: [
    ["nothing was applied", { isApplied: false }],
    [
      "there is no backup",
      {
        tenant: tenantOf(
          contosoWith().replace(
            /\n# Outside Microsoft[\s\S]*?\n# Licences bought/,
            "\n# Licences bought",
          ),
        ),
      },
    ],
  ],
  "work-by-hand": [
    ["nobody signed", without("by-hand")],
    [
      "something more does not come along",
      {
        migration: migrationOf(
          sampleWith(["doesNotCome: [", "doesNotCome: [Mappen van oud-medewerkers, "]),
        ),
        words: readyWords(migrationOf()),
      },
    ],
  ],
  "plan-signed": [
    ["nobody signed", without("plan")],
    [
      "a risk was added since",
      {
        migration: migrationOf(sampleWith(["downtimeMinutes: 60", "downtimeMinutes: 600"])),
        words: readyWords(migrationOf()),
      },
    ],
    [
      "who signed does not decide any more",
      {
        words: [
          ...(without("plan").words ?? []),
          signed("plan", migrationOf(), { decisionMaker: undefined }),
        ],
      },
    ],
    [
      "two have to sign",
      {
        required: 2,
        words: [
          ...readyWords(migrationOf()),
          signed("by-hand", migrationOf(), { decisionMaker: "p@contoso.com" }),
        ],
      },
    ],
  ],
  training: [
    ["it was not given", without("training:kennismaken-met-microsoft-365")],
    ["it was online", with_(["place: onSite", "place: online"])],
    ["it is too long ago", with_(["date: 2027-01-14", "date: 2027-01-07"])],
    ["it was not for everybody", with_(["place: onSite", "place: onSite\n    groups: [kantoor]"])],
  ],
  announcement: [["it was not sent", without("announcement")]],
  "on-site": [
    ["nobody is planned", with_(["onSite: [Ines Smeets, Tom Bos]", "onSite: []"])],
    [
      "who is planned is ill",
      with_(["onSite: [Ines Smeets, Tom Bos]", "onSite: [Tom Bos]"], ["# absent:", "absent:"]),
    ],
  ],
  names: [["somebody was not approached", without("name:emma.smit@contoso.com")]],
  mailboxes: [
    ["one is not synchronised", without("mailbox:zoe.bos@contoso.com")],
    [
      "the numbers differ without a cause",
      plus(
        word({ about: "mailbox:zoe.bos@contoso.com", counts: { source: 31_000, target: 20_000 } }),
      ),
    ],
  ],
  files: [
    ["one source is not synchronised", without("files:kantoor")],
    [
      "the numbers differ without a cause",
      plus(word({ about: "files:kantoor", counts: { source: 5, target: 6 } })),
    ],
    [
      "a path that is too long has no plan",
      {
        migration: migrationOf(
          sampleWith(["          plan: Emma past", "          # plan: Emma past"]),
        ),
      },
    ],
  ],
  "dns-access": [["it was not tested", without("dns-access:contoso.com")]],
  ttl: [
    ["it was not lowered", without("ttl:contoso.com")],
    [
      "it was lowered the day before",
      plus(word({ about: "ttl:contoso.com", at: "2027-01-20T23:30:00.000Z" })),
    ],
  ],
  "second-step": [
    ["somebody has none, and no day for it", without("second-step:marieke.devries@contoso.com")],
  ],
  devices: [["one is missing", without("device:iris.hendriks@contoso.com")]],
  senders: [["a scanner was not tested", without("sender:scanner-balie")]],
  leftovers: [
    [
      "one is open",
      {
        ...over,
        words: [
          ...(over.words ?? []),
          word({ said: "noted", about: "point-1", remark: "Printer" }),
        ],
      },
    ],
  ],
  aftercare: [
    ["it still runs", { ...over, now: new Date("2027-02-05T22:00:00.000Z") }],
    [
      "a daily contact is missing",
      { ...over, words: (over.words ?? []).filter(({ about }) => about !== "contact:2027-01-29") },
    ],
    [
      "it was not evaluated",
      { ...over, words: (over.words ?? []).filter(({ about }) => about !== "evaluation") },
    ],
    [
      "the old mailboxes were not looked at",
      {
        ...over,
        words: (over.words ?? []).filter(({ about }) => about !== "old-mail:contoso.com"),
      },
    ],
  ],
};

describe.each(GATE_IDS)("the gate %s", (id) => {
  it.each(CLOSING[id])("closes when %s, and no other does", (_, known) => {
    const closed = gatesOf(ready(known)).filter(
      ({ isOpen, before }) => !isOpen && (before !== "close" || known.now !== undefined),
    );
    expect(closed.map((gate) => gate.id)).toEqual([id]);
    for (const { reasons, title, remedy } of closed) {
      expect(reasons.length).toBeGreaterThan(0);
      for (const text of [title, remedy, ...reasons]) {
        expect(text.nl).not.toBe("");
        expect(text.en).not.toBe("");
      }
    }
  });

  it("is lifted by a decision maker for the reasons that were shown, and by nobody else", () => {
    const known = CLOSING[id][0]?.[1] ?? {};
    const progress = ready(known);
    const found = signable(progress).find(({ name }) => name === `gate:${id}`);
    const lift = (more: Partial<Word>): GateId[] =>
      closedIn({
        ...known,
        words: [
          ...progress.words,
          word({ said: "lifted", about: id, document: found?.document ?? null, ...more }),
        ],
      });
    expect(lift({ decisionMaker: MARIEKE })).not.toContain(id);
    expect(lift({ decisionMaker: undefined })).toContain(id);
    expect(lift({ decisionMaker: MARIEKE, document: "0".repeat(64) })).toContain(id);
    expect(lift({ decisionMaker: MARIEKE, about: "other" })).toContain(id);
  });
});

describe("a cause", () => {
  it("opens what numbers that differ have closed", () => {
    const cause =
      "device: { name: CONTOSO-10, isNew: false, tools: [Bedrijfsportal] }\n    difference: { cause: duplicates, explanation: Dubbel geleverd }";
    const migration = migrationOf(
      sampleWith(["device: { name: CONTOSO-10, isNew: false, tools: [Bedrijfsportal] }", cause]),
    );
    const counts = { source: 31_000, target: 20_000 };
    const words = [
      ...readyWords(migration),
      word({ about: "mailbox:zoe.bos@contoso.com", counts }),
    ];
    expect(closedIn({ migration, words })).toEqual(["aftercare"]);
  });
});

describe("a leftover point", () => {
  const noted = word({ said: "noted", about: "point-1", remark: "Printer" });
  it.each([
    ["done", word({ about: "point-1" })],
    [
      "accepted by a decision maker",
      word({ said: "accepted", about: "point-1", decisionMaker: MARIEKE }),
    ],
  ])("that is %s holds nothing up", (_, settled) => {
    expect(closedIn({ ...over, words: [...(over.words ?? []), noted, settled] })).toEqual([]);
  });
});

/** mulberry32: the same schedules for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("random schedules", () => {
  it("never pass a closed gate: the switch is free only when everything before it was said", () => {
    const seed = Date.now() % 2 ** 31;
    const random = randomFrom(seed);
    const all = readyWords(migrationOf());
    const [first] = ready().steps.filter(({ id }) => id === "switch:contoso.com");
    // What the gates do not ask for: tasks are agreed work, and the domain may move later.
    const free = /^(task|hand-over):/;
    let passed = 0;
    for (let schedule = 0; schedule < 100; schedule += 1) {
      const kept = all
        .filter(({ about }) => random() > (schedule % 4 === 0 ? 0 : 0.05) || free.test(about))
        .toSorted(() => random() - 0.5)
        .map((one) => {
          const isLate = schedule % 4 !== 1 && random() < 0.02;
          return { ...one, at: isLate ? "2027-01-21T12:00:00.000Z" : one.at };
        });
      const isLate = kept.some(({ about, at }) => about.startsWith("ttl:") && at > "2027-01-20T23");
      const isComplete = all.every(
        ({ about }) => free.test(about) || kept.some((one) => one.about === about),
      );
      const closed = first === undefined ? [] : closedBefore(ready({ words: kept }), first);
      const expected = isComplete && !isLate;
      expect(closed.length === 0, `seed ${seed}, schedule ${schedule}`).toBe(expected);
      if (expected) passed += 1;
    }
    expect(first).toBeDefined();
    expect(passed, `seed ${seed}`).toBeGreaterThan(0);
  });
});
