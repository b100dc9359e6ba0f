import { describe, expect, it } from "vitest";
import { guest } from "../../../provider/directory/guest.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const piet = { email: "piet@partner.example", displayName: "Piet Partner", until: "2027-06-30" };

const look = async (world: World, path: string): Promise<Record<string, unknown>> =>
  (await world.emulator.graph("GET", path)).body;

/** Mails that Microsoft sent: one for each invitation that reached it and asked for one. */
const invitations = (world: World): string[] =>
  world.writes().filter((write) => write.endsWith("/invitations"));

describe("a guest", () => {
  it("is invited by mail, once, and has the sponsors that answer for them", async () => {
    const world = await startWorld();
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const resource = new ManagedResource(world, guest);
    const sponsors = [anna?.id, bob?.id];
    world.writes();
    expect(await resource.up({ ...piet, sponsors })).toBe("created");
    expect(invitations(world)).toEqual(["POST /v1.0/invitations"]);
    expect(resource.outputs).toMatchObject({ externalUserState: "PendingAcceptance" });
    await settle(world);
    expect(await resource.up({ ...piet, sponsors: [...sponsors].reverse() })).toBe("same");
    expect(await resource.refresh()).toEqual({
      ...{ ...piet, sponsors: [...sponsors].sort(), accountEnabled: true },
    });
    const user = await look(world, `${resource.id}?$select=userType,mail`);
    expect(user).toMatchObject({ userType: "Guest", mail: "piet@partner.example" });
  });

  it("changes name and sponsors in place, and the last day without a request", async () => {
    const world = await startWorld();
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const resource = new ManagedResource(world, guest);
    await resource.up({ ...piet, sponsors: [anna?.id] });
    await settle(world);
    world.writes();
    expect(await resource.up({ ...piet, sponsors: [anna?.id], until: "2027-12-31" })).toBe(
      "updated",
    );
    expect(world.writes()).toEqual([]);
    const renamed = { ...piet, displayName: "P. Partner", sponsors: [bob?.id] };
    expect(await resource.up(renamed)).toBe("updated");
    expect(world.writes().sort()).toEqual([
      "DELETE /v1.0/users/:id/sponsors/:otherId/$ref",
      "PATCH /v1.0/users/:id",
      "POST /v1.0/users/:id/sponsors/$ref",
    ]);
    await settle(world);
    expect(await resource.refresh()).toEqual({ ...renamed, accountEnabled: true });
  });

  it("is blocked and let in again, and let in by somebody else is drift", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, guest);
    await resource.up({ ...piet, accountEnabled: false });
    await settle(world);
    const path = `${resource.id}?$select=accountEnabled`;
    expect(await look(world, path)).toMatchObject({ accountEnabled: false });
    await world.emulator.graph("PATCH", resource.id, { body: { accountEnabled: true } });
    await settle(world);
    expect(await resource.refresh()).toMatchObject({ accountEnabled: true });
    expect(await resource.up({ ...piet, accountEnabled: false })).toBe("updated");
    expect(await resource.up(piet)).toBe("updated");
    expect(await look(world, path)).toMatchObject({ accountEnabled: true });
  });

  it("is not mailed twice when the answer to the invitation is lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 }, deadlineMs: 600_000 });
    const names = Array.from({ length: 6 }, (_, index) => `guest${index}@partner.example`);
    for (const email of names) await new ManagedResource(world, guest).up({ ...piet, email });
    const made = world.emulator.requestLog
      .entries()
      .filter(({ route, status }) => route.endsWith("/invitations") && status === 201);
    expect(made).toHaveLength(names.length);
  });

  it("is found by the run after one that died before the answer came", async () => {
    const world = await startWorld();
    const begunAt = new Date(world.clock.now());
    const first = new ManagedResource(world, guest);
    await first.up(piet);
    await settle(world);
    world.writes();
    const context = { ...world.context, begunAt };
    const again = new ManagedResource({ ...world.another(), context }, guest);
    await again.up(piet);
    expect(again.id).toBe(first.id);
    expect(invitations(world)).toEqual([]);
  });

  it("who is there already is neither taken over unseen nor invited again", async () => {
    const world = await startWorld();
    await new ManagedResource(world, guest).up(piet);
    await settle(world);
    world.writes();
    const second = new ManagedResource(world, guest);
    await expect(second.up({ ...piet, displayName: "Piet" })).rejects.toMatchObject({
      code: "guest-exists",
    });
    expect([second.state, world.writes()]).toEqual([undefined, []]);
  });

  it("is refused in a clear sentence where the tenant lets nobody invite", async () => {
    const world = await startWorld();
    const body = { allowInvitesFrom: "none" };
    await world.emulator.graph("PATCH", "/policies/authorizationPolicy", { body });
    const resource = new ManagedResource(world, guest);
    await expect(resource.up(piet)).rejects.toMatchObject({
      code: "invitations-not-allowed",
      message:
        "The tenant does not allow anybody to invite guests, so piet@partner.example was not invited",
    });
    expect(resource.state).toBeUndefined();
  });

  it("is removed, and removing it twice is fine", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, guest);
    await resource.up(piet);
    await resource.down();
    await resource.down();
    await settle(world);
    expect((await world.emulator.graph("GET", resource.id)).status).toBe(404);
    expect(await resource.refresh()).toBeUndefined();
  });
});
