/** A migration over simulated weeks: real record, real signatures, a clock of the test, and things that go wrong. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyApproved } from "../../operations/apply.ts";
import { decide } from "../../operations/decide.ts";
import { readLog } from "../../operations/history.ts";
import { openMigration } from "../../operations/migration.ts";
import { runMigration, signMigration } from "../../operations/migration-run.ts";
import { planTenant } from "../../operations/plan.ts";
import { gatesOf } from "../../migration/gates.ts";
import { nextBack } from "../../migration/index.ts";
import type { Progress, Word } from "../../migration/index.ts";
import { fourPeople, sample as whole, sampleWith } from "../migration/sample.ts";
import { aWorld, PIETER, STACK } from "./support.ts";
import type { World } from "./support.ts";

function aMigration(text = sample) {
  const world = aWorld();
  const declare = (written: string): void => {
    const { stacksDirectory } = world.context.workspace;
    writeFileSync(join(stacksDirectory, STACK, "migration.yaml"), written);
  };
  declare(text);
  const base = { stack: STACK, by: undefined, remark: "" };
  const done = async (about: string, counts: Word["counts"] = null) =>
    await runMigration(world.context, { ...base, said: "done", about, counts });
  const undone = async (about: string) =>
    await runMigration(world.context, { ...base, said: "undone", about });
  const note = async (text_: string) =>
    await runMigration(world.context, { ...base, said: "noted", text: text_ });
  const back = async () => await runMigration(world.context, { ...base, said: "back" });
  const sign = async (what: string, email?: string) =>
    await signMigration(world.context, { stack: STACK, what, email, remark: "" });
  const progress = async (): Promise<Progress> =>
    (await openMigration(world.context, STACK)).progress;
  /** Moves the clock to a time in UTC. */
  const until = (instant: string): void => {
    world.pass(Date.parse(instant) - world.context.now().getTime());
  };
  return { ...{ world, declare, done, undone, note, back, sign, progress, until } };
}
// Each word verifies the whole record again: twelve people prove no more than four.
const sample = fourPeople(whole);
type Story = ReturnType<typeof aMigration>;

async function applied({ context }: World): Promise<void> {
  await planTenant(context, { stack: STACK, refresh: false, isNew: false });
  await decide(context, {
    ...{ stack: STACK, email: undefined, digest: undefined, decision: "approved", remark: "" },
    shown: [],
  });
  await applyApproved(context, { stack: STACK, refresh: false, authors: [] });
}

const SAME = { source: 12, target: 12 };

/** All that is done beforehand, but for what is named. */
async function prepare({ progress, done, sign, until, world }: Story, ...left: string[]) {
  await applied(world);
  await sign("plan");
  await sign("by-hand");
  until("2027-01-18T08:00:00.000Z");
  for (const { id, isCounted } of (await progress()).steps.filter(
    ({ phase }) => phase === "before",
  )) {
    if (!left.includes(id)) await done(id, isCounted === true ? SAME : null);
  }
}

const closed = (progress: Progress, before: string): string[] =>
  gatesOf(progress).flatMap((gate) => (gate.before === before && !gate.isOpen ? [gate.id] : []));

describe("a migration over weeks in which things go wrong", () => {
  it("comes to its end, each gate kept", async () => {
    const story = aMigration();
    const { world, declare, done, undone, note, sign, progress, until } = story;
    // Nothing is synchronised before sites and backup stand and the customer knows what moves by hand.
    const first = "mailbox:emma.smit@contoso.com";
    await expect(done(first, SAME)).rejects.toMatchObject({
      code: "migration-gate-closed",
      details: expect.arrayContaining([
        {
          nl: expect.any(String) as string,
          en: expect.stringContaining("permissions and backup") as string,
        },
      ]) as unknown,
      remedy: { "migration-sign": { tenant: STACK, what: "gate:prepared" } },
    });
    await applied(world);
    await expect(done(first, SAME)).rejects.toMatchObject({ code: "migration-gate-closed" });
    await sign("by-hand");
    await expect(done(first)).rejects.toMatchObject({ code: "migration-counts-missing" });
    await done(first, SAME);
    await sign("plan");

    // A training cannot be ticked off before it was given.
    const training = "training:kennismaken-met-microsoft-365";
    await expect(done(training)).rejects.toMatchObject({ code: "migration-step-waits" });
    until("2027-01-18T08:00:00.000Z");
    const open = (await progress()).steps.filter(
      ({ phase, id }) => phase === "before" && id !== first,
    );
    for (const { id, isCounted } of open) await done(id, isCounted === true ? SAME : null);

    // A mailbox with a wrong password: its tool said success, the numbers say otherwise.
    const zoe = "mailbox:zoe.bos@contoso.com";
    await undone(zoe);
    await done(zoe, { source: 31_000, target: 20_000 });
    // A device is missing, and somebody is ill.
    await undone("device:iris.hendriks@contoso.com");
    const ill = fourPeople(
      sampleWith(["onSite: [Ines Smeets, Tom Bos]", "onSite: [Tom Bos]"], ["# absent:", "absent:"]),
    );
    declare(ill);
    until("2027-01-22T07:00:00.000Z");
    expect(closed(await progress(), "day")).toEqual(["on-site", "mailboxes", "devices"]);
    await expect(done("switch:contoso.com")).rejects.toMatchObject({
      code: "migration-gate-closed",
    });
    // The provider cannot lift a gate by itself: it has no word for it.
    await expect(sign("gate:devices", "ines@beheer.example")).rejects.toMatchObject({
      code: "not-a-decision-maker",
    });
    declare(sample);
    await undone(zoe);
    await done(zoe, SAME);
    await sign("gate:devices");
    expect(closed(await progress(), "day")).toEqual([]);
    // Lifted for this device only: another one that breaks closes the gate again.
    await undone("device:zoe.bos@contoso.com");
    expect(closed(await progress(), "day")).toEqual(["devices"]);
    await done("device:zoe.bos@contoso.com");

    // The day, in its order.
    await expect(done("mail-in:contoso.com")).rejects.toMatchObject({
      code: "migration-step-waits",
      details: [
        expect.objectContaining({ en: expect.stringContaining("switch:contoso.com") as string }),
      ],
    });
    for (const { id, isCounted } of (await progress()).steps.filter(
      ({ stage }) => stage !== undefined,
    )) {
      await done(id, isCounted === true ? SAME : null);
    }
    expect((await note("Printer Zwolle drukt niet in kleur")).about).toBe("point-1");
    expect((await note("Iris wacht op haar laptop")).about).toBe("point-2");

    // Fourteen days later, the weekends free.
    until("2027-02-08T09:00:00.000Z");
    await expect(done("close")).rejects.toMatchObject({ code: "migration-gate-closed" });
    const contacts = (await progress()).steps.filter(({ id }) => id.startsWith("contact:"));
    expect(contacts).toHaveLength(10);
    for (const { id } of contacts) await done(id);
    for (const id of [
      "old-mail:contoso.com",
      "evaluation",
      "device:iris.hendriks@contoso.com",
      "point-2",
    ])
      await done(id);
    expect(closed(await progress(), "close")).toEqual(["leftovers"]);
    await sign("point-1", PIETER);
    await done("close");
    await expect(done("contract:mailhosting")).rejects.toMatchObject({
      code: "migration-step-waits",
    });
    until("2027-03-01T09:00:00.000Z");
    await done("contract:mailhosting");
    const log = await readLog(world.context, { stack: STACK });
    expect(log.at(-1)?.statement).toMatchObject({
      kind: "migration",
      predicate: { said: "done", by: "Ines Smeets", party: "provider" },
    });
  }, 120_000);
});

describe("going back", () => {
  it("undoes the day in reverse and starts anew, until people are let in", async () => {
    const story = aMigration();
    const { done, undone, back, progress, until } = story;
    await prepare(story);
    await expect(back()).rejects.toMatchObject({ code: "migration-step-waits" });
    until("2027-01-22T07:00:00.000Z");
    for (const id of ["switch:contoso.com", "mail-in:contoso.com", "mail-out:contoso.com"])
      await done(id);
    // The switch has others that rest on it.
    await expect(undone("switch:contoso.com")).rejects.toMatchObject({
      code: "migration-step-waits",
    });
    await back();
    expect((await progress()).isGoingBack).toBe(true);
    await expect(done("old-host:contoso.com")).rejects.toMatchObject({
      code: "migration-step-waits",
    });
    for (const step of ["mail-out:contoso.com", "mail-in:contoso.com", "switch:contoso.com"]) {
      const [next] = nextBack(await progress());
      expect(next?.back?.nl).not.toBe("");
      await undone(step);
    }
    expect(await progress()).toMatchObject({ isGoingBack: false });
    const steps = (await progress()).steps.filter(({ stage }) => stage !== undefined);
    for (const { id, isCounted } of steps) {
      await done(id, isCounted === true ? SAME : null);
      if (id === "let-in") break;
    }
    await expect(back()).rejects.toMatchObject({ code: "no-way-back" });
    await expect(undone("last-sync:kantoor")).rejects.toMatchObject({ code: "no-way-back" });
  }, 120_000);
});

describe("what is refused", () => {
  it("is a name that the migration does not have, and a signer who does not decide", async () => {
    const { done, sign, world } = aMigration();
    await expect(done("mailbox:nobody")).rejects.toMatchObject({ code: "not-in-migration" });
    await expect(sign("gate:nothing")).rejects.toMatchObject({
      code: "not-in-migration",
      details: expect.arrayContaining(["plan"]) as unknown,
    });
    await expect(sign("plan", "x@contoso.com")).rejects.toMatchObject({
      code: "not-a-decision-maker",
    });
    await expect(
      runMigration(world.context, {
        ...{ stack: STACK, by: "Piet", remark: "" },
        said: "noted",
        text: "x",
      }),
    ).rejects.toMatchObject({
      code: "not-in-migration",
      details: expect.arrayContaining(["Tom Bos"]) as unknown,
    });
  });

  it("is a migration that is not there", async () => {
    const world = aWorld();
    await expect(openMigration(world.context, STACK)).rejects.toMatchObject({
      code: "no-migration",
    });
  });
});
