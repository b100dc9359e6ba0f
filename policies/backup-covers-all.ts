import { en, nl } from "../core/i18n/phrases.ts";
import type { Language } from "../core/language.ts";
import type { Rule } from "./rule.ts";
import { licensedPeople, resourcesOf } from "./tenant-facts.ts";

const phrases = { nl, en };

const WHOSE = {
  mailbox: {
    nl: { one: "de mailbox van", other: "de mailboxen van" },
    en: { one: "the mailbox of", other: "the mailboxes of" },
  },
  site: {
    nl: { one: "de site", other: "de sites" },
    en: { one: "the site", other: "the sites" },
  },
};

/** Promise 2 of the service: no mailbox and no site without backup, unless a disclaimer was signed first. */
export const backupCoversAll: Rule = {
  name: "m365-backup-covers-all",
  description:
    "Checks that the backup covers every mailbox and every site, except those with a signed disclaimer.",
  check: (resources, report) => {
    const shared = resourcesOf(resources, "m365:exchange:SharedMailbox");
    const converted = resourcesOf(resources, "m365:exchange:MailboxType");
    const mailboxes = new Set([
      ...[...licensedPeople(resources), ...shared.map(({ props }) => props.address)],
      ...converted.map(({ props }) => props.userPrincipalName),
    ]);
    const sites = resourcesOf(resources, "m365:sharepoint:Site").map(({ props }) => props.url);
    for (const { urn, props } of resourcesOf(resources, "m365:backup:Policy")) {
      const excepted = (kind: string): Set<string> =>
        new Set(props.exceptions.filter((entry) => entry.kind === kind).map(({ name }) => name));
      const covered = {
        mailbox: new Set([...props.mailboxes, ...excepted("mailbox")]),
        site: new Set([...props.sites, ...excepted("site")]),
      };
      const demand = (kind: keyof typeof covered, names: Iterable<string>): void => {
        const bare = [...names].filter((name) => !covered[kind].has(name));
        if (bare.length === 0) return;
        const of = (one: Language): string =>
          `${phrases[one].form(bare.length, WHOSE[kind][one])} ${phrases[one].list(bare)}`;
        report(
          {
            nl: `Geen back-up en geen getekende vrijwaring voor ${of("nl")}`,
            en: `No backup and no signed disclaimer for ${of("en")}`,
          },
          urn,
        );
      };
      demand("mailbox", mailboxes);
      demand("site", sites);
    }
  },
};
