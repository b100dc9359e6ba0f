/** In Contoso there are two licences of EXCHANGESTANDARD. */
import { describe, expect, it } from "vitest";
import { groupMembership } from "../../../provider/directory/group-membership.ts";
import { groupLicense } from "../../../provider/licensing/group-license.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import type { Made } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const SKU = "EXCHANGESTANDARD";

/** A group whose members get the product. */
async function licensed(world: World, groupName: string, people: readonly Made[]) {
  const groupId = await makeGroup(world, groupName);
  await settle(world);
  const declared = (members: readonly Made[]) => ({
    groupId,
    groupName,
    members: members.map(({ id, name }) => ({ id, userPrincipalName: name })),
  });
  const membership = new ManagedResource(world, groupMembership);
  await membership.up(declared(people));
  await settle(world);
  const license = new ManagedResource(world, groupLicense);
  await license.up({ groupId, groupName, licenses: [{ sku: SKU }] });
  await settle(world);
  return { change: (members: readonly Made[]) => membership.up(declared(members)) };
}

const holdersAmong = async (world: World, people: readonly Made[]): Promise<string[]> => {
  const found = await Promise.all(
    people.map(({ id }) =>
      world.service.graph.get<{ userPrincipalName: string; assignedLicenses: unknown[] }>(
        `/users/${id}?$select=id,userPrincipalName,assignedLicenses`,
      ),
    ),
  );
  return found.flatMap((one) => (one.assignedLicenses.length > 0 ? one.userPrincipalName : []));
};

async function threePeople(): Promise<[World, Made, Made, Made]> {
  const world = await startWorld({ behaviour: { groupLicensingDelayMs: 20_000 } });
  const [anna, bob, carl] = await makePeople(world, ["Anna", "Bob", "Carl"]);
  if (!anna || !bob || !carl) throw new Error("Three were to be made");
  return [world, anna, bob, carl];
}

describe("who joins a group with licences", () => {
  it("has them when the change is done, also the one that a leaver gave up", async () => {
    const [world, anna, bob, carl] = await threePeople();
    const staff = await licensed(world, "staff", [anna, bob]);

    expect(await staff.change([anna, carl])).toBe("updated");

    expect(await holdersAmong(world, [anna, bob, carl])).toEqual([anna.name, carl.name]);
  });

  it("waits for the one that somebody gives up in another group", async () => {
    const [world, anna, bob, carl] = await threePeople();
    const office = await licensed(world, "office", [anna, bob]);
    const workshop = await licensed(world, "workshop", []);

    await Promise.all([
      workshop.change([carl]),
      world.clock.sleep(45_000).then(() => office.change([anna])),
    ]);

    expect(await holdersAmong(world, [anna, bob, carl])).toEqual([anna.name, carl.name]);
  });

  it("is named where none becomes free, and nobody else is", async () => {
    const [world, anna, bob, carl] = await threePeople();
    const staff = await licensed(world, "staff", [anna, bob]);

    await expect(staff.change([anna, bob, carl])).rejects.toMatchObject({
      code: "members-without-license",
      message: "carl@contoso.com (no licence left) did not get the licences of the group staff",
    });
  });

  it("is not waited for where the group hands out nothing", async () => {
    const [world, anna, bob] = await threePeople();
    const groupId = await makeGroup(world, "finance");
    await settle(world);
    const members = [anna, bob].map(({ id, name }) => ({ id, userPrincipalName: name }));
    const before = world.clock.now();
    await new ManagedResource(world, groupMembership).up({
      groupId,
      groupName: "finance",
      members,
    });
    expect(world.clock.now() - before).toBeLessThan(5000);
  });
});
