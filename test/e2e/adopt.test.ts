/** What somebody made by hand comes under management by its name: read, approved with its differences, and nothing else. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { lookAt } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace, upnOf } from "./support/workspace.ts";

const [ANN, CARL] = [upnOf("Ann"), upnOf("Carl")];

const person = (name: string, rest: object): object => ({
  ...{ userPrincipalName: upnOf(name), displayName: name, usageLocation: "NL" },
  ...rest,
});
const before = aTenantFile({ sections: { users: [person("Ann", {})], groups: [] } });
const after = (carl: object = { adopt: true }): string =>
  aTenantFile({
    sections: {
      users: [person("Ann", {}), person("Carl", { jobTitle: "Clerk", ...carl })],
      groups: [
        {
          ...{ name: "sales", displayName: "Sales", type: "security", adopt: true },
          members: [ANN],
        },
      ],
    },
  });

interface Seen {
  readonly id: string;
  readonly jobTitle: string | null;
  readonly department: string | null;
}

const carlIn = (workspace: TestWorkspace): Promise<Seen> =>
  lookAt(
    workspace,
    TENANT_ID,
    ({ graph }) =>
      graph.api(`/users/${CARL}`).select("id,jobTitle,department").get() as Promise<Seen>,
  );

const membersOf = (workspace: TestWorkspace): Promise<string[]> =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => {
    interface Listed {
      readonly value: readonly { readonly id: string; readonly displayName: string }[];
    }
    const found = (await graph.api("/groups").filter("mailNickname eq 'sales'").get()) as Listed;
    const members = (await graph
      .api(`/groups/${found.value[0]?.id ?? ""}/members`)
      .get()) as Listed;
    return members.value.map(({ displayName }) => displayName).sort();
  });

let workspace: TestWorkspace;
let made: Seen;

beforeAll(async () => {
  workspace = TestWorkspace.create({ example: before });
  await workspace.succeed(["plan", "example"]);
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
  await lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const carl = (await graph.api("/users").post({
      ...{ accountEnabled: true, displayName: "Carl", userPrincipalName: CARL },
      ...{ mailNickname: "carl", mail: CARL, usageLocation: "NL" },
      ...{ jobTitle: "Boss", department: "Sales" },
      passwordProfile: {
        password: `Made-by-hand-${CARL.length}`,
        forceChangePasswordNextSignIn: true,
      },
    })) as Seen;
    const group = (await graph.api("/groups").post({
      ...{ displayName: "Sales", mailNickname: "sales", mailEnabled: false, securityEnabled: true },
    })) as Seen;
    await graph
      .api(`/groups/${group.id}/members/$ref`)
      .post({ "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${carl.id}` });
  });
  made = await carlIn(workspace);
  workspace.declare(after());
}, 300_000);

describe("what is taken over by its name", () => {
  it("comes into the file as it is by one command, with what it refers to where the file has that", async () => {
    workspace.declare(before);
    await workspace.succeed(["adopt", "example", "--object", CARL]);
    await workspace.succeed(["adopt", "example", "--section", "groups"]);
    const file = readFileSync(workspace.path("stacks", "example", "tenant.yaml"), "utf8");
    expect(parse(file)).toMatchObject({
      users: [{}, { userPrincipalName: CARL, jobTitle: "Boss", adopt: true }],
      groups: [{ name: "sales", members: [CARL], adopt: true }],
    });
    const { json } = await workspace.succeed(["plan", "example", "--refresh"]);
    expect(json.plan).toMatchObject({ counts: { adopt: 2, delete: 0 } });
    const unknown = await workspace.run(["adopt", "example", "--object", CARL]);
    expect(unknown.refusal).toBe("nothing-to-adopt");
    workspace.declare(after());
  });

  it("has to be read, and to be there", async () => {
    const unread = await workspace.run(["plan", "example"]);
    expect(unread.refusal).toBe("adoption-unread");
    workspace.declare(after({ adopt: true, userPrincipalName: upnOf("Nobody") }));
    const missing = await workspace.run(["plan", "example", "--refresh"]);
    expect(missing.stdout).toContain(
      `The tenant has no ${upnOf("Nobody")} that could be taken over`,
    );
    workspace.declare(after());
  });

  it("is approved with what differs, and stops an apply when somebody changes that", async () => {
    await workspace.succeed(["plan", "example", "--refresh"]);
    const { json } = await workspace.run(["show", "example"]);
    expect(json.plan).toMatchObject({ counts: { adopt: 2, create: 1, delete: 0 } });
    expect(json.plan).toMatchObject({
      changes: [
        {},
        {},
        { severity: "destructive" },
        { properties: [{ before: "Boss", after: "Clerk" }] },
      ],
    });
    const { stdout } = await workspace.text(["show", "example", "--format", "text"]);
    expect(stdout).toContain("Boss → Clerk");
    await workspace.succeed(["approve", "example"]);
    const patch = (jobTitle: string): Promise<unknown> =>
      lookAt(workspace, TENANT_ID, ({ graph }) => graph.api(`/users/${CARL}`).patch({ jobTitle }));
    await patch("Director");
    expect((await workspace.run(["apply", "example"])).refusal).toBe("other-digest");
    expect((await carlIn(workspace)).jobTitle).toBe("Director");
    await patch("Boss");
  });

  it("gets what was approved and keeps the rest, whether the word stays in the file or not", async () => {
    await workspace.succeed(["apply", "example"]);
    expect(await carlIn(workspace)).toMatchObject({
      id: made.id,
      jobTitle: "Clerk",
      department: "Sales",
    });
    expect(await membersOf(workspace)).toEqual(["Ann"]);
    expect((await workspace.run(["status", "example"])).exitCode).toBe(0);
    const again = await workspace.run(["plan", "example"]);
    workspace.declare(after({}));
    const without = await workspace.run(["plan", "example"]);
    expect([again, without].map(({ json }) => json.plan)).toMatchObject([
      { changes: [] },
      { changes: [] },
    ]);
  });
});
