/** The changes that the demo makes to its copy of the sample, as an engineer would in a pull request. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseDocument } from "yaml";
import type { Document } from "yaml";

export const LEAVER = "willem.vanderlinden@contoso.com";
export const JOINER = "bram.kuipers@contoso.com";

/** Edits a tenant file in place; comments and order stay. */
export function editTenantFile(path: string, edit: (file: Document) => void): void {
  const file = parseDocument(readFileSync(path, "utf8"));
  edit(file);
  writeFileSync(path, file.toString());
}

/** Somebody joins, somebody leaves, a group gets access to a site, and one licence more is bought for it. */
export function joinLeaveAndShare(file: Document): void {
  removeWhere(file, ["users"], { key: "userPrincipalName", value: LEAVER });
  file.addIn(["users"], {
    userPrincipalName: JOINER,
    displayName: "Bram Kuipers",
    givenName: "Bram",
    surname: "Kuipers",
    jobTitle: "Belastingadviseur",
    department: "Fiscaal",
    usageLocation: "NL",
    manager: "youssef.elamrani@contoso.com",
    licenses: ["EXCHANGESTANDARD"],
  });
  file.addIn(["remove"], {
    user: LEAVER,
    reason: "Uit dienst per 1 december 2026",
    data: "Mail en bestanden blijven in de back-up",
  });
  const groups = items(file, ["groups"]);
  const fiscaal = groups.findIndex((group) => group.name === "fiscaal");
  const members: unknown = groups[fiscaal]?.members;
  if (!Array.isArray(members)) throw new Error("The sample has no members in the group fiscaal");
  const kept: unknown[] = members.filter((name) => name !== LEAVER);
  file.setIn(["groups", fiscaal, "members"], [...kept, JOINER]);
  const site = items(file, ["sites"]).findIndex(({ url }) => url === "/sites/jaarrekening");
  file.addIn(["sites", site, "permissions"], { group: "fiscaal", role: "read" });
  const sku = items(file, ["subscriptions"]).findIndex((entry) => entry.sku === "EXCHANGESTANDARD");
  file.setIn(["subscriptions", sku, "count"], 4);
}

/** One thing to decide on in the portal. */
export function changeJobTitle(file: Document): void {
  const at = items(file, ["users"]).findIndex((user) => user.userPrincipalName === JOINER);
  if (at < 0) throw new Error(`The sample has no ${JOINER}`);
  file.setIn(["users", at, "jobTitle"], "Senior belastingadviseur");
}

/** What is in a list of the file, as plain values. */
function items(file: Document, path: readonly string[]): Record<string, unknown>[] {
  const [key = ""] = path;
  const value = (file.toJS() as Record<string, unknown>)[key];
  if (!Array.isArray(value)) throw new Error(`The sample has no list ${key}`);
  return value as Record<string, unknown>[];
}

function removeWhere(
  file: Document,
  path: readonly string[],
  which: { readonly key: string; readonly value: string },
): void {
  const at = items(file, path).findIndex((item) => item[which.key] === which.value);
  if (at < 0) throw new Error(`The sample has no ${which.value}`);
  file.deleteIn([...path, at]);
}
