/** What it means to the customer that one member joins or leaves a group. */
import type { DescribedChange, Description } from "../../kit/define.ts";
import { en, nl } from "../../../core/i18n/phrases.ts";

export function describeGroupMember({ operation, before, after }: DescribedChange): Description {
  const base = { section: "groups" as const, affected: [] };
  const { memberObjectId: member, groupObjectId: group } = after ?? before ?? {};
  const dutch = { member: nl.value(member), group: nl.value(group) };
  const english = { member: en.value(member), group: en.value(group) };
  switch (operation) {
    case "create":
    case "update":
      return {
        ...base,
        severity: "sensitive",
        nl: `Lid ${dutch.member} komt bij groep ${dutch.group}`,
        en: `Member ${english.member} joins group ${english.group}`,
      };
    case "adopt":
      return {
        ...base,
        severity: "routine",
        nl: `Lid ${dutch.member} van groep ${dutch.group} wordt voortaan hier beheerd`,
        en: `Member ${english.member} of group ${english.group} is managed here from now on`,
      };
    case "delete":
      return {
        ...base,
        severity: "destructive",
        nl: `Lid ${dutch.member} verlaat groep ${dutch.group}`,
        en: `Member ${english.member} leaves group ${english.group}`,
      };
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `Lid ${nl.value(before?.memberObjectId)} van groep ${nl.value(before?.groupObjectId)} maakt plaats voor lid ${dutch.member} van groep ${dutch.group}`,
        en: `Member ${en.value(before?.memberObjectId)} of group ${en.value(before?.groupObjectId)} makes way for member ${english.member} of group ${english.group}`,
      };
  }
}
