import * as z from "zod";
import { SCHEDULE_NAMES } from "../../core/backup-schedules.ts";
import { domainName, text } from "./values.ts";

const definition = z.strictObject({
  response: z
    .strictObject({ nl: text(300), en: text(300) })
    .meta({ description: "How soon the provider answers, as the customer reads it" }),
  backupSchedule: z
    .enum(SCHEDULE_NAMES)
    .meta({ description: "A backup is made at least so often" }),
  backupYears: z
    .int()
    .min(1)
    .meta({ description: "Backups are kept for so many years at least. Omitted: as the contract" })
    .exactOptional(),
});

export const managedBy = z
  .strictObject({
    name: text(256).meta({ description: "Name of the managed service provider" }),
    domains: z.array(domainName).min(1).meta({
      description: "The provider's mail domains; nobody there may decide for the customer",
    }),
    serviceLevels: z
      .strictObject({
        bronze: definition.exactOptional(),
        silver: definition.exactOptional(),
        gold: definition.exactOptional(),
      })
      .meta({ description: "What each service level of the provider promises" })
      .exactOptional(),
  })
  .meta({ title: "Managed by", description: "The provider that manages this tenant" });
