/** What is there already, and was not managed so far, is neither overlooked nor taken away without a word. */
import { beforeAll, describe, expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import type { SeenService } from "./support/service.ts";
import { TENANT_ID, aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";

const [ANNA, BRAM] = [upnOf("Anna Bakker"), upnOf("Bram Visser")];

const office = (rest: Readonly<Record<string, unknown>>): string =>
  aTenantFile({
    sections: {
      groups: [{ name: "office", displayName: "Office", type: "security", ...rest }],
    },
  });

interface Listed {
  readonly value: readonly { readonly id: string; readonly userPrincipalName?: string }[];
}

const groupPath = async ({ graph }: SeenService): Promise<string> => {
  const { value } = (await graph.api("/groups").get()) as Listed;
  return `/groups/${value[0]?.id ?? ""}`;
};

const members = (workspace: TestWorkspace): Promise<unknown[]> =>
  lookAt(workspace, TENANT_ID, async (service) => {
    const path = `${await groupPath(service)}/members`;
    const { value } = (await service.graph.api(path).get()) as Listed;
    return value.map(({ userPrincipalName }) => userPrincipalName);
  });

let withBram: TestWorkspace;

beforeAll(async () => {
  withBram = TestWorkspace.create({ example: office({}) });
  await planAndApprove(withBram);
  await withBram.succeed(["apply", "example"]);
  await lookAt(withBram, TENANT_ID, async (service) => {
    const { id } = (await service.graph.api(`/users/${BRAM}`).get()) as { id: string };
    const reference = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}` };
    await service.graph.api(`${await groupPath(service)}/members/$ref`).post(reference);
  });
  withBram.declare(office({ members: [ANNA] }));
});

describe("members of a group that are declared for the first time", () => {
  it("are refused to be applied where others are members, and nothing is written", async () => {
    const workspace = withBram.copy();
    await planAndApprove(workspace);
    const outcome = await workspace.run(["apply", "example"]);
    expect(outcome).toMatchObject({ exitCode: 2, refusal: "base-moved" });
    expect(await members(workspace)).toEqual([BRAM]);
  });

  it("start from who is a member where the tenant is read, and are written as approved", async () => {
    const workspace = withBram.copy();
    const { json } = await workspace.succeed(["plan", "example", "--refresh"]);
    expect(json.plan).toMatchObject({
      changes: [
        {
          ...{ type: "m365:directory:GroupMembership", operation: "create" },
          description: {
            en: `${ANNA} becomes a member of the group Office; ${BRAM} leaves the group Office`,
          },
          severity: "destructive",
        },
      ],
    });
    await workspace.succeed(["approve", "example"]);
    await workspace.succeed(["apply", "example"]);
    expect(await members(workspace)).toEqual([ANNA]);
    expect((await workspace.run(["plan", "example", "--exit-code"])).exitCode).toBe(0);
  });
});

describe("the address of somebody new", () => {
  it("that others gave away meanwhile stops the apply before its first write", async () => {
    const workspace = TestWorkspace.create({ example: aTenantFile() });
    await planAndApprove(workspace);
    await workspace.succeed(["apply", "example"]);
    const names = ["Anna Bakker", "Bram Visser", "Carla Smit", "Cem Kaya"];
    workspace.declare(aTenantFile({ people: names.map((name) => ({ name, jobTitle: "Clerk" })) }));
    await planAndApprove(workspace);
    await lookAt(workspace, TENANT_ID, (service) =>
      service.graph.api("/users").post({
        accountEnabled: true,
        displayName: "Another Cem",
        mailNickname: "cem.kaya",
        userPrincipalName: upnOf("Cem Kaya"),
        passwordProfile: { password: "first-Password-1" },
      }),
    );
    const outcome = await workspace.run(["apply", "example"]);
    expect(outcome).toMatchObject({ exitCode: 2, refusal: "name-taken" });
    const title = await lookAt(workspace, TENANT_ID, async (service) => {
      const anna = service.graph.api(`/users/${ANNA}?$select=jobTitle`);
      return ((await anna.get()) as { jobTitle: string | null }).jobTitle;
    });
    expect(title).toBeNull();
  });
});
