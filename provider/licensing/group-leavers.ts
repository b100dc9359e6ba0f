/** Whoever gets directly what was theirs through a group gets it before they leave: nobody is without in between. */
import { isRequestError } from "../../services/index.ts";
import { objects, text } from "../../core/i18n/phrases.ts";
import { NOUNS } from "../../core/nouns.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { licensesGivenBy } from "./group-license-errors.ts";
import { fromAssigned } from "./license-assignments.ts";

/**
 * Carries out before its turn what of the approved changes gives leavers directly what the group gave them.
 * @param leavers object ids
 * @returns what stood in the way, by object id: whoever is in it stays in the group for now
 */
export async function giveToLeavers(
  context: ResourceContext,
  groupId: string,
  leavers: readonly string[],
): Promise<ReadonlyMap<string, Error>> {
  const { ahead } = context;
  const failed = new Map<string, Error>();
  const steps = (ahead?.steps(NOUNS.userLicense.type) ?? []).filter(({ id }) =>
    leavers.includes(id),
  );
  if (ahead === undefined || steps.length === 0) return failed;
  const given = await fromAssigned(context, await licensesGivenBy(context, groupId));
  for (const step of steps) {
    const had = objects(step.before, "licenses");
    const has = new Set(had.map((license) => text(license, "sku")));
    // Only these: they take no unit, since the group gave them one; what else the person gets may have to wait.
    const taken = objects(step.after, "licenses").filter((license) => {
      const sku = text(license, "sku");
      return !has.has(sku) && given.some((one) => one.sku === sku);
    });
    if (taken.length === 0) continue;
    try {
      await ahead.carryOut(step, { ...step.before, licenses: [...had, ...taken] });
    } catch (error) {
      if (!(error instanceof RefusedError) && !isRequestError(error)) throw error;
      failed.set(step.id, error);
    }
  }
  return failed;
}
