import type { Rule } from "./rule.ts";
import { licensedPeople, resourcesOf } from "./tenant-facts.ts";

/** Promise 2 of the service: no mailbox and no site without backup, unless a disclaimer was signed first. */
export const backupCoversAll: Rule = {
  name: "m365-backup-covers-all",
  description:
    "Checks that the backup covers every mailbox and every site, except those with a signed disclaimer.",
  check: (resources, report) => {
    const mailboxes = [...licensedPeople(resources)];
    const sites = resourcesOf(resources, "m365:sharepoint:Site").map(({ props }) => props.url);
    for (const { urn, props } of resourcesOf(resources, "m365:backup:Policy")) {
      const excepted = (kind: string): Set<string> =>
        new Set(props.exceptions.filter((entry) => entry.kind === kind).map(({ name }) => name));
      const covered = {
        mailbox: new Set([...props.mailboxes, ...excepted("mailbox")]),
        site: new Set([...props.sites, ...excepted("site")]),
      };
      for (const mailbox of mailboxes.filter((name) => !covered.mailbox.has(name))) {
        report(
          {
            nl: `De mailbox van ${mailbox} heeft geen back-up en geen getekende vrijwaring`,
            en: `The mailbox of ${mailbox} has no backup and no signed disclaimer`,
          },
          urn,
        );
      }
      for (const site of sites.filter((url) => !covered.site.has(url))) {
        report(
          {
            nl: `De site ${site} heeft geen back-up en geen getekende vrijwaring`,
            en: `The site ${site} has no backup and no signed disclaimer`,
          },
          urn,
        );
      }
    }
  },
};
