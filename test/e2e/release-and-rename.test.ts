/** What the file lets go of stays as it is, and what it renames stays the same object. */
import { beforeAll, describe, expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { TENANT_ID, aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";
import type { TenantFileOptions } from "./support/workspace.ts";

const ANNA = "Anna Bakker";
const BRAM = { name: "Bram Visser", jobTitle: "Clerk" };
const CARLA = "Carla Smit";

const group = (rest: Readonly<Record<string, unknown>>) => ({
  groups: [{ name: "office", displayName: "Office", type: "security", ...rest }],
});
const people = [{ name: ANNA }, BRAM, { name: CARLA }];
const file = (options: TenantFileOptions): string => aTenantFile({ people, ...options });

let applied: TestWorkspace;

beforeAll(async () => {
  applied = TestWorkspace.create({
    example: file({ sections: group({ members: [upnOf(ANNA), upnOf(BRAM.name)] }) }),
  });
  await planAndApprove(applied);
  await applied.succeed(["apply", "example"]);
});

interface Seen {
  readonly users: ReadonlyMap<string, { readonly id: string; readonly jobTitle: string | null }>;
  readonly members: readonly string[];
}

interface Listed<T> {
  readonly value: readonly T[];
}

async function seenIn(workspace: TestWorkspace): Promise<Seen> {
  return await lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const users = (await graph
      .api("/users")
      .select("id,userPrincipalName,jobTitle")
      .get()) as Listed<{ id: string; userPrincipalName: string; jobTitle: string | null }>;
    const groups = (await graph.api("/groups").get()) as Listed<{ id: string }>;
    const id = groups.value[0]?.id ?? "none";
    const members = (await graph.api(`/groups/${id}/members`).get()) as Listed<{ id: string }>;
    return {
      users: new Map(
        users.value.map(({ userPrincipalName, ...user }) => [userPrincipalName, user]),
      ),
      members: members.value.map((member) => member.id).sort(),
    };
  });
}

async function planned(workspace: TestWorkspace, text: string): Promise<unknown> {
  workspace.declare(text);
  const { json } = await workspace.succeed(["plan", "example"]);
  return json.plan;
}

async function approveAndApply(workspace: TestWorkspace): Promise<void> {
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
}

describe("a key, a list and an object that are let go of", () => {
  it("stand in the plan, and stay in the tenant as they are", async () => {
    const workspace = applied.copy();
    const before = await seenIn(workspace);
    const carla = { userPrincipalName: upnOf(CARLA), id: before.users.get(upnOf(CARLA))?.id };
    const plan = await planned(
      workspace,
      file({
        people: [{ name: ANNA }, { name: BRAM.name }],
        sections: {
          ...group({}),
          release: [{ user: upnOf(CARLA), reason: "The parent company manages her" }],
          unmanaged: { users: [carla] },
        },
      }),
    );
    expect(plan).toMatchObject({
      findings: [],
      changes: [
        // No change of the backup: it answers for whoever may have a mailbox, also for whom it lets go of.
        { operation: "forget", type: "m365:directory:GroupMembership" },
        { operation: "update", properties: [{ path: "jobTitle", kind: "released" }] },
        { operation: "forget", releaseReason: "The parent company manages her" },
      ],
    });
    await approveAndApply(workspace);
    expect(await seenIn(workspace)).toEqual(before);
    expect((await workspace.run(["plan", "example", "--exit-code"])).exitCode).toBe(0);
  });
});

describe("a person who is renamed", () => {
  const renamed = (formerly: Readonly<Record<string, string>>): string => {
    const sections = group({ members: [upnOf(ANNA), upnOf("Bram Smeets")] });
    return file({
      people: [{ name: ANNA }, { ...BRAM, name: "Bram Smeets", ...formerly }, { name: CARLA }],
      sections,
    });
  };

  it("is the same person, in the same groups", async () => {
    const workspace = applied.copy();
    const before = await seenIn(workspace);
    const plan = await planned(workspace, renamed({ formerly: upnOf(BRAM.name) }));
    expect(plan).toMatchObject({
      changes: [
        { operation: "update", type: "m365:backup:Policy" },
        { operation: "update", formerUrn: expect.stringMatching(/bram\.visser/) as string },
      ],
    });
    await approveAndApply(workspace);
    const after = await seenIn(workspace);
    expect(after.users.get(upnOf("Bram Smeets"))).toEqual(before.users.get(upnOf(BRAM.name)));
    expect(after.members).toEqual(before.members);
    // The entry has done its work: it does no harm, and nothing more.
    const again = (await workspace.succeed(["plan", "example"])).json.plan;
    expect(again).toMatchObject({ changes: [], structure: [] });
  });

  it("and nobody says so, is asked about", async () => {
    const workspace = applied.copy();
    workspace.declare(renamed({}));
    expect(await workspace.run(["plan", "example"])).toMatchObject({
      exitCode: 2,
      refusal: "renamed-or-replaced",
    });
  });
});
