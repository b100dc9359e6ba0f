/** What a change of a group means to the customer. */
import type { DescribedChange, Description } from "../../kit/define.ts";
import { topLevelKey } from "../../kit/diff.ts";
import { clauses, en, listChange, nl, text, texts } from "../../../core/i18n/phrases.ts";

const LABELS: Readonly<Record<string, { nl: string; en: string }>> = {
  description: { nl: "omschrijving", en: "description" },
  displayName: { nl: "naam", en: "name" },
  visibility: { nl: "zichtbaarheid", en: "visibility" },
};

export function describeGroup(change: DescribedChange): Description {
  const { before, after, operation } = change;
  const name = text(after, "displayName") || text(before, "displayName");
  const isUnified = texts(after ?? before, "types").includes("Unified");
  const kind = isUnified
    ? { nl: "Microsoft 365-groep", en: "Microsoft 365 group" }
    : { nl: "groep", en: "group" };
  const base = { section: "groups" as const, affected: [name] };
  switch (operation) {
    case "create":
      return {
        ...base,
        severity: "routine",
        nl: `De ${kind.nl} ${name} komt erbij`,
        en: `The ${kind.en} ${name} is added`,
      };
    case "adopt":
      return {
        ...base,
        severity: "routine",
        nl: `De ${kind.nl} ${name} bestaat al en wordt voortaan hier beheerd`,
        en: `The ${kind.en} ${name} already exists and is managed here from now on`,
      };
    case "delete":
      return { ...base, ...describeRemoval({ name, kind, isUnified }) };
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `De ${kind.nl} ${name} wordt verwijderd en opnieuw aangemaakt: wat de oude groep mocht, mag de nieuwe pas als het opnieuw gegeven is`,
        en: `The ${kind.en} ${name} is deleted and recreated: access that the old group had must be granted again`,
      };
    case "update":
      return { ...base, ...describeUpdate(change, { name, kind }) };
  }
}

interface Subject {
  readonly name: string;
  readonly kind: { readonly nl: string; readonly en: string };
}

type Words = Pick<Description, "nl" | "en" | "severity">;

function describeRemoval({ name, kind, isUnified }: Subject & { isUnified: boolean }): Words {
  const data = isUnified
    ? {
        nl: "; de mailbox en bestanden van de groep gaan mee (30 dagen terug te halen)",
        en: "; its mailbox and files go with it and can be restored for 30 days",
      }
    : { nl: "", en: "" };
  return {
    severity: "destructive",
    nl: `De ${kind.nl} ${name} wordt verwijderd: leden verliezen wat de groep hun geeft${data.nl}`,
    en: `The ${kind.en} ${name} is removed: members lose what the group gives them${data.en}`,
  };
}

/** What people in a group are, by the input that lists them. */
const PEOPLE = {
  owners: {
    nl: { one: "eigenaar", other: "eigenaren", none: "heeft geen eigenaar meer" },
    en: { one: "owner", other: "owners", none: "no longer has an owner" },
  },
  members: {
    nl: { one: "lid", other: "leden", none: "heeft geen leden meer" },
    en: { one: "member", other: "members", none: "no longer has any members" },
  },
} as const;

/** Who they are stands with the difference; here, in which direction it goes. */
function peopleChange(
  { before, after }: Pick<DescribedChange, "before" | "after">,
  key: keyof typeof PEOPLE,
): { readonly nl: string; readonly en: string } {
  const people = (side: DescribedChange["after"]): readonly unknown[] => {
    const list = side?.[key];
    return Array.isArray(list) ? list : [];
  };
  const is = people(after);
  const { added, removed } = listChange(people(before), is);
  const forms = PEOPLE[key];
  if (is.length === 0) return { nl: forms.nl.none, en: forms.en.none };
  return {
    nl: [
      added.length > 0 && `krijgt er ${nl.count(added.length, forms.nl)} bij`,
      removed.length > 0 && `verliest ${nl.count(removed.length, forms.nl)}`,
    ]
      .filter((part) => part !== false)
      .join(" en "),
    en: [
      added.length > 0 && `gets ${en.count(added.length, forms.en)} more`,
      removed.length > 0 && `loses ${en.count(removed.length, forms.en)}`,
    ]
      .filter((part) => part !== false)
      .join(" and "),
  };
}

const TOLD: ReadonlySet<string> = new Set(["owners", "members", "dynamicMembership"]);

function describeUpdate(
  { before, after, changedPaths }: DescribedChange,
  { name, kind }: Subject,
): Words {
  const keys = new Set(changedPaths.map(topLevelKey));
  const labelled = [...keys].filter((key) => LABELS[key] !== undefined);
  const hasPeople = keys.has("owners") || keys.has("members");
  const hasOther = [...keys].some((key) => LABELS[key] === undefined && !TOLD.has(key));
  const dutch = clauses([
    ...labelled.map(
      (key) =>
        `${LABELS[key]?.nl ?? key} wordt ${nl.value(after?.[key])} (was ${nl.value(before?.[key])})`,
    ),
    keys.has("owners") && peopleChange({ before, after }, "owners").nl,
    keys.has("members") && peopleChange({ before, after }, "members").nl,
    keys.has("dynamicMembership") && "een andere regel bepaalt wie erbij hoort",
    hasOther && "andere instellingen veranderen",
  ]);
  const english = clauses([
    ...labelled.map(
      (key) =>
        `${LABELS[key]?.en ?? key} becomes ${en.value(after?.[key])} (was ${en.value(before?.[key])})`,
    ),
    keys.has("owners") && peopleChange({ before, after }, "owners").en,
    keys.has("members") && peopleChange({ before, after }, "members").en,
    keys.has("dynamicMembership") && "another rule decides who belongs to it",
    hasOther && "other settings change",
  ]);
  const isSensitive =
    hasPeople || keys.has("dynamicMembership") || keys.has("visibility") || hasOther;
  return {
    nl: `De ${kind.nl} ${name}: ${dutch ?? "andere instellingen veranderen"}`,
    en: `The ${kind.en} ${name}: ${english ?? "other settings change"}`,
    severity: isSensitive ? "sensitive" : "routine",
  };
}
