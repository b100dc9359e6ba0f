import type { Rule } from "./rule.ts";
import { resourcesOf } from "./tenant-facts.ts";

/** Promise 2 of the service: backup is included from day one. */
export const tenantHasBackup: Rule = {
  name: "m365-tenant-has-backup",
  description: "Checks that the tenant has exactly one backup policy.",
  check: (resources, report) => {
    const backups = resourcesOf(resources, "m365:backup:Policy");
    const [, second] = backups;
    if (backups.length === 0) {
      report({
        nl: "De tenant heeft geen back-up. Zet de sectie `backup` in het tenantbestand",
        en: "The tenant has no backup. Add the section `backup` to the tenant file",
      });
    } else if (second !== undefined) {
      report(
        {
          nl: `De tenant heeft ${backups.length} back-ups ingesteld; het moet er precies één zijn`,
          en: `The tenant has ${backups.length} backup policies; it must have exactly one`,
        },
        second.urn,
      );
    }
  },
};
