import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { group } from "../../../provider/azuread/groups/group.ts";
import { user } from "../../../provider/azuread/users/user.ts";
import type { ResourceDefinition } from "../../../provider/kit/define.ts";
import * as lifecycle from "../../../provider/kit/lifecycle.ts";
import { azureadPackage } from "../../../provider/registry.ts";
import { decode } from "../../../provider/kit/values.ts";
import type { Properties } from "../../../provider/kit/values.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { without } from "../support/without.ts";
import { settle, startWorld } from "../support/world.ts";

const official = JSON.parse(
  readFileSync(new URL("../../../provider/generated/azuread-schema.json", import.meta.url), "utf8"),
) as { resources: Record<string, { required: string[]; properties: Record<string, unknown> }> };

/** What the official plugin wrote at a creation, and what its own refresh made different in it. */
interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly refreshed: { readonly inputs?: Properties; readonly outputs?: Properties };
}

const { resources } = JSON.parse(
  readFileSync(new URL("../../fixtures/azuread-official-state.json", import.meta.url), "utf8"),
) as { resources: readonly Recorded[] };

const recorded = (name: string): Recorded => {
  const found = resources.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`Nobody recorded ${name}`);
  return found;
};

const definitionOf = ({ type }: Recorded): ResourceDefinition => {
  const found = azureadPackage.resources.find(({ token }) => token === type);
  if (found === undefined) throw new Error(`The drop-in does not serve ${type}`);
  return found;
};

const PASSWORD = "first-Password-1";

/** The program behind a state: without what the plugin filled in; secrets are not in the record. */
function declaredOf({ inputs }: Pick<Recorded, "inputs">): Properties {
  const filledIn = inputs.__defaults as string[];
  const { values, secretKeys } = decode(inputs);
  const secrets = Object.fromEntries([...secretKeys].map((key) => [key, PASSWORD]));
  return without({ ...values, ...secrets }, ...filledIn);
}

const inputsOf = ({ inputs }: Pick<Recorded, "inputs">): Properties => {
  const { values, secretKeys } = decode(inputs);
  return { ...values, ...Object.fromEntries([...secretKeys].map((key) => [key, PASSWORD])) };
};

function changesOf(
  definition: ResourceDefinition,
  oldInputs: Properties,
  declared: Properties,
): string[] {
  const { inputs, failures } = lifecycle.check(definition, decode(declared), oldInputs);
  expect(failures).toEqual([]);
  const { paths } = lifecycle.diff(definition, { oldInputs, news: inputs, ignoreChanges: [] });
  return [...paths.keys()];
}

describe("state recorded from the official plugin", () => {
  it.each(resources.map((resource) => [resource.name, resource] as const))(
    "holds no change for the program that made it: %s",
    (_name, resource) => {
      const definition = definitionOf(resource);
      const declared = declaredOf(resource);
      expect(changesOf(definition, inputsOf(resource), declared)).toEqual([]);
      const inputs = { ...resource.inputs, ...resource.refreshed.inputs };
      expect(changesOf(definition, inputsOf({ inputs }), declared)).toEqual([]);
    },
  );

  it("shows exactly what was changed", () => {
    const full = recorded("full");
    const declared = {
      ...declaredOf(full),
      disablePasswordExpiration: false,
      jobTitle: "Chef",
      otherMails: ["z@example.com", "x@example.com"],
    };
    expect(changesOf(user, inputsOf(full), declared)).toEqual([
      "disablePasswordExpiration",
      "jobTitle",
      "otherMails[1]",
    ]);
  });

  it("takes false for what was left out, both ways, and never makes a group anew for it", () => {
    const flags = {
      assignableToRole: false,
      preventDuplicateNames: false,
      writebackEnabled: false,
    };
    const nest = recorded("nest");
    const spelledOut = { ...declaredOf(nest), ...flags };
    expect(changesOf(group, inputsOf(nest), spelledOut)).toEqual([]);
    expect(changesOf(group, { ...inputsOf(nest), ...flags }, declaredOf(nest))).toEqual([]);
  });

  it("shows a member or owner more or less, in whatever order they are declared", () => {
    const opts = recorded("opts");
    const { members, owners } = declaredOf(opts) as { members: string[]; owners: string[] };
    const changed = (people: Properties): string[] =>
      changesOf(group, inputsOf(opts), { ...declaredOf(opts), ...people });
    const another = "99999999-2222-4333-8444-555555555555";
    expect(changed({ members: [another, ...members], owners: owners.toReversed() })).toEqual([
      `members[${members.length}]`,
    ]);
    expect(changed({ owners: owners.slice(1) })).toContain(`owners[${owners.length - 1}]`);
  });

  it("is refreshed without drift, and written again as the official plugin wrote it", async () => {
    const world = await startWorld();
    const ids = new Map<string, string>();
    // In the order in which they refer to each other.
    for (const name of ["a", "b", "full", "nest", "sec", "opts", "hidden", "outer", "gwm"]) {
      const resource = recorded(name);
      const definition = definitionOf(resource);
      const live = new ManagedResource(world, definition);
      // With the defaults that the official plugin fills in.
      await live.up(renamed({ ...inputsOf(resource), ...declaredOf(resource) }, ids));
      ids.set(String(resource.outputs.objectId), String(live.outputs.objectId));
      await settle(world);

      const inputs = renamed(inputsOf(resource), ids);
      const id = renamed(resource.id, ids);
      const taken = new ManagedResource(world, definition, {
        id,
        inputs,
        outputs: {},
        isUnfinished: false,
      });
      expect(await taken.refresh()).toEqual(inputs);
      expect(await taken.up(renamed(declaredOf(resource), ids))).toBe("same");
      expect(comparable(taken.outputs), name).toEqual(
        comparable(
          renamed(
            { ...resource.outputs, ...resource.refreshed.outputs, ...passwordOf(taken) },
            ids,
          ),
        ),
      );
    }
  });

  it("is removed by its id", async () => {
    const world = await startWorld();
    const made = new ManagedResource(world, user);
    await made.up(declaredOf(recorded("a")));
    await settle(world);
    const inputs = inputsOf(recorded("a"));
    const state = { id: made.id, inputs, outputs: {}, isUnfinished: false };
    await new ManagedResource(world, user, state).down();
    await settle(world);
    expect((await world.emulator.graph("GET", made.id)).status).toBe(404);
  });

  it("lets a switch that nobody declared be seen when somebody turns it on", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(declaredOf(recorded("a")));
    await settle(world);
    const body = { passwordPolicies: "DisableStrongPassword" };
    await world.emulator.graph("PATCH", resource.id, { body });
    await settle(world);
    expect(await resource.refresh()).toMatchObject({ disableStrongPassword: true });
    expect(await resource.up(declaredOf(recorded("a")))).toBe("updated");
    await settle(world);
    expect(await resource.refresh()).not.toHaveProperty("disableStrongPassword");
  });
});

/** The same with the ids of this tenant. */
function renamed<T>(value: T, ids: ReadonlyMap<string, string>): T {
  let text = JSON.stringify(value);
  for (const [old, id] of ids) text = text.replaceAll(old, id);
  return JSON.parse(text) as T;
}

/** A password's value is not in the record. */
const passwordOf = ({ outputs }: ManagedResource): Properties =>
  "password" in outputs ? { password: outputs.password } : {};

/**
 * State as programs see it: null is nothing, and these lists have no order. Left out: the mail nickname that either
 * plugin invents; the owner of a group without owners, which is the application with the official plugin; who joined
 * after the group was recorded.
 */
function comparable(outputs: Properties): Properties {
  const present = Object.entries(outputs).flatMap(([key, value]) => {
    if (value === null) return [];
    return [[key, Array.isArray(value) ? value.toSorted() : value] as const];
  });
  const isInvented = /^[0-9a-f]{8}-[0-9a-f]$/.test(String(outputs.mailNickname));
  const name = String(outputs.displayName);
  return without(
    Object.fromEntries<unknown>(present),
    ...(isInvented ? ["mailNickname"] : []),
    ...(["vo nest", "vo outer1"].includes(name) ? ["owners"] : []),
    ...(name === "vo nest" ? ["members"] : []),
  );
}

describe("state written by the drop-in", () => {
  it("has all that the official plugin always writes, in its notation", async () => {
    const world = await startWorld();
    const made = new ManagedResource(world, user);
    await made.up(declaredOf(recorded("a")));
    const team = new ManagedResource(world, group);
    await team.up({ displayName: "Books", mailNickname: "books", securityEnabled: true });

    for (const [definition, resource] of [
      [user, made],
      [group, team],
    ] as const) {
      const { required = [], properties = {} } = official.resources[definition.token] ?? {};
      const written = Object.keys(resource.outputs).filter(
        (key) => key !== "__meta" && key !== "id",
      );
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
    await made.up(declaredOf(recorded("a")));
    expect(made.outputs.__meta).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000,"update":300000000000},"schema_version":"1"}',
    );
  });
});
