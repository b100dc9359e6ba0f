import { expect, it } from "vitest";
import { backupLines, backupWords } from "../../cli/output/backup-lines.ts";
import { isFinding } from "../../cli/watch-exit.ts";
import { tenantStatus } from "../../operations/status.ts";
import { aWorld, STACK } from "./support.ts";

/** The clock of the world stands at 10:00 on 22 November 2026, UTC. */
const LAST_NIGHT = "2026-11-21T22:01:00.000Z";
const LAST_WEEK = "2026-11-14T22:01:00.000Z";
const PLACE = { keptUntil: undefined, nothingBefore: undefined, isEncrypted: true };

type Kept = Extract<ReturnType<typeof aWorld>["beside"]["kept"], { found: unknown }>["found"];
type Copy = Kept["copies"]["copies"][number];

const mailbox = (key: string, newest: string): Copy => ({ kind: "mailbox", key, newest });
const wanted = (name: string, created?: string): Kept["wanted"][number] => ({
  ...{ kind: "mailbox", name, keys: [name], created },
});

async function standing(
  found: Partial<Kept["copies"]> & { readonly wanted: Kept["wanted"] },
  people: readonly string[] = [],
) {
  const world = aWorld();
  const { wanted: sought, ...said } = found;
  const base: Kept["copies"] = {
    ...{ asOf: undefined, copies: [], lookedBackTo: undefined, place: PLACE },
    source: "vendor",
  };
  const copies = { ...base, ...said };
  world.directory = {
    people: people.map((key) => ({
      ...{ id: `id-of-${key}`, resourceId: key, key, name: key, address: key },
    })),
    ...{ guests: [], groups: [] },
  };
  world.beside = { ...world.beside, kept: { found: { copies, wanted: sought } } };
  const status = await tenantStatus(world.context, { stack: STACK });
  return { status, text: backupLines(status.backup).join("\n") };
}

it("is green only for a restore point that is new enough", async () => {
  const { status, text } = await standing({
    copies: [mailbox("anna", LAST_NIGHT)],
    wanted: [wanted("anna")],
  });
  expect(status.backup).toMatchObject({ isFinding: false, proof: { kept: 1, gaps: [] } });
  expect(text).toBe(`Backup: 1 with a recent restore point, none older than ${LAST_NIGHT} (UTC).`);
  expect(isFinding(status)).toBe(false);
});

it("names each object whose newest point is old, or that has none", async () => {
  const { status, text } = await standing({
    copies: [mailbox("anna", LAST_WEEK)],
    wanted: [wanted("anna"), wanted("bob", "2026-01-01T00:00:00Z")],
  });
  expect(isFinding(status)).toBe(true);
  expect(text).toContain(`mailbox of anna: last on ${LAST_WEEK} (UTC)`);
  expect(text).toContain("mailbox of bob: never backed up");
  expect(backupWords(status.backup)).toEqual(["2 without a recent backup"]);
});

it("has one line for all that were never backed up, which everything is at first", async () => {
  const people = Array.from({ length: 60 }, (_, at) => `person${at}`);
  const { text, status } = await standing({
    wanted: people.map((name) => wanted(name, "2026-01-01T00:00:00Z")),
  });
  expect(backupWords(status.backup)).toEqual(["60 without a recent backup"]);
  expect(text.split("\n").filter((line) => line.includes("never backed up"))).toHaveLength(1);
  expect(text).toMatch(/mailbox of person0, person1, .*, and 50 more: never backed up/);
});

it("waits for the first backup of what is new, and no longer than that takes", async () => {
  const made = (created: string) => standing({ wanted: [wanted("anna", created)] });
  const young = await made("2026-11-21T22:30:00Z");
  expect(young.status.backup).toMatchObject({ isFinding: false, proof: { kept: 0 } });
  expect(young.text).toContain("New, and to be backed up for the first time: mailbox of anna");
  const old = await made("2026-11-20T21:30:00Z");
  expect(old.status.backup).toMatchObject({ isFinding: true, proof: { awaited: [] } });
});

it("sees what was kept once and no longer is, while it is in the tenant", async () => {
  const fallenOut = (people: readonly string[]) =>
    standing(
      {
        copies: [
          mailbox("anna", LAST_NIGHT),
          { kind: "oneDrive", key: "id-of-anna", newest: LAST_WEEK },
        ],
        wanted: [wanted("anna")],
      },
      people,
    );
  expect((await fallenOut(["anna"])).text).toContain("OneDrive of anna: last on");
  // Who left takes nothing along.
  expect((await fallenOut([])).status.backup).toMatchObject({ isFinding: false });
});

it("judges the place by the contract, and by how the vendor counts", async () => {
  const at = (place: Partial<typeof PLACE> | { keptUntil: string } | { nothingBefore: string }) =>
    standing({ wanted: [], place: { ...PLACE, ...place } });
  const short = await at({ keptUntil: "2026-12-31" });
  expect(short.status.backup?.isFinding).toBe(true);
  expect(short.text).toContain("kept until 2026-12-31; the contract runs until 2028-12-31");
  const byItem = await at({ nothingBefore: "2023-11-22" });
  expect(byItem.status.backup?.isFinding).toBe(true);
  expect(byItem.text).toContain("nothing from before 2023-11-22");
});

it("marks a report as the operator's word, judged against now, and takes none of another time", async () => {
  const said = (asOf: string, newest = asOf) =>
    standing({
      ...{ source: "report", asOf },
      ...{ copies: [mailbox("anna", newest)], wanted: [wanted("anna")] },
    });
  const fresh = await said("2026-11-22T06:00:00Z", LAST_NIGHT);
  expect(fresh.status.backup).toMatchObject({ isFinding: false, proof: { kept: 1 } });
  expect(fresh.text).toContain(
    "the word of its operator, in a report of 2026-11-22T06:00:00Z (UTC); nobody looked.",
  );
  // New enough when it was written, and not any more.
  const older = await said("2026-11-21T12:00:00Z", "2026-11-20T02:00:00Z");
  expect(older.status.backup).toMatchObject({ isFinding: true, proof: { isStale: false } });
  const stale = await said("2026-11-20T21:00:00Z");
  expect(stale.status.backup).toMatchObject({ isFinding: true, proof: { isStale: true } });
  expect(stale.text).toContain("ask the operator for a new report");
  expect(backupWords(stale.status.backup)).toEqual(["old report of the backup"]);
  const ahead = await said("2026-11-22T11:00:00Z");
  expect(ahead.status.backup).toMatchObject({ isFinding: true, proof: { isStale: true } });
});

it("is not green where nobody could read it, and says nothing without a backup", async () => {
  const world = aWorld();
  world.beside = { ...world.beside, kept: { reason: "the backup server does not answer" } };
  const { backup } = await tenantStatus(world.context, { stack: STACK });
  expect(backup?.isFinding).toBe(true);
  expect(backupLines(backup)).toEqual([
    "The backup was not read, so nothing is known to be kept: the backup server does not answer.",
  ]);
  expect(backupWords(backup)).toEqual(["backup not read"]);
  world.beside = { ...world.beside, kept: undefined };
  expect((await tenantStatus(world.context, { stack: STACK })).backup).toBeUndefined();
});
