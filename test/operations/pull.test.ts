import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nameOfList, NOUNS } from "../../core/nouns.ts";
import { acceptDrift } from "../../operations/accept.ts";
import { pullDrift } from "../../operations/pull.ts";
import type { Drift, PropertyChange } from "../../plan/index.ts";
import { property } from "../plan/support.ts";
import { contoso, tenantOf } from "../tenant-file/contoso.ts";
import { aWorld, STACK } from "./support.ts";
import type { World } from "./support.ts";

const DAAN = "daan.visser@contoso.com";
const PIETER = "pieter.jansen@contoso.com";
const SANNE = "sanne.bakker@contoso.com";
const SITE = "/sites/jaarrekening";
const ids = { [PIETER]: "id-of-pieter", [SANNE]: "id-of-sanne", "eva@contoso.com": "id-of-eva" };

const drifted = (type: string, name: string, properties: PropertyChange[]): Drift => ({
  urn: `urn:pulumi:contoso::tenantry::${type}::${name}`,
  ...{ type, name, kind: "changed", section: "other", properties, id: name },
  description: { nl: "", en: "" },
});
const listOf = (noun: "sitePermissions" | "userLicense" | "groupMembership", owner: string) =>
  [NOUNS[noun].type, nameOfList(NOUNS[noun], owner)] as const;

function worldWith(...drift: Drift[]): World {
  const world = aWorld();
  world.readBack = { ...world.readBack, drift };
  world.directory = {
    ...{ guests: [], groups: [] },
    people: Object.entries(ids).map(([key, id]) => ({
      ...{ id, resourceId: `/users/${id}`, key, name: key, address: key },
    })),
  };
  return world;
}

const fileOf = ({ context }: World): string =>
  readFileSync(join(context.workspace.stacksDirectory, STACK, "tenant.yaml"), "utf8");

const everything = { stack: STACK, object: undefined, key: undefined };

describe("what drifted, taken over into the file", () => {
  it("is a person by name where the service has an id", async () => {
    const world = worldWith(
      drifted(NOUNS.user.type, DAAN, [property("managerId", "id-of-pieter", "id-of-sanne")]),
      drifted(NOUNS.group.type, "finance", [property("owners", [], ["id-of-pieter"])]),
    );
    expect(await pullDrift(world.context, everything)).toMatchObject({ left: [] });
    const { users, groups } = tenantOf(fileOf(world));
    expect(users?.find(({ userPrincipalName }) => userPrincipalName === DAAN)?.manager).toBe(SANNE);
    expect(groups?.find(({ name }) => name === "finance")?.owners).toEqual([DAAN, PIETER]);
  });

  it("is a right on a site in the words of the file: another role, and somebody less", async () => {
    const grant = (kind: string, principal: string, role: string) => ({
      ...{ kind, principal, id: `id-of-${principal}`, role },
    });
    const fleur = "fleur.vandenberg@contoso.com";
    const before = [grant("group", "finance", "edit"), grant("user", fleur, "read")];
    const world = worldWith(
      drifted(...listOf("sitePermissions", SITE), [
        property("grants", before, [grant("group", "finance", "full-control")]),
      ]),
    );
    expect(await pullDrift(world.context, everything)).toMatchObject({ left: [] });
    expect(tenantOf(fileOf(world)).sites?.[0]?.permissions).toEqual([
      { group: "finance", role: "full-control" },
      { group: "directie", role: "read" },
    ]);
  });

  it("leaves what the file has no words for, each with the reason", async () => {
    const license = (sku: string, disabledPlans: string[]) => ({ sku, disabledPlans });
    const world = worldWith(
      drifted(NOUNS.group.type, "finance", [property("owners", [], ["id-of-eva"])]),
      drifted(NOUNS.group.type, "kantoor", [property("owners", [], ["id-of-nobody"])]),
      drifted(...listOf("userLicense", PIETER), [
        property("licenses", [], [license("SPB", ["TEAMS1"])]),
      ]),
      drifted(NOUNS.user.type, PIETER, [property("mail", PIETER, "p@contoso.com")]),
      drifted(NOUNS.tenant.type, "tenant", [property("domains", [], ["contoso.nl"])]),
    );
    const { done, left } = await pullDrift(world.context, everything);
    expect(done).toEqual([]);
    expect(left.map(({ object, key, why }) => [object, key, why])).toEqual([
      ["kantoor", "owners", "the file has no name for it"],
      [PIETER, "licenses", "the file has no name for it"],
      [PIETER, "mail", "the file has no such key"],
      ["tenant", "", "it is not one of the people, groups and sites"],
      // Who is not in the file, nor named there as unmanaged.
      ["finance", "owners", expect.stringContaining("No such user in this file")],
    ]);
    expect(fileOf(world)).toBe(contoso);
  });
});

describe("an accepted deviation", () => {
  it("is about somebody by id, with the name for people; what no name is known of has its id", async () => {
    const member = (upn: string) => ({ id: `id of ${upn}`, userPrincipalName: upn });
    const grant = (role: string) => ({
      ...{ kind: "group", principal: "finance", id: "id-of-finance", role },
    });
    const world = worldWith(
      drifted(NOUNS.user.type, DAAN, [property("managerId", "id-of-pieter", "id-of-contact")]),
      drifted(NOUNS.group.type, "finance", [
        property("owners", ["id-of-pieter"], ["id-of-sanne", "id-of-an-application"]),
      ]),
      drifted(...listOf("groupMembership", "finance"), [
        property("members", [member(DAAN)], [member("eva@contoso.com")]),
      ]),
      drifted(...listOf("sitePermissions", SITE), [
        property("grants", [grant("edit")], [grant("full-control")]),
      ]),
    );
    const rest = { reason: "Staat in", until: "2027-01-31" };
    const found = async (object: string, key: string) =>
      (await acceptDrift(world.context, { stack: STACK, object, key, ...rest })).entries;
    const [who, group] = [{ user: DAAN }, { group: "finance" }];
    expect(await found(DAAN, "manager")).toEqual([
      { ...who, property: "manager", value: "id-of-contact", id: "id-of-contact", ...rest },
    ]);
    const owner = { ...group, property: "owners" };
    expect(await found("finance", "owners")).toEqual([
      { ...owner, extra: "id-of-an-application", id: "id-of-an-application", ...rest },
      { ...owner, missing: PIETER, id: "id-of-pieter", ...rest },
      { ...owner, extra: SANNE, id: "id-of-sanne", ...rest },
    ]);
    const belongs = { ...group, property: "members" };
    expect(await found("finance", "members")).toEqual([
      { ...belongs, missing: DAAN, id: `id of ${DAAN}`, ...rest },
      { ...belongs, extra: "eva@contoso.com", id: "id of eva@contoso.com", ...rest },
    ]);
    const right = { extra: "finance", id: "id-of-finance", role: "full-control" };
    expect(await found(SITE, "permissions")).toEqual([
      { site: SITE, property: "permissions", ...right, ...rest },
    ]);
    expect(tenantOf(fileOf(world)).accepted).toHaveLength(7);
  });

  it.each([
    ["what is gone", { ...drifted(NOUNS.user.type, DAAN, []), kind: "gone" as const }, "jobTitle"],
    ["another type of group", drifted(NOUNS.group.type, DAAN, []), "type"],
    ["what the file does not list", drifted(NOUNS.backup.type, DAAN, []), "jobTitle"],
  ])("is never of %s, and says why", async (_what, drift, key) => {
    const asked = { object: DAAN, key, reason: "Zo", until: "2027-01-31" };
    const refused = acceptDrift(worldWith(drift).context, { stack: STACK, ...asked });
    await expect(refused).rejects.toMatchObject({ code: "not-acceptable" });
    await expect(refused).rejects.toThrow(/gone|something else|people, groups and sites/);
  });

  const asked = { stack: STACK, object: PIETER, key: "jobTitle", reason: "Staat in" };
  const world = () =>
    worldWith(drifted(NOUNS.user.type, PIETER, [property("jobTitle", "Vennoot", "Directeur")]));

  it("is until a day from today to a year ahead, by the clock that is given", async () => {
    // The clock of the world stands at 22 November 2026.
    for (const until of ["2026-11-21", "2027-11-23"]) {
      const refused = acceptDrift(world().context, { ...asked, until });
      await expect(refused).rejects.toMatchObject({ code: "not-acceptable" });
    }
    for (const until of ["2026-11-22", "2027-11-22"]) {
      const { entries } = await acceptDrift(world().context, { ...asked, until });
      expect(entries).toEqual([
        { user: PIETER, property: "jobTitle", value: "Directeur", reason: "Staat in", until },
      ]);
    }
  });

  it("is of what differs, and of nothing else", async () => {
    const until = "2027-01-31";
    const other = acceptDrift(world().context, { ...asked, key: "department", until });
    await expect(other).rejects.toMatchObject({ code: "not-drifted" });
    const without = (disabledPlans: string[]) => [{ sku: "VISIOCLIENT", disabledPlans }];
    const parts = drifted(...listOf("userLicense", PIETER), [
      property("licenses", without([]), without(["VISIO"])),
    ]);
    const unsaid = acceptDrift(worldWith(parts).context, { ...asked, key: "licenses", until });
    await expect(unsaid).rejects.toMatchObject({ code: "not-acceptable" });
  });
});
