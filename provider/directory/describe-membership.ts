/** What it means to the customer that people join and leave a group. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";
import { clauses, en, nl, objects, text } from "../../core/i18n/phrases.ts";
import { asMember, isSame, without } from "./members.ts";
import type { Member } from "./members.ts";

type Side = DescribedChange["after"];

/** Members as a plan has them, where an id may not be known yet. */
const membersOf = (properties: Side): Member[] => {
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

interface GroupSide {
  /** Undefined where it is not known yet. */
  readonly id: string | undefined;
  readonly name: string;
  readonly shown: string;
}

const groupsOf = (properties: Side): GroupSide[] =>
  objects(properties, "memberGroups").map((one) => {
    const [id, name] = [text(one, "id"), text(one, "groupName")];
    return {
      id: id === "" || id === UNKNOWN ? undefined : id,
      name,
      shown: text(one, "displayName") || name,
    };
  });

const namesWithout = (groups: readonly GroupSide[], others: readonly GroupSide[]): string[] =>
  groups.filter((one) => !others.some((other) => isSame(one, other))).map(({ shown }) => shown);

/** What is no longer managed stays as it is. */
const kept = ({ operation, before, after }: DescribedChange, key: string): Side =>
  operation === "delete" || after?.[key] !== undefined ? after : before;

const capital = (sentence: string): string =>
  `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}`;

export function describeMembership(change: DescribedChange): Description {
  const { operation, before, after } = change;
  const group =
    text(after, "groupDisplayName") ||
    text(before, "groupDisplayName") ||
    text(after, "groupName") ||
    text(before, "groupName");
  const was = operation === "create" || operation === "adopt" ? [] : membersOf(before);
  const is = operation === "delete" ? [] : membersOf(kept(change, "members"));
  // The same name on another account: whoever had it is gone.
  const renewed = namesOf(is.filter((one) => isRenewed(one, was)));
  const isOther = (name: string): boolean => !renewed.includes(name);
  const added = namesOf(without(is, was)).filter(isOther);
  const removed = namesOf(without(was, is)).filter(isOther);
  const groupsWere = groupsOf(operation === "create" ? undefined : before);
  const groupsAre = groupsOf(operation === "delete" ? undefined : kept(change, "memberGroups"));
  const comes = namesWithout(groupsAre, groupsWere);
  const goes = namesWithout(groupsWere, groupsAre);
  const swapped = comes.filter((name) => goes.includes(name));
  const isMoved = (name: string): boolean => !swapped.includes(name);
  const [joining, leaving] = [comes.filter(isMoved), goes.filter(isMoved)];
  const isNew = (key: string): boolean =>
    operation === "update" && before?.[key] === undefined && after?.[key] !== undefined;
  const [hasNewMembers, hasNewGroups] = [isNew("members"), isNew("memberGroups")];
  const isLess = removed.length + leaving.length + swapped.length > 0;
  const base = {
    section: "groups" as const,
    affected: [...added, ...renewed, ...removed, ...joining, ...leaving, ...swapped],
    severity: isLess ? ("destructive" as const) : ("sensitive" as const),
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
    joining.length > 0 &&
      `${nl.form(joining.length, { one: "groep", other: "groepen" })} ${nl.list(joining)} ${nl.form(joining.length, { one: "wordt", other: "worden" })} met iedereen erin lid van de groep ${group}`,
    leaving.length > 0 &&
      `${nl.form(leaving.length, { one: "groep", other: "groepen" })} ${nl.list(leaving)} ${nl.form(leaving.length, { one: "verlaat", other: "verlaten" })} met iedereen erin de groep ${group}`,
    swapped.length > 0 &&
      `in de groep ${group} komt een andere groep met dezelfde naam voor ${nl.list(swapped)}, met andere mensen`,
    hasNewMembers && `wie er in de groep ${group} zit, wordt voortaan hier beheerd`,
    hasNewGroups && `welke groepen er in de groep ${group} zitten, wordt voortaan hier beheerd`,
  ]);
  const english = clauses([
    added.length > 0 &&
      `${en.list(added)} ${en.form(added.length, { one: "becomes a member", other: "become members" })} of the group ${group}`,
    renewed.length > 0 &&
      `${en.list(renewed)} ${en.form(renewed.length, { one: "becomes a member", other: "become members" })} of the group ${group} again, with a new account`,
    removed.length > 0 &&
      `${en.list(removed)} ${en.form(removed.length, { one: "leaves", other: "leave" })} the group ${group}`,
    joining.length > 0 &&
      `${en.form(joining.length, { one: "group", other: "groups" })} ${en.list(joining)} ${en.form(joining.length, { one: "becomes a member", other: "become members" })} of the group ${group}, with everybody in it`,
    leaving.length > 0 &&
      `${en.form(leaving.length, { one: "group", other: "groups" })} ${en.list(leaving)} ${en.form(leaving.length, { one: "leaves", other: "leave" })} the group ${group}, with everybody in it`,
    swapped.length > 0 &&
      `in the group ${group} another group of the same name takes the place of ${en.list(swapped)}, with other people`,
    hasNewMembers && `who is in the group ${group} is managed here from now on`,
    hasNewGroups && `which groups are in the group ${group} is managed here from now on`,
  ]);
  // A name of a person is written as it is.
  const isSomebody = added.length + renewed.length + removed.length > 0;
  const started = (sentence: string): string => (isSomebody ? sentence : capital(sentence));
  return {
    ...base,
    severity: dutch === undefined ? "routine" : base.severity,
    nl: dutch === undefined ? WITHOUT_PEOPLE[operation].nl(group) : started(dutch),
    en: english === undefined ? WITHOUT_PEOPLE[operation].en(group) : started(english),
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
