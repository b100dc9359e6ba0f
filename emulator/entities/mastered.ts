/**
 * Objects that a directory on premises masters. Words: as users quote them. Which properties are refused besides those
 * that the documents call read-only for synchronised users (businessPhones, mobilePhone): unverified.
 * @see https://learn.microsoft.com/graph/api/resources/user (checked 2026-11-27)
 * @see https://github.com/microsoftgraph/microsoft-graph-docs/issues/18038 (checked 2026-11-27)
 */
import { badRequest } from "../graph/errors.ts";
import type { GraphObject } from "./collections.ts";

/** Everything else is the cloud's. */
const MASTERED: ReadonlySet<string> = new Set([
  ...["businessPhones", "city", "companyName", "country", "department", "description"],
  ...["displayName", "employeeHireDate", "employeeId", "employeeOrgData", "faxNumber"],
  ...["givenName", "jobTitle", "mail", "mailNickname", "mobilePhone", "officeLocation"],
  ...["onPremisesImmutableId", "postalCode", "preferredLanguage", "state", "streetAddress"],
  ...["surname", "userPrincipalName"],
]);

/** @throws ServiceFailure where a request would change what is mastered on premises */
export function refuseMastered(object: GraphObject, changed: readonly string[]): void {
  if (object.onPremisesSyncEnabled !== true) return;
  if (!changed.some((name) => MASTERED.has(name))) return;
  throw masteredOnPremises();
}

/** @throws ServiceFailure: who belongs to such a group is decided on premises */
export function refuseMasteredLinks(group: GraphObject): void {
  if (group.onPremisesSyncEnabled === true) throw masteredOnPremises();
}

const masteredOnPremises = (): Error =>
  badRequest(
    "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.",
  );
