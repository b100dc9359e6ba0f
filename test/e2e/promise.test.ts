/**
 * The promise (docs/approval.md) with the engine, the commands and the emulator: random approved changes to one tenant,
 * and changes by others before and after each plan. What is written is what was approved, or nothing.
 * test/promise tries many more stories in process, and those of a process that dies.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import type { SeenService } from "./support/service.ts";
import { TENANT_ID, aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";

const ROUNDS = Number(process.env.TENANTRY_PROMISE_ENGINE_ROUNDS ?? 10);
const SEED = Number(process.env.TENANTRY_PROMISE_SEED ?? Date.now() % 1_000_000);
const NAMES = ["Anna Bakker", "Bram Visser", "Carla Smit"] as const;
const KEYS = ["jobTitle", "department"] as const;
const TEXTS = ["Alpha", "Beta", "Gamma"] as const;

/** Values by part: `jobTitle of <name>`, or `<name> in office`, "yes" or "no". */
type Parts = Readonly<Record<string, string>>;

const values: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  NAMES.flatMap((name): [string, readonly string[]][] => [
    ...KEYS.map((key): [string, readonly string[]] => [`${key} of ${name}`, TEXTS]),
    [`${name} in office`, ["yes", "no"]],
  ]),
);

const START: Parts = Object.fromEntries(
  Object.entries(values).map(([part, [first = ""]]) => [part, first]),
);

const someParts = (maxLength: number): fc.Arbitrary<Parts> =>
  fc
    .tuple(
      fc.record(
        Object.fromEntries(
          Object.entries(values).map(([part, all]) => [part, fc.constantFrom(...all)]),
        ),
      ),
      fc.subarray(Object.keys(values), { maxLength }),
    )
    .map(([all, chosen]) => Object.fromEntries(chosen.map((part) => [part, all[part] ?? ""])));

const rounds = fc.record({
  wanted: someParts(4),
  beforePlan: someParts(2),
  beforeApply: someParts(2),
});

function fileOf(parts: Parts): string {
  const people = NAMES.map((name) => ({
    name,
    ...Object.fromEntries(KEYS.map((key) => [key, parts[`${key} of ${name}`]])),
  }));
  const members = NAMES.filter((name) => parts[`${name} in office`] === "yes").map(upnOf);
  const office = { name: "office", displayName: "Office", type: "security", members };
  return aTenantFile({ people, sections: { groups: [office] } });
}

interface Found {
  readonly value: readonly { readonly id: string; readonly [key: string]: unknown }[];
}

/** The tenant as Microsoft's own client sees it. */
class Office {
  readonly #graph: SeenService["graph"];
  #group = "";
  readonly #ids = new Map<string, string>();

  private constructor(graph: SeenService["graph"]) {
    this.#graph = graph;
  }

  static async open({ graph }: SeenService): Promise<Office> {
    const office = new Office(graph);
    const groups = (await graph.api("/groups").get()) as Found;
    office.#group = `/groups/${groups.value[0]?.id ?? ""}`;
    return office;
  }

  async look(): Promise<Parts> {
    const select = ["id", "displayName", ...KEYS].join(",");
    const users = (await this.#graph.api("/users").select(select).get()) as Found;
    const members = (await this.#graph.api(`${this.#group}/members`).get()) as Found;
    const inOffice = new Set(members.value.map(({ id }) => id));
    return Object.fromEntries(
      users.value.flatMap((user) => {
        const name = String(user.displayName);
        this.#ids.set(name, user.id);
        return [
          ...KEYS.map((key) => [`${key} of ${name}`, String(user[key])] as const),
          [`${name} in office`, inOffice.has(user.id) ? "yes" : "no"] as const,
        ];
      }),
    );
  }

  async change(parts: Parts): Promise<void> {
    const now = await this.look();
    for (const [part, value] of Object.entries(parts)) {
      if (now[part] !== value) await this.#put(part, value);
    }
  }

  async #put(part: string, value: string): Promise<void> {
    const [, key, name] = /^(\w+) of (.+)$/.exec(part) ?? [];
    if (key !== undefined && name !== undefined) {
      await this.#graph.api(`/users/${this.#ids.get(name) ?? ""}`).patch({ [key]: value });
      return;
    }
    const id = this.#ids.get(part.replace(" in office", "")) ?? "";
    const members = `${this.#group}/members`;
    const reference = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}` };
    if (value === "yes") await this.#graph.api(`${members}/$ref`).post(reference);
    else await this.#graph.api(`${members}/${id}/$ref`).delete();
  }
}

it(
  `what is written is what was approved, or nothing (${ROUNDS} rounds, seed ${SEED})`,
  async () => {
    const workspace = TestWorkspace.create({ example: fileOf(START) });
    await planAndApprove(workspace);
    await workspace.succeed(["apply", "example"]);
    const inOffice = <T>(use: (office: Office) => Promise<T>): Promise<T> =>
      lookAt(workspace, TENANT_ID, async (service) => use(await Office.open(service)));

    let applied = START;
    let outcomes = "";
    for (const round of fc.sample(rounds, { numRuns: ROUNDS, seed: SEED })) {
      const wanted = { ...applied, ...round.wanted };
      const targets = Object.entries(wanted).filter(([part, value]) => applied[part] !== value);
      if (targets.length === 0) continue;
      await inOffice((office) => office.change(round.beforePlan));
      workspace.declare(fileOf(wanted));
      await planAndApprove(workspace);
      const before = await inOffice(async (office) => {
        await office.change(round.beforeApply);
        return await office.look();
      });
      const isMoved = targets.some(
        ([part, target]) => before[part] !== applied[part] && before[part] !== target,
      );
      const outcome = await workspace.run(["apply", "example"]);
      const after = await inOffice((office) => office.look());
      const story = JSON.stringify({ round, applied, before, outcome: outcome.stdout });
      if (isMoved) {
        expect(outcome, story).toMatchObject({ exitCode: 2, refusal: "base-moved" });
        expect(after, story).toEqual(before);
        outcomes += "refused ";
        continue;
      }
      const reached = { ...before, ...Object.fromEntries(targets) };
      expect(outcome.exitCode, story).toBe(0);
      expect(after, story).toEqual(reached);
      applied = wanted;
      const isDrifted = Object.entries(applied).some(([part, value]) => reached[part] !== value);
      expect((outcome.json.drift as unknown[]).length > 0, story).toBe(isDrifted);
      outcomes += "applied ";
    }
    process.stdout.write(`${outcomes}\n`);
  },
  60_000 * ROUNDS,
);
