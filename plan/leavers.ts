/** Whether a change does nothing but what goes with somebody's departure that was agreed: takes what is theirs, keeps their mail. */
import { assignmentIn } from "../core/directory-roles.ts";
import { isJsonObject } from "../core/json.ts";
import type { Json } from "../core/json.ts";
import { nounOf, NOUNS, ownerOfList } from "../core/nouns.ts";
import { nameOfUrn } from "../core/urn.ts";
import type { Change, ElementChange } from "./model/model.ts";

/** User principal names, and the object ids that the plan names with them: lists of owners hold ids. */
export function leaversIn(
  changes: readonly Change[],
  userPrincipalNames: readonly string[],
): ReadonlySet<string> {
  const names = new Set(userPrincipalNames);
  const ids = changes.filter(isOwnResource).flatMap((change) => {
    const id = change.properties.find(({ path }) => path === "userId")?.after;
    return typeof id === "string" && names.has(ownerOf(change)) ? [id] : [];
  });
  return new Set([...names, ...ids]);
}

/** Types that are made for somebody who leaves, on the day after. */
const MADE: readonly string[] = [NOUNS.userMailboxType.type];

const isOwnResource = ({ type, operation }: Change): boolean =>
  operation === "create" && MADE.includes(type);

/** Name of the object that the resource is, or whose list it is. */
function ownerOf({ type, urn }: Pick<Change, "type" | "urn">): string {
  const name = nameOfUrn(urn);
  const list = nounOf(type)?.list;
  return list === undefined ? name : ownerOfList({ list }, name);
}

/** @param leavers as `leaversIn` gives them */
export function isOfLeaver(change: Change, leavers: ReadonlySet<string>): boolean {
  const { type, urn, operation, properties } = change;
  const name = nameOfUrn(urn);
  if (type === NOUNS.roleAssignment.type) {
    return operation === "delete" && leavers.has(assignmentIn(name)?.user ?? "");
  }
  const owner = ownerOf(change);
  if (isOwnResource(change)) return leavers.has(owner);
  if (operation !== "update") return false;
  if (type === NOUNS.user.type) {
    return (
      leavers.has(name) &&
      properties.every(({ path, after }) => path === "accountEnabled" && after === false)
    );
  }
  const isTheirs = type === NOUNS.userLicense.type && leavers.has(owner);
  return properties.every(
    ({ elements = [] }) =>
      elements.length > 0 &&
      elements.every((one) => (isTheirs && one.after === undefined) || takesFrom(leavers, one)),
  );
}

/** Whether what goes from a list is what somebody of these had. */
export const takesFrom = (
  leavers: ReadonlySet<string>,
  { key, before, after }: ElementChange,
): boolean => after === undefined && (leavers.has(key) || isNamedIn(before, leavers));

const isNamedIn = (element: Json | undefined, names: ReadonlySet<string>): boolean =>
  element !== undefined &&
  isJsonObject(element) &&
  [element.userPrincipalName, element.principal].some(
    (name) => typeof name === "string" && names.has(name),
  );
