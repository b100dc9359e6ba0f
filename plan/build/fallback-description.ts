/** Sentences for what no resource describes itself: types without a `describe`, options, and forgetting. */
import type { Description } from "../model/model.ts";
import type { Operation, Section, Severity } from "../../core/nouns.ts";
import type { Language, Text } from "../../core/language.ts";
import { localeOf } from "../../core/i18n/format.ts";
import { labelOf } from "../../core/i18n/labels.ts";

interface Subject {
  readonly name: string;
  readonly type: string;
}

const SENTENCES: Readonly<Record<Operation, (subject: string) => Text>> = {
  create: (subject) => ({ nl: `${subject} wordt aangemaakt`, en: `${subject} is created` }),
  update: (subject) => ({ nl: `${subject} wordt gewijzigd`, en: `${subject} is changed` }),
  replace: (subject) => ({
    nl: `${subject} wordt verwijderd en opnieuw aangemaakt`,
    en: `${subject} is removed and recreated`,
  }),
  delete: (subject) => ({ nl: `${subject} wordt verwijderd`, en: `${subject} is removed` }),
  adopt: (subject) => ({
    nl: `${subject} bestaat al en wordt voortaan hier beheerd`,
    en: `${subject} already exists and is managed here from now on`,
  }),
  forget: (subject) => ({
    nl: `${subject} blijft bestaan, maar wordt hier niet langer beheerd`,
    en: `${subject} stays where it is, but is no longer managed here`,
  }),
};

const SEVERITIES: Readonly<Record<Operation, Severity>> = {
  create: "sensitive",
  update: "sensitive",
  replace: "destructive",
  delete: "destructive",
  adopt: "sensitive",
  forget: "sensitive",
};

/** A sentence for any resource; an unknown type is never called routine. */
export function fallbackDescription(operation: Operation, { name, type }: Subject): Description {
  const kind = type.split(":").at(-1) ?? type;
  return {
    ...SENTENCES[operation](`${kind} ${name}`),
    section: "other",
    severity: SEVERITIES[operation],
    affected: [name],
  };
}

/** The sentence for an object that stays, unmanaged. */
export function forgetDescription({
  section,
  name,
}: {
  readonly section: Section;
  readonly name: string;
}): Description {
  return { ...SENTENCES.forget(name), section, severity: "sensitive", affected: [name] };
}

/** The sentence for properties that are no longer managed, of an object that otherwise is. */
export function releaseDescription(release: {
  readonly section: Section;
  readonly name: string;
  readonly paths: readonly string[];
  readonly isSensitive: boolean;
}): Description {
  const { section, name, paths, isSensitive } = release;
  const what = (language: Language): string => {
    const labels = paths.map((path) => labelOf(path)?.[language].toLowerCase() ?? path);
    return `${localeOf(language).list(labels)} (${name})`;
  };
  return {
    nl: `Niet langer beheerd, en blijft zoals het is: ${what("nl")}`,
    en: `No longer managed, and left as it is: ${what("en")}`,
    section,
    severity: isSensitive ? "sensitive" : "routine",
    affected: [name],
  };
}

/** The sentence for an object whose creation or change was interrupted: the same inputs once more. */
export function unfinishedDescription(update: Description, name: string): Description {
  return {
    ...update,
    nl: `Wat bij ${name} de vorige keer afbrak, wordt afgemaakt`,
    en: `What was interrupted at ${name} last time is completed`,
  };
}

/** The sentence for a resource of which only options change, such as its protection. */
export function optionsDescription(
  about: { readonly section: Section; readonly affected: readonly string[] },
  change: { readonly name: string; readonly unprotected: boolean },
): Description {
  const text: Text = change.unprotected
    ? {
        nl: `De bescherming van ${change.name} tegen verwijderen vervalt`,
        en: `${change.name} is no longer protected against removal`,
      }
    : {
        nl: `De beheerinstellingen van ${change.name} veranderen; het object zelf niet`,
        en: `The management options of ${change.name} change; the object itself does not`,
      };
  return { ...text, ...about, severity: change.unprotected ? "sensitive" : "routine" };
}
