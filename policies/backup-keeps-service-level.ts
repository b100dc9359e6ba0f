import { addMonths } from "../core/calendar.ts";
import { SCHEDULES } from "../core/backup-schedules.ts";
import { en, nl } from "../core/i18n/phrases.ts";
import type { Rule } from "./rule.ts";
import { resourcesOf } from "./tenant-facts.ts";

/** The service level says how often a backup is made, and may say for how long it is kept. */
export const backupKeepsServiceLevel: Rule = {
  name: "m365-backup-keeps-service-level",
  description:
    "Checks that the backup is as frequent, and kept as long, as the service level says.",
  check: (resources, report) => {
    for (const { props: tenant } of resourcesOf(resources, "m365:directory:Tenant")) {
      const { promises, start } = tenant.contract;
      if (promises === undefined) continue;
      const most = SCHEDULES[promises.backupSchedule];
      const until = addMonths(start, 12 * (promises.backupYears ?? 0));
      for (const { urn, props } of resourcesOf(resources, "m365:backup:Policy")) {
        const hours = SCHEDULES[props.schedule];
        if (hours > most) {
          report(
            {
              nl: `Er komt elke ${hours} uur een back-up; het serviceniveau belooft elke ${most} uur`,
              en: `A backup is made every ${hours} hours; the service level promises every ${most} hours`,
            },
            urn,
          );
        }
        const { years = 0, until: kept = addMonths(start, 12 * years) } = props.retention;
        if (kept < until) {
          report(
            {
              nl: `Wat op ${nl.day(start)} in de back-up komt, blijft bewaard tot ${nl.day(kept)}; het serviceniveau belooft ${nl.day(until)}`,
              en: `What is backed up on ${en.day(start)} is kept until ${en.day(kept)}; the service level promises ${en.day(until)}`,
            },
            urn,
          );
        }
      }
    }
  },
};
