/** A company that exists is taken over by the real command line, with the real engine. */
import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { NOUNS } from "../../core/nouns.ts";
import type { Har } from "../../services/index.ts";
import { organizations, users } from "../../emulator/entities/collections.ts";
import { startEmulator } from "../../emulator/index.ts";
import { TestWorkspace } from "./support/workspace.ts";

/** The size of a firm; of the sample's people some are blocked, and some never got a licence. */
const PEOPLE = 60;
const DOMAIN = "voorbeeldbv.onmicrosoft.com";
const STACK = "voorbeeld";

let workspace: TestWorkspace;
let importing: readonly string[];
/** Comes from a directory on premises. */
let synchronised: string;
const file = (): string => workspace.path("stacks", STACK, "tenant.yaml");

/** Exchange is asked by POST too. */
const isReading = (request: string): boolean =>
  request.endsWith("/$batch") || request.startsWith("POST /InvokeCommand/Get-");

beforeAll(async () => {
  workspace = TestWorkspace.create({});
  workspace.write("stacks/README.md", "");
  const emulator = await startEmulator({ directory: workspace.data("emulator") });
  const application = { clientId: "00000000-0000-4000-8000-00000000000a", clientSecret: "x" };
  const { seed, people } = emulator.addSampleTenant({ people: PEOPLE, ...application });
  synchronised = people[40]?.userPrincipalName ?? "";
  emulator.state.write(seed.tenantId, ({ store }) => {
    const [found] = store.find(users, "userPrincipalName", synchronised);
    if (found !== undefined) {
      store.replace(users, { ...found.object, onPremisesSyncEnabled: true });
    }
    const organization = store.get(organizations, seed.tenantId);
    if (organization !== undefined) {
      const onPremisesLastSyncDateTime = new Date(Date.now() - 5 * 3_600_000).toISOString();
      const last = { onPremisesSyncEnabled: true, onPremisesLastSyncDateTime };
      store.replace(organizations, { ...organization, ...last });
    }
  });
  await emulator.close();
  importing = [
    ...["import", STACK, "--tenant-id", seed.tenantId, "--initial-domain", DOMAIN],
    ...["--managed-by", "Voorbeeld Beheer", "--provider-domain", "beheer.example"],
  ];
});

it("asks who the tenant is where no file says so", async () => {
  const refused = await workspace.run(["import", STACK]);
  expect(refused).toMatchObject({ exitCode: 2, refusal: "tenant-details-missing" });
});

it("refuses another tenant than the one that was named, and writes nothing", async () => {
  const other = importing.map((word) => (word === DOMAIN ? "other.onmicrosoft.com" : word));
  const refused = await workspace.run(other);
  expect(refused).toMatchObject({ exitCode: 2, refusal: "wrong-tenant" });
  expect(() => readFileSync(file())).toThrow("ENOENT");
});

it("is observed before anything is managed: reads only, and what changed since the last look", async () => {
  const observe = ["observe", "seen", ...importing.slice(2, 6)];
  const trace = workspace.path("observe.har");
  const first = await workspace.succeed([...observe, "--trace", trace]);
  expect(first.json.counts).toMatchObject({ people: { found: PEOPLE } });
  expect(first.json.unexpected).toEqual({ count: 0 });
  const sent = requestsOf(readFileSync(trace, "utf8"));
  expect(sent.filter((one) => !isReading(one))).toEqual(["GET"]);
  expect((await workspace.succeed(["observe", "seen"])).json.changes).toEqual([]);
  const emulator = await startEmulator({ directory: workspace.data("emulator") });
  emulator.state.write(importing[3] ?? "", ({ store }) => {
    const [found] = store.find(users, "userPrincipalName", synchronised);
    if (found !== undefined) store.replace(users, { ...found.object, displayName: "Other Name" });
  });
  await emulator.close();
  const page = workspace.path("report.html");
  const { json } = await workspace.succeed(["observe", "seen", "--report", page]);
  expect(json.changes).toEqual([
    {
      ...{ section: "users", name: synchronised, kind: "changed" },
      keys: [{ key: "displayName", before: expect.any(String) as string, after: "Other Name" }],
    },
  ]);
  expect(json).toMatchObject({ report: [page], first: { overview: { people: PEOPLE } } });
  const report = readFileSync(page, "utf8");
  for (const said of [
    "1 groep zonder eigenaar",
    "Project 2019 (oud)",
    "Sinds we voor het eerst keken",
  ]) {
    expect(report).toContain(said);
  }
  expect(() => readFileSync(file())).toThrow("ENOENT");
});

it("writes a valid file and the state, ends with an empty plan, and writes nothing to the tenant", async () => {
  const before = await usersAndGroups();
  const { json } = await workspace.succeed([...importing, "--trace", workspace.path("trace.har")]);
  expect(json).toMatchObject({ stack: STACK, isFileNew: true, changes: 0 });
  const { counts, left } = json as unknown as Imported;
  expect(counts.people.found).toBe(PEOPLE);
  for (const [noun, kind] of [
    ["people", "person"],
    ["groups", "group"],
    ["sites", "site"],
  ] as const) {
    const leftOfKind = left.filter((one) => one.kind === kind).length;
    expect(counts[noun].managed + leftOfKind, noun).toBe(counts[noun].found);
    expect(counts[noun].managed, noun).toBeGreaterThan(0);
  }
  const sent = requestsOf(readFileSync(workspace.path("trace.har"), "utf8"));
  expect(sent.filter((one) => !isReading(one))).toEqual(["GET"]);
  expect(await usersAndGroups()).toBe(before);
  const valid = await workspace.run(["validate", STACK]);
  expect(valid.exitCode).toBe(0);
});

it("has no drift, and plans nothing afterwards, also from what the tenant holds now", async () => {
  expect((await workspace.succeed(["status", STACK])).json).toMatchObject({ drift: [] });
  const { stdout, exitCode } = await workspace.text(["status", STACK, "--exit-code"]);
  expect(stdout).toContain("The on-premises directory was synchronised 5 h");
  expect(exitCode).toBe(3);
  for (const more of [[], ["--refresh"]]) {
    const { json } = await workspace.run(["plan", STACK, "--format", "json", ...more]);
    expect(json.plan).toMatchObject({ changes: [] });
  }
});

it("does the same again, and leaves the file as it is", async () => {
  const text = `${readFileSync(file(), "utf8")}# Mine.\n`;
  writeFileSync(file(), text);
  const { json } = await workspace.succeed(["import", STACK]);
  expect(json).toMatchObject({ isFileNew: false, changes: 0 });
  expect(readFileSync(file(), "utf8")).toBe(text);
});

it("plans the first change after it as always", async () => {
  writeFileSync(file(), readFileSync(file(), "utf8").replace("Operator", "Machinist"));
  const { json } = await workspace.run(["plan", STACK, "--format", "json"]);
  const { changes } = json.plan as { changes: readonly { readonly operation: string }[] };
  expect(changes.map(({ operation }) => operation)).toEqual(["update"]);
  expect(await workspace.run(["apply", STACK])).toMatchObject({ exitCode: 2 });
});

it("changes nothing of who comes from on premises, and says that blocking has to be done there too", async () => {
  const text = readFileSync(file(), "utf8");
  const edited = (line: string): string =>
    text.replace(
      /(displayName: .*\n)    source: on-premises\n/,
      `$1    source: on-premises\n${line}`,
    );
  const copy = workspace.copy();
  const path = `stacks/${STACK}/tenant.yaml`;
  copy.write(path, edited("    jobTitle: Controller\n"));
  const invalid = await copy.run(["validate", STACK]);
  expect(invalid.exitCode).toBe(2);
  expect(JSON.stringify(invalid.json)).toContain("comes from the on-premises directory");
  const name = /displayName: (.*)\n {4}source/.exec(text)?.[1] ?? "";
  const codes = async (content: string): Promise<string[]> => {
    copy.write(path, content);
    const { json } = await copy.run(["plan", STACK, "--format", "json"]);
    const { findings } = json.plan as { findings: readonly { readonly code: string }[] };
    return findings.map(({ code }) => code);
  };
  expect(
    await codes(text.replace(`displayName: ${name}\n    source`, "displayName: Other\n    source")),
  ).toContain("mastered-on-premises");
  const blocked = await codes(edited("    accountEnabled: false\n"));
  expect(blocked).toContain("block-there-too");
  expect(blocked).not.toContain("mastered-on-premises");
});

it("removes nobody who is mastered on premises, and lets go of them where that is asked", async () => {
  const declared: unknown = parse(readFileSync(file(), "utf8"));
  const without = JSON.parse(JSON.stringify(declared), (_key, value: unknown) =>
    Array.isArray(value) ? value.filter((one: unknown) => !isAbout(one, synchronised)) : value,
  ) as object;
  const copy = workspace.copy();
  const planned = async (section: object): Promise<{ operations: string[]; codes: string[] }> => {
    copy.write(`stacks/${STACK}/tenant.yaml`, stringify({ ...without, ...section }));
    const { json } = await copy.run(["plan", STACK, "--format", "json"]);
    const { changes, findings } = json.plan as PlanJson;
    return {
      operations: changes
        .filter(({ type, operation }) => type === NOUNS.user.type && operation !== "update")
        .map(({ operation }) => operation),
      codes: findings.map(({ code }) => code),
    };
  };
  const entry = { user: synchronised, reason: "Uit dienst" };
  const removed = await planned({ remove: [{ ...entry, data: "Blijft" }] });
  expect(removed.operations).toEqual(["delete"]);
  expect(removed.codes).toContain("remove-there");
  const released = await planned({ release: [entry] });
  expect(released.operations).toEqual(["forget"]);
  expect(released.codes).not.toContain("remove-there");
});

it("takes over nothing that the file says differently, and names it", async () => {
  const fresh = workspace.copy();
  fresh.write(`stacks/again/tenant.yaml`, readFileSync(file(), "utf8"));
  fresh.write(`stacks/${STACK}/tenant.yaml`, "");
  const refused = await fresh.run(["import", "again"]);
  expect(refused).toMatchObject({ exitCode: 2, refusal: "not-taken-over" });
  expect(JSON.stringify(refused.json.error)).toContain("is not as the tenant file says: jobTitle");
});

interface PlanJson {
  readonly changes: readonly { readonly type: string; readonly operation: string }[];
  readonly findings: readonly { readonly code: string }[];
}

/** Whether an element of a list of the file names this person. */
const isAbout = (element: unknown, name: string): boolean =>
  element === name ||
  (typeof element === "object" &&
    element !== null &&
    ["user", "userPrincipalName"].some((key) => Reflect.get(element, key) === name));

interface Imported {
  readonly counts: Readonly<
    Record<"people" | "groups" | "sites", { found: number; managed: number }>
  >;
  readonly left: readonly { readonly kind: string }[];
}

/** Everything that the tenant has of them, as a text. */
async function usersAndGroups(): Promise<string> {
  const emulator = await startEmulator({ directory: workspace.data("emulator") });
  const { objects } = emulator.exportTenant(importing[3] ?? "");
  await emulator.close();
  const found = objects.filter(({ type }) => type === "user" || type === "group");
  expect(found.length).toBeGreaterThan(PEOPLE);
  return JSON.stringify(found);
}

/** Of all requests; what travelled in a batch is there by itself. */
function requestsOf(trace: string): string[] {
  const { log } = JSON.parse(trace) as Har;
  return [
    ...new Set(
      log.entries.map(({ request: { method, url } }) =>
        method === "GET" ? method : `${method} ${new URL(url).pathname}`,
      ),
    ),
  ].sort();
}
