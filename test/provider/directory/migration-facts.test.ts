import { expect, it } from "vitest";
import { joinDevice } from "../../../emulator/entities/devices.ts";
import { registerSecondStep } from "../../../emulator/entities/registration-details.ts";
import { migrationFacts } from "../../../provider/directory/migration-facts.ts";
import { TENANT_ID } from "../../emulator/support/emulator.ts";
import { makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";

it("tells what people and machines are like before a migration", async () => {
  const world = await startWorld();
  const [ann, bob] = await makePeople(world, ["Ann", "Bob"]);
  world.emulator.state.write(TENANT_ID, (scope) => {
    const ownerId = ann?.id ?? "";
    joinDevice(scope, { displayName: "PC-1", ownerId, isCompliant: true });
    joinDevice(scope, { displayName: "PC-1", ownerId: bob?.id ?? "", isCompliant: false });
    registerSecondStep(scope, ownerId);
  });
  await settle(world);
  const facts = migrationFacts({ service: world.service, backupCredentials: undefined });
  expect(await facts.devices("PC-1")).toEqual({
    found: expect.arrayContaining([
      { isJoined: true, isCompliant: true, owners: ["ann@contoso.com"] },
      { isJoined: true, isCompliant: false, owners: ["bob@contoso.com"] },
    ]) as unknown,
  });
  expect(await facts.devices("PC-2")).toEqual({ found: [] });
  expect(await facts.hasSecondStep("ann@contoso.com")).toEqual({ found: true });
  expect(await facts.hasSecondStep("bob@contoso.com")).toEqual({ found: false });
  expect(await facts.holderOf("contoso.com")).toMatchObject({ found: { tenantId: TENANT_ID } });
  expect(await facts.holderOf("nobody.example")).toEqual({ found: undefined });
  expect(await facts.person("nobody@contoso.com")).toBeUndefined();
  expect(await facts.person("ann@contoso.com")).toMatchObject({ aliases: [] });
  expect(world.writes().filter((one) => !one.includes("POST /v1.0/users"))).toEqual([]);
});
