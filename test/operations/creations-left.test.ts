import { expect, it } from "vitest";
import { applyApproved } from "../../operations/apply.ts";
import { planTenant } from "../../operations/plan.ts";
import { aWorld, planOf, STACK } from "./support.ts";
import type { World } from "./support.ts";

const left = ({ events }: World) => events.filter(({ kind }) => kind === "creations-left");

/** A world in which an earlier apply died while it made these. */
function withOpen(...urns: readonly string[]): World {
  const world = aWorld();
  const { locks } = world.context;
  Object.assign(world.context, {
    locks: (stack: string) => ({ ...locks(stack), openCreations: async () => urns }),
  });
  return world;
}

const [ANNA = ""] = planOf(["anna"]).changes.map(({ urn }) => urn);
const GONE = ANNA.replace(/anna$/, "gone");

it("plan and apply name what may have been made and is not declared any more", async () => {
  const world = withOpen(ANNA, GONE);
  await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
  const told = { kind: "creations-left", tenant: STACK, objects: ["gone"] };
  expect(left(world)).toEqual([told]);
  const request = { stack: STACK, refresh: false, authors: [] };
  await expect(applyApproved(world.context, request)).rejects.toMatchObject({
    code: "no-approval",
  });
  expect(left(world)).toEqual([told, told]);
});

it("what the plan creates anyway is no news", async () => {
  const world = withOpen(ANNA);
  await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
  expect(left(world)).toEqual([]);
});
