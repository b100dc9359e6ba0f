import * as z from "zod";
import { calendarDay } from "./values.ts";

export const contract = z
  .strictObject({
    start: calendarDay.meta({ description: "First day (YYYY-MM-DD)" }),
    end: calendarDay.meta({ description: "Last day (YYYY-MM-DD); backups are kept until then" }),
    serviceLevel: z.enum(["brons", "zilver", "goud"]).meta({ description: "Service level (SLA)" }),
  })
  .meta({ title: "Contract", description: "The contract between customer and provider" });
