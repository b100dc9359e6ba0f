/**
 * The promise (docs/approval.md), on random objects, approved changes and changes by others at any time: nothing but
 * the approved parts is ever written, and each of them from the approved base to the approved target.
 * The engine takes no part in it; test/e2e/promise.test.ts tries the same with it.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareWithBase } from "../../plan/index.ts";
import type { Change, Comparison } from "../../plan/index.ts";
import { grain, readLive } from "../../provider/index.ts";
import type { Connection } from "../../provider/index.ts";
import * as lifecycle from "../../provider/kit/lifecycle.ts";
import type { Properties } from "../../provider/kit/values.ts";
import { RefusedError } from "../../provider/kit/refusal.ts";
import { planOf, withStep } from "../plan/logs.ts";
import { ManagedResource } from "../provider/support/managed-resource.ts";
import type { State } from "../provider/support/managed-resource.ts";
import { settle, startWorld } from "../provider/support/world.ts";
import type { World } from "../provider/support/world.ts";
import { kinds } from "./kinds.ts";
import type { Kind, Parts, Subject, Value } from "./kinds.ts";

const RUNS = Number(process.env.TENANTRY_PROMISE_RUNS ?? 500);
const SEED = Number(process.env.TENANTRY_PROMISE_SEED ?? Date.now() % 1_000_000);

interface Story {
  /** As it was when it was applied last. */
  readonly initial: Parts;
  /** Which properties the tenant file declared then. Lists are declared always. */
  readonly managed: ReadonlySet<string>;
  readonly wanted: Parts;
  readonly released: ReadonlySet<string>;
  /** What others do before planning, before the check of the base, before the write, and after a first apply. */
  readonly others: readonly Parts[];
}

const isElement = (part: string): boolean => part.includes("[");

function stories({ domain, required }: Kind): fc.Arbitrary<Story> {
  const parts = Object.keys(domain);
  const properties = parts.filter((part) => !isElement(part) && !required.includes(part));
  const whole = fc.record(
    Object.fromEntries(
      Object.entries(domain).map(([part, values]) => [part, fc.constantFrom(...values)]),
    ),
  );
  const some = fc
    .tuple(whole, fc.subarray(parts, { maxLength: 2 }))
    .map(([values, chosen]) => Object.fromEntries(chosen.map((part) => [part, values[part]])));
  const set = fc.subarray(properties).map((chosen) => new Set(chosen));
  return fc.record({
    initial: whole,
    managed: set,
    wanted: whole,
    released: set,
    others: fc.tuple(some, some, some, some),
  });
}

/** Inputs as the file of the story had them, and has them now. */
function declared(kind: Kind, story: Story): { readonly before: Parts; readonly now: Parts } {
  const only = (parts: Parts, isDeclared: (part: string) => boolean): Parts =>
    Object.fromEntries(Object.entries(parts).filter(([part]) => isDeclared(part)));
  const isFixed = (part: string): boolean => isElement(part) || kind.required.includes(part);
  return {
    before: only(story.initial, (part) => isFixed(part) || story.managed.has(part)),
    now: only(story.wanted, (part) => isFixed(part) || !story.released.has(part)),
  };
}

interface Planned {
  readonly part: string;
  readonly base: Value;
  readonly target: Value;
}

/**
 * What was approved, worked out without the code under test. What becomes managed starts from what the state has of it,
 * also where that is what is wanted.
 */
function plannedParts(kind: Kind, story: Story): Planned[] {
  const { before, now } = declared(kind, story);
  return Object.keys(kind.domain).flatMap((part) => {
    const [base, target] = [story.initial[part], now[part]];
    if (isElement(part)) return base === target ? [] : [{ part, base, target }];
    const isSame = target === before[part];
    return target === undefined || isSame ? [] : [{ part, base, target }];
  });
}

const movedIn = (planned: readonly Planned[], live: Parts): Planned[] =>
  planned.filter(({ part, base, target }) => live[part] !== base && live[part] !== target);

const isNews = (live: Parts, parts: Parts): Parts =>
  Object.fromEntries(Object.entries(parts).filter(([part, value]) => live[part] !== value));

/** One object through its story. */
class Trial {
  readonly #world: World;
  readonly #kind: Kind;
  readonly #subject: Subject;

  constructor(world: World, parts: { readonly kind: Kind; readonly subject: Subject }) {
    this.#world = world;
    this.#kind = parts.kind;
    this.#subject = parts.subject;
  }

  async play(story: Story): Promise<void> {
    const { before, now } = declared(this.#kind, story);
    const planned = plannedParts(this.#kind, story);
    const [beforePlan = {}, beforeCheck = {}, beforeWrite = {}, afterwards = {}] = story.others;
    await this.#others(story.initial);
    const parsed = (parts: Parts): Properties =>
      this.#kind.definition.inputs.parse(this.#subject.inputs(parts));
    const state: State = {
      id: this.#subject.id,
      inputs: parsed(before),
      outputs: parsed(story.initial),
      isUnfinished: false,
    };
    await this.#others(beforePlan);
    const wanted = parsed(now);
    const change = this.#plan(state, wanted);
    if (change === undefined) {
      expect(planned).toEqual([]);
      return;
    }
    await this.#others(beforeCheck);
    const isRefused = await this.#check(change, { state, planned });
    if (isRefused) return;
    await this.#others(beforeWrite);
    const isWritten = await this.#write({ state, wanted, planned });
    if (!isWritten) return;
    // The process died before the state was stored: the next run starts from the old one.
    await this.#others(isNot(planned, afterwards));
    await this.#write({ state, wanted, planned });
  }

  async #others(parts: Parts): Promise<void> {
    const news = isNews(await this.#subject.look(), parts);
    if (Object.keys(news).length > 0) await this.#subject.changeByHand(news);
    await settle(this.#world);
    this.#world.writes();
  }

  #plan(state: State, wanted: Properties): Change | undefined {
    const { definition, step } = this.#kind;
    const { paths } = lifecycle.diff(definition, {
      oldInputs: state.inputs,
      oldOutputs: state.outputs,
      news: wanted,
      ignoreChanges: [],
    });
    // To the engine nothing changes, also where something is released.
    if (paths.size === 0) return undefined;
    const log = withStep("every-kind", step, (metadata) => {
      const { old, new: next } = metadata;
      if (old) Object.assign(old, { id: state.id, inputs: state.inputs, outputs: state.outputs });
      if (next) Object.assign(next, { inputs: wanted });
      Object.assign(metadata, { diffs: [...paths.keys()], detailedDiff: {} });
    });
    return planOf(log).changes.find(({ urn }) => urn.endsWith(step));
  }

  /** Whether the apply is refused before its first write, which is when it should be. */
  async #check(
    change: Change,
    { state, planned }: { readonly state: State; readonly planned: readonly Planned[] },
  ): Promise<boolean> {
    const moved = movedIn(planned, await this.#subject.look());
    const { service } = this.#world;
    const connection: Connection = { service, backupCredentials: undefined };
    const { type } = change;
    const found = await readLive({ type, id: state.id, inputs: state.inputs }, connection);
    const object = found && { id: found.id, inputs: found.inputs as Change["base"]["key"] };
    const comparison = compareWithBase(change, { object, holder: undefined }, grain);
    expect(named(comparison)).toEqual(moved.map(({ part }) => part.replace(/\[.*/, "")).sort());
    expect(this.#world.writes()).toEqual([]);
    return moved.length > 0;
  }

  /** Whether it was written, and nothing else with it. */
  async #write(work: {
    readonly state: State;
    readonly wanted: Properties;
    readonly planned: readonly Planned[];
  }): Promise<boolean> {
    const before = await this.#subject.look();
    const moved = movedIn(work.planned, before);
    const resource = new ManagedResource(this.#world, this.#kind.definition, work.state);
    if (moved.length > 0) {
      const refusal = await resource.up(work.wanted).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(RefusedError);
      expect(refusal).toMatchObject({ code: "base-moved" });
      for (const { part } of moved) {
        expect((refusal as Error).message).toContain(part.replace(/\[.*/, ""));
      }
      expect(this.#world.writes()).toEqual([]);
      return false;
    }
    await resource.up(work.wanted);
    await settle(this.#world);
    const targets = Object.fromEntries(work.planned.map(({ part, target }) => [part, target]));
    expect(await this.#subject.look()).toEqual({ ...before, ...targets });
    return true;
  }
}

const isNot = (planned: readonly Planned[], parts: Parts): Parts => {
  const taken = new Set(planned.map(({ part }) => part));
  return Object.fromEntries(Object.entries(parts).filter(([part]) => !taken.has(part)));
};

const named = ({ state, paths }: Comparison): string[] =>
  state === "moved" ? paths.map(({ path }) => path).sort() : [];

describe("whatever others do, and whenever", () => {
  it.each(kinds.map((kind) => [kind.name, kind] as const))(
    `only the approved parts of %s are written (seed ${SEED})`,
    async (_, kind) => {
      const world = await startWorld();
      const trial = new Trial(world, { kind, subject: await kind.start(world) });
      await fc.assert(
        fc.asyncProperty(stories(kind), (story) => trial.play(story)),
        { numRuns: Math.ceil(RUNS / kinds.length), seed: SEED },
      );
    },
    60_000 + RUNS * 1000,
  );
});
