import { describe, expect, it } from "vitest";
import { groupMembership } from "../../../provider/directory/group-membership.ts";
import { distributionGroup } from "../../../provider/exchange/distribution-group.ts";
import { giveMailbox, makeMailboxes } from "../support/mailboxes.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const sales = { mailNickname: "sales", displayName: "Sales", type: "Distribution" };

const look = async (world: World, path: string): Promise<Record<string, unknown>> =>
  (await world.emulator.graph("GET", path)).body;

describe("a distribution list", () => {
  it("is made by Exchange, and a second run changes nothing", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const resource = new ManagedResource(world, distributionGroup);
    const declared = { ...sales, description: "Who sells", owners: [anna?.id] };
    expect(await resource.up(declared)).toBe("created");
    await settle(world);
    expect(await resource.up(declared)).toBe("same");
    expect(await resource.refresh()).toEqual(declared);
    expect(await look(world, resource.id)).toMatchObject({
      ...{ mailEnabled: true, securityEnabled: false, mail: "sales@contoso.onmicrosoft.com" },
    });
  });

  it("changes in place: its name, owners, description and alias", async () => {
    const world = await startWorld();
    const [anna, bob] = await makeMailboxes(world, ["Anna", "Bob"]);
    const resource = new ManagedResource(world, distributionGroup);
    await resource.up({ ...sales, owners: [anna?.id] });
    await settle(world);
    const { id } = resource;
    const changed = {
      ...{ mailNickname: "verkoop", displayName: "Verkoop", type: "Distribution" },
      ...{ description: "", owners: [bob?.id] },
    };
    expect(await resource.up(changed)).toBe("updated");
    await settle(world);
    expect(await resource.refresh()).toEqual(changed);
    expect(resource.id).toBe(id);
    expect(await look(world, id)).toMatchObject({ mail: "verkoop@contoso.onmicrosoft.com" });
  });

  it("becomes another group where it gets another type", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, distributionGroup);
    await resource.up(sales);
    const { id } = resource;
    await settle(world);
    expect(await resource.up({ ...sales, type: "Security" })).toBe("replaced");
    await settle(world);
    expect(await look(world, resource.id)).toMatchObject({ securityEnabled: true });
    expect((await world.emulator.graph("GET", id)).status).toBe(404);
  });

  it("is found by the run after one that died before the answer came", async () => {
    const world = await startWorld();
    const begunAt = new Date(world.clock.now());
    const first = new ManagedResource(world, distributionGroup);
    await first.up(sales);
    await settle(world);
    world.writes();
    const context = { ...world.context, begunAt };
    const again = new ManagedResource({ ...world.another(), context }, distributionGroup);
    await again.up(sales);
    expect(again.id).toBe(first.id);
  });

  it("whose address another has is refused", async () => {
    const world = await startWorld();
    await new ManagedResource(world, distributionGroup).up(sales);
    await settle(world);
    const second = new ManagedResource(world, distributionGroup);
    await expect(second.up({ ...sales, displayName: "Other" })).rejects.toMatchObject({
      code: "group-exists",
    });
    expect(second.state).toBeUndefined();
  });

  it("waits for an owner's mailbox, and says whose it waits for", async () => {
    const world = await startWorld();
    const [anna] = await makePeople(world, ["Anna"]);
    const declared = { ...sales, owners: [anna?.id] };
    await expect(new ManagedResource(world, distributionGroup).up(declared)).rejects.toMatchObject({
      code: "no-mailbox-yet",
      message: expect.stringContaining("20 min") as string,
    });
    if (anna !== undefined) await giveMailbox(world, anna);
    const resource = new ManagedResource(world, distributionGroup);
    expect(await resource.up(declared)).toBe("created");
  });

  it("is removed, and removing it twice is fine", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, distributionGroup);
    await resource.up(sales);
    await settle(world);
    await resource.down();
    await resource.down();
    expect(await resource.refresh()).toBeUndefined();
  });
});

describe("the members of a distribution list", () => {
  it("come and go by Exchange, groups among them are left alone", async () => {
    const world = await startWorld();
    const [anna, bob] = await makeMailboxes(world, ["Anna", "Bob"]);
    const list = new ManagedResource(world, distributionGroup);
    await list.up(sales);
    const other = new ManagedResource(world, distributionGroup);
    await other.up({ ...sales, mailNickname: "shop", displayName: "Shop" });
    await settle(world);
    const { objectId: groupId } = list.outputs;
    await world.service.exchange.invoke("Add-DistributionGroupMember", {
      ...{ Identity: groupId, Member: "shop" },
    });
    const members = new ManagedResource(world, groupMembership);
    const named = (one: typeof anna) => ({ id: one?.id, userPrincipalName: one?.name });
    const declared = { groupId, groupName: "sales", members: [named(anna), named(bob)] };
    expect(await members.up(declared)).toBe("created");
    expect(members.outputs).toMatchObject({ otherMembers: 0 });
    await settle(world);
    expect(await members.up(declared)).toBe("same");
    expect((await members.read(groupId as string))?.memberGroups).toMatchObject([
      { groupName: "shop", displayName: "Shop" },
    ]);
    const fewer = { ...declared, members: [named(bob)] };
    expect(await members.up(fewer)).toBe("updated");
    expect(await members.refresh()).toMatchObject({ members: [named(bob)] });
    await members.down();
    await members.down();
    expect(await members.refresh()).toMatchObject({ members: [] });
  });

  it("are other lists too, where the file names them", async () => {
    const world = await startWorld();
    const list = new ManagedResource(world, distributionGroup);
    await list.up(sales);
    const shop = new ManagedResource(world, distributionGroup);
    await shop.up({ ...sales, mailNickname: "shop", displayName: "Shop" });
    await settle(world);
    const base = { groupId: list.outputs.objectId, groupName: "sales" };
    const nested = [{ id: shop.outputs.objectId, groupName: "shop", displayName: "Shop" }];
    const members = new ManagedResource(world, groupMembership);
    expect(await members.up({ ...base, memberGroups: nested })).toBe("created");
    await settle(world);
    expect(await members.refresh()).toMatchObject({ memberGroups: nested });
    expect(await members.up({ ...base, memberGroups: [] })).toBe("updated");
    expect(await members.refresh()).toMatchObject({ memberGroups: [] });
  });
});
