/** The ways on from a drift beside undoing it: taken over into the file, and accepted for a while. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { addDays, calendar } from "../../core/calendar.ts";
import { lookAt } from "./support/service.ts";
import type { SeenService } from "./support/service.ts";
import { TENANT_ID, aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";

const ANNA = upnOf("Anna Bakker");
const BRAM = upnOf("Bram Visser");
const CARLA = upnOf("Carla Smit");
const UNTIL = addDays(calendar.today(), 30);
const REASON = "Staat in voor de directeur";
const TEAM = {
  name: "team",
  displayName: "Team",
  type: "security",
  description: "Het team",
  owners: [ANNA],
  members: [ANNA],
};
// By hand, with comments: what is written by a person stays as it is.
const FILE = `# Voorbeeld
${aTenantFile({
  people: [
    { name: "Anna Bakker" },
    { name: "Bram Visser", jobTitle: "Vennoot" },
    { name: "Carla Smit", jobTitle: "Assistent" },
  ],
  sections: { groups: [TEAM] },
}).replace("jobTitle: Vennoot", "jobTitle: Vennoot # sinds mei")}`;

let drifted: TestWorkspace;

const byHand = <T>(workspace: TestWorkspace, change: (service: SeenService) => Promise<T>) =>
  lookAt(workspace, TENANT_ID, change);

const setJobTitle = (workspace: TestWorkspace, upn: string, jobTitle: string | null) =>
  byHand(workspace, ({ graph }) => graph.api(`/users/${upn}`).patch({ jobTitle }));

const fileOf = (workspace: TestWorkspace): string =>
  readFileSync(workspace.path("stacks", "example", "tenant.yaml"), "utf8");

const accept = (key: string, object = BRAM): string[] => [
  ...["accept", "example", "--object", object, "--key", key],
  ...["--until", UNTIL, "--reason", REASON],
];

async function approved(workspace: TestWorkspace, ...more: string[]): Promise<void> {
  for (const command of ["plan", "approve", "apply"]) {
    await workspace.succeed([command, "example", ...(command === "plan" ? more : [])]);
  }
}

beforeAll(async () => {
  drifted = TestWorkspace.create({ example: FILE });
  await approved(drifted);
  await setJobTitle(drifted, BRAM, "Keizer");
  await byHand(drifted, async ({ graph }) => {
    const { id } = (await graph.api(`/users/${CARLA}`).get()) as { id: string };
    const { value } = (await graph.api("/groups").get()) as { value: { id: string }[] };
    const members = `/groups/${value[0]?.id ?? ""}/members/$ref`;
    await graph.api(members).post({ "@odata.id": `https://graph.microsoft.com/v1.0/users/${id}` });
  });
});

it("names three ways on under each finding", async () => {
  const { stdout } = await drifted.text(["status", "example"]);
  expect(stdout).toContain("`tenantry plan example --refresh`");
  expect(stdout).toContain(`take over: \`tenantry pull example --object ${BRAM}\``);
  expect(stdout).toContain(
    `accept:    \`tenantry accept example --object ${BRAM} --key jobTitle --until`,
  );
  expect(stdout).toContain(
    "accept:    `tenantry accept example --object team --key members --until",
  );
});

describe("taken over into the file", () => {
  it("is the value found, and nothing else in the file differs", async () => {
    const workspace = drifted.copy();
    const { json } = await workspace.succeed(["pull", "example"]);
    expect(json).toMatchObject({ left: [] });
    expect(fileOf(workspace).split("\n")).toEqual(
      FILE.replace("jobTitle: Vennoot", "jobTitle: Keizer")
        .replace(`    members:\n      - ${ANNA}`, `    members:\n      - ${ANNA}\n      - ${CARLA}`)
        .split("\n"),
    );
    // It is planned and approved like any change, and there is nothing left to write.
    const planned = await workspace.text(["plan", "example", "--language", "en"]);
    expect(planned.stdout).toContain("Vennoot → Keizer");
    await approved(workspace);
    expect((await workspace.succeed(["status", "example"])).json).toMatchObject({ drift: [] });
  });

  it("is one value of one object where that is asked for; what is emptied is said as such", async () => {
    const workspace = drifted.copy();
    await setJobTitle(workspace, CARLA, null);
    await workspace.succeed(["pull", "example", "--object", CARLA, "--key", "jobTitle"]);
    expect(fileOf(workspace)).not.toContain("Assistent");
    expect(fileOf(workspace)).toContain("clear: [jobTitle]");
    expect(fileOf(workspace)).toContain("jobTitle: Vennoot # sinds mei");
    const other = await workspace.run(["pull", "example", "--object", ANNA]);
    expect(other).toMatchObject({ exitCode: 2, refusal: "not-drifted" });
  });

  it("leaves out what the file cannot say, and says so", async () => {
    const workspace = drifted.copy();
    await setJobTitle(workspace, BRAM, " met een spatie");
    await byHand(workspace, ({ graph }) => graph.api(`/users/${CARLA}`).delete());
    const { json } = await workspace.succeed(["pull", "example"]);
    expect(json.left).toEqual([
      { object: BRAM, key: "jobTitle", why: "the file does not take this value" },
      expect.objectContaining({ object: CARLA, key: "" }),
    ]);
    expect(fileOf(workspace)).toBe(FILE);
  });
});

describe("accepted until a day", () => {
  let accepted: TestWorkspace;
  /** The same, approved and applied. */
  let inForce: TestWorkspace;

  beforeAll(async () => {
    accepted = drifted.copy();
    await accepted.succeed(accept("jobTitle"));
    await accepted.succeed(accept("members", "team"));
    inForce = accepted.copy();
    await approved(inForce);
  });

  it("counts only once it is approved and applied, as a line of its own on the page", async () => {
    const workspace = accepted.copy();
    const before = await workspace.run(["status", "example"]);
    expect(before.json).toMatchObject({ drift: [{}, {}], accepted: [] });
    const planned = await workspace.text(["plan", "example", "--refresh", "--language", "en"]);
    expect(planned.stdout).toContain(`${BRAM}: accepted as it is until`);
    expect(planned.stdout).toContain("Job title: Keizer");
    expect(planned.stdout).toContain(REASON);
    expect(planned.stdout).not.toContain("Keizer → Vennoot");
    const empty = await workspace.run(["apply", "example"]);
    expect(empty).toMatchObject({ exitCode: 2, refusal: "no-approval" });

    await workspace.succeed(["approve", "example"]);
    await workspace.succeed(["apply", "example"]);
    const { json } = await workspace.run(["status", "example", "--exit-code"]);
    expect(json).toMatchObject({
      drift: [],
      accepted: [
        { name: BRAM, property: "jobTitle", value: "Keizer", reason: REASON, until: UNTIL },
        { name: "team", property: "members", extra: CARLA },
      ],
    });
    const { stdout } = await workspace.text(["status", "example"]);
    expect(stdout).toContain(`until ${UNTIL}: ${BRAM}, Job title: Keizer (${REASON})`);
    expect((await workspace.run(["plan", "example", "--refresh", "--exit-code"])).exitCode).toBe(0);
  });

  it("is a new finding with another value, which is undone to what is declared", async () => {
    const workspace = inForce.copy();
    await setJobTitle(workspace, BRAM, "Paus");
    expect((await workspace.run(["status", "example"])).json).toMatchObject({
      drift: [{ object: BRAM, properties: [{ before: "Vennoot", after: "Paus" }] }],
      accepted: [{ name: "team" }],
    });
    await approved(workspace, "--refresh");
    expect((await workspace.run(["status", "example"])).json).toMatchObject({ drift: [] });
  });

  it("leads out of accepted-changed", async () => {
    const workspace = inForce.copy();
    const changed = fileOf(workspace).replace("jobTitle: Vennoot", "jobTitle: Partner");
    workspace.declare(changed);
    const refused = await workspace.run(["plan", "example"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "accepted-changed" });
    workspace.declare(changed.slice(0, changed.indexOf("accepted:")));
    await approved(workspace, "--refresh");
    const { json } = await workspace.succeed(["status", "example"]);
    expect(json).toMatchObject({ drift: [], accepted: [] });
  });

  it("is drift again after its last day, and status says so", async () => {
    const workspace = accepted.copy();
    const over = addDays(calendar.today(), -1);
    workspace.declare(fileOf(workspace).replaceAll(UNTIL, over));
    await approved(workspace);
    const { json } = await workspace.run(["status", "example"]);
    expect(json).toMatchObject({ drift: [{}, {}], accepted: [], ended: [{ until: over }, {}] });
    const { stdout } = await workspace.text(["status", "example"]);
    expect(stdout).toContain(`Accepted until ${over}, and drift again: ${BRAM}, Job title: Keizer`);
    const planned = await workspace.text(["plan", "example", "--refresh", "--language", "en"]);
    expect(planned.stdout).toContain("Keizer → Vennoot");
  });
});

it("takes over into the file what cannot be accepted", async () => {
  const workspace = drifted.copy();
  const refused = await workspace.run(accept("type"));
  expect(refused).toMatchObject({ exitCode: 2, refusal: "not-acceptable" });
  await workspace.succeed(["pull", "example"]);
});

it("accepts nothing of an emergency account, also in the plan that lifts the protection", async () => {
  const workspace = TestWorkspace.create({
    example: FILE.replace("  country: NL", `  country: NL\n  emergencyAccounts: [${BRAM}]`),
  });
  await approved(workspace);
  await setJobTitle(workspace, BRAM, "Keizer");
  const refused = await workspace.run(accept("jobTitle"));
  expect(refused).toMatchObject({ exitCode: 2, refusal: "not-acceptable" });
  workspace.declare(FILE);
  await workspace.succeed(accept("jobTitle"));
  const planned = await workspace.run(["plan", "example"]);
  expect(planned).toMatchObject({ exitCode: 2, refusal: "protected-accepted" });
});

it("accepts a manager and owners by their ids; another manager is a new finding", async () => {
  const workspace = TestWorkspace.create({
    example: FILE.replace("jobTitle: Vennoot", `manager: ${ANNA}\n    jobTitle: Vennoot`),
  });
  await approved(workspace);
  const managedBy = (upn: string) =>
    byHand(workspace, async ({ graph }) => {
      const { id } = (await graph.api(`/users/${upn}`).get()) as { id: string };
      const body = { "@odata.id": `https://graph.microsoft.com/v1.0/users/${id}` };
      await graph.api(`/users/${BRAM}/manager/$ref`).put(body);
      return { id, body };
    });
  const { id, body } = await managedBy(CARLA);
  await byHand(workspace, async ({ graph }) => {
    const { value } = (await graph.api("/groups").get()) as { value: { id: string }[] };
    await graph.api(`/groups/${value[0]?.id ?? ""}/owners/$ref`).post(body);
  });
  await workspace.succeed(accept("manager"));
  await workspace.succeed(accept("owners", "team"));
  await approved(workspace);
  const { json } = await workspace.run(["status", "example"]);
  expect(json).toMatchObject({
    drift: [],
    accepted: [
      { property: "manager", value: CARLA, id },
      { property: "owners", extra: CARLA, id },
    ],
  });
  await byHand(workspace, ({ graph }) => graph.api(`/users/${BRAM}/manager/$ref`).delete());
  expect((await workspace.run(["status", "example"])).json).toMatchObject({
    drift: [{ object: BRAM, keys: ["manager"] }],
    accepted: [{ property: "owners" }],
  });
});
