/**
 * What the tenant itself says of people and machines before a migration: who ticks a step off may be mistaken.
 * @see https://learn.microsoft.com/graph/api/device-list (v1.0, checked 2026-11-28 in the permission table)
 * @see https://learn.microsoft.com/graph/api/device-list-registeredowners (v1.0, as above)
 * @see https://learn.microsoft.com/graph/api/tenantrelationship-findtenantinformationbydomainname (v1.0, as above)
 * Not verified: how long a device that was joined just now takes to be listed with its owner.
 */
import { odata } from "../../services/index.ts";
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import { isGranted, notGranted } from "../permissions.ts";
import type { Part } from "../permissions.ts";
import { readWithoutSecondStep } from "./second-step.ts";

interface PersonFacts {
  /** Primary address, in lower case; undefined: none. */
  readonly mail: string | undefined;
  /** Other addresses, in lower case. */
  readonly aliases: readonly string[];
}

interface DeviceFacts {
  /** Joined to the organisation, not only registered by somebody. */
  readonly isJoined: boolean;
  readonly isCompliant: boolean;
  /** User principal names, in lower case. */
  readonly owners: readonly string[];
}

interface HolderFacts {
  readonly tenantId: string;
  readonly displayName: string;
}

export interface MigrationFacts {
  /** Undefined: nobody of this name. */
  person(userPrincipalName: string): Promise<PersonFacts | undefined>;
  hasSecondStep(userPrincipalName: string): Promise<Part<boolean>>;
  /** Which tenant holds a domain, whoever's it is; undefined: none. */
  holderOf(domain: string): Promise<Part<HolderFacts | undefined>>;
  /** All of this name; machines are often called alike. */
  devices(displayName: string): Promise<Part<readonly DeviceFacts[]>>;
}

interface GraphUser {
  readonly id: string;
  readonly mail?: string | null;
  readonly proxyAddresses?: readonly string[];
}

interface GraphDevice {
  readonly id: string;
  readonly isCompliant?: boolean | null;
  readonly trustType?: string | null;
}

const DEVICES = "Device.Read.All";
const TENANTS = "CrossTenantInformation.ReadBasic.All";

export function migrationFacts(connection: Connection): MigrationFacts {
  const context = readingContext(connection);
  const { graph } = context.service;
  const userOf = async (name: string): Promise<GraphUser | undefined> =>
    await graph.tryGet<GraphUser>(`${odata`/users/${name}`}?$select=id,mail,proxyAddresses`);
  return {
    person: async (name) => {
      const user = await userOf(name);
      if (user === undefined) return undefined;
      const { mail, proxyAddresses = [] } = user;
      return {
        mail: mail?.toLowerCase(),
        aliases: proxyAddresses
          .filter((one) => one.startsWith("smtp:"))
          .map((one) => one.slice("smtp:".length).toLowerCase()),
      };
    },
    hasSecondStep: async (name) => {
      const user = await userOf(name);
      if (user === undefined) return { found: false };
      const without = await readWithoutSecondStep(context, { onlyAt: user.id });
      return "found" in without ? { found: !without.found.has(user.id) } : without;
    },
    holderOf: async (domain) => {
      if (!isGranted(TENANTS, await context.service.grantedPermissions("graph")))
        return notGranted(TENANTS);
      const path = odata`/tenantRelationships/findTenantInformationByDomainName(domainName='${domain}')`;
      return { found: await graph.tryGet<HolderFacts>(path) };
    },
    devices: async (name) => {
      if (!isGranted(DEVICES, await context.service.grantedPermissions("graph")))
        return notGranted(DEVICES);
      const found = await graph.all<GraphDevice>(
        `${odata`/devices?$filter=displayName eq '${name}'`}&$select=id,isCompliant,trustType`,
      );
      return {
        found: await Promise.all(
          found.map(async ({ id, isCompliant, trustType }) => {
            const owners = await graph.all<{ readonly userPrincipalName?: string }>(
              `${odata`/devices/${id}`}/registeredOwners`,
            );
            return {
              // Workplace: somebody's own machine, registered and no more.
              isJoined: trustType === "AzureAd" || trustType === "ServerAd",
              isCompliant: isCompliant === true,
              owners: owners.flatMap(({ userPrincipalName }) =>
                userPrincipalName === undefined ? [] : [userPrincipalName.toLowerCase()],
              ),
            };
          }),
        ),
      };
    },
  };
}
