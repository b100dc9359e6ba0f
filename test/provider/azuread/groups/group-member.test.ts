import { describe, expect, it } from "vitest";
import { groupMember } from "../../../../provider/azuread/groups/group-member.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { makeGroup, makePeople } from "../../support/people.ts";
import { settle, startWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

interface Stage {
  readonly world: World;
  readonly groupObjectId: string;
  readonly people: readonly string[];
  readonly members: () => Promise<string[]>;
}

async function onStage(options: Parameters<typeof startWorld>[0] = {}): Promise<Stage> {
  const world = await startWorld(options);
  const made = await makePeople(world, ["Anna", "Bob", "Carl", "Dora"]);
  const groupObjectId = await makeGroup(world, "staff");
  await settle(world);
  world.writes();
  const members = async (): Promise<string[]> => {
    await settle(world);
    const path = `/groups/${groupObjectId}/members?$select=id`;
    return (await world.service.graph.all<{ id: string }>(path)).map(({ id }) => id).sort();
  };
  return { world, groupObjectId, people: made.map(({ id }) => id), members };
}

describe("a member of a group of the drop-in", () => {
  it("joins in one write, under the id of the official plugin", async () => {
    const { world, groupObjectId, people, members } = await onStage();
    const [memberObjectId = ""] = people;
    const resource = new ManagedResource(world, groupMember);

    expect(await resource.up({ groupObjectId, memberObjectId })).toBe("created");

    expect(world.writes()).toEqual(["PATCH /v1.0/groups/:id"]);
    expect(resource.id).toBe(`${groupObjectId}/member/${memberObjectId}`);
    expect(await members()).toEqual([memberObjectId]);
  });

  it("is left alone by a second run, and can be imported", async () => {
    const { world, groupObjectId, people } = await onStage();
    const declared = { groupObjectId, memberObjectId: people[0] };
    const resource = new ManagedResource(world, groupMember);
    await resource.up(declared);
    await settle(world);
    world.writes();

    expect(await resource.up(declared)).toBe("same");
    expect(await resource.refresh()).toEqual(declared);
    expect(await new ManagedResource(world, groupMember).read(resource.id)).toEqual(declared);
    expect(world.writes()).toEqual([]);
  });

  it("makes way for another one, who joins first", async () => {
    const { world, groupObjectId, people, members } = await onStage();
    const [anna, bob] = people;
    const resource = new ManagedResource(world, groupMember);
    await resource.up({ groupObjectId, memberObjectId: anna });
    const first = new ManagedResource(world, groupMember, resource.state);

    expect(await resource.up({ groupObjectId, memberObjectId: bob })).toBe("replaced");
    await first.down();

    expect(await members()).toEqual([bob]);
  });

  it("leaves without taking others along, and leaving twice is fine", async () => {
    const { world, groupObjectId, people, members } = await onStage();
    const [anna, bob] = people.map(() => new ManagedResource(world, groupMember));
    await anna?.up({ groupObjectId, memberObjectId: people[0] });
    await bob?.up({ groupObjectId, memberObjectId: people[1] });

    await anna?.down();
    await anna?.down();

    expect(await members()).toEqual([people[1]]);
    const { status } = await world.emulator.graph("GET", `/users/${people[0] ?? ""}`);
    expect(status).toBe(200);
  });

  it("joins again after somebody took it out", async () => {
    const { world, groupObjectId, people, members } = await onStage();
    const declared = { groupObjectId, memberObjectId: people[0] };
    const resource = new ManagedResource(world, groupMember);
    await resource.up(declared);
    await settle(world);
    await world.emulator.graph(
      "DELETE",
      `/groups/${groupObjectId}/members/${people[0] ?? ""}/$ref`,
    );
    await settle(world);
    expect(await resource.refresh()).toBeUndefined();
    expect(await resource.up(declared)).toBe("created");
    expect(await members()).toEqual([people[0]]);
  });

  it("joins once, also when answers are lost", async () => {
    const { world, groupObjectId, people, members } = await onStage({
      behaviour: { lostAnswerShare: 0.4 },
    });
    await Promise.all(
      people.map((memberObjectId) =>
        new ManagedResource(world, groupMember).up({ groupObjectId, memberObjectId }),
      ),
    );
    expect(await members()).toEqual([...people].sort());
  });

  it("is refused when somebody else made it a member, like the official plugin does", async () => {
    const { world, groupObjectId, people } = await onStage();
    const declared = { groupObjectId, memberObjectId: people[0] };
    await new ManagedResource(world, groupMember).up(declared);
    await settle(world);
    const second = new ManagedResource(world, groupMember);
    await expect(second.up(declared)).rejects.toMatchObject({ code: "member-exists" });
    expect(second.state).toBeUndefined();
  });

  it.each(["nonsense", "a/member/b", "/groups/a/members/b"])("refuses to import %s", async (id) => {
    const reading = new ManagedResource(await startWorld(), groupMember).read(id);
    await expect(reading).rejects.toMatchObject({ code: "wrong-id" });
  });

  it("has the notes of the official plugin: no schema version, no timeout for an update", async () => {
    const { world, groupObjectId, people } = await onStage();
    const resource = new ManagedResource(world, groupMember);
    await resource.up({ groupObjectId, memberObjectId: people[0] });
    expect(resource.outputs.__meta).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000}}',
    );
  });

  it("is told by its ids, which is all that is declared", () => {
    const change = { before: { groupObjectId: "g", memberObjectId: "m" }, after: undefined };
    const { nl, severity } = groupMember.describe({
      ...change,
      operation: "delete",
      changedPaths: [],
    });
    expect(nl).toBe("Lid “m” verlaat groep “g”");
    expect(severity).toBe("destructive");
  });
});
