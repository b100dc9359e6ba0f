/** What is read before the first write of an apply. */
import { describe, expect, it } from "vitest";
import { findByKey, grain, readLive } from "../../provider/index.ts";
import type { Connection } from "../../provider/index.ts";
import { azureadPackage, m365Package } from "../../provider/registry.ts";
import { site } from "../../provider/sharepoint/site.ts";
import { ManagedResource } from "./support/managed-resource.ts";
import { makeGroup, makePeople } from "./support/people.ts";
import { FINANCE_URL, startSharePointWorld } from "./support/sharepoint-world.ts";
import { settle, startWorld } from "./support/world.ts";
import type { World } from "./support/world.ts";

const USER = "azuread:index/user:User";
const GROUP = "azuread:index/group:Group";
const MEMBERSHIP = "m365:directory:GroupMembership";
const LICENSE = "m365:licensing:UserLicense";
const SUBSCRIPTION = "m365:licensing:Subscription";

const connectionOf = ({ service }: World): Connection => ({
  service,
  backupCredentials: undefined,
});

describe("a live object", () => {
  it("has all that the service has of it, whatever was declared, and its key", async () => {
    const world = await startWorld();
    const [ann] = await makePeople(world, ["Ann"], { jobTitle: "Clerk", city: "Delft" });
    const inputs = { displayName: "Ann", userPrincipalName: "bob@contoso.com", password: "x" };
    const id = `/users/${ann?.id ?? ""}`;
    const found = await readLive({ type: USER, id, inputs }, connectionOf(world));
    expect(found).toMatchObject({
      id,
      key: "ann@contoso.com",
      // What nobody can read is as it was given.
      inputs: { jobTitle: "Clerk", city: "Delft", accountEnabled: true, password: "x" },
    });
  });

  it("is true to the service where declarations used to hide and to cap", async () => {
    const world = await startWorld();
    const skus = await world.service.graph.all<{
      id: string;
      skuPartNumber: string;
      prepaidUnits: { enabled: number };
    }>("/subscribedSkus");
    const spb = skus.find(({ skuPartNumber }) => skuPartNumber === "SPB");
    const inputs = { sku: "SPB", term: "annual", start: "2026-01-01", count: 1 };
    const subscription = { type: SUBSCRIPTION, id: spb?.id ?? "", inputs };
    expect(await readLive(subscription, connectionOf(world))).toMatchObject({
      inputs: { count: spb?.prepaidUnits.enabled, term: "annual", start: "2026-01-01" },
    });
    const [ann] = await makePeople(world, ["Ann"]);
    const license = { userId: ann?.id, userPrincipalName: "bob@contoso.com", licenses: [] };
    const held = { type: LICENSE, id: ann?.id ?? "", inputs: license };
    expect(await readLive(held, connectionOf(world))).toMatchObject({ key: "ann@contoso.com" });
  });

  it("does not exist where the service says so", async () => {
    const world = await startWorld();
    const inputs = { displayName: "Ann", userPrincipalName: "ann@contoso.com" };
    const id = "/users/00000000-0000-4000-8000-000000000000";
    expect(await readLive({ type: USER, id, inputs }, connectionOf(world))).toBeUndefined();
  });

  it("is never taken from a listing; twenty are one request", async () => {
    const world = await startWorld();
    // By somebody else: what this client wrote itself is never taken from a listing.
    const people = await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        const name = `person${at}@contoso.com`;
        const { body } = await world.emulator.graph("POST", "/users", {
          body: {
            accountEnabled: true,
            displayName: name,
            mailNickname: `person${at}`,
            userPrincipalName: name,
            passwordProfile: { password: "first-Password-1" },
          },
        });
        return { id: String((body as { id?: unknown }).id), name };
      }),
    );
    await settle(world);
    const before = world.emulator.requestLog.entries().length;
    await Promise.all(
      people.map(({ id, name }) =>
        readLive(
          {
            type: USER,
            id: `/users/${id}`,
            inputs: { displayName: name, userPrincipalName: name },
          },
          connectionOf(world),
        ),
      ),
    );
    const routes = world.emulator.requestLog
      .entries()
      .slice(before)
      .map(({ route }) => route);
    expect(routes.filter((route) => route.endsWith("/$batch"))).toHaveLength(2);
    expect(routes).not.toContain("/beta/users");
  });
});

describe("a unique key", () => {
  it("leads to who has it, and to nobody where it is free", async () => {
    const world = await startWorld();
    const [ann] = await makePeople(world, ["Ann"]);
    const sales = await makeGroup(world, "sales");
    await settle(world);
    const find = (type: string, inputs: Record<string, unknown>) =>
      findByKey(type, inputs, connectionOf(world));
    const person = { displayName: "X", userPrincipalName: "Ann@contoso.com" };
    expect(await find(USER, person)).toBe(`/users/${ann?.id ?? ""}`);
    expect(await find(USER, { ...person, userPrincipalName: "bob@contoso.com" })).toBeUndefined();
    expect(await find(GROUP, { displayName: "X", mailNickname: "sales" })).toBe(`/groups/${sales}`);
    expect(await find(GROUP, { displayName: "X", mailNickname: "other" })).toBeUndefined();
    const membership = { groupId: sales, groupName: "sales", members: [] };
    expect(await find(MEMBERSHIP, membership)).toBeUndefined();
  });
});

it("leads to a site that others made at an address, before anything is written", async () => {
  const world = await startSharePointWorld();
  await makePeople(world, ["Anna"]);
  const wanted = {
    url: FINANCE_URL,
    title: "Finance",
    template: "team",
    owner: "anna@contoso.com",
  };
  const find = () => findByKey("m365:sharepoint:Site", wanted, connectionOf(world));
  expect(await find()).toBeUndefined();
  await new ManagedResource(world, site).up(wanted);
  expect(await find()).toBe(FINANCE_URL);
});

describe("the grain of resources", () => {
  const members = { type: MEMBERSHIP, path: "members" };

  it("tells members by their ids and licences by their products", () => {
    expect(grain.elementKey(members, { id: "1", userPrincipalName: "a@b.c" })).toBe("1");
    expect(grain.elementKey(members, { userPrincipalName: "a@b.c" })).toBe("a@b.c");
    expect(grain.elementKey({ type: LICENSE, path: "licenses" }, { sku: "SPB" })).toBe("SPB");
    expect(grain.elementKey({ type: USER, path: "businessPhones" }, "1")).toBeUndefined();
    expect(grain.elementKey({ type: USER, path: "otherMails" }, "a@b.c")).toBe("a@b.c");
  });

  it("knows what only names something, and what can be let go of", () => {
    expect(grain.kindOf({ type: MEMBERSHIP, path: "members[*].userPrincipalName" })).toBe(
      "annotation",
    );
    expect(grain.kindOf({ type: USER, path: "password" })).toBe("write-only");
    expect(grain.kindOf({ type: MEMBERSHIP, path: "members[*].id" })).toBe("value");
    expect(grain.isReleasable({ type: USER, path: "jobTitle" })).toBe(true);
    expect(grain.isReleasable({ type: GROUP, path: "securityEnabled" })).toBe(false);
  });

  it("takes more than enough of a minimum, and another spelling, for what was planned", () => {
    const count = { type: SUBSCRIPTION, path: "count" };
    expect(grain.isAt(count, { planned: 5, found: 9 })).toBe(true);
    expect(grain.isAt(count, { planned: 5, found: 4 })).toBe(false);
    const hired = { type: USER, path: "employeeHireDate" };
    const values = { planned: "2026-01-01T01:00:00+01:00", found: "2026-01-01T00:00:00Z" };
    expect(grain.isAt(hired, values)).toBe(true);
  });

  it.each([...m365Package.resources, ...azureadPackage.resources])(
    "names lists and inputs that $token has",
    (definition) => {
      const { annotations = [], elementKeys = {}, minimums = [], wholeLists = [] } = definition;
      const paths = [...annotations, ...Object.keys(elementKeys), ...minimums, ...wholeLists];
      const keys = paths.map((path) => path.split(/[.[]/)[0]);
      expect(Object.keys(definition.inputs.shape)).toEqual(expect.arrayContaining(keys));
    },
  );
});
