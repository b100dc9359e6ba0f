/**
 * Kills commands at random moments. After at most two plain applies the tenant has to equal the file, with nothing lost
 * and nothing there twice, and the record has to verify.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { isOver, kill, VICTIMS } from "./death.ts";
import type { Victim } from "./death.ts";
import { randomOf } from "./random.ts";
import { SAMPLE, TortureWorkspace } from "./workspace.ts";

export interface KillsOptions {
  readonly rounds: number;
  readonly seed: number;
  /** `anywhere` in a plan or an apply; `creating`: from the first person that an apply makes. */
  readonly moment: "anywhere" | "creating";
  /** What is applied from empty; the sample, and changes of it, unless told. */
  readonly tenantFile?: string;
  /** What it is changed to afterwards; the deaths are in this change only. */
  readonly changedTo?: string;
  readonly report: (line: string) => void;
}

export interface Round {
  readonly command: "plan" | "apply";
  readonly start: string;
  readonly victim: Victim;
  /** Milliseconds from the start of the command, from the first person, or from the opening of the older database. */
  readonly afterMs: number;
  /** What the command said last before it died. */
  readonly said: string;
  readonly applies: number;
  /** Empty when all is well. */
  readonly problems: readonly string[];
}

/** A tenant with an approved change, and what there has to be in the end. */
interface Start {
  readonly name: string;
  readonly workspace: TortureWorkspace;
  readonly expected: readonly string[];
  /** Milliseconds that an undisturbed apply takes. */
  readonly applyMs: number;
  /** Milliseconds from the first person that it makes to its end. */
  readonly creatingMs: number;
}

/** An upgrade of the database takes less, on a busy machine too. */
const UPGRADE_MS = 60;

/** The sample with people and groups more, and with some that change. */
const CHANGED = SAMPLE.replaceAll("department: Directie", "department: Bestuur")
  .replace("displayName: Kantoor\n", "displayName: Heel kantoor\n")
  .replace("users:\n", `users:\n${[1, 2, 3, 4, 5, 6].map(newPerson).join("")}`)
  .replace("groups:\n", `groups:\n${["inkoop", "stage"].map(newGroup).join("")}`);

function newPerson(number: number): string {
  const lines = [`userPrincipalName: nieuw${number}@contoso.com`, `displayName: Nieuw ${number}`];
  return `  - ${[...lines, "usageLocation: NL"].join("\n    ")}\n`;
}

function newGroup(name: string): string {
  const lines = [`name: ${name}`, `displayName: ${name}`, "type: security"];
  const people = ["owners: [sanne.bakker@contoso.com]", "members: [nieuw1@contoso.com]"];
  return `  - ${[...lines, ...people].join("\n    ")}\n`;
}

export async function kills(options: KillsOptions): Promise<readonly Round[]> {
  const random = randomOf(options.seed);
  const starts = await prepared(options);
  const rounds: Round[] = [];
  try {
    for (let number = 1; number <= options.rounds; number += 1) {
      const start = starts[Math.floor(random() * starts.length)] ?? starts[0];
      if (start === undefined) break;
      const round = await oneRound(start, { ...options, random });
      rounds.push(round);
      const { command, start: from, victim, afterMs, said, problems } = round;
      const verdict = problems.length === 0 ? "settled" : problems.join("; ");
      options.report(
        `${number}/${options.rounds} ${command} ${from}, ${victim} after ${afterMs} ms (${said}): ${verdict}`,
      );
    }
  } finally {
    for (const { workspace } of starts) workspace.remove();
  }
  return rounds;
}

async function prepared({
  tenantFile,
  changedTo,
  report,
}: KillsOptions): Promise<readonly Start[]> {
  report("preparing");
  const empty = new TortureWorkspace(tenantFile ?? SAMPLE);
  await approve(empty);
  const first = await undisturbed("from empty", empty);
  if (tenantFile !== undefined && changedTo === undefined) {
    first.applied.remove();
    return [first.start];
  }
  first.applied.declare(changedTo ?? CHANGED);
  // Some changes are made out of what the tenant has, such as that of a mailbox into a shared one.
  await approve(first.applied, ...(changedTo === undefined ? [] : ["--refresh"]));
  const second = await undisturbed("with changes", first.applied);
  second.applied.remove();
  // Who gives two files asks for the way from one to the other.
  return changedTo === undefined ? [first.start, second.start] : [second.start];
}

async function approve(workspace: TortureWorkspace, ...how: readonly string[]): Promise<void> {
  await workspace.succeed("plan", ...how);
  await workspace.succeed("approve");
}

/** Applies in a copy. */
async function undisturbed(
  name: string,
  workspace: TortureWorkspace,
): Promise<{ readonly start: Start; readonly applied: TortureWorkspace }> {
  const applied = workspace.copy();
  const startedAt = performance.now();
  const { child, ended } = applied.start("apply");
  await firstPerson(applied, workspace, () => child.exitCode !== null);
  const createdAt = performance.now();
  const { exitCode, output } = await ended;
  if (exitCode !== 0) throw new Error(`The undisturbed apply ended with ${exitCode}:\n${output}`);
  const endedAt = performance.now();
  const [applyMs, creatingMs] = [endedAt - startedAt, endedAt - createdAt];
  return { start: { name, workspace, expected: applied.names(), applyMs, creatingMs }, applied };
}

const peopleIn = (workspace: TortureWorkspace): number =>
  workspace.names().filter((name) => name.startsWith("user ")).length;

async function firstPerson(
  workspace: TortureWorkspace,
  before: TortureWorkspace,
  hasEnded: () => boolean,
): Promise<void> {
  const there = peopleIn(before);
  while (!hasEnded() && peopleIn(workspace) <= there) await sleep(20);
}

async function oneRound(
  start: Start,
  { random, moment }: KillsOptions & { readonly random: () => number },
): Promise<Round> {
  const workspace = start.workspace.copy();
  const command = moment === "anywhere" && random() < 0.15 ? "plan" : "apply";
  const isUpgrade = moment === "anywhere" && random() < 0.1;
  // An engine is started after the upgrade only.
  const victim = isUpgrade ? "group" : (VICTIMS[Math.floor(random() * VICTIMS.length)] ?? "group");
  const span = moment === "creating" ? start.creatingMs : start.applyMs;
  const longestMs = isUpgrade ? UPGRADE_MS : command === "plan" ? span / 3 : span;
  const afterMs = Math.round(random() * longestMs);
  try {
    if (isUpgrade) workspace.downgrade();
    const { child, ended } = workspace.start(command);
    const hasEnded = (): boolean => child.exitCode !== null;
    if (moment === "creating") await firstPerson(workspace, start.workspace, hasEnded);
    while (isUpgrade && !hasEnded() && !workspace.isOpen()) await sleep(1);
    await sleep(afterMs);
    while (!hasEnded() && !kill(child, victim)) await sleep(20);
    const { output } = await ended;
    const problems = (await isOver(child)) ? [] : ["a process outlived the command"];
    const said = output.trimEnd().split("\n").at(-1)?.slice(0, 60) ?? "";
    const settled = await settle(workspace, start.expected);
    return {
      ...{ command, victim, afterMs, said, applies: settled.applies },
      start: isUpgrade ? `${start.name}, upgrading` : start.name,
      problems: [...problems, ...settled.problems],
    };
  } finally {
    workspace.remove();
  }
}

async function settle(
  workspace: TortureWorkspace,
  expected: readonly string[],
): Promise<Pick<Round, "applies" | "problems">> {
  const problems: string[] = [];
  let applies = 1;
  let last = await workspace.run("apply");
  if (last.exitCode !== 0) {
    applies = 2;
    last = await workspace.run("apply");
  }
  if (last.exitCode !== 0) problems.push(`stuck: ${last.output.trim().slice(-600)}`);
  const names = workspace.names();
  const doubled = names.filter((name, at) => names.indexOf(name) !== at);
  if (doubled.length > 0) problems.push(`twice: ${doubled.join(", ")}`);
  const lost = expected.filter((name) => !names.includes(name));
  if (lost.length > 0) problems.push(`lost: ${lost.join(", ")}`);
  const status = await workspace.run("status", "--exit-code");
  if (status.exitCode !== 0) problems.push(`status: ${status.output.trim().slice(-300)}`);
  const log = await workspace.run("log", "--verify");
  if (log.exitCode !== 0) problems.push(`record: ${log.output.trim().slice(-300)}`);
  return { applies, problems };
}
