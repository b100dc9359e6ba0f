import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { group } from "../../../provider/azuread/group.ts";
import { user } from "../../../provider/azuread/user.ts";
import type { ResourceDefinition } from "../../../provider/define.ts";
import * as lifecycle from "../../../provider/lifecycle.ts";
import { decode } from "../../../provider/values.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const official = JSON.parse(
  readFileSync(new URL("../../../provider/generated/azuread-schema.json", import.meta.url), "utf8"),
) as { resources: Record<string, { required: string[]; properties: Record<string, unknown> }> };

const SECRET = "4dabf18193072939515e22adb298388d";

/**
 * A user as the official plugin 6.9 writes it in a checkpoint: defaults marked in `__defaults`, every property
 * of the schema with its zero value, `__meta` with version and timeouts.
 * Source: pulumi-terraform-bridge and terraform-provider-azuread user_resource.go (checked 2026-11-22).
 */
const annaInputs = {
  __defaults: [
    "accountEnabled",
    "disablePasswordExpiration",
    "disableStrongPassword",
    "forcePasswordChange",
    "showInAddressList",
  ],
  accountEnabled: true,
  department: "Finance",
  disablePasswordExpiration: false,
  disableStrongPassword: false,
  displayName: "Anna de Vries",
  forcePasswordChange: false,
  otherMails: ["z@example.com", "a@example.com"],
  password: { [SECRET]: "1b47061264138c4ac30d75fd1eb44270", value: "first-Password-1" },
  showInAddressList: true,
  usageLocation: "NL",
  userPrincipalName: "anna@contoso.com",
};

const annaDeclared = {
  department: "Finance",
  displayName: "Anna de Vries",
  otherMails: ["z@example.com", "a@example.com"],
  password: "first-Password-1",
  usageLocation: "NL",
  userPrincipalName: "anna@contoso.com",
};

const teamInputs = {
  __defaults: ["preventDuplicateNames", "writebackEnabled"],
  displayName: "Finance",
  dynamicMembership: {
    __defaults: [],
    enabled: true,
    rule: 'user.department -eq "Finance"',
  },
  mailEnabled: true,
  mailNickname: "finance",
  preventDuplicateNames: false,
  securityEnabled: true,
  types: ["Unified", "DynamicMembership"],
  writebackEnabled: false,
};

const teamDeclared = {
  displayName: "Finance",
  dynamicMembership: { enabled: true, rule: 'user.department -eq "Finance"' },
  mailEnabled: true,
  mailNickname: "finance",
  securityEnabled: true,
  types: ["Unified", "DynamicMembership"],
};

const diffOf = (
  definition: ResourceDefinition,
  old: Record<string, unknown>,
  declared: Record<string, unknown>,
): string[] => {
  const oldInputs = decode(old).values;
  const { inputs, failures } = lifecycle.check(definition, decode(declared), oldInputs);
  expect(failures).toEqual([]);
  const difference = lifecycle.diff(definition, { oldInputs, news: inputs, ignoreChanges: [] });
  return [...difference.paths.keys()];
};

describe("state written by the official plugin", () => {
  it("is no change for a user who stays the same", () => {
    expect(diffOf(user, annaInputs, annaDeclared)).toEqual([]);
  });

  it("is no change for a group that stays the same", () => {
    expect(diffOf(group, teamInputs, teamDeclared)).toEqual([]);
  });

  it("shows exactly what was changed", () => {
    const changed = { ...annaDeclared, department: "Sales", showInAddressList: false };
    expect(diffOf(user, annaInputs, changed)).toEqual(["department", "showInAddressList"]);
  });

  it("is refreshed without drift, with its own id", async () => {
    const world = await startWorld();
    const { id } = await createAsOfficial(world);
    const state = {
      id: `/users/${id}`,
      inputs: decode(annaInputs).values,
      outputs: {},
      isUnfinished: false,
    };
    const resource = new ManagedResource(world, user, state);

    expect(await resource.refresh()).toEqual(decode(annaInputs).values);
    expect(await resource.up(annaDeclared)).toBe("same");
  });

  it("is removed by its id", async () => {
    const world = await startWorld();
    const { id } = await createAsOfficial(world);
    const inputs = decode(annaInputs).values;
    const state = { id: `/users/${id}`, inputs, outputs: {}, isUnfinished: false };
    await new ManagedResource(world, user, state).down();
    await settle(world);
    expect((await world.emulator.graph("GET", `/users/${id}`)).status).toBe(404);
  });
});

describe("state written by the drop-in", () => {
  it("has all that the official plugin always writes, in its notation", async () => {
    const world = await startWorld();
    const made = new ManagedResource(world, user);
    await made.up(annaDeclared);
    const team = new ManagedResource(world, group);
    await team.up({ displayName: "Books", mailNickname: "books", securityEnabled: true });

    for (const [definition, resource] of [
      [user, made],
      [group, team],
    ] as const) {
      const { required = [], properties = {} } = official.resources[definition.token] ?? {};
      const written = Object.keys(resource.outputs).filter((key) => key !== "__meta");
      expect(written).toEqual(expect.arrayContaining(required));
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(written));
      // Without a version the official plugin would migrate the id of a version 0 state, and fail.
      const meta = JSON.parse(String(resource.outputs.__meta)) as Record<string, unknown>;
      expect(meta.schema_version).toBe("1");
    }
    expect(made.id).toMatch(/^\/users\/[0-9a-f-]{36}$/);
    expect(team.id).toMatch(/^\/groups\/[0-9a-f-]{36}$/);
  });

  it("keeps the timeouts as the official plugin writes them", async () => {
    const world = await startWorld();
    const made = new ManagedResource(world, user);
    await made.up(annaDeclared);
    expect(made.outputs.__meta).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000,"update":300000000000},"schema_version":"1"}',
    );
  });
});

/** The calls with which the official plugin makes a user. */
async function createAsOfficial(world: World): Promise<{ id: string }> {
  const { body } = await world.emulator.graph("POST", "/users", {
    body: {
      accountEnabled: true,
      department: "Finance",
      displayName: "Anna de Vries",
      mailNickname: "anna",
      otherMails: ["a@example.com", "z@example.com"],
      usageLocation: "NL",
      userPrincipalName: "anna@contoso.com",
      passwordProfile: { password: "first-Password-1", forceChangePasswordNextSignIn: false },
    },
  });
  const { id } = body as { id: string };
  await settle(world);
  await world.emulator.graph("PATCH", `/beta/users/${id}`, { body: { showInAddressList: true } });
  await settle(world);
  return { id };
}
