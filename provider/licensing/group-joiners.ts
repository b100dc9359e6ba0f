/**
 * People who join a group that hands out licences: the service gives them out in the background, and does not try again
 * by itself where none was free. In a change a leaver's licence is often the joiner's, and free only some moments later.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-groups-resolve-problems (checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/user-reprocesslicenseassignment (checked 2026-11-27)
 */
import { isRequestError, odata } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { demandNoErrors, licensesGivenBy, statesOf } from "./group-license-errors.ts";

/** With the pauses between them nearly two minutes: what the same change frees is free by then. */
const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 5000;
/** Handing out to many at once takes minutes. */
const PROCESSING_DEADLINE_MS = 15 * 60_000;

interface LicensedGroup {
  readonly id: string;
  readonly name: string;
}

/**
 * Waits until everybody who joined has what the group gives.
 * @param joined object ids
 * @throws RefusedError `members-without-license`
 */
export async function awaitGroupLicenses(
  context: ResourceContext,
  group: LicensedGroup,
  joined: readonly string[],
): Promise<void> {
  if (joined.length === 0) return;
  const skus = (await licensesGivenBy(context, group.id, { justCreated: true })).map(
    ({ skuId }) => skuId,
  );
  if (skus.length === 0) return;
  let tries = 0;
  await context.service.waitUntil(
    async () => {
      const people = await Promise.all(
        joined.map(async (id) => ({ id, state: await stateOf(context, { id, group, skus }) })),
      );
      const tooEarly = people.filter(({ state }) => state === "none-free").map(({ id }) => id);
      const isAgain = tries < MOST_TRIES && tooEarly.length > 0;
      if (isAgain) tries += 1;
      const asked = isAgain && (await tryAgain(context, tooEarly));
      return asked || people.some(({ state }) => state === "pending") ? undefined : true;
    },
    {
      what: `the licences of ${group.name} to reach who joined`,
      deadlineMs: PROCESSING_DEADLINE_MS,
      intervalMs: FIRST_PAUSE_MS,
      signal: context.signal,
    },
  );
  await demandNoErrors(context, { ...group, only: joined });
}

async function stateOf(
  context: ResourceContext,
  { id, group, skus }: { id: string; group: LicensedGroup; skus: readonly string[] },
): Promise<"pending" | "none-free" | "done"> {
  const states = await statesOf(context, { userId: id, groupId: group.id });
  if (states.some(({ error }) => error === "CountViolation")) return "none-free";
  return skus.every((sku) => states.some(({ skuId }) => skuId === sku)) ? "done" : "pending";
}

/** @returns false where the application may not: then it stays with what the service made of it */
async function tryAgain({ service }: ResourceContext, people: readonly string[]): Promise<boolean> {
  try {
    const ask = (id: string): Promise<unknown> =>
      service.graph.post(odata`/users/${id}/reprocessLicenseAssignment`, {}, { idempotent: true });
    await Promise.all(people.map(ask));
    return true;
  } catch (error) {
    if (!isRequestError(error, "forbidden")) throw error;
    return false;
  }
}
