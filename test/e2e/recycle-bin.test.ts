/** Somebody who comes back while the old account is in the recycle bin: the file says which it is to be. */
import { beforeAll, describe, expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { TENANT_ID, aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";

interface Kept {
  readonly recycleBin?: "restore" | "leave";
  readonly jobTitle?: string;
  readonly licenses?: readonly string[];
}

const CARL = upnOf("Carl");

/** A tenant with Ann, and with Carl unless he left. */
function file(carl: Kept | undefined): string {
  const person = (name: string, rest: Kept): unknown => ({
    ...{ userPrincipalName: upnOf(name), displayName: name, usageLocation: "NL", licenses: [] },
    ...rest,
  });
  const sections = {
    users: [person("Ann", {}), ...(carl === undefined ? [] : [person("Carl", carl)])],
    subscriptions: ["SPB", "EXCHANGESTANDARD"].map((sku) => ({ sku, count: 5, term: "monthly" })),
    ...(carl === undefined
      ? { remove: [{ user: CARL, reason: "Left", data: "Kept by the backup" }] }
      : {}),
  };
  return aTenantFile({ sections });
}

interface SeenPerson {
  readonly id: string;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly assignedLicenses: readonly unknown[];
}

const carlIn = (workspace: TestWorkspace): Promise<SeenPerson> =>
  lookAt(
    workspace,
    TENANT_ID,
    ({ graph }) =>
      graph
        .api(`/users/${CARL}`)
        .select("id,jobTitle,department,assignedLicenses")
        .get() as Promise<SeenPerson>,
  );

let left: TestWorkspace;
let before: SeenPerson;

beforeAll(async () => {
  left = TestWorkspace.create({ example: file({ jobTitle: "Clerk", licenses: ["SPB"] }) });
  await planAndApprove(left);
  await left.succeed(["apply", "example"]);
  await lookAt(left, TENANT_ID, ({ graph }) =>
    graph.api(`/users/${CARL}`).patch({ department: "Sales" }),
  );
  before = await carlIn(left);
  left.declare(file(undefined));
  await planAndApprove(left);
  await left.succeed(["apply", "example"]);
});

function comingBack(carl: Kept): TestWorkspace {
  const workspace = left.copy();
  workspace.declare(file({ jobTitle: "Head of sales", licenses: ["EXCHANGESTANDARD"], ...carl }));
  return workspace;
}

async function applied(workspace: TestWorkspace): Promise<SeenPerson> {
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect((await workspace.run(["plan", "example", "--exit-code"])).exitCode).toBe(0);
  return await carlIn(workspace);
}

describe("somebody who is in the recycle bin", () => {
  it("stops a plan that reads the tenant, with the day until which", async () => {
    const workspace = comingBack({});
    const planned = await workspace.run(["plan", "example", "--refresh"]);
    expect(planned).toMatchObject({ exitCode: 2, refusal: "in-recycle-bin" });
    const { stdout } = await workspace.text(["show", "example", "--language", "en"]);
    expect(stdout).toMatch(/Carl is in the recycle bin until \d+ \w+ \d{4}: restore it or start/);
  });

  it("stops an apply before its first write where no plan has read the tenant", async () => {
    const workspace = comingBack({});
    await planAndApprove(workspace);
    const written = workspace.written();
    const applied = await workspace.run(["apply", "example"]);
    expect(applied).toMatchObject({ exitCode: 2, refusal: "in-recycle-bin" });
    expect(workspace.written()).toEqual(written);
  });

  it("comes back as the same account, and has what is declared", async () => {
    const now = await applied(comingBack({ recycleBin: "restore" }));
    expect(now).toMatchObject({ id: before.id, jobTitle: "Head of sales", department: "Sales" });
    expect(now.assignedLicenses).toHaveLength(1);
    expect(now.assignedLicenses).not.toEqual(before.assignedLicenses);
  });

  it("stays there beside a new account", async () => {
    const now = await applied(comingBack({ recycleBin: "leave" }));
    expect(now.id).not.toBe(before.id);
    expect(now.department).toBeNull();
  });
});
