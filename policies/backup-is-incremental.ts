import type { Rule } from "./rule.ts";
import { resourcesOf } from "./tenant-facts.ts";

/** "Incremental" in the service description: each backup adds what changed to the first, full one. */
export const backupIsIncremental: Rule = {
  name: "m365-backup-is-incremental",
  description: "Checks that each backup adds what changed to the first, full one.",
  check: (resources, report) => {
    for (const { urn, props } of resourcesOf(resources, "m365:backup:Policy")) {
      if (props.isIncremental) continue;
      report(
        {
          nl: `Er is niet vastgelegd dat ${props.operator} incrementele back-ups maakt (isIncremental)`,
          en: `Nothing says that ${props.operator} makes incremental backups (isIncremental)`,
        },
        urn,
      );
    }
  },
};
