/** The properties of a change as people read them: what only follows the sign-in name is told with it. */
import type { Locale } from "../core/i18n/format.ts";
import { nounOf, NOUNS } from "../core/nouns.ts";
import type { Change, PropertyChange } from "../plan/index.ts";
import { propertyView } from "./property-view.ts";
import type { PropertyView } from "./property-view.ts";

type Shown = Pick<Change, "byHand" | "operation" | "properties">;

export interface ShownProperty {
  readonly property: PropertyChange;
  readonly view: PropertyView;
}

export function shownProperties(change: Shown, locale: Locale): ShownProperty[] {
  const follows = followersIn(change);
  const hasMail = change.properties.some((one) => one.path === "mail" && follows(one));
  return change.properties
    .filter((property) => !follows(property))
    .map((property) => {
      const view = propertyView(property, locale);
      const carriesMail = property.path === "userPrincipalName" && hasMail;
      return {
        property,
        view: carriesMail ? { ...view, label: locale.texts.signInAndMail } : view,
      };
    });
}

/** Whether a mail address, or the name in it, changes with the sign-in name and as that does. */
export function followersIn({ operation, byHand, properties }: Shown) {
  const isByHand = ({ path }: PropertyChange): boolean => byHand?.includes(path) === true;
  const name = properties.find(({ path }) => path === "userPrincipalName");
  return (property: PropertyChange): boolean => {
    const { path, kind, unread } = property;
    if (name?.kind !== kind || name.unread !== unread) return false;
    if (isByHand(property) !== isByHand(name)) return false;
    const sides = operation === "create" ? (["after"] as const) : (["before", "after"] as const);
    return sides.every((side) => {
      const address = name[side];
      if (typeof address !== "string") return false;
      if (path === "mail") return property[side] === address;
      return path === "mailNickname" && property[side] === address.split("@", 1)[0];
    });
  };
}

/**
 * Whether it need not be said: an id, what goes with the whole object, what everything new has, and in what holds one
 * list, the list: its sentence says who comes into it.
 */
export const isUsual = (
  { operation, type }: Pick<Change, "operation" | "type">,
  property: PropertyChange,
): boolean =>
  isId(property.path) ||
  operation === "delete" ||
  (["create", "adopt"].includes(operation) && isExpected(type, property));

const isExpected = (
  type: string,
  { path, before, after, secret, elements }: PropertyChange,
): boolean => {
  // Its sentence says all of it.
  if (SAID.has(type)) return true;
  if (elements !== undefined) return nounOf(type)?.removedAs === undefined;
  return secret || (before === undefined && Object.hasOwn(USUAL, path) && USUAL[path] === after);
};

/** Of something else, by which a service knows it. */
export const isId = (path: string): boolean => IDS.has(path);

const IDS: ReadonlySet<string> = new Set(["groupId", "mailboxId", "siteId", "userId"]);

const SAID: ReadonlySet<string> = new Set([NOUNS.accessRule.type, NOUNS.namedLocation.type]);

const USUAL: Readonly<Record<string, unknown>> = {
  accountEnabled: true,
  forcePasswordChange: true,
  mailEnabled: false,
  securityEnabled: true,
  showInAddressList: true,
};
