/** What it means to the customer that somebody gets or loses an administrator role. */
import type { DescribedChange, Description } from "../../kit/define.ts";
import type { Text } from "../../../core/language.ts";
import { en, nl, text } from "../../../core/i18n/phrases.ts";
import { roleName } from "./role-names.ts";

/** Names of the inputs with the ids of who has the role, and of the role. */
interface Keys {
  readonly principal: string;
  readonly role: string;
}

export function describeRole(
  { operation, before, after }: DescribedChange,
  { principal, role }: Keys,
): Description {
  const properties = after ?? before;
  const who = whoIn(properties?.[principal]);
  const former = whoIn(before?.[principal]);
  const what = {
    nl: roleName(properties?.[role], "nl"),
    en: roleName(properties?.[role], "en"),
  };
  const part = isPart(properties) ? PART : { nl: "", en: "" };
  const base = { section: "tenant" as const, affected: [] };
  switch (operation) {
    case "create":
    case "update":
      return {
        ...base,
        severity: "sensitive",
        nl: `${who.nl} krijgt de beheerdersrol ${what.nl}${part.nl}`,
        en: `${who.en} gets the administrator role ${what.en}${part.en}`,
      };
    case "adopt":
      return {
        ...base,
        severity: "sensitive",
        nl: `${who.nl} heeft de beheerdersrol ${what.nl}${part.nl}; dat wordt voortaan hier beheerd`,
        en: `${who.en} has the administrator role ${what.en}${part.en}; it is managed here from now on`,
      };
    case "delete":
      return {
        ...base,
        severity: "destructive",
        nl: `${who.nl} verliest de beheerdersrol ${what.nl}${part.nl}`,
        en: `${who.en} loses the administrator role ${what.en}${part.en}`,
      };
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `${who.nl} krijgt de beheerdersrol ${what.nl}${part.nl}; in plaats daarvan verliest ${former.nl} de rol ${roleName(before?.[role], "nl")}`,
        en: `${who.en} gets the administrator role ${what.en}${part.en}; instead ${former.en} loses the role ${roleName(before?.[role], "en")}`,
      };
  }
}

/** A plan puts a name in the place of an id where it knows one. */
function whoIn(principal: unknown): Text {
  const isName = typeof principal === "string" && principal.includes("@");
  if (isName) return { nl: principal, en: principal };
  return { nl: `Account ${nl.value(principal)}`, en: `Account ${en.value(principal)}` };
}

const PART = { nl: " voor een deel van de omgeving", en: " for a part of the tenant" };

function isPart(properties: DescribedChange["after"]): boolean {
  const { appScopeId, directoryScopeId = "/" } = properties ?? {};
  return appScopeId !== undefined || directoryScopeId !== "/";
}

/** A role that is switched on in the tenant, whoever holds it. */
export function describeDirectoryRole({ operation, before, after }: DescribedChange): Description {
  const properties = after ?? before;
  const templateId = text(properties, "templateId");
  const [dutch, english] = (["nl", "en"] as const).map(
    (language) => text(properties, "displayName") || roleName(templateId, language),
  );
  const base = { section: "tenant" as const, affected: [], severity: "routine" as const };
  switch (operation) {
    case "adopt":
      return {
        ...base,
        nl: `De beheerdersrol ${dutch} wordt voortaan hier beheerd`,
        en: `The administrator role ${english} is managed here from now on`,
      };
    case "delete":
      return {
        ...base,
        nl: `De beheerdersrol ${dutch} wordt hier niet meer beheerd; wie hem heeft, houdt hem`,
        en: `The administrator role ${english} is no longer managed here; whoever has it keeps it`,
      };
    case "create":
    case "update":
    case "replace":
      return {
        ...base,
        nl: `De beheerdersrol ${dutch} wordt beschikbaar; niemand krijgt hem daardoor`,
        en: `The administrator role ${english} becomes available; nobody gets it through this`,
      };
  }
}
