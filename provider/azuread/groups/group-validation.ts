/** Demands across the properties of a group, checked before anything is written. */
import type { CheckFailure } from "../../kit/define.ts";
import { isZero } from "../../kit/zero-value.ts";
import type { GroupInputs } from "./group-properties.ts";
import { UNSERVED } from "./group-properties.ts";

/** Properties that only mean something for Microsoft 365 groups. */
const UNIFIED_ONLY = ["behaviors", "provisioningOptions", "theme"] as const;

export function groupFailures(
  wanted: GroupInputs,
  previous: GroupInputs | undefined,
): readonly CheckFailure[] {
  const failures: CheckFailure[] = [];
  const demand = (isMet: boolean, property: keyof GroupInputs, reason: string): void => {
    if (!isMet) failures.push({ property, reason });
  };
  const types = wanted.types ?? [];
  const isUnified = types.includes("Unified");
  const isMailEnabled = wanted.mailEnabled ?? false;
  const isDynamic = types.includes("DynamicMembership");

  demand(
    isMailEnabled || (wanted.securityEnabled ?? false),
    "securityEnabled",
    "at least one of mailEnabled and securityEnabled must be true",
  );
  demand(!isMailEnabled || isUnified, "types", "must contain Unified when mailEnabled is true");
  demand(isMailEnabled || !isUnified, "mailEnabled", "must be true when types contains Unified");
  demand(
    !isMailEnabled || !isZero(wanted.mailNickname),
    "mailNickname",
    "is required when mailEnabled is true",
  );
  demand(
    isDynamic === (wanted.dynamicMembership !== undefined),
    "dynamicMembership",
    "is required when types contains DynamicMembership, and only then",
  );
  demand(
    wanted.dynamicMembership === undefined || wanted.members === undefined,
    "members",
    "of a dynamic group follow its rule and cannot be declared",
  );
  demand(
    !wanted.assignableToRole || (wanted.securityEnabled ?? false),
    "assignableToRole",
    "is only possible when securityEnabled is true",
  );
  for (const property of UNIFIED_ONLY) {
    demand(isUnified || isZero(wanted[property]), property, "is only for Microsoft 365 groups");
  }
  const hidden = "Hiddenmembership";
  demand(
    wanted.visibility !== hidden || isUnified,
    "visibility",
    `can only be ${hidden} for Microsoft 365 groups`,
  );
  demand(
    wanted.visibility !== hidden || previous === undefined || previous.visibility === hidden,
    "visibility",
    `can only be ${hidden} from the beginning: make a new group`,
  );
  for (const property of UNSERVED) {
    demand(
      isZero(wanted[property]),
      property,
      "is not served by the drop-in plugin: use the official azuread plugin for this tenant",
    );
  }
  return failures;
}
