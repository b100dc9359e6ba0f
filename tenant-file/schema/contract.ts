import * as z from "zod";
import { serviceLevel } from "../../core/service-level.ts";
import { calendarDay } from "./values.ts";

export const contract = z
  .strictObject({
    start: calendarDay.meta({ description: "First day (YYYY-MM-DD)" }),
    end: calendarDay.meta({ description: "Last day (YYYY-MM-DD); backups are kept until then" }),
    serviceLevel: serviceLevel.meta({
      description: "Service level: bronze, silver or gold (or brons, zilver, goud)",
    }),
  })
  .meta({ title: "Contract", description: "The contract between customer and provider" });
