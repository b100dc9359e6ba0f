import * as z from "zod";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { domainName, shapedAs, text } from "./values.ts";

const lowered = z.string().overwrite((value) => value.toLowerCase().replace(/\.$/, ""));

/** Unlike a domain it may have underscores, as in `_dmarc` and `selector1._domainkey`. */
const recordName = lowered
  .check(
    shapedAs(
      (value) => /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/.test(value),
      {
        message: "Not a valid name of a DNS record",
        allowed: "the whole name, e.g. autodiscover.contoso.com",
      },
    ),
  )
  .meta({ description: "Whole name of the records, in the zone" });

const sender = lowered
  .check(
    shapedAs((value) => /^(?:(?:include|a|mx|exists):\S+|ip[46]:\S+|a|mx)$/.test(value), {
      message: "Not a sender as an SPF record names it",
      allowed: "one mechanism, e.g. include:spf.protection.outlook.com",
    }),
  )
  .meta({ description: "A sender that the SPF record of this name has to allow" });

const record = z.strictObject({
  name: recordName,
  type: z
    .enum(["CNAME", "TXT", "SRV"])
    .meta({ description: "Kind of the records. Mail is never moved from here, so MX is none" }),
  values: z
    .array(text(4000))
    .min(1)
    .meta({
      description:
        "As a zone file has them, without quotation marks; an SRV record as priority weight port host",
    })
    .exactOptional(),
  spf: z
    .array(sender)
    .min(1)
    .meta({
      description: "Senders for the one SPF record; those that are there already stay. TXT only",
    })
    .exactOptional(),
});

const zone = exactlyOneOf(
  z.strictObject({
    zone: domainName.meta({ description: "The domain whose zone it is" }),
    cloudflare: z
      .string()
      .check(
        shapedAs((value) => /^[0-9a-f]{32}$/.test(value), {
          message: "Not the id of a zone at Cloudflare",
          allowed: "the zone ID of the overview page of the domain, 32 characters of 0-9 a-f",
        }),
      )
      .meta({ description: "Id of the zone at Cloudflare" })
      .exactOptional(),
    azure: z
      .string()
      .check(
        shapedAs(
          (value) =>
            /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/dnsZones\/[^/]+$/i.test(
              value,
            ),
          {
            message: "Not the resource id of a DNS zone in Azure",
            allowed:
              "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/dnsZones/…, as the zone's properties show it",
          },
        ),
      )
      .meta({ description: "Resource id of the zone in Azure" })
      .exactOptional(),
    records: z
      .array(record)
      .meta({ description: "What has to stand in it; everything else in the zone is left alone" }),
  }),
  ["cloudflare", "azure"],
);

export const dnsZones = z.array(zone).meta({
  title: "DNS zones",
  description:
    "Records in the customer's zones at Cloudflare or Azure DNS; `tenantry dns --format tenantry` writes them. Omitted: not managed. []: none from here.",
});
