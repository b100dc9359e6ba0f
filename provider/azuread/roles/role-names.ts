/** Administrator roles in the sentences of a plan. */
import { ROLE_NAMES } from "../../../core/directory-roles.ts";
import { en, nl } from "../../../core/i18n/phrases.ts";

/** The role in people's words; one that is not in the list by its id, or by words for what is not known yet. */
export function roleName(id: unknown, language: "nl" | "en"): string {
  const known = typeof id === "string" ? ROLE_NAMES[id.toLowerCase()] : undefined;
  return known?.[language] ?? { nl, en }[language].value(id);
}
