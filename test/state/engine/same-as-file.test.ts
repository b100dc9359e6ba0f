import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { expect, it } from "vitest";
import { serveState } from "../../../state/index.ts";
import type {
  Deployment,
  Resource,
  VersionedDeployment,
} from "../../../state/journal/deployment.ts";
import { openStack } from "../support/engine.ts";
import { temporaryState } from "../support/state.ts";
import { Group, serveThings, Thing } from "../support/things.ts";
import type { Things } from "../support/things.ts";

type Wanted = Readonly<Record<string, string>>;

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `thing-${at}`);
const all = (value: string, count = 12): Wanted =>
  Object.fromEntries(names(count).map((name) => [name, value]));

interface Step {
  readonly wanted: Wanted;
  /** What somebody does to the objects before the run. */
  readonly drift?: (things: Things) => void;
  readonly run: (stack: Stack) => Promise<unknown>;
}

const up = (stack: Stack): Promise<unknown> => stack.up({ parallel: 1 });
const failing = async (stack: Stack): Promise<void> => {
  await expect(up(stack)).rejects.toThrow("the service refused it");
};

/** Creations, updates, replacements, removals, failures, drift and refreshes. */
const STEPS: readonly Step[] = [
  { wanted: all("first"), run: up },
  { wanted: { ...all("first", 9), "thing-1": "second", "thing-2": "replaced" }, run: up },
  {
    wanted: { ...all("first", 9), "thing-1": "third", "thing-4": "fails", new: "x" },
    run: failing,
  },
  { wanted: { ...all("first", 9), created: "fails" }, run: failing },
  {
    wanted: all("first", 9),
    drift: ({ objects }) => {
      const [one, other] = [...objects.keys()].slice(3);
      if (one !== undefined) objects.delete(one);
      if (other !== undefined) objects.set(other, { key: "k", value: "drifted" });
    },
    run: (stack) => stack.refresh({ parallel: 1 }),
  },
  { wanted: all("fourth", 5), run: (stack) => stack.up({ parallel: 1, refresh: true }) },
  { wanted: {}, run: (stack) => stack.destroy({ parallel: 1 }) },
];

/** Each thing depends on the one before, and a replaced one has another key. */
function declare(wanted: Wanted): void {
  const group = new Group("group");
  let before: Thing | undefined;
  for (const [name, value] of Object.entries(wanted)) {
    const key = value === "replaced" ? `${name}-new` : name;
    const dependsOn = before === undefined ? [] : [before];
    before = new Thing(name, { key, value }, { parent: group, dependsOn });
  }
}

async function statesOf(url: string, accessToken: string): Promise<readonly unknown[]> {
  const things = await serveThings();
  let wanted: Wanted = {};
  const program = (): void => {
    declare(wanted);
  };
  await using opened = await openStack({
    ...{ url, accessToken, program },
    stack: "one",
    thingsPort: things.port,
  });
  const states: unknown[] = [];
  for (const step of STEPS) {
    step.drift?.(things);
    wanted = step.wanted;
    await step.run(opened.stack);
    const exported = (await opened.stack.exportStack()) as VersionedDeployment;
    states.push(comparable(exported.deployment));
  }
  things.close();
  return states;
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Without times, random ids of providers and what is encrypted; and without properties that depend on nothing, which
 * the engine's replayer leaves out after a refresh and its file backend does not.
 */
function comparable({ manifest, resources = [], pending_operations = [] }: Deployment): unknown {
  const steady = resources.map(({ propertyDependencies = {}, ...resource }): Resource => {
    const depending = Object.entries(propertyDependencies).filter(([, urns]) => urns?.length);
    const plain = { ...resource, created: "", modified: "", sourcePosition: "", stackTrace: [] };
    return { ...plain, propertyDependencies: Object.fromEntries(depending) };
  });
  const text = JSON.stringify({ resources: steady, pending_operations });
  return { ...manifest, time: "", ...(JSON.parse(text.replaceAll(UUID, "uuid")) as object) };
}

it("leaves the states that the engine's file backend leaves, step by step", async () => {
  const folder = await mkdtemp(join(tmpdir(), "state-file-"));
  const byFile = await statesOf(pathToFileURL(folder).href, "");
  await rm(folder, { recursive: true });
  await using state = await temporaryState();
  const failures: Error[] = [];
  const service = await serveState({
    database: state.database,
    onFailure: (error) => failures.push(error),
  });
  const byService = await statesOf(service.url, service.accessToken);
  await service.close();
  expect(byService).toEqual(byFile);
  expect(byService).toHaveLength(STEPS.length);
  expect(failures).toEqual([]);
}, 240_000);
