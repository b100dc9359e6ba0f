import * as z from "zod";
import { domainName } from "./values.ts";

/**
 * The services that Graph can add to a domain and take away.
 * @see https://learn.microsoft.com/graph/api/resources/domain (supportedServices, checked 2026-11-27)
 */
const service = z.enum(["Email", "OfficeCommunicationsOnline", "Yammer"]);

export const domain = z.strictObject({
  name: domainName,
  supportedServices: z
    .array(service)
    .meta({
      description:
        "What the domain is used for: Email (mail), OfficeCommunicationsOnline (Teams), Yammer. Omitted: not managed.",
    })
    .exactOptional(),
  isDefault: z
    .literal(true)
    .meta({ description: "New accounts and groups get this domain. Only one domain can have it." })
    .exactOptional(),
});

export const domains = z.array(domain).meta({
  title: "Domains",
  description:
    "The customer's domains that are added, verified and removed from here. Omitted: not managed; `tenant.domains` names those that only have to be there",
});
