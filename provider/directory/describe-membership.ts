/** What it means to the customer that people join and leave a group. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";
import { clauses, en, nl, objects, text } from "../../core/i18n/phrases.ts";
import { asMember, without } from "./members.ts";
import type { Member } from "./members.ts";

/** Members as a plan has them, where an id may not be known yet. */
const membersOf = (properties: DescribedChange["after"]): Member[] => {
  const { members } = properties ?? {};
  const entries = Array.isArray(members) ? members.map(asMember) : [];
  return objects({ entries }, "entries").map((entry) => {
    const id = text(entry, "id");
    const isKnown = id !== "" && id !== UNKNOWN;
    return { id: isKnown ? id : undefined, userPrincipalName: text(entry, "userPrincipalName") };
  });
};

const namesOf = (members: readonly Member[]): string[] =>
  members.map(({ userPrincipalName }) => userPrincipalName);

export function describeMembership({ operation, before, after }: DescribedChange): Description {
  const group =
    text(after, "groupDisplayName") ||
    text(before, "groupDisplayName") ||
    text(after, "groupName") ||
    text(before, "groupName");
  const was = operation === "create" || operation === "adopt" ? [] : membersOf(before);
  const is = operation === "delete" ? [] : membersOf(after);
  // The same name on another account: whoever had it is gone.
  const renewed = namesOf(is.filter((one) => isRenewed(one, was)));
  const isOther = (name: string): boolean => !renewed.includes(name);
  const added = namesOf(without(is, was)).filter(isOther);
  const removed = namesOf(without(was, is)).filter(isOther);
  const base = {
    section: "groups" as const,
    affected: [...added, ...renewed, ...removed],
    severity: removed.length > 0 ? ("destructive" as const) : ("sensitive" as const),
  };
  if (operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `De leden van de groep ${group} (${is.length}) worden voortaan hier beheerd`,
      en: `The members of the group ${group} (${is.length}) are managed here from now on`,
    };
  }
  const dutch = clauses([
    added.length > 0 &&
      `${nl.list(added)} ${nl.form(added.length, { one: "wordt", other: "worden" })} lid van de groep ${group}`,
    renewed.length > 0 &&
      `${nl.list(renewed)} ${nl.form(renewed.length, { one: "wordt", other: "worden" })} met een nieuw account weer lid van de groep ${group}`,
    removed.length > 0 &&
      `${nl.list(removed)} ${nl.form(removed.length, { one: "verlaat", other: "verlaten" })} de groep ${group}`,
  ]);
  const english = clauses([
    added.length > 0 &&
      `${en.list(added)} ${en.form(added.length, { one: "becomes a member", other: "become members" })} of the group ${group}`,
    renewed.length > 0 &&
      `${en.list(renewed)} ${en.form(renewed.length, { one: "becomes a member", other: "become members" })} of the group ${group} again, with a new account`,
    removed.length > 0 &&
      `${en.list(removed)} ${en.form(removed.length, { one: "leaves", other: "leave" })} the group ${group}`,
  ]);
  return {
    ...base,
    severity: dutch === undefined ? "routine" : base.severity,
    nl: dutch ?? WITHOUT_PEOPLE[operation].nl(group),
    en: english ?? WITHOUT_PEOPLE[operation].en(group),
  };
}

const isRenewed = ({ id, userPrincipalName }: Member, was: readonly Member[]): boolean =>
  was.some(
    (one) => one.userPrincipalName === userPrincipalName && one.id !== undefined && one.id !== id,
  );

type OfGroup = (group: string) => string;

/** Where nobody joins or leaves. */
const WITHOUT_PEOPLE: Readonly<
  Record<DescribedChange["operation"], { readonly nl: OfGroup; readonly en: OfGroup }>
> = {
  create: {
    nl: (group) => `De groep ${group} heeft nog geen leden`,
    en: (group) => `The group ${group} has no members yet`,
  },
  adopt: {
    nl: (group) => `Wie er in de groep ${group} zit, wordt voortaan hier beheerd`,
    en: (group) => `Who is in the group ${group} is managed here from now on`,
  },
  update: {
    nl: (group) => `Andere gegevens van de leden van de groep ${group} veranderen`,
    en: (group) => `Other details of the members of the group ${group} change`,
  },
  replace: {
    nl: (group) => `De groep ${group} is nieuw en krijgt dezelfde mensen als leden`,
    en: (group) => `The group ${group} is new and gets the same people as members`,
  },
  delete: {
    nl: (group) => `De groep ${group} had geen leden`,
    en: (group) => `The group ${group} had no members`,
  },
};
