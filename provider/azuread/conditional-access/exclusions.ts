/** No policy is written with fewer exclusions than were approved: whoever must get in would be shut out. */
import { RefusedError } from "../../kit/refusal.ts";
import { isSame } from "../nested-equality.ts";
import type { PolicyInputs } from "./shape.ts";

const LISTS = ["excludedUsers", "excludedGroups", "excludedRoles"] as const;

/**
 * A plan carries over only what it changes, so an exclusion that somebody took out by hand meanwhile would stay out.
 * @param wanted what would be written
 * @throws RefusedError `exclusion-missing`
 */
export function demandExclusions(declared: PolicyInputs, wanted: PolicyInputs): void {
  const [approved, written] = [declared.conditions.users, wanted.conditions.users];
  const missing = LISTS.flatMap((list) =>
    (approved[list] ?? []).filter((id) => !(written[list] ?? []).includes(id)),
  );
  const { excludedGuestsOrExternalUsers: guests = [] } = approved;
  const lacksGuests = guests.length > 0 && !isSame(guests, written.excludedGuestsOrExternalUsers);
  const count = missing.length + (lacksGuests ? 1 : 0);
  if (count === 0) return;
  throw new RefusedError({
    code: "exclusion-missing",
    message: `“${declared.displayName}” was not changed: ${count} of the exclusions that were approved ${count === 1 ? "was" : "were"} taken out in the tenant`,
    hint: "Plan with --refresh, which puts them back together with the change, and have that approved.",
  });
}
