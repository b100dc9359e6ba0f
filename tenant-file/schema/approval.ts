import * as z from "zod";
import { calendarDay, emailAddress, language, phoneNumber, text } from "./values.ts";

const decisionMaker = z.strictObject({
  name: text(256),
  email: emailAddress.meta({ description: "Where previews go; identifies the decision maker" }),
  phone: phoneNumber.exactOptional(),
  language: language
    .meta({ description: "Language of this person's previews; otherwise the tenant's" })
    .exactOptional(),
  deputyFor: emailAddress
    .meta({ description: "Decides in place of this decision maker, from…until" })
    .exactOptional(),
  from: calendarDay
    .meta({ description: "First day on which this person may decide" })
    .exactOptional(),
  until: calendarDay
    .meta({ description: "Last day on which this person may decide" })
    .exactOptional(),
});

const count = z.int().min(0);

const limits = z
  .strictObject({
    people: count.exactOptional(),
    mailboxes: count.exactOptional(),
    sites: count.exactOptional(),
    licenses: count.exactOptional(),
  })
  .meta({
    description: "How many may be removed or replaced in one plan before it is exceptional",
  });

const exceptionalChange = z
  .strictObject({
    reason: text(500),
    allow: z.array(z.enum(["people", "mailboxes", "sites", "licenses"])).min(1),
  })
  .meta({ description: "Lets one plan exceed the limits; remove it afterwards" });

/** Optional, as its decision makers are: that they must be there is a policy, so that a plan can say so by name. */
export const approval = z
  .strictObject({
    decisionMakers: z
      .array(decisionMaker)
      .meta({ description: "Who approves or rejects changes at the customer (decision makers)" })
      .exactOptional(),
    required: z.int().min(1).default(1).meta({ description: "How many of them must agree" }),
    limits: limits.exactOptional(),
    exceptionalChange: exceptionalChange.exactOptional(),
  })
  .meta({ title: "Approval", description: "Who decides at the customer" });
