/** People with a mailbox, as their licence gives it. */
import type { World } from "./world.ts";
import { settle } from "./world.ts";
import { makePeople } from "./people.ts";
import type { Made } from "./people.ts";

export async function giveMailbox(world: World, { id }: Made): Promise<void> {
  const skus = await world.emulator.graph("GET", "/subscribedSkus");
  const spb = skus.body.value.find(({ skuPartNumber }) => skuPartNumber === "SPB");
  const addLicenses = [{ skuId: spb?.skuId, disabledPlans: [] }];
  const body = { addLicenses, removeLicenses: [] };
  await world.emulator.graph("POST", `/users/${id}/assignLicense`, { body });
}

/** With the given first names, each with a mailbox that is there. */
export async function makeMailboxes(world: World, names: readonly string[]): Promise<Made[]> {
  const people = await makePeople(world, names);
  for (const person of people) await giveMailbox(world, person);
  await settle(world);
  return people;
}
