import { describe, expect, it } from "vitest";
import { group } from "../../provider/azuread/groups/group.ts";
import { user } from "../../provider/azuread/users/user.ts";
import type { ResourceDefinition } from "../../provider/kit/define.ts";
import * as lifecycle from "../../provider/kit/lifecycle.ts";
import { groupLicense } from "../../provider/licensing/group-license.ts";
import { userLicense } from "../../provider/licensing/user-license.ts";
import { settle, startWorld } from "./support/world.ts";
import type { World } from "./support/world.ts";

const MANY = 25;

/** What somebody else made in the tenant, each with something that has to be read right. */
async function fill(world: World): Promise<{ users: string[]; groups: string[] }> {
  const make = async (path: string, body: Record<string, unknown>): Promise<string> => {
    const answer = await world.emulator.graph("POST", path, { body });
    return (answer.body as { id: string }).id;
  };
  const users: string[] = [];
  const groups: string[] = [];
  for (let at = 0; at < MANY; at++) {
    users.push(
      await make("/users", {
        accountEnabled: at % 2 === 0,
        displayName: `Person ${at}`,
        mailNickname: `person${at}`,
        userPrincipalName: `person${at}@contoso.com`,
        usageLocation: "NL",
        department: `Department ${at}`,
        showInAddressList: at % 3 === 0,
        passwordProfile: { password: "first-Password-1" },
      }),
    );
    groups.push(
      await make("/groups", {
        displayName: `Group ${at}`,
        description: `About ${at}`,
        mailNickname: `group${at}`,
        mailEnabled: false,
        securityEnabled: true,
      }),
    );
  }
  await settle(world);
  const reference = {
    "@odata.id": `${world.emulator.endpoints.graph}/v1.0/users/${users[1] ?? ""}`,
  };
  await world.emulator.graph("PUT", `/users/${users[0] ?? ""}/manager/$ref`, { body: reference });
  const [sku] = await world.service.graph.all<{ skuId: string }>("/subscribedSkus");
  const change = { addLicenses: [{ skuId: sku?.skuId, disabledPlans: [] }], removeLicenses: [] };
  for (const path of [`/users/${users[0] ?? ""}`, `/groups/${groups[0] ?? ""}`]) {
    await world.emulator.graph("POST", `${path}/assignLicense`, { body: change });
  }
  await settle(world);
  return { users, groups };
}

describe("a resource of which many are read", () => {
  it.each([
    { definition: user, kind: "users", prefix: "/users/" },
    { definition: group, kind: "groups", prefix: "/groups/" },
    { definition: userLicense, kind: "users", prefix: "" },
    { definition: groupLicense, kind: "groups", prefix: "" },
  ] as const)(
    "is the same from a page as by itself: $definition.token",
    async ({ kind, ...one }) => {
      const world = await startWorld();
      const ids = (await fill(world))[kind];
      const definition = one.definition as unknown as ResourceDefinition;
      const read = (id: string): Promise<unknown> =>
        lifecycle.read(definition, world.context, { id: one.prefix + id, oldInputs: undefined });
      // A group that is imported is asked for its owners and members besides.
      const requests = (): number =>
        world.emulator.requestLog
          .entries()
          .filter(({ route }) => /(users|groups)(\/:id)?$/.test(route)).length;

      const alone = await Promise.all(ids.slice(0, 10).map(read));
      await Promise.all(ids.map(read));
      const before = requests();
      const fromPage = await Promise.all(ids.slice(0, 10).map(read));

      expect(fromPage).toEqual(alone);
      expect(alone).not.toContain(undefined);
      expect(requests()).toBe(before);
    },
  );

  it("finds a group gone that was deleted since the page was read that has it", async () => {
    const world = await startWorld();
    const { groups } = await fill(world);
    const definition = group as unknown as ResourceDefinition;
    const read = (id: string): Promise<unknown> =>
      lifecycle.read(definition, world.context, { id: `/groups/${id}`, oldInputs: undefined });
    await Promise.all(groups.map(read));
    const [, gone = "", there = ""] = groups;
    await world.emulator.graph("DELETE", `/groups/${gone}`);
    await world.clock.sleep(40_000);
    expect(await read(gone)).toBeUndefined();
    expect(await read(there)).toBeDefined();
  });
});
