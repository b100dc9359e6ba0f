import { describe, expect, it } from "vitest";
import {
  contoso,
  createGroup,
  createUser,
  reference,
  startTestEmulator,
  type TestEmulator,
} from "../support/emulator.ts";

const SPB = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46";
const EXCHANGE = "4b9405b0-7788-4568-add1-99614e613b69";
const EXCHANGE_PLAN_2 = "19ec0d23-8335-4cbd-94ac-6050e30712fa";
const DEFENDER = "4ef96642-f096-40de-a3e9-d83fb2f90211";
const TEAMS_PLAN = "57ff2da0-773e-42df-b2af-ffb7a2317929";

function assign(
  emulator: TestEmulator,
  path: string,
  change: { add?: string[]; remove?: string[] },
): ReturnType<TestEmulator["graph"]> {
  const addLicenses = (change.add ?? []).map((skuId) => ({ skuId, disabledPlans: [] }));
  return emulator.graph("POST", `${path}/assignLicense`, {
    body: { addLicenses, removeLicenses: change.remove ?? [] },
  });
}

async function consumed(emulator: TestEmulator, skuId: string): Promise<unknown> {
  const { body } = await emulator.graph("GET", "/subscribedSkus");
  return body.value.find((sku) => sku.skuId === skuId)?.consumedUnits;
}

describe("a licence for a user", () => {
  it("takes a unit, gives a mail address, and goes back when it is removed or the user is deleted", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator, { usageLocation: "NL", mailNickname: "jan" });
    expect(await assign(emulator, `/users/${user.id}`, { add: [SPB] })).toMatchObject({
      status: 200,
      body: { mail: "jan@contoso.com" },
    });
    expect(await consumed(emulator, SPB)).toBe(1);
    expect((await assign(emulator, `/users/${user.id}`, { add: [SPB] })).status).toBe(200);
    expect(await consumed(emulator, SPB)).toBe(1);
    await emulator.graph("DELETE", `/users/${user.id}`);
    expect(await consumed(emulator, SPB)).toBe(0);
    await emulator.graph("POST", `/directory/deletedItems/${user.id}/restore`);
    expect(await consumed(emulator, SPB)).toBe(1);
    expect((await assign(emulator, `/users/${user.id}`, { remove: [SPB] })).status).toBe(200);
    expect(await consumed(emulator, SPB)).toBe(0);
  });

  it("keeps the plans off that were switched off", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator, { usageLocation: "NL" });
    await emulator.graph("POST", `/users/${user.id}/assignLicense`, {
      body: { addLicenses: [{ skuId: SPB, disabledPlans: [TEAMS_PLAN] }], removeLicenses: [] },
    });
    const { body } = await emulator.graph("GET", `/users/${user.id}/licenseDetails`);
    const plans = body.value[0]?.servicePlans as {
      servicePlanName: string;
      provisioningStatus: string;
    }[];
    expect(plans.find((plan) => plan.servicePlanName === "TEAMS1")?.provisioningStatus).toBe(
      "Disabled",
    );
    expect(plans.find((plan) => plan.servicePlanName === "INTUNE_A")?.provisioningStatus).toBe(
      "Success",
    );
  });

  it("is refused without a usage location, when none is left, when it was not bought, and when plans clash", async () => {
    const emulator = await startTestEmulator();
    emulator.addTenant({
      ...contoso,
      subscribedSkus: [
        { skuPartNumber: "EXCHANGEENTERPRISE", enabledUnits: 1 },
        { skuPartNumber: "ATP_ENTERPRISE", enabledUnits: 1 },
      ],
    });
    const people = await Promise.all(
      [1, 2, 3].map(() => createUser(emulator, { usageLocation: "NL" })),
    );
    const [one, two, three] = people.map(({ id }) => `/users/${id}`) as [string, string, string];
    const nowhere = await createUser(emulator);
    const message = async (answer: ReturnType<typeof assign>) => (await answer).body.error.message;
    expect(await message(assign(emulator, `/users/${nowhere.id}`, { add: [SPB] }))).toBe(
      "License assignment cannot be done for user with invalid usage location.",
    );
    await assign(emulator, one, { add: [EXCHANGE] });
    await assign(emulator, two, { add: [EXCHANGE] });
    expect(await message(assign(emulator, three, { add: [EXCHANGE] }))).toBe(
      `Subscription with SKU ${EXCHANGE} does not have any available licenses.`,
    );
    expect(
      await message(assign(emulator, three, { add: ["06ebc4ee-1bb5-47dd-8120-11324bc54e06"] })),
    ).toBe(
      "License 06ebc4ee-1bb5-47dd-8120-11324bc54e06 does not correspond to a valid company License.",
    );
    expect(await message(assign(emulator, one, { add: [EXCHANGE_PLAN_2] }))).toBe(
      "License assignment failed because service plans EXCHANGE_S_ENTERPRISE, EXCHANGE_S_STANDARD are mutually exclusive.",
    );
    expect(await message(assign(emulator, three, { add: [DEFENDER] }))).toContain(
      "depends on the service plan(s)",
    );
    expect(await message(assign(emulator, three, { remove: [SPB] }))).toBe(
      "User does not have a corresponding license.",
    );
  });

  it("keeps what another licence needs, and lets both go together", async () => {
    const emulator = await startTestEmulator();
    emulator.addTenant({
      ...contoso,
      subscribedSkus: [
        { skuPartNumber: "EXCHANGESTANDARD", enabledUnits: 2 },
        { skuPartNumber: "ATP_ENTERPRISE", enabledUnits: 2 },
      ],
    });
    const path = `/users/${(await createUser(emulator, { usageLocation: "NL" })).id}`;
    expect((await assign(emulator, path, { add: [EXCHANGE, DEFENDER] })).status).toBe(200);
    const refused = await assign(emulator, path, { remove: [EXCHANGE] });
    expect(refused.body.error.message).toContain("depends on the service plan(s)");
    expect((await assign(emulator, path, { remove: [EXCHANGE, DEFENDER] })).status).toBe(200);
  });

  it("gives a group each licence once", async () => {
    const emulator = await startTestEmulator();
    const group = await createGroup(emulator);
    const addLicenses = [{ skuId: EXCHANGE }, { skuId: EXCHANGE.toUpperCase() }];
    await emulator.graph("POST", `/groups/${group.id}/assignLicense`, {
      body: { addLicenses, removeLicenses: [] },
    });
    const { body } = await emulator.graph("GET", `/groups/${group.id}?$select=assignedLicenses`);
    expect(body.assignedLicenses).toEqual([{ skuId: EXCHANGE, disabledPlans: [] }]);
  });

  it("needs both lists in the request", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator, { usageLocation: "NL" });
    const { body } = await emulator.graph("POST", `/users/${user.id}/assignLicense`, {
      body: { addLicenses: [] },
    });
    expect(body.error.message).toBe(
      "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: removeLicenses.",
    );
  });
});

describe("a restored user", () => {
  it("comes back with an error in place of a licence that somebody else took", async () => {
    const emulator = await startTestEmulator();
    const people = await Promise.all(
      [1, 2, 3].map(() => createUser(emulator, { usageLocation: "NL" })),
    );
    const [one, two, three] = people.map(({ id }) => id) as [string, string, string];
    await assign(emulator, `/users/${one}`, { add: [EXCHANGE] });
    await assign(emulator, `/users/${two}`, { add: [EXCHANGE] });
    await emulator.graph("DELETE", `/users/${one}`);
    expect((await assign(emulator, `/users/${three}`, { add: [EXCHANGE] })).status).toBe(200);
    await emulator.graph("POST", `/directory/deletedItems/${one}/restore`);
    const { body } = await emulator.graph(
      "GET",
      `/users/${one}?$select=licenseAssignmentStates,assignedLicenses`,
    );
    expect(body).toMatchObject({
      assignedLicenses: [],
      licenseAssignmentStates: [{ state: "Error", error: "CountViolation" }],
    });
  });
});

describe("a licence for a group", () => {
  it("reaches the members later, gives errors to those who cannot have it, and leaves with the membership", async () => {
    const emulator = await startTestEmulator({ behaviour: { groupLicensingDelayMs: 120_000 } });
    const group = await createGroup(emulator);
    const people = await Promise.all(
      [1, 2, 3].map(() => createUser(emulator, { usageLocation: "NL" })),
    );
    const nowhere = await createUser(emulator);
    for (const { id } of [...people, nowhere])
      await emulator.graph("POST", `/groups/${group.id}/members/$ref`, reference(id));
    const { status, headers } = await assign(emulator, `/groups/${group.id}`, { add: [EXCHANGE] });
    expect(status).toBe(202);
    expect(headers.get("location")).toContain(group.id);
    const state = async () =>
      (await emulator.graph("GET", `/groups/${group.id}?$select=licenseProcessingState`)).body
        .licenseProcessingState;
    expect(await state()).toEqual({ state: "QueuedForProcessing" });
    expect(await consumed(emulator, EXCHANGE)).toBe(0);
    emulator.clock.advance(120_000);
    expect(await state()).toEqual({ state: "ProcessingComplete" });
    expect(await consumed(emulator, EXCHANGE)).toBe(2);
    const failed = await emulator.graph(
      "GET",
      `/groups/${group.id}/membersWithLicenseErrors?$select=id`,
    );
    expect(failed.body.value.map(({ id }) => id)).toEqual([people[2]?.id, nowhere.id]);
    const stateOf = async (id: string) =>
      (await emulator.graph("GET", `/users/${id}?$select=licenseAssignmentStates`)).body
        .licenseAssignmentStates;
    expect(await stateOf(people[2]?.id ?? "")).toMatchObject([
      { state: "Error", error: "CountViolation", assignedByGroup: group.id },
    ]);
    expect(await stateOf(nowhere.id)).toMatchObject([
      { error: "ProhibitedInUsageLocationViolation" },
    ]);
    const flagged = await emulator.graph(
      "GET",
      "/groups?$filter=hasMembersWithLicenseErrors eq true&$select=id",
    );
    expect(flagged.body.value.map(({ id }) => id)).toEqual([group.id]);
    const inherited = await assign(emulator, `/users/${people[0]?.id ?? ""}`, {
      remove: [EXCHANGE],
    });
    expect(inherited.body.error.message).toContain("inherited from a group membership");
    await emulator.graph("DELETE", `/groups/${group.id}/members/${people[0]?.id ?? ""}/$ref`);
    emulator.clock.advance(120_000);
    expect(await stateOf(people[0]?.id ?? "")).toEqual([]);
    expect(await stateOf(people[2]?.id ?? "")).toMatchObject([{ state: "Active", error: "None" }]);
    expect((await emulator.graph("DELETE", `/groups/${group.id}`)).status).toBe(400);
  });
});
