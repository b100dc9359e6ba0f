/**
 * People and groups as their listings give them, for everybody who asks for one of many: whoever asks for the same
 * properties shares the pages. Without a relation, so that a page holds 999. People come from beta: the v1.0 answer for
 * `showInAddressList` is not reliable.
 * @see https://learn.microsoft.com/graph/api/user-list, group-list (checked 2026-11-28)
 */
import type { Collection } from "../../services/index.ts";
import { GROUP_SELECT } from "../azuread/groups/group-properties.ts";
import { USER_SELECT } from "../azuread/users/user-properties.ts";

const PAGE_SIZE = 999;

const PERSON = [
  ...[...USER_SELECT, "showInAddressList", "userType", "onPremisesSyncEnabled"],
  ...["assignedLicenses", "licenseAssignmentStates"],
];

export const LISTED_USERS = {
  path: "/users",
  query: `$select=${PERSON.join(",")}`,
  pageSize: PAGE_SIZE,
  version: "beta",
} as const satisfies Collection;

export const LISTED_GROUPS = {
  path: "/groups",
  query: `$select=${[...GROUP_SELECT, "assignedLicenses", "licenseProcessingState"].join(",")}`,
  pageSize: PAGE_SIZE,
} as const satisfies Collection;
