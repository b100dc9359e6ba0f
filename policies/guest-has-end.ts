import type { Rule } from "./rule.ts";
import { resourcesOf } from "./tenant-facts.ts";

/** Whoever is invited for a job is forgotten after it: a guest without a last day keeps access for ever. */
export const guestHasEnd: Rule = {
  name: "m365-guest-has-end",
  description: "Checks that every guest has a last day.",
  check: (resources, report) => {
    for (const { urn, props } of resourcesOf(resources, "m365:directory:Guest")) {
      if (props.until !== undefined) continue;
      report(
        {
          nl: `Gast ${props.email} heeft geen laatste dag (until)`,
          en: `The guest ${props.email} has no last day (until)`,
        },
        urn,
      );
    }
  },
};
