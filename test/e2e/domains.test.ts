/** The life of a domain through the commands: waiting for its record, added, used, changed by hand, removed. */
import { describe, expect, it } from "vitest";
import { expectRefused, planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace, upnOf } from "./support/workspace.ts";

const ANNA = "Anna Bakker";
const DIRK = "dirk@fabrikam.example";

const people = (...names: readonly string[]) =>
  names.map((userPrincipalName) => ({ userPrincipalName, displayName: userPrincipalName }));
const file = (sections: Readonly<Record<string, unknown>>): string =>
  aTenantFile({ sections: { users: people(upnOf(ANNA)), ...sections } });

const domainsIn = (workspace: TestWorkspace): Promise<readonly Record<string, unknown>[]> =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const { value } = (await graph.api("/domains").get()) as { value: Record<string, unknown>[] };
    return value;
  });

describe("a domain", () => {
  it("that waits for its record stops the apply, which goes on with the same approval", async () => {
    const workspace = TestWorkspace.create({
      // Its record is never found on the emulator.
      example: file({
        domains: [{ name: "fabrikam.invalid" }],
        users: people(upnOf(ANNA), "dirk@fabrikam.invalid"),
      }),
    });
    await planAndApprove(workspace);
    for (const attempt of ["first", "second"]) {
      const { exitCode, refusal, json } = await workspace.run(["apply", "example"]);
      expect({ exitCode, refusal }, attempt).toEqual({
        exitCode: 2,
        refusal: "domain-not-verified",
      });
      expect(JSON.stringify(json)).toMatch(/TXT record MS=ms\d+ of fabrikam\.invalid/);
      expect(JSON.stringify(json)).toContain("tenantry dns example");
    }
    const users = await lookAt(workspace, TENANT_ID, async ({ graph }) => {
      const users = graph.api("/users").select("userPrincipalName");
      return ((await users.get()) as { value: { userPrincipalName: string }[] }).value;
    });
    // Who waits for the domain was not tried; whoever does not is there.
    expect(users.map(({ userPrincipalName }) => userPrincipalName)).toEqual([upnOf(ANNA)]);
  });

  it("is added with who has a name in it, seen when changed by hand, and removed once nobody uses it", async () => {
    const fabrikam = { name: "fabrikam.example", supportedServices: ["Email"] };
    const workspace = TestWorkspace.create({
      example: file({ domains: [fabrikam], users: people(upnOf(ANNA), DIRK) }),
    });
    await planAndApprove(workspace);
    await workspace.succeed(["apply", "example"]);
    expect(await domainsIn(workspace)).toContainEqual(
      expect.objectContaining({
        id: fabrikam.name,
        isVerified: true,
        supportedServices: ["Email"],
      }),
    );
    expect((await workspace.run(["status", "example"])).exitCode).toBe(0);

    await lookAt(workspace, TENANT_ID, async ({ graph }) => {
      await graph.api("/domains/fabrikam.example").patch({ supportedServices: ["Yammer"] });
    });
    const { json } = await workspace.run(["status", "example"]);
    expect(json.drift).toMatchObject([{ properties: [{ path: "supportedServices" }] }]);
    await workspace.succeed(["pull", "example"]);
    await lookAt(workspace, TENANT_ID, async ({ graph }) => {
      await graph.api("/users").post({
        ...{ accountEnabled: true, displayName: "Zus", mailNickname: "zus" },
        userPrincipalName: "zus@fabrikam.example",
        passwordProfile: { password: "only-For-Tests-1" },
      });
    });

    const gone = { reason: "Sold", data: "None" };
    workspace.declare(
      file({
        domains: [],
        users: people(upnOf(ANNA)),
        remove: [
          { domain: fabrikam.name, ...gone },
          { user: DIRK, ...gone },
        ],
      }),
    );
    await planAndApprove(workspace);
    const refused = await expectRefused(workspace, ["apply", "example"], { code: "domain-in-use" });
    expect(JSON.stringify(refused.json)).toContain("still used by zus@fabrikam.example");
    await lookAt(workspace, TENANT_ID, async ({ graph }) => {
      await graph.api("/users/zus@fabrikam.example").delete();
    });
    await workspace.succeed(["apply", "example"]);
    expect((await domainsIn(workspace)).map(({ id }) => id)).not.toContain(fabrikam.name);
  });
});
