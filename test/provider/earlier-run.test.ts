/** Creations that a run began and did not live to see the end of, begun again by the next one. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { calendar } from "../../core/calendar.ts";
import type { ResourceDefinition } from "../../provider/kit/define.ts";
import * as lifecycle from "../../provider/kit/lifecycle.ts";
import { authenticationStrengthPolicy } from "../../provider/azuread/conditional-access/authentication-strength-policy.ts";
import { conditionalAccessPolicy } from "../../provider/azuread/conditional-access/conditional-access-policy.ts";
import { namedLocation } from "../../provider/azuread/conditional-access/named-location.ts";
import { groupMember } from "../../provider/azuread/groups/group-member.ts";
import { groupWithoutMembers } from "../../provider/azuread/groups/group-without-members.ts";
import { group } from "../../provider/azuread/groups/group.ts";
import { directoryRoleAssignment } from "../../provider/azuread/roles/directory-role-assignment.ts";
import { directoryRoleMember } from "../../provider/azuread/roles/directory-role-member.ts";
import { directoryRole } from "../../provider/azuread/roles/directory-role.ts";
import { user } from "../../provider/azuread/users/user.ts";
import { policy as backupPolicy } from "../../provider/backup/backup-policy.ts";
import { groupMembership } from "../../provider/directory/group-membership.ts";
import { groupLicense } from "../../provider/licensing/group-license.ts";
import { userLicense } from "../../provider/licensing/user-license.ts";
import { sitePermissions } from "../../provider/sharepoint/site-permissions.ts";
import { site } from "../../provider/sharepoint/site.ts";
import { connectTenant, startBackupWorld } from "./support/backup-world.ts";
import { mfa } from "./support/conditional-access.ts";
import { makeGroup, makePeople } from "./support/people.ts";
import { FINANCE_URL, startSharePointWorld } from "./support/sharepoint-world.ts";
import { settle, startWorld } from "./support/world.ts";
import type { World } from "./support/world.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const sanne = {
  displayName: "Sanne de Wit",
  userPrincipalName: "sanne@contoso.com",
  password: "first-Password-1",
};
const sales = {
  displayName: "Verkoop",
  mailNickname: "verkoop",
  securityEnabled: true,
  mailEnabled: false,
};
const finance = {
  url: FINANCE_URL,
  title: "Jaarrekening",
  template: "team",
  owner: "anna@contoso.com",
};

type Inputs = Readonly<Record<string, unknown>>;

/** Creates; `begunAt`: an earlier run that died began it then. */
const create = async (
  world: World,
  definition: ResourceDefinition,
  { inputs, begunAt }: { readonly inputs: Inputs; readonly begunAt?: number },
): Promise<string> => {
  const context =
    begunAt === undefined ? world.context : { ...world.context, begunAt: new Date(begunAt) };
  return (await lifecycle.create(definition, context, { inputs })).id;
};

interface Case {
  readonly what: string;
  readonly definition: ResourceDefinition;
  readonly start: () => Promise<World>;
  /** What is declared, once there is what it refers to. */
  readonly declared: (world: World) => Promise<Inputs>;
}

const CASES: readonly Case[] = [
  {
    what: "a user",
    definition: user,
    start: startWorld,
    declared: () => Promise.resolve(sanne),
  },
  {
    what: "a group with its owner",
    definition: group,
    start: startWorld,
    declared: async (world) => {
      const [anna] = await makePeople(world, ["Anna"]);
      return { ...sales, owners: [anna?.id] };
    },
  },
  {
    what: "a group whose members are declared elsewhere",
    definition: groupWithoutMembers,
    start: startWorld,
    declared: () => Promise.resolve(sales),
  },
  {
    what: "a membership",
    definition: groupMember,
    start: startWorld,
    declared: async (world) => {
      const [anna] = await makePeople(world, ["Anna"]);
      return { groupObjectId: await makeGroup(world, "verkoop"), memberObjectId: anna?.id };
    },
  },
  {
    what: "all members of a group",
    definition: groupMembership,
    start: startWorld,
    declared: async (world) => {
      await makePeople(world, ["Anna"]);
      const groupId = await makeGroup(world, "verkoop");
      return {
        groupId,
        groupName: "verkoop",
        members: [{ userPrincipalName: "anna@contoso.com" }],
      };
    },
  },
  {
    what: "a person's licences",
    definition: userLicense,
    start: startWorld,
    declared: async (world) => {
      const [anna] = await makePeople(world, ["Anna"]);
      const who = { userId: anna?.id, userPrincipalName: "anna@contoso.com", displayName: "Anna" };
      return { ...who, licenses: [{ sku: "SPB" }] };
    },
  },
  {
    what: "a group's licences",
    definition: groupLicense,
    start: startWorld,
    declared: async (world) => {
      const groupId = await makeGroup(world, "verkoop");
      return { groupId, groupName: "verkoop", licenses: [{ sku: "SPB" }] };
    },
  },
  {
    what: "a policy",
    definition: conditionalAccessPolicy,
    start: startWorld,
    declared: () => Promise.resolve(mfa),
  },
  {
    what: "a named location",
    definition: namedLocation,
    start: startWorld,
    declared: () =>
      Promise.resolve({ displayName: "Kantoor", ip: { ipRanges: ["203.0.113.0/24"] } }),
  },
  {
    what: "an authentication strength",
    definition: authenticationStrengthPolicy,
    start: startWorld,
    declared: () => Promise.resolve({ displayName: "Sleutels", allowedCombinations: ["fido2"] }),
  },
  {
    what: "a role's assignment",
    definition: directoryRoleAssignment,
    start: startWorld,
    declared: async (world) => {
      const [anna] = await makePeople(world, ["Anna"]);
      return { roleId: GLOBAL_READER, principalObjectId: anna?.id };
    },
  },
  {
    what: "a role's member",
    definition: directoryRoleMember,
    start: startWorld,
    declared: async (world) => {
      const [anna] = await makePeople(world, ["Anna"]);
      const roleId = await create(world, directoryRole, {
        inputs: { displayName: "Global Reader" },
      });
      return { roleObjectId: roleId.split("/").at(-1), memberObjectId: anna?.id };
    },
  },
  {
    what: "a site",
    definition: site,
    start: startSharePointWorld,
    declared: async (world) => {
      await makePeople(world, ["Anna"]);
      return finance;
    },
  },
  {
    what: "access to a site",
    definition: sitePermissions,
    start: startSharePointWorld,
    declared: async (world) => {
      await makePeople(world, ["Anna", "Bob"]);
      const made = await lifecycle.create(site, world.context, { inputs: finance });
      const grants = [{ kind: "user", principal: "bob@contoso.com", role: "edit" }];
      return { siteId: made.state.siteId, siteUrl: FINANCE_URL, siteTitle: "Jaarrekening", grants };
    },
  },
  {
    what: "a backup",
    definition: backupPolicy,
    start: async () => {
      vi.spyOn(calendar, "today").mockReturnValue("2026-11-22");
      const backup = await startBackupWorld();
      await connectTenant(backup);
      return backup.world;
    },
    declared: () =>
      Promise.resolve({
        vendor: "veeam",
        organization: "contoso.onmicrosoft.com",
        operator: "Kluis Back-updiensten",
        location: { name: "Datacentrum Noord", country: "NL" },
        retention: { until: "2028-12-31" },
        mailboxes: [],
        sites: [],
      }),
  },
];

describe("a creation whose run died before it was told the answer", () => {
  it.each(CASES)("is taken over: $what", async ({ definition, start, declared }) => {
    const world = await start();
    const inputs = await declared(world);
    await settle(world);
    const begunAt = world.clock.now();
    const id = await create(world, definition, { inputs });
    await settle(world);
    const next = world.another();
    next.writes();
    expect(await create(next, definition, { inputs, begunAt })).toBe(id);
    expect(next.writes()).toEqual([]);
  });

  it.each(CASES)("is made when nothing arrived: $what", async ({ definition, start, declared }) => {
    const world = await start();
    const inputs = await declared(world);
    world.writes();
    const begunAt = world.clock.now();
    await create(world, definition, { inputs, begunAt });
    expect(world.writes()).not.toEqual([]);
  });
});

describe("what is under the key of a creation whose run died, and is not its own", () => {
  const exists = { name: "RefusedError" };

  it.each([
    {
      what: "a user",
      definition: user,
      there: { ...sanne, givenName: "Piet" },
      inputs: { ...sanne, givenName: "Sanne" },
      code: "user-exists",
    },
    {
      what: "a group",
      definition: group,
      there: { ...sales, displayName: "Van Piet" },
      inputs: sales,
      code: "group-exists",
    },
  ])("is a conflict: $what that is otherwise", async ({ definition, there, inputs, code }) => {
    const world = await startWorld();
    const begunAt = world.clock.now();
    await create(world, definition, { inputs: there });
    await settle(world);
    await expect(create(world.another(), definition, { inputs, begunAt })).rejects.toMatchObject({
      ...exists,
      code,
    });
    await settle(world);
    expect(await world.service.graph.all("/groups")).toHaveLength(definition === group ? 1 : 0);
  });

  it("is a conflict: a user that was there before, equal in everything", async () => {
    const world = await startWorld();
    await create(world, user, { inputs: sanne });
    await world.clock.sleep(3_600_000);
    const begunAt = world.clock.now();
    await expect(create(world.another(), user, { inputs: sanne, begunAt })).rejects.toMatchObject({
      ...exists,
      code: "user-exists",
    });
  });

  it("is a conflict: a site with another title", async () => {
    const world = await startSharePointWorld();
    await makePeople(world, ["Anna"]);
    const begunAt = world.clock.now();
    await create(world, site, { inputs: { ...finance, title: "Van piet" } });
    await expect(create(world.another(), site, { inputs: finance, begunAt })).rejects.toMatchObject(
      {
        ...exists,
        code: "site-url-taken",
      },
    );
  });

  it("is left alone: the group that a new one replaces, of the same mail nickname", async () => {
    const world = await startWorld();
    const old = await create(world, group, { inputs: sales });
    await settle(world);
    const next = world.another();
    await next.service.graph.get(old);
    const begunAt = world.clock.now();
    const inputs = { ...sales, assignableToRole: true, visibility: "Private" };
    await expect(create(next, group, { inputs, begunAt })).resolves.not.toBe(old);
  });
});
