import { addMonths } from "../core/calendar.ts";
import { en, nl } from "../core/i18n/phrases.ts";
import type { Rule } from "./rule.ts";
import { resourcesOf } from "./tenant-facts.ts";

/** Promise 2 of the service: backups are kept for as long as the contract runs. */
export const backupOutlivesContract: Rule = {
  name: "m365-backup-outlives-contract",
  description: "Checks that backups are kept at least until the contract ends.",
  check: (resources, report) => {
    for (const { props: tenant } of resourcesOf(resources, "m365:directory:Tenant")) {
      const { start, end } = tenant.contract;
      for (const { urn, props } of resourcesOf(resources, "m365:backup:Policy")) {
        const { until, years } = props.retention;
        const kept = until ?? addMonths(start, 12 * (years ?? 0));
        if (kept < end) {
          report(
            {
              nl: `Wat op ${nl.day(start)} in de back-up komt, blijft bewaard tot ${nl.day(kept)}; het contract loopt tot ${nl.day(end)}`,
              en: `What is backed up on ${en.day(start)} is kept until ${en.day(kept)}; the contract runs until ${en.day(end)}`,
            },
            urn,
          );
        }
      }
    }
  },
};
