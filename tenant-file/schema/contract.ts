import * as z from "zod";
import { serviceLevel } from "../../core/service-level.ts";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { calendarDay, text, userPrincipalName } from "./values.ts";

/** What the provider manages and answers for: a person, or a device without one. */
const seat = exactlyOneOf(
  z.strictObject({
    user: userPrincipalName.exactOptional(),
    device: text(256).exactOptional(),
    serviceLevel: serviceLevel
      .meta({ description: "Where it is another than that of the contract" })
      .exactOptional(),
  }),
  ["user", "device"],
);

export const contract = z
  .strictObject({
    start: calendarDay.meta({ description: "First day (YYYY-MM-DD)" }),
    end: calendarDay.meta({ description: "Last day (YYYY-MM-DD); backups are kept until then" }),
    serviceLevel: serviceLevel.meta({
      description: "Service level: bronze, silver or gold (or brons, zilver, goud), or none (geen)",
    }),
    seats: z
      .array(seat)
      .meta({
        description:
          "Seats that the provider manages: users, and devices by name. Omitted: not said",
      })
      .exactOptional(),
  })
  .meta({ title: "Contract", description: "The contract between customer and provider" });
