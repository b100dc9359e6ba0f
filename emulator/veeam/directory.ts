/** An organization's people, groups and sites, as the backup server lists them. */
import type { Scope } from "../core/workload.ts";
import { guidFrom } from "../core/random.ts";
import { groups, users, type GraphObject } from "../entities/collections.ts";
import { sites } from "../sharepoint/model.ts";
import type { Organization } from "./model.ts";

export type DirectoryKind = "user" | "group" | "site" | "team";

export type Listed = Record<string, unknown> & { id: string; msid: string };

/** The server's own id of an object of the organization; opaque to clients. */
function listedId(organization: Organization, id: string): string {
  return Buffer.from(`${organization.id}/${id}`).toString("base64url");
}

function groupType(group: GraphObject): string {
  const isUnified = Array.isArray(group.groupTypes) && group.groupTypes.includes("Unified");
  return isUnified ? "Office365" : "Security";
}

const isTeam = ({ resourceProvisioningOptions: made }: GraphObject): boolean =>
  Array.isArray(made) && made.includes("Team");

const listings: Readonly<
  Record<DirectoryKind, (scope: Scope, organization: Organization) => Listed[]>
> = {
  user: (scope, organization) =>
    scope.store.list(users).map(({ object }) => ({
      id: listedId(organization, object.id),
      displayName: object.displayName,
      name: object.userPrincipalName,
      type: "User",
      locationType: "Cloud",
      msid: object.id,
    })),
  group: (scope, organization) =>
    scope.store.list(groups).map(({ object }) => ({
      id: listedId(organization, object.id),
      displayName: object.displayName,
      name: object.mail ?? object.displayName,
      type: groupType(object),
      locationType: "Cloud",
      msid: object.id,
    })),
  // The server's id of a team is a GUID, as the description has it.
  team: (scope, organization) =>
    scope.store
      .list(groups)
      .filter(({ object }) => isTeam(object))
      .map(({ object }) => ({
        id: guidFrom("veeam.team", organization.id, object.id),
        displayName: object.displayName,
        description: object.description ?? "",
        msid: object.id,
      })),
  site: (scope, organization) =>
    scope.store
      .list(sites)
      .filter(({ object }) => object.readyMs <= scope.nowMs)
      .map(({ object }) => ({
        id: listedId(organization, object.id),
        url: object.webUrl,
        name: object.title,
        title: object.title,
        isCloud: true,
        isPersonal: false,
        isAvailable: true,
        msid: object.id,
      })),
};

/** @param scope the backup server's scope */
export function listDirectory(
  scope: Scope,
  organization: Organization,
  kind: DirectoryKind,
): Listed[] {
  return listings[kind](scope.tenant(organization.msid), organization);
}
