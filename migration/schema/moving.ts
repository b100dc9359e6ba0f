/** People, what they get, and the days: preparation, training, the day itself, and what comes after. */
import * as z from "zod";
import {
  calendarDay,
  emailAddress,
  groupName,
  sku,
  userPrincipalName,
} from "../../tenant-file/index.ts";
import { difference } from "./inventory.ts";
import { name, owned, person, sentence, time } from "./values.ts";

export const preparation = z
  .strictObject(owned)
  .meta({ title: "Preparation", description: "Who prepares mailboxes, devices and sign-in" });

export const people = z
  .array(
    z.strictObject({
      user: userPrincipalName,
      products: z
        .array(sku)
        .meta({ description: "As agreed; later changes go through the tenant file" }),
      oldAddress: emailAddress
        .meta({ description: "Main address today, where it is not the user principal name" })
        .exactOptional(),
      mailFrom: name
        .meta({ description: "Source under inventory.mail. Omitted: no mail moves" })
        .exactOptional(),
      exception: sentence
        .meta({
          description: "Why the mailbox is not synchronised beforehand, and what is done instead",
        })
        .exactOptional(),
      difference,
      device: z.strictObject({
        name: name.meta({ description: "The machine that they work on" }),
        isNew: z.boolean(),
        tools: z
          .array(name)
          .meta({ description: "What an existing machine still needs" })
          .exactOptional(),
      }),
      secondStepOn: calendarDay
        .meta({ description: "Day on which they register two-step verification" })
        .exactOptional(),
    }),
  )
  .min(1)
  .meta({ title: "People", description: "Who moves, and what each gets" });

export const announcement = z
  .strictObject(owned)
  .meta({ title: "Announcement", description: "The message to all staff" });

export const training = z
  .array(
    z.strictObject({
      name,
      date: calendarDay,
      at: time,
      place: z.enum(["onSite", "online"]),
      owner: person,
      people: z.array(userPrincipalName).exactOptional(),
      groups: z.array(groupName).meta({ description: "Groups of the tenant file" }).exactOptional(),
    }),
  )
  .min(1)
  .meta({
    title: "Training",
    description: "Never a migration without. Without people and groups: for everyone",
  });

export const trainingSheet = z
  .array(z.strictObject({ term: name, meaning: sentence }))
  .min(1)
  .meta({ title: "Training sheet", description: "Terms and basic actions, for end users" });

export const day = z
  .strictObject({
    date: calendarDay,
    start: time,
    owner: person,
    onSite: z.array(person).meta({ description: "People of the provider who are there" }),
  })
  .meta({ title: "Day", description: "The day of the switch" });

export const leftoverPoints = z.array(z.strictObject({ name, ...owned })).meta({
  title: "Leftover points",
  description: "What is solved later; others are noted on the day with `tenantry migration run`",
});

export const aftercare = z
  .strictObject({
    days: z.int().min(1).max(90).default(14),
    at: time,
    owner: person,
  })
  .meta({ title: "Aftercare", description: "Daily contact, and questions within the scope" });

export const evaluation = z
  .strictObject({ date: calendarDay, owner: person })
  .meta({ title: "Evaluation", description: "After the aftercare" });

export const oldContracts = z
  .array(
    z.strictObject({
      name,
      with: name,
      notBefore: calendarDay
        .meta({ description: "Cancelling earlier breaks something, e.g. a domain that it holds" })
        .exactOptional(),
      ...owned,
    }),
  )
  .meta({
    title: "Old contracts",
    description: "Which the customer cancels; the provider advises",
  });
