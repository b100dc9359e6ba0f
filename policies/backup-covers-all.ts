import { COPY_KINDS } from "../core/copy-kinds.ts";
import type { CopyKind } from "../core/copy-kinds.ts";
import { en, nl } from "../core/i18n/phrases.ts";
import type { Language, Text } from "../core/language.ts";
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

const ALL_OF: Readonly<Record<CopyKind, Text>> = {
  mailbox: { nl: "mailboxen", en: "mailboxes" },
  archive: { nl: "archieven van mailboxen", en: "archive mailboxes" },
  oneDrive: { nl: "OneDrives", en: "OneDrives" },
  site: { nl: "sites", en: "sites" },
  group: { nl: "Microsoft 365-groepen", en: "Microsoft 365 groups" },
  team: { nl: "teams", en: "teams" },
};

/** Promise 2 of the service: no mailbox and no site without backup, unless a disclaimer was signed first. */
export const backupCoversAll: Rule = {
  name: "m365-backup-covers-all",
  description:
    "Checks that the backup covers every mailbox with its archive, OneDrive, site, group and team, except those with a signed disclaimer.",
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
      const bare = COPY_KINDS.filter((kind) => !props.kinds.includes(kind));
      if (bare.length > 0) {
        report(
          {
            nl: `De back-up omvat geen ${nl.list(bare.map((kind) => ALL_OF[kind].nl))}`,
            en: `The backup does not cover ${en.list(bare.map((kind) => ALL_OF[kind].en))}`,
          },
          urn,
        );
      }
      demand("mailbox", mailboxes);
      demand("site", sites);
    }
  },
};
