/** What was agreed from or until a day begins or ends on that day, on the approval that agreed on it, and nothing else does. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { dayIn } from "../../core/calendar.ts";
import { aChangedProgram } from "./support/changed-program.ts";
import { lookAt } from "./support/service.ts";
import {
  aTenantFile,
  temporaryFolder,
  TENANT_ID,
  TestWorkspace,
  upnOf,
} from "./support/workspace.ts";

const [ANNA, BRAM, CARLA] = ["Anna Bakker", "Bram Visser", "Carla Smit"];
const [DIRK, EVA] = ["Dirk Mol", "Eva Prins"];
const DAY_MS = 24 * 60 * 60 * 1000;
const daysFromNow = (days: number): string => dayIn("NL", new Date(Date.now() + days * DAY_MS));

interface Stage {
  readonly until: string;
  /** When Carla leaves. */
  readonly lastDay?: string;
  readonly jobTitle?: string;
}

const file = ({ until, lastDay, jobTitle }: Stage): string =>
  aTenantFile({
    people: [
      { name: ANNA, ...(jobTitle === undefined ? {} : { jobTitle }) },
      { name: BRAM },
      { name: CARLA, ...(lastDay === undefined ? {} : { lastDay }) },
      { name: DIRK, firstDay: daysFromNow(0) },
      {
        name: EVA,
        manager: upnOf(ANNA),
        ...(lastDay === undefined ? {} : { leaves: { lastDay } }),
      },
    ].map((person) => ({ ...person, licenses: ["SPB"] })),
    sections: {
      tenant: {
        ...{ id: TENANT_ID, displayName: "Example", initialDomain: "example.onmicrosoft.com" },
        ...{ domains: ["example.com"], language: "nl", country: "NL" },
        emergencyAccounts: [upnOf(ANNA)],
      },
      subscriptions: [{ sku: "SPB", term: "monthly", count: 5 }],
      signInSecurity: {
        trustedCountries: {
          ...{ stage: "reportOnly", countries: ["NL"], unknownAddresses: "allowed" },
          exceptions: [{ user: upnOf(BRAM), until, reason: "Reis" }],
        },
      },
      guests: [{ email: "gast@elders.example", displayName: "Gast", until }],
      groups: [
        {
          ...{ name: "kantoor", displayName: "Kantoor", type: "security" },
          ...{ owners: [upnOf(EVA)], members: [upnOf(ANNA), upnOf(EVA)] },
        },
      ],
      roles: [{ role: "User Administrator", users: [{ user: upnOf(EVA) }] }],
      mailboxes: [
        {
          ...{ address: "info@example.com", displayName: "Info" },
          fullAccess: [{ user: upnOf(ANNA) }, { user: upnOf(BRAM), until }],
          sendAs: [{ user: upnOf(DIRK), from: daysFromNow(0) }, { user: upnOf(EVA) }],
          calendar: [{ user: upnOf(BRAM), role: "read", until }],
        },
      ],
    },
  });

const blocked = (workspace: TestWorkspace): Promise<readonly string[]> =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const path = "/users?$select=displayName,accountEnabled";
    const { value } = (await graph.api(path).get()) as {
      readonly value: readonly { readonly displayName: string; readonly accountEnabled: boolean }[];
    };
    return value.flatMap((one) => (one.accountEnabled ? [] : [one.displayName])).toSorted();
  });

/** Of the rule about countries. */
const leftOut = (workspace: TestWorkspace) =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const { value } = (await graph.api("/identity/conditionalAccess/policies").get()) as {
      value: readonly { conditions: { users: { excludeUsers: readonly string[] } } }[];
    };
    const ids = value.flatMap(({ conditions }) => conditions.users.excludeUsers);
    const found = ids.map(
      async (id) => (await graph.api(`/users/${id}`).get()) as { displayName: string },
    );
    return (await Promise.all(found)).map(({ displayName }) => displayName);
  });

/** Commits and pushes what is there. */
function asRepository({ root }: TestWorkspace): () => void {
  const git = (...args: readonly string[]): void => {
    const who = ["-c", "user.name=Engineer", "-c", "user.email=engineer@beheer.example"];
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
    execFileSync("git", ["-C", root, ...who, ...args], { env, stdio: "pipe" });
  };
  const remote = join(temporaryFolder(), "remote.git");
  git("init", "--quiet", "--initial-branch=main");
  git("init", "--quiet", "--bare", "--initial-branch=main", remote);
  git("remote", "add", "origin", remote);
  const push = (): void => {
    git("add", "stacks");
    git("commit", "--quiet", "--message", "Change the tenant");
    git("push", "--quiet", "origin", "HEAD:main");
    git("fetch", "--quiet", "origin");
    git("remote", "set-head", "origin", "main");
  };
  push();
  return push;
}

it("ends what was approved until yesterday, and only that", async () => {
  const back = `new Date(Date.now() - ${2 * DAY_MS})`;
  const earlier = aChangedProgram({
    "dist/cli/program.js": [["now: () => new Date()", `now: () => ${back}`]],
    "dist/operations/local/clocks.js": [["new Date()", back]],
  });
  const yesterday = daysFromNow(-1);
  const workspace = TestWorkspace.create({
    example: file({ until: yesterday, lastDay: yesterday }),
  });
  const push = asRepository(workspace);
  for (const command of ["plan", "approve", "apply"]) {
    await workspace.succeed([command, "example"], { program: earlier });
  }
  expect(await blocked(workspace)).toEqual([DIRK, "Info"]);
  workspace.declare(file({ until: yesterday, lastDay: yesterday, jobTitle: "Directeur" }));
  for (const command of ["plan", "approve"]) {
    await workspace.succeed([command, "example"], { program: earlier });
  }
  push();

  const late = await workspace.run(["status", "example", "--exit-code"]);
  expect(late.exitCode).not.toBe(0);
  expect(late.json).toMatchObject({ drift: [], overdue: [{}, {}, {}, {}, {}, {}, {}, {}, {}] });
  const { stdout } = await workspace.text(["plan", "example"]);
  expect(stdout).toContain("was de laatste dag");
  // Other words than were approved are another agreement.
  workspace.declare(file({ until: daysFromNow(-2), lastDay: yesterday, jobTitle: "Directeur" }));
  expect(await workspace.run(["apply", "example"])).toMatchObject({ refusal: "other-digest" });
  // What is over comes first; what was approved before that is the same plan after it.
  expect((await workspace.run(["ci", "apply"])).json).toMatchObject({
    tenants: [{ tenant: "example", outcome: "applied", applied: [{}, {}] }],
  });
  // What nobody approved waits.
  workspace.declare(file({ until: yesterday, lastDay: yesterday, jobTitle: "Voorzitter" }));
  push();
  expect((await workspace.run(["ci", "apply"])).json).toMatchObject({
    tenants: [{ tenant: "example", outcome: "waiting", applied: [] }],
  });
  expect(await blocked(workspace)).toEqual([CARLA, EVA, "Gast", "Info"]);
  // Who travelled is no longer left out of the rule; the account for emergencies is.
  expect(await leftOut(workspace)).toEqual([ANNA]);
  expect((await workspace.succeed(["status", "example", "--exit-code"])).json).toMatchObject({
    ...{ drift: [], overdue: [] },
  });
  await workspace.succeed(["log", "example", "--verify"]);
  expect((await workspace.text(["log", "example"])).stdout).toContain("its day had come");
  // Who is kept for longer stays, by an approval like any other.
  workspace.declare(file({ until: daysFromNow(30) }));
  expect(await workspace.run(["apply", "example"])).toMatchObject({ refusal: "no-approval" });
});
