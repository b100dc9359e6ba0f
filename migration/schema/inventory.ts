/** What there is: sources of mail and files, printers, applications that send mail, domains. */
import * as z from "zod";
import { domainName, emailAddress, siteUrl } from "../../tenant-file/index.ts";
import { name, owned, person, sentence } from "./values.ts";

/** `none`: it does not come along. By hand needs a work package with hours, and the customer's word. */
const route = z.enum(["automatic", "byHand", "none"]);

const doesNotCome = z
  .array(sentence)
  .meta({
    description:
      "What does not come along, e.g. members of shared drives; signed with the work by hand",
  })
  .exactOptional();

/** A difference in number is no proof of loss, and a tool's success none of the opposite: it needs a cause. */
export const difference = z
  .strictObject({
    cause: z.enum(["duplicates", "skipped", "hidden", "deletedSince"]),
    explanation: sentence,
  })
  .meta({ description: "Why fewer or more items arrived than the source counts" })
  .exactOptional();

const mailSource = z.strictObject({
  name,
  kind: z.enum(["imap", "exchange", "exchangeOnline", "google", "pst"]),
  host: domainName.exactOptional(),
  mail: route,
  calendar: route.meta({ description: "IMAP moves mail only" }),
  contacts: route.meta({ description: "IMAP moves mail only" }),
  doesNotCome,
  ...owned,
});

const fileSource = z.strictObject({
  name,
  kind: z.enum(["fileServer", "nas", "cloudDrive", "sharedDrive", "publicFolders"]),
  site: siteUrl.meta({ description: "The site of the tenant file that gets its files" }),
  route: z.enum(["automatic", "byHand"]),
  doesNotCome,
  blocked: z
    .array(
      z.strictObject({
        what: sentence.meta({
          description:
            "A path that is too long, a name that SharePoint refuses, a link to \\\\server",
        }),
        plan: sentence.exactOptional(),
      }),
    )
    .meta({ description: "What cannot move as it is; each needs a plan before the day" })
    .exactOptional(),
  difference,
  ...owned,
});

export const inventory = z
  .strictObject({
    mail: z.array(mailSource),
    files: z.array(fileSource),
    printers: z.array(z.strictObject({ name, ...owned })),
    senders: z
      .array(
        z.strictObject({
          name,
          address: emailAddress.exactOptional(),
          plan: sentence
            .meta({ description: "How it sends from the day on, or until when it may not" })
            .exactOptional(),
          ...owned,
        }),
      )
      .meta({ description: "Scanners, websites and programs that send mail" }),
  })
  .meta({ title: "Inventory", description: "What there is today" });

export const domains = z
  .array(
    z.strictObject({
      name: domainName,
      registrar: name,
      dnsAt: name.meta({ description: "Whose name servers it has" }),
      claimedBy: z
        .enum(["nobody", "otherTenant", "federated"])
        .meta({ description: "Whether another tenant holds it, or it signs in elsewhere" }),
      mxToday: z
        .array(sentence)
        .min(1)
        .meta({ description: "MX records before the switch, to go back to" }),
      oldHost: person.meta({
        description: "Who makes the old host stop delivering this domain's mail to itself",
      }),
      handOver: z
        .boolean()
        .meta({ description: "Whether the domain moves to the provider (advised)" }),
      ...owned,
    }),
  )
  .min(1)
  .meta({ title: "Domains", description: "Domains whose mail moves" });
