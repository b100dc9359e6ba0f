import { describe, expect, it } from "vitest";
import { authenticationStrengthPolicy } from "../../../../provider/azuread/conditional-access/authentication-strength-policy.ts";
import { decode } from "../../../../provider/kit/values.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { settle, startWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const PATH = "/policies/authenticationStrengthPolicies";
const keys = {
  displayName: "Sleutels",
  description: "Voor wie de boeken bijhoudt",
  allowedCombinations: ["windowsHelloForBusiness", "fido2"],
};

const live = async (world: World, id: string): Promise<unknown> =>
  (await world.emulator.graph("GET", id)).body;

async function made(world: World, declared = keys): Promise<ManagedResource> {
  const resource = new ManagedResource(world, authenticationStrengthPolicy);
  await resource.up(declared);
  await settle(world);
  world.writes();
  return resource;
}

describe("an authentication strength of the drop-in", () => {
  it("is created, with an id that a policy can refer to", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, authenticationStrengthPolicy);
    expect(await resource.up(keys)).toBe("created");
    expect(world.writes()).toEqual([`POST /v1.0${PATH}`]);
    expect(resource.id).toMatch(/^\/policies\/authenticationStrengthPolicies\/[0-9a-f-]{36}$/);
    await settle(world);
    expect(await live(world, resource.id)).toMatchObject({ ...keys, policyType: "custom" });
  });

  it("is left alone by a second run, and can be imported", async () => {
    const world = await startWorld();
    const resource = await made(world);
    expect(await resource.up(keys)).toBe("same");
    expect(await resource.refresh()).toEqual(keys);
    expect(await resource.up(keys)).toBe("same");
    expect(
      await new ManagedResource(world, authenticationStrengthPolicy).read(resource.id),
    ).toEqual(keys);
    expect(world.writes()).toEqual([]);
  });

  it("changes its name by PATCH and its combinations by the action, each only where it differs", async () => {
    const world = await startWorld();
    const resource = await made(world);

    expect(await resource.up({ ...keys, description: "", displayName: "Passkeys" })).toBe(
      "updated",
    );
    expect(world.writes()).toEqual([`PATCH /v1.0${PATH}/:id`]);
    const combinations = { allowedCombinations: ["fido2", "password,softwareOath"] };
    await resource.up({ displayName: "Passkeys", ...combinations });
    expect(world.writes()).toEqual([`POST /v1.0${PATH}/:id/updateAllowedCombinations`]);
    expect(await live(world, resource.id)).toMatchObject({
      displayName: "Passkeys",
      description: null,
      ...combinations,
    });
  });

  it("shows a way to sign in that somebody added outside as drift, and takes it back", async () => {
    const world = await startWorld();
    const resource = await made(world);
    const body = { allowedCombinations: ["password,sms", "fido2", "windowsHelloForBusiness"] };
    await world.emulator.graph("POST", `${resource.id}/updateAllowedCombinations`, { body });
    await settle(world);
    expect(await resource.refresh()).toMatchObject({
      allowedCombinations: ["windowsHelloForBusiness", "fido2", "password,sms"],
    });
    expect(await resource.up(keys)).toBe("updated");
    const { allowedCombinations } = keys;
    expect(await live(world, resource.id)).toMatchObject({
      ...keys,
      allowedCombinations: allowedCombinations.toReversed(),
    });
  });

  it("is removed, and removing it twice is fine", async () => {
    const world = await startWorld();
    const resource = await made(world);
    await resource.down();
    await resource.down();
    expect((await world.emulator.graph("GET", resource.id)).status).toBe(404);
    expect(await resource.refresh()).toBeUndefined();
    expect(await resource.up(keys)).toBe("created");
  });

  it("is not made twice when the answer to its creation is lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 } });
    const names = ["A", "B", "C", "D", "E", "F"];
    await Promise.all(names.map((displayName) => made(world, { ...keys, displayName })));
    const found = await world.service.graph.all<{ displayName: string; policyType: string }>(PATH);
    const own = found.filter(({ policyType }) => policyType === "custom");
    expect(own.map(({ displayName }) => displayName).sort()).toEqual(names);
  });

  it("refuses a way to sign in that nobody knows", async () => {
    const world = await startWorld();
    const declared = { ...keys, allowedCombinations: ["fido2", "password,pigeon"] };
    await expect(made(world, declared)).rejects.toThrow("allowedCombinations[1] must be made of");
    expect(world.writes()).toEqual([]);
  });
});

describe("the state of an authentication strength", () => {
  it("goes over from the official plugin without a difference", async () => {
    const world = await startWorld();
    // The plugin sends a set in the order of its hashes.
    const body = { ...keys, allowedCombinations: keys.allowedCombinations.toReversed() };
    const { id } = (await world.emulator.graph("POST", PATH, { body })).body as { id: string };
    await settle(world);
    const { values: inputs } = decode({ __defaults: [], ...keys });
    const state = { id: `${PATH}/${id}`, inputs, outputs: {}, isUnfinished: false };
    const resource = new ManagedResource(world, authenticationStrengthPolicy, state);
    expect(await resource.up(keys)).toBe("same");
    expect(await resource.refresh()).toEqual(inputs);
    expect(await resource.up(keys)).toBe("same");
  });

  it("has the notes of the official plugin: schema version 1 and its timeouts", async () => {
    const { outputs } = await made(await startWorld());
    expect(outputs.__meta).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000,"update":300000000000},"schema_version":"1"}',
    );
  });
});

describe("the words for an authentication strength", () => {
  it("say which ways to sign in come and go", () => {
    const { nl, en } = authenticationStrengthPolicy.describe({
      operation: "update",
      before: keys,
      after: { ...keys, allowedCombinations: ["fido2", "password,sms"] },
      changedPaths: ["allowedCombinations[0]", "allowedCombinations[1]"],
    });
    expect(nl).toBe(
      "De verificatiesterkte “Sleutels”: voortaan is ook goed: wachtwoord + sms; niet langer goed is: Windows Hello",
    );
    expect(en).toBe(
      "The sign-in strength “Sleutels”: accepts from now on: password + text message; no longer accepts: Windows Hello",
    );
  });
});
