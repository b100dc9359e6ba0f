/** What provider and customer agree on beforehand: who is who, the approach, hours, scope, tasks and risks. */
import * as z from "zod";
import { calendarDay, userPrincipalName } from "../../tenant-file/index.ts";
import { hours, level, name, owned, person, sentence } from "./values.ts";

const PARTIES = ["provider", "customer", "oldProvider"] as const;

export const team = z
  .array(
    z.strictObject({
      name,
      party: z.enum(PARTIES),
      user: userPrincipalName
        .meta({ description: "Their account, where it is a user of the tenant file" })
        .exactOptional(),
      absent: z
        .array(calendarDay)
        .meta({ description: "Days on which they cannot come, such as illness" })
        .exactOptional(),
    }),
  )
  .min(1)
  .meta({ title: "Team", description: "Everybody who owns something in this file" });

export const projectLeaders = z
  .strictObject({ provider: person, customer: person })
  .meta({ title: "Project leaders", description: "Who speak to each other every day afterwards" });

export const approach = z
  .strictObject({ now: sentence, goal: sentence, ...owned })
  .meta({ title: "Approach", description: "Where the customer is, and where it wants to go" });

export const workPackages = z
  .array(
    z.strictObject({
      name,
      hours,
      for: name
        .meta({ description: "The source that moves by hand, which these hours are for" })
        .exactOptional(),
      ...owned,
    }),
  )
  .min(1)
  .meta({ title: "Work packages", description: "Budget of hours" });

export const scope = z
  .strictObject({
    in: z.array(sentence).min(1),
    out: z.array(sentence).min(1).meta({ description: "What is explicitly not part of it" }),
    ...owned,
  })
  .meta({ title: "Scope", description: "What belongs to the migration, and what does not" });

export const tasks = z
  .array(z.strictObject({ name, check: sentence.exactOptional(), ...owned }))
  .meta({
    title: "Tasks",
    description: "Who does what, beside the steps that follow from the rest",
  });

export const risks = z
  .array(
    z.strictObject({
      name,
      likelihood: level,
      effect: level,
      measure: sentence,
      downtimeMinutes: z.int().min(0).max(20_160),
      ...owned,
    }),
  )
  .min(1)
  .meta({ title: "Risks", description: "What may go wrong, what is done about it, and downtime" });
