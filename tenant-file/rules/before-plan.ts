/**
 * Warnings of what the policies will refuse at `plan` (policies/), as far as the file alone says so. The file may
 * still be worked on, and part of it may not be managed yet; so it stays valid.
 */
import { addMonths } from "../../core/calendar.ts";
import { companyKey } from "../../core/company-name.ts";
import { domainOfAddress } from "../../core/mail-address.ts";
import type { Finding } from "../diagnostic.ts";
import { list, quote } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";
import { licensedPeople } from "./licenses.ts";

const warning = (finding: Finding): Finding => ({ ...finding, level: "warning" });

/** m365-tenant-has-approval */
export const customerCanDecide: Rule = ({ tenant: { approval, managedBy }, leftOut }) => {
  const domains = new Set(managedBy?.domains?.filter((domain) => domain !== undefined));
  const people = itemsOf(approval?.decisionMakers, ["approval", "decisionMakers"]);
  const insiders = people.filter(({ value: { email } }) =>
    domains.has(domainOfAddress(email ?? "")),
  );
  const isNobody = leftOut.has("approval") || (approval !== undefined && people.length === 0);
  return [
    ...(isNobody
      ? [
          {
            path: ["approval", "decisionMakers"],
            message: "The customer has no decision maker; plan will refuse this",
            allowed: "one decision maker or more, none of them the provider's",
          },
        ]
      : []),
    ...insiders.map(({ path, value }) => ({
      path: [...path, "email"],
      message: "This decision maker works for the provider; plan will refuse this",
      received: quote(value.email ?? ""),
      allowed: `an address outside ${list(domains)}`,
    })),
  ].map(warning);
};

/** m365-guest-has-end */
export const guestsHaveAnEnd: Rule = ({ tenant: { guests } }) =>
  itemsOf(guests, ["guests"])
    .filter(({ value }) => !("until" in value))
    .map(({ path, value }) =>
      warning({
        path: [...path, "until"],
        message: `${value.email ?? "This guest"} has no last day; plan will refuse this`,
        allowed: "the last day as a guest, YYYY-MM-DD",
      }),
    );

/** m365-tenant-has-backup */
export const thereIsABackup: Rule = ({ leftOut }) =>
  leftOut.has("backup")
    ? [
        warning({
          path: ["backup"],
          message: "There is no backup; plan will refuse this",
          allowed: "the section backup",
        }),
      ]
    : [];

/** m365-backup-covers-all */
export const backupCoversEverything: Rule = ({ tenant }) => {
  const { covers, exceptions } = tenant.backup ?? {};
  const excepted = new Set(
    itemsOf(exceptions, []).map(({ value }) => value.mailbox ?? value.site ?? ""),
  );
  const shared = itemsOf(tenant.mailboxes, []).flatMap(({ value }) => value.address ?? []);
  const sites = itemsOf(tenant.sites, []).map(({ value }) => value.url ?? "");
  return (
    [
      { key: "mailboxes", noun: "mailbox", all: [...licensedPeople(tenant), ...shared] },
      { key: "sites", noun: "site", all: sites.filter((url) => url !== "") },
    ] as const
  ).flatMap(({ key, noun, all }) => {
    const covered = covers?.[key];
    if (covered === undefined || covered === "all" || covered.includes(undefined)) return [];
    const missing = all.filter((name) => !covered.includes(name) && !excepted.has(name));
    if (missing.length === 0) return [];
    return [
      warning({
        path: ["backup", "covers", key],
        message: `The backup does not cover ${missing.length === 1 ? `a ${noun}` : `${missing.length} ${key}`}; plan will refuse this`,
        received: list(missing),
        allowed: "all, or an exception with a signed disclaimer for each",
      }),
    ];
  });
};

/** m365-backup-is-independent */
export const backupIsElsewhere: Rule = ({ tenant: { backup, managedBy } }) => {
  const operator = companyKey(backup?.operator ?? "");
  if (backup?.operator === undefined) return [];
  const isOwn = operator === "" || operator === companyKey(managedBy?.name ?? "");
  if (!isOwn && !operator.includes("microsoft")) return [];
  return [
    warning({
      path: ["backup", "operator"],
      message: "The backup must be outside Microsoft and the provider; plan will refuse this",
      received: quote(backup.operator),
      allowed: "the name of another company",
    }),
  ];
};

/** m365-backup-outlives-contract */
export const backupIsKeptLongEnough: Rule = ({ tenant: { backup, contract } }) => {
  const years = backup?.retention?.years;
  const { start, end } = contract ?? {};
  if (years === undefined || start === undefined || end === undefined) return [];
  const until = addMonths(start, 12 * years);
  if (until >= end) return [];
  return [
    warning({
      path: ["backup", "retention", "years"],
      message: `Backups of the first day end on ${until}, before the contract; plan will refuse this`,
      received: String(years),
      allowed: "until: contract-end, or more years",
    }),
  ];
};

/** m365-backup-is-encrypted */
export const backupKeyIsTheProviders: Rule = ({ tenant: { backup, managedBy } }) => {
  if (backup === undefined || managedBy?.name === undefined) return [];
  // What could not be understood is another problem.
  const holder = "keyHeldBy" in backup ? (backup.keyHeldBy ?? managedBy.name) : "";
  if (companyKey(holder) === companyKey(managedBy.name)) return [];
  return [
    warning({
      path: ["backup", "keyHeldBy"],
      message: "Only the provider may hold the key of the backup; plan will refuse this",
      ...(holder !== "" && { received: quote(holder) }),
      allowed: managedBy.name,
    }),
  ];
};

/** m365-backup-is-incremental, and m365-backup-covers-all for what a job of a vendor has always */
export const reportedBackupIsAgreedOn: Rule = ({ tenant: { backup } }) => {
  if (backup?.vendor !== "report") return [];
  const { covers } = backup;
  const missing = [
    ...("isIncremental" in backup ? [] : [["isIncremental"]]),
    ...(covers === undefined
      ? []
      : (["archives", "oneDrives", "groups", "teams"] as const)
          .filter((key) => !(key in covers))
          .map((key) => ["covers", key])),
  ];
  return missing.map((path) =>
    warning({
      path: ["backup", ...path],
      message: `Nothing says that the operator agreed to ${path.at(-1) ?? ""}; plan will refuse this`,
      allowed: path[0] === "covers" ? "all" : "true",
    }),
  );
};
