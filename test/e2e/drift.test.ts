/** What was changed by hand in the tenant: seen, shown to who decides, put back after their yes, and not without. */
import { beforeAll, describe, expect, it } from "vitest";
import { GLOBAL_ADMINISTRATOR } from "../../core/directory-roles.ts";
import { lookAt } from "./support/service.ts";
import type { SeenService } from "./support/service.ts";
import { TENANT_ID, aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";

const BRAM = upnOf("Bram Visser");
const CARLA = upnOf("Carla Smit");

const jobTitleOfBram = async ({ graph }: SeenService): Promise<unknown> => {
  const { jobTitle } = (await graph.api(`/users/${BRAM}`).select("jobTitle").get()) as {
    jobTitle: unknown;
  };
  return jobTitle;
};

const byHand = (workspace: TestWorkspace, change: (service: SeenService) => Promise<unknown>) =>
  lookAt(workspace, TENANT_ID, change);

const setJobTitle =
  (jobTitle: string) =>
  async ({ graph }: SeenService): Promise<void> => {
    await graph.api(`/users/${BRAM}`).patch({ jobTitle });
  };

const peopleWith = (carla: { readonly recycleBin?: "restore" | "leave" }) => [
  { name: "Anna Bakker" },
  { name: "Bram Visser", jobTitle: "Vennoot" },
  { name: "Carla Smit", ...carla },
];

let drifted: TestWorkspace;

beforeAll(async () => {
  drifted = TestWorkspace.create({ example: aTenantFile({ people: peopleWith({}) }) });
  for (const command of ["plan", "approve", "apply"]) await drifted.succeed([command, "example"]);
  await byHand(drifted, setJobTitle("Keizer"));
  await byHand(drifted, ({ graph }) => graph.api(`/users/${CARLA}`).delete());
});

describe("what was changed by hand", () => {
  it("is shown by status, with the command that plans to put it back", async () => {
    const { stdout } = await drifted.text(["status", "example"]);
    expect(stdout).toContain("Job title: Vennoot → Keizer");
    expect(stdout).toContain("Carla Smit is gone");
    // By the same application, after the apply.
    expect(stdout.match(/^ {6}since 20[\d-]+ [\d:]+ by Tenantry$/gm)).toHaveLength(2);
    expect(stdout).toContain("`tenantry plan example --refresh`");
    const { json } = await drifted.run(["status", "example"]);
    expect(json.drift).toEqual([
      expect.objectContaining({ name: "Bram Visser", kind: "changed" }),
      expect.objectContaining({ name: "Carla Smit", kind: "gone" }),
    ]);
  });

  it("is named by status where somebody made it, and nobody manages it (N14)", async () => {
    const workspace = drifted.copy();
    await byHand(workspace, ({ graph }) =>
      graph.api("/users").post({
        ...{ accountEnabled: true, displayName: "Hand Made", mailNickname: "hand.made" },
        userPrincipalName: upnOf("Hand Made"),
        passwordProfile: { password: "first-Password-1" },
      }),
    );
    const made = { name: "Hand Made", address: upnOf("Hand Made") };
    const { json } = await workspace.run(["status", "example"]);
    expect(json.unmanaged).toEqual([
      { kind: "people", section: "users", count: 1, objects: [expect.objectContaining(made)] },
    ]);
    const { stdout } = await workspace.text(["status", "example"]);
    expect(stdout).toContain(`1 person: Hand Made (${upnOf("Hand Made")})`);
  });

  it("is a risk where it gives somebody the whole tenant, and ends the night with 3", async () => {
    const tenant = { id: TENANT_ID, displayName: "Example Accountants", country: "NL" };
    const names = { initialDomain: "example.onmicrosoft.com", domains: ["example.com"] };
    const sections = {
      tenant: { ...tenant, ...names, language: "nl", globalAdministrators: [upnOf("Anna Bakker")] },
    };
    const workspace = TestWorkspace.create({ example: aTenantFile({ people: [], sections }) });
    for (const command of ["plan", "approve", "apply"])
      await workspace.succeed([command, "example"]);
    const status = () => workspace.text(["status", "example", "--exit-code"]);
    expect((await status()).exitCode).toBe(0);
    await byHand(workspace, async ({ graph }) => {
      const { id: principalId } = (await graph.api("/users").post({
        ...{ accountEnabled: true, displayName: "Bram", mailNickname: "bram" },
        ...{ userPrincipalName: BRAM, passwordProfile: { password: "first-Password-1" } },
      })) as { id: string };
      const role = { roleDefinitionId: GLOBAL_ADMINISTRATOR, directoryScopeId: "/" };
      await graph.api("/roleManagement/directory/roleAssignments").post({ ...role, principalId });
    });
    const { stdout, exitCode } = await status();
    expect(stdout).toContain(`1 Global Administrator: ${BRAM}`);
    expect(exitCode).toBe(3);
  });

  it("is no concern of a plan that makes no call to the tenant, which says so (K11)", async () => {
    const planned = await drifted.copy().text(["plan", "example", "--exit-code"]);
    expect(planned.exitCode).toBe(0);
    const said = `${planned.stdout}${planned.stderr}`;
    expect(said).toContain("the tenant was not read (--refresh reads it)");
    expect(said).not.toMatch(/matches its file|no drift/i);
  });

  it("is put back by plan, approve and apply with --refresh, as the page said", async () => {
    const workspace = drifted.copy();
    const before = workspace.written();
    // Who was deleted by hand lies in the recycle bin, and somebody has to say what is meant.
    const asked = await workspace.run(["plan", "example", "--refresh"]);
    expect(asked).toMatchObject({ exitCode: 2, refusal: "in-recycle-bin" });
    workspace.declare(aTenantFile({ people: peopleWith({ recycleBin: "restore" }) }));
    const planned = await workspace.run(["plan", "example", "--refresh", "--exit-code"]);
    expect(planned.exitCode).toBe(3);
    expect(workspace.written()).toEqual(before);
    const shown = (await workspace.text(["show", "example", "--language", "en"])).stdout;
    expect(shown).toContain("Job title: Keizer → Vennoot");
    expect(shown).toContain("Carla Smit joins as a user");
    expect(shown).toContain("Changed by hand, this puts it back: job title");
    const page = (
      await workspace.text(["show", "example", "--format", "markdown", "--language", "en"])
    ).stdout;
    expect(page).toContain("job title: Keizer → Vennoot (changed by hand; this puts it back)");
    expect(page).toMatch(/restored from the recycle bin with everything it had$/m);

    await workspace.succeed(["approve", "example"]);
    // As it was approved, also without being asked for it.
    const applied = await workspace.succeed(["apply", "example"]);
    expect(applied.json).toMatchObject({ changed: true, digest: planned.json.digest });
    // What is only read back beforehand is no step of the apply.
    const steps = [...applied.stderr.matchAll(/^Applying (\d+)\/(\d+)/gm)];
    expect(steps.length).toBeGreaterThan(0);
    for (const [, done, of] of steps) expect(Number(done)).toBeLessThanOrEqual(Number(of));
    expect(await lookAt(workspace, TENANT_ID, jobTitleOfBram)).toBe("Vennoot");
    expect((await workspace.succeed(["status", "example"])).json).toMatchObject({ drift: [] });
    expect((await workspace.run(["plan", "example", "--exit-code"])).exitCode).toBe(0);
  });

  it("is not touched without approval, nor when it changed again after the approval", async () => {
    const workspace = drifted.copy();
    workspace.declare(aTenantFile({ people: peopleWith({ recycleBin: "leave" }) }));
    const unasked = await workspace.run(["apply", "example", "--refresh"]);
    expect(unasked).toMatchObject({ exitCode: 2, refusal: "no-approval" });

    await workspace.succeed(["plan", "example", "--refresh"]);
    await workspace.succeed(["approve", "example"]);
    await byHand(workspace, setJobTitle("Paus"));
    const before = workspace.written();
    const refused = await workspace.run(["apply", "example", "--refresh"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "other-digest" });
    expect(workspace.written()).toEqual(before);
  });
});
