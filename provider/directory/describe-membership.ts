/** What it means to the customer that people join and leave a group. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";
import { en, nl, objects, text } from "../../core/i18n/phrases.ts";
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
  const [added, removed] = [namesOf(without(is, was)), namesOf(without(was, is))];
  const base = {
    section: "groups" as const,
    affected: [...added, ...removed],
    severity: removed.length > 0 ? ("destructive" as const) : ("sensitive" as const),
  };
  if (operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `De ${nl.count(is.length, { one: "persoon", other: "personen" })} in de groep ${group} worden voortaan hier beheerd`,
      en: `The ${en.count(is.length, { one: "person", other: "people" })} in the group ${group} are managed here from now on`,
    };
  }
  const dutch = [
    added.length > 0 &&
      `${nl.list(added)} ${nl.form(added.length, { one: "wordt", other: "worden" })} lid van de groep ${group}`,
    removed.length > 0 &&
      `${nl.list(removed)} ${nl.form(removed.length, { one: "verlaat", other: "verlaten" })} de groep ${group}`,
  ].filter((part) => part !== false);
  const english = [
    added.length > 0 &&
      `${en.list(added)} ${en.form(added.length, { one: "becomes a member", other: "become members" })} of the group ${group}`,
    removed.length > 0 &&
      `${en.list(removed)} ${en.form(removed.length, { one: "leaves", other: "leave" })} the group ${group}`,
  ].filter((part) => part !== false);
  return {
    ...base,
    severity: added.length + removed.length === 0 ? "routine" : base.severity,
    nl: dutch.join("; ") || `De leden van de groep ${group} blijven dezelfde`,
    en: english.join("; ") || `The members of the group ${group} stay the same`,
  };
}
