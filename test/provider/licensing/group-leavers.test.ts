import { expect, it } from "vitest";
import { groupMembership } from "../../../provider/directory/group-membership.ts";
import type { Ahead, PlannedStep } from "../../../provider/kit/ahead.ts";
import type { ResourceContext } from "../../../provider/kit/define.ts";
import { RefusedError } from "../../../provider/kit/refusal.ts";
import * as lifecycle from "../../../provider/kit/lifecycle.ts";
import { groupLicense } from "../../../provider/licensing/group-license.ts";
import { userLicense } from "../../../provider/licensing/user-license.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import type { Made } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

/** In Contoso there are two licences of it. */
const SKU = "EXCHANGESTANDARD";

async function staffOf(world: World, people: readonly Made[]) {
  const groupId = await makeGroup(world, "staff");
  await settle(world);
  const inputs = (members: readonly Made[]) => ({
    groupId,
    groupName: "staff",
    members: members.map(({ id, name }) => ({ id, userPrincipalName: name })),
  });
  await new ManagedResource(world, groupMembership).up(inputs(people));
  await settle(world);
  const licenses = { groupId, groupName: "staff", licenses: [{ sku: SKU }] };
  await new ManagedResource(world, groupLicense).up(licenses);
  await settle(world);
  world.writes();
  const leave = (
    leavers: readonly Made[],
    ...[steps, refusal]: [readonly PlannedStep[], RefusedError?]
  ): Promise<unknown> => {
    const stay = people.filter((one) => !leavers.includes(one));
    return lifecycle.update(groupMembership, withSteps(world, { steps, refusal }), {
      ...{ id: groupId, news: inputs(stay), oldInputs: inputs(people) },
    });
  };
  return { leave };
}

interface Steps {
  readonly steps: readonly PlannedStep[];
  /** What carrying one out ends with. */
  readonly refusal: RefusedError | undefined;
}

function withSteps(world: World, { steps, refusal }: Steps): ResourceContext {
  const ahead: Ahead = {
    isAhead: false,
    steps: (type) => steps.filter((step) => step.type === type),
    carryOut: async ({ id, before }, news) => {
      if (refusal) throw refusal;
      await lifecycle.update(userLicense, world.context, { id, news, oldInputs: before });
    },
  };
  return { ...world.context, ahead };
}

function directly({ id, name }: Made, sku: string): PlannedStep {
  const inputs = { userId: id, userPrincipalName: name };
  const licenses = [{ sku, disabledPlans: [] }];
  return {
    ...{ type: userLicense.token, id },
    before: { ...inputs, licenses: [] },
    after: { ...inputs, licenses },
  };
}

it("gives who leaves the group's product directly first, also where none is left", async () => {
  const world = await startWorld();
  const [anna, bob] = (await makePeople(world, ["Anna", "Bob"])) as [Made, Made];
  const staff = await staffOf(world, [anna, bob]);
  await staff.leave([bob], [directly(bob, SKU)]);
  expect(world.writes()).toEqual([
    "POST /v1.0/users/:id/assignLicense",
    "DELETE /v1.0/groups/:id/members/:otherId/$ref",
  ]);
});

it("leaves to their own turn the products that the group did not give", async () => {
  const world = await startWorld();
  const [anna, bob] = (await makePeople(world, ["Anna", "Bob"])) as [Made, Made];
  const staff = await staffOf(world, [anna, bob]);
  await staff.leave([bob], [directly(bob, "SPB")]);
  expect(world.writes()).toEqual(["DELETE /v1.0/groups/:id/members/:otherId/$ref"]);
});

it("keeps in the group who cannot get it directly, lets the others go, and says so", async () => {
  const world = await startWorld();
  const [anna, bob] = (await makePeople(world, ["Anna", "Bob"])) as [Made, Made];
  const staff = await staffOf(world, [anna, bob]);
  const refusal = new RefusedError({ code: "told-so", message: "Not now", hint: "Later." });
  await expect(staff.leave([anna, bob], [directly(bob, SKU)], refusal)).rejects.toBe(refusal);
  expect(world.writes()).toEqual(["DELETE /v1.0/groups/:id/members/:otherId/$ref"]);
});
