/** The tenant file as a whole: one section a file in schema/, listed here once. */
import * as z from "zod";
import { accepted } from "./schema/accepted.ts";
import { approval } from "./schema/approval.ts";
import { backup } from "./schema/backup.ts";
import { contract } from "./schema/contract.ts";
import { dnsZones } from "./schema/dns-zones.ts";
import { domains } from "./schema/domains.ts";
import { groups } from "./schema/groups.ts";
import { guests } from "./schema/guests.ts";
import { mailContacts } from "./schema/mail-contacts.ts";
import { mailboxes } from "./schema/mailboxes.ts";
import { licensePartner } from "./schema/license-partner.ts";
import { managedBy } from "./schema/managed-by.ts";
import { release } from "./schema/release.ts";
import { remove } from "./schema/remove.ts";
import { roles } from "./schema/roles.ts";
import { signInSecurity } from "./schema/sign-in-security.ts";
import { sites } from "./schema/sites.ts";
import { subscriptions } from "./schema/subscriptions.ts";
import { tenant } from "./schema/tenant.ts";
import { unmanaged } from "./schema/unmanaged.ts";
import { users } from "./schema/users.ts";

/**
 * Strict: an unknown key is a problem. A section left out is `undefined` and means unmanaged; an empty list
 * stays an empty list and means that there must be none.
 */
export const tenantSchema = z
  .strictObject({
    version: z.literal(1).meta({ description: "Version of this file format" }),
    tenant,
    managedBy,
    contract,
    approval: approval.exactOptional(),
    backup: backup.exactOptional(),
    licensePartner: licensePartner.exactOptional(),
    subscriptions: subscriptions.exactOptional(),
    domains: domains.exactOptional(),
    dnsZones: dnsZones.exactOptional(),
    users: users.exactOptional(),
    guests: guests.exactOptional(),
    groups: groups.exactOptional(),
    mailboxes: mailboxes.exactOptional(),
    mailContacts: mailContacts.exactOptional(),
    sites: sites.exactOptional(),
    signInSecurity: signInSecurity.exactOptional(),
    roles: roles.exactOptional(),
    unmanaged: unmanaged.exactOptional(),
    accepted: accepted.exactOptional(),
    release: release.exactOptional(),
    remove: remove.exactOptional(),
  })
  .meta({
    title: "Tenant file",
    description: "One Microsoft 365 tenant, declared by its provider",
  });

/** A validated tenant: addresses, domains, group names and site addresses in lower case, domains in ASCII form. */
export type Tenant = z.output<typeof tenantSchema>;

export type Backup = NonNullable<Tenant["backup"]>;
