import * as z from "zod";
import { domainName, text } from "./values.ts";

export const managedBy = z
  .strictObject({
    name: text(256).meta({ description: "Name of the managed service provider" }),
    domains: z.array(domainName).min(1).meta({
      description: "The provider's mail domains; nobody there may decide for the customer",
    }),
  })
  .meta({ title: "Managed by", description: "The provider that manages this tenant" });
