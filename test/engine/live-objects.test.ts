/** Whose names and addresses a plan gives out, looked at before its first write. */
import { describe, expect, it } from "vitest";
import { NOUNS } from "../../core/nouns.ts";
import { compareLive } from "../../engine/live-objects.ts";
import type { Change } from "../../plan/index.ts";
import { aChange, property } from "../plan/support.ts";
import { makeGroup, makePeople } from "../provider/support/people.ts";
import { settle, startWorld } from "../provider/support/world.ts";

const upn = (name: string): string => `${name}@contoso.com`;

const newPerson = (name: string): Change =>
  aChange(name, {
    properties: [property("userPrincipalName", undefined, upn(name))],
    base: { key: { userPrincipalName: upn(name) } },
  });

const change = (name: string, id: string, rest: Partial<Change>): Change =>
  aChange(name, {
    operation: "update",
    base: { id, key: { userPrincipalName: upn(name) } },
    ...rest,
  });

const rename = (name: string, id: string, to: string): Change =>
  change(name, id, { properties: [property("userPrincipalName", upn(name), upn(to))] });

/** A tenant with Ann and Bob. */
async function withTwo() {
  const world = await startWorld();
  const [ann, bob] = await makePeople(world, ["Ann", "Bob"]);
  await settle(world);
  const states = async (changes: readonly Change[], begun: readonly string[] = []) => {
    const connection = { service: world.service, backupCredentials: undefined };
    const from = { alongside: [], recorded: new Map(), begun: new Set(begun), connection };
    const compared = await compareLive(changes, from);
    return compared.map(({ comparison }) => comparison.state);
  };
  return { world, ann: `/users/${ann?.id ?? ""}`, bob: `/users/${bob?.id ?? ""}`, states };
}

describe("a name that a plan gives out", () => {
  it("is free, or belongs to another object", async () => {
    const { states } = await withTwo();
    expect(await states([newPerson("ann"), newPerson("cem")])).toEqual(["key-taken", "at-base"]);
  });

  it("may be what a run that died has made: its creation settles that", async () => {
    const { states } = await withTwo();
    const person = newPerson("ann");
    expect(await states([person], [person.urn])).toEqual([]);
  });

  it("is free where its owner gives it up in the same plan", async () => {
    const { ann, states } = await withTwo();
    for (const leaving of [
      change("ann", ann, { operation: "delete" }),
      rename("ann", ann, "anne"),
    ]) {
      expect(await states([newPerson("ann"), leaving])).toEqual(["at-base", "at-base"]);
    }
  });

  it("is refused to somebody who is renamed to it", async () => {
    const { bob, states } = await withTwo();
    expect(await states([rename("bob", bob, "ann")])).toEqual(["key-taken"]);
    expect(await states([rename("bob", bob, "bert")])).toEqual(["at-base"]);
  });
});

describe("an address that a plan gives out", () => {
  const newGroup = (name: string, ...types: string[]): Change =>
    aChange(name, {
      type: NOUNS.group.type,
      properties: [
        property("mailNickname", undefined, name),
        ...(types.length === 0 ? [] : [property("types", undefined, types)]),
      ],
      base: { key: { mailNickname: name } },
    });

  it("belongs to who has it beside another name, be it a person or a group", async () => {
    const { world, bob, states } = await withTwo();
    const { graph } = world.service;
    await graph.patch(bob, { mail: upn("Robert") });
    const group = await makeGroup(world, "sales", { mailEnabled: true, groupTypes: ["Unified"] });
    await settle(world);
    const { mail } = await graph.get<{ mail: string }>(`/groups/${group}?$select=mail`);
    const sales = newPerson("sales");
    sales.properties = [property("userPrincipalName", undefined, mail.toUpperCase())];
    const robert = newPerson("robert");
    expect(await states([robert, sales, newPerson("sale")])).toEqual([
      ...["key-taken", "key-taken", "at-base"],
    ]);
    const leaving = change("bob", bob, { operation: "delete" });
    expect(await states([robert, leaving])).toEqual(["at-base", "at-base"]);
  });

  it("is asked for in the default domain for a Microsoft 365 group, and not for a security group", async () => {
    const { world, bob, states } = await withTwo();
    const { graph } = world.service;
    const domains = await graph.all<{ id: string; isDefault: boolean }>("/domains");
    const domain = domains.find(({ isDefault }) => isDefault)?.id ?? "";
    await graph.patch(bob, { mail: `team@${domain}` });
    await settle(world);
    const groups = [newGroup("Team", "Unified"), newGroup("team"), newGroup("tea", "Unified")];
    expect(await states(groups)).toEqual(["key-taken", "at-base", "at-base"]);
  });

  it("may be its own already", async () => {
    const { world, bob, states } = await withTwo();
    await world.service.graph.patch(bob, { mail: upn("robert") });
    await settle(world);
    expect(await states([rename("bob", bob, "robert")])).toEqual(["at-base"]);
  });
});

describe("a name of what is in the recycle bin", () => {
  it("asks for a word, and is restored only where something is there", async () => {
    const { world, states } = await withTwo();
    const worded = (name: string, recycleBin: "restore" | "leave"): Change => ({
      ...newPerson(name),
      recycleBin,
    });
    await world.service.graph.delete(`/users/${upn("ann")}`);
    await settle(world);
    expect(await states([newPerson("ann")])).toEqual(["in-bin"]);
    expect(await states([worded("ann", "restore")])).toEqual(["at-base"]);
    expect(await states([worded("ann", "leave")])).toEqual(["at-base"]);
    expect(await states([worded("cem", "restore")])).toEqual(["not-in-bin"]);
    expect(await states([worded("cem", "leave")])).toEqual(["at-base"]);
  });

  it("may be that of a Microsoft 365 group", async () => {
    const { world, states } = await withTwo();
    const id = await makeGroup(world, "sales", { mailEnabled: true, groupTypes: ["Unified"] });
    await settle(world);
    await world.service.graph.delete(`/groups/${id}`);
    await settle(world);
    const sales = aChange("sales", {
      type: NOUNS.group.type,
      properties: [
        property("mailNickname", undefined, "sales"),
        property("types", undefined, ["Unified"]),
      ],
      base: { key: { mailNickname: "sales" } },
    });
    expect(await states([sales])).toEqual(["in-bin"]);
  });
});
