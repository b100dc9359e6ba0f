import * as z from "zod";

/** The word that something is there already, and comes under management with the plan. */
export const adopt = z.literal(true).meta({
  description:
    "It exists in the tenant already: plan with --refresh to take it over by this name. Remove it afterwards",
});
