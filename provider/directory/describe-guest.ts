/** What a change of a guest means to the customer. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { clauses, en, nl, text } from "../../core/i18n/phrases.ts";

export function describeGuest(change: DescribedChange): Description {
  const { before, after, operation } = change;
  const name = text(after, "displayName") || text(before, "displayName");
  const email = text(after, "email") || text(before, "email");
  const until = text(after, "until");
  const base = { section: "guests" as const, affected: [name] };
  switch (operation) {
    case "create":
      return {
        ...base,
        severity: "sensitive",
        nl: `${name} (${email}) wordt per mail uitgenodigd als gast${until && `, tot en met ${nl.day(until)}`}`,
        en: `${name} (${email}) is invited by mail as a guest${until && `, until ${en.day(until)}`}`,
      };
    case "adopt":
      return {
        ...base,
        severity: "routine",
        nl: `${name} (${email}) is al gast en wordt voortaan hier beheerd`,
        en: `${name} (${email}) is a guest already and is managed here from now on`,
      };
    case "delete":
      return {
        ...base,
        severity: "destructive",
        nl: `${name} (${email}) is geen gast meer en kan nergens meer bij; 30 dagen terug te halen`,
        en: `${name} (${email}) is no longer a guest and loses all access; can be restored for 30 days`,
      };
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `${name} (${email}) wordt als gast verwijderd en opnieuw uitgenodigd, zonder de toegang van nu`,
        en: `${name} (${email}) is removed as a guest and invited again, without the present access`,
      };
    case "update":
      return { ...base, ...describeUpdate(change, name) };
  }
}

function describeUpdate(
  { before, after, changedPaths }: DescribedChange,
  name: string,
): Pick<Description, "nl" | "en" | "severity"> {
  const keys = new Set(changedPaths.map(topLevelKey));
  const until = text(after, "until");
  const was = text(before, "displayName");
  const isBlocked = after?.accountEnabled === false;
  const dutch = clauses([
    keys.has("displayName") && `heet voortaan zo (was ${nl.value(was)})`,
    keys.has("until") &&
      (until === "" ? "blijft gast zonder einddatum" : `blijft gast tot en met ${nl.day(until)}`),
    keys.has("accountEnabled") && (isBlocked ? "kan niet meer inloggen" : "kan weer inloggen"),
    keys.has("sponsors") && "krijgt andere contactpersonen hier",
  ]);
  const english = clauses([
    keys.has("displayName") && `is called so from now on (was ${en.value(was)})`,
    keys.has("until") &&
      (until === "" ? "stays a guest without an end day" : `stays a guest until ${en.day(until)}`),
    keys.has("accountEnabled") && (isBlocked ? "cannot sign in any more" : "can sign in again"),
    keys.has("sponsors") && "gets other sponsors here",
  ]);
  return {
    nl: `${name}: ${dutch ?? "andere gegevens veranderen"}`,
    en: `${name}: ${english ?? "other details change"}`,
    severity: keys.has("until") || keys.has("accountEnabled") ? "sensitive" : "routine",
  };
}
