import type { Rule } from "./rule.ts";
import { licensedPeople, resourcesOf } from "./tenant-facts.ts";

/** @see https://learn.microsoft.com/graph/api/user-assignlicense (checked 2026-11-22): no location, no licence. */
export const licensedUserHasUsageLocation: Rule = {
  name: "m365-licensed-user-has-usage-location",
  description: "Checks that everybody who gets a licence has a usage location.",
  check: (resources, report) => {
    const licensed = licensedPeople(resources);
    for (const { urn, props } of resourcesOf(resources, "azuread:index/user:User")) {
      if (licensed.has(props.userPrincipalName) && !props.usageLocation) {
        report(
          {
            nl: `${props.userPrincipalName} krijgt een licentie, maar heeft geen land voor licenties (usageLocation)`,
            en: `${props.userPrincipalName} gets a licence but has no usageLocation`,
          },
          urn,
        );
      }
    }
  },
};
