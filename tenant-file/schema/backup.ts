import * as z from "zod";
import { SCHEDULE_NAMES } from "../../core/backup-schedules.ts";
import { BACKUP_VENDORS } from "../../core/backup-vendors.ts";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { siteUrl } from "./sites.ts";
import { unmanagedUser } from "./unmanaged.ts";
import { calendarDay, countryCode, text, userPrincipalName } from "./values.ts";

/** Longest retention of a Veeam repository with a number of years (Years25); REST API v8, checked 2026-11. */
const RETENTION_MAX_YEARS = 25;

const everything = z.literal("all");

const retention = exactlyOneOf(
  z.strictObject({
    until: z.literal("contract-end").exactOptional(),
    years: z.int().min(1).max(RETENTION_MAX_YEARS).exactOptional(),
  }),
  ["until", "years"],
).meta({ description: "How long backups are kept: until: contract-end, or years: n" });

const disclaimer = z
  .strictObject({
    signedBy: text(256).meta({ description: "Name of the decision maker who signed" }),
    signedOn: calendarDay,
    document: text(500).meta({ description: "Where the signed document is kept" }),
  })
  .meta({ description: "The customer's signed acceptance that there is no backup" });

const exception = exactlyOneOf(
  z.strictObject({
    mailbox: userPrincipalName.exactOptional(),
    site: siteUrl.exactOptional(),
    disclaimer,
  }),
  ["mailbox", "site"],
);

/** Optional, because that there must be a backup is a policy. */
export const backup = z
  .strictObject({
    vendor: z.enum(BACKUP_VENDORS).meta({
      description:
        "Product that makes the backup; report: any other, of which backup-report.json beside this file says what is kept",
    }),
    location: z.strictObject({ name: text(256), country: countryCode }).meta({
      description: "Where the copies are kept: outside Microsoft and outside the provider",
    }),
    operator: text(256).meta({ description: "Who operates the location" }),
    covers: z
      .strictObject({
        mailboxes: everything.or(z.array(userPrincipalName)),
        sites: everything.or(z.array(siteUrl)),
        archives: everything.exactOptional(),
        oneDrives: everything.exactOptional(),
        groups: everything.exactOptional(),
        teams: everything.exactOptional(),
      })
      .meta({
        description:
          "What is backed up. With vendor report, archives, oneDrives, groups and teams are written too; a job of veeam has them always",
      }),
    retention,
    schedule: z
      .enum(SCHEDULE_NAMES)
      .meta({ description: "How often a backup is made. Omitted: daily" })
      .exactOptional(),
    isIncremental: z
      .literal(true)
      .meta({
        description:
          "With vendor report: agreed that each backup adds what changed to the first, full one. A job of veeam always does",
      })
      .exactOptional(),
    keyHeldBy: text(256)
      .meta({
        description:
          "Who alone holds the key of the encrypted copies: the provider, or a plan is refused",
      })
      .exactOptional(),
    helperAccounts: z
      .array(unmanagedUser)
      .meta({
        description:
          "Accounts that the vendor works with: it puts them into groups by itself, where they are left alone",
      })
      .exactOptional(),
    exceptions: z
      .array(exception)
      .meta({ description: "Mailboxes and sites without backup, each with a signed disclaimer" })
      .exactOptional(),
  })
  .meta({ title: "Backup", description: "The backup of mail and files outside Microsoft 365" });
