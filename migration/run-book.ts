/** The day of the migration, in stages: no step of a later one is done while an earlier one is open. */
import type { Text } from "../core/language.ts";
import type { Migration } from "./migration-schema.ts";
import { idOf, isPlannedForTheDay } from "./step.ts";
import type { Step } from "./step.ts";

/** Minutes after the start at which each stage begins. */
const STAGES = {
  switch: 0,
  mailFlow: 30,
  oldHost: 45,
  oldAccess: 60,
  lastSync: 75,
  /** Nobody goes back after this: mail and files of people are in the new place only. */
  letIn: 120,
  people: 130,
  around: 180,
  review: 480,
} as const;
type Stage = keyof typeof STAGES;
const ORDER = Object.keys(STAGES) as Stage[];

/** The step after which there is no way back. */
export const NO_RETURN = "let-in";
export const LAST_STAGE_WITH_A_WAY_BACK = ORDER.indexOf("letIn");

const LATEST = 24 * 60 - 1;

function timeAfter(start: string, minutes: number): string {
  const [hour = 0, minute = 0] = start.split(":").map(Number);
  const total = Math.min(hour * 60 + minute + minutes, LATEST);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
}

export function onTheDay(migration: Migration): Step[] {
  const { day, domains, inventory, people } = migration;
  const at = (stage: Stage, path: Step["path"]) => ({
    ...{ path, phase: "day" as const, boundary: "day" as const, owner: day.owner },
    ...{ day: day.date, notBefore: day.date, at: timeAfter(day.start, STAGES[stage]) },
    stage: ORDER.indexOf(stage),
  });
  const sources = [
    ...inventory.mail.map(({ name, mail }, index) => ({
      ...{ name, path: ["inventory", "mail", index], isByHand: mail !== "automatic" },
    })),
    ...inventory.files.map(({ name, route }, index) => ({
      ...{ name, path: ["inventory", "files", index], isByHand: route !== "automatic" },
    })),
  ];
  return [
    ...domains.map(({ name, mxToday }, index): Step => ({
      ...{ ...at("switch", ["domains", index]), id: idOf("switch", name) },
      text: {
        nl: `MX-record van ${name} omzetten naar Microsoft 365 (een goedgekeurd plan)`,
        en: `Switch the MX record of ${name} to Microsoft 365 (an approved plan)`,
      },
      check: {
        nl: "De nameservers en een server van buiten geven het nieuwe MX-record.",
        en: "The name servers and a server outside give the new MX record.",
      },
      back: {
        nl: `Het MX-record weer op ${mxToday.join(", ")} zetten`,
        en: `Set the MX record to ${mxToday.join(", ")} again`,
      },
    })),
    ...domains.flatMap(({ name }, index): Step[] => {
      const common = at("mailFlow", ["domains", index]);
      const back: Text = {
        nl: "Niets terug te draaien; wat hier al aankwam, gaat mee terug als bericht",
        en: "Nothing to undo; what arrived here already is forwarded back",
      };
      return [
        {
          ...{ ...common, id: idOf("mail-in", name), back },
          text: {
            nl: `Post van buiten naar ${name} testen`,
            en: `Test mail from outside to ${name}`,
          },
          check: {
            nl: "Het proefbericht staat in een postvak van Microsoft 365.",
            en: "The test message is in a mailbox of Microsoft 365.",
          },
        },
        {
          ...{ ...common, id: idOf("mail-out", name), back },
          text: {
            nl: `Post van ${name} naar buiten testen`,
            en: `Test mail from ${name} to outside`,
          },
          check: {
            nl: "Het proefbericht is ontvangen, niet als ongewenst, met geldige SPF en DKIM.",
            en: "The test message was received, not as junk, with valid SPF and DKIM.",
          },
        },
      ];
    }),
    ...domains.map(({ name, oldHost }, index): Step => ({
      ...{ ...at("oldHost", ["domains", index]), id: idOf("old-host", name), owner: oldHost },
      text: {
        nl: `De oude host ${name} niet meer zelf laten bezorgen`,
        en: `Make the old host stop delivering ${name} to itself`,
      },
      check: {
        nl: "Een bericht dat vanaf de oude host wordt verstuurd, komt in Microsoft 365 aan.",
        en: "A message that is sent from the old host arrives in Microsoft 365.",
      },
      back: {
        nl: `De oude host ${name} weer zelf laten bezorgen`,
        en: `Make the old host deliver ${name} to itself again`,
      },
    })),
    ...sources.map(({ name, path }): Step => ({
      ...{ ...at("oldAccess", path), id: idOf("close-access", name) },
      text: { nl: `Toegang tot ${name} sluiten`, en: `Close the access to ${name}` },
      check: {
        nl: "Een medewerker kan er niets meer wijzigen.",
        en: "A member of staff cannot change anything there any more.",
      },
      back: { nl: `Toegang tot ${name} weer openen`, en: `Open the access to ${name} again` },
    })),
    ...sources.map(({ name, path, isByHand }): Step => ({
      ...{ ...at("lastSync", path), id: idOf("last-sync", name), isCounted: true },
      text: isByHand
        ? {
            nl: `Laatste stand van ${name} met de hand overzetten`,
            en: `Bring over the last of ${name} by hand`,
          }
        : { nl: `Laatste synchronisatie van ${name}`, en: `Last synchronisation of ${name}` },
      check: {
        nl: "De aantallen aan beide kanten; de laatste berichten en bestanden zijn er.",
        en: "The numbers on both sides; the newest messages and files are there.",
      },
      back: {
        nl: "Niets terug te draaien: de oude gegevens staan er nog",
        en: "Nothing to undo: the old data is still there",
      },
    })),
    {
      ...{ ...at("letIn", ["day"]), id: NO_RETURN },
      text: {
        nl: "Mensen aan het werk laten gaan in Microsoft 365: hierna is er geen weg terug",
        en: "Let people start to work in Microsoft 365: after this there is no way back",
      },
      check: {
        nl: "De projectleider van de klant zegt dat het kan.",
        en: "The customer's project leader says that it may be done.",
      },
    },
    ...people.flatMap((person, index): Step[] => {
      const { user } = person;
      const common = at("people", ["people", index]);
      const secondStep: Step = {
        ...{ ...common, id: idOf("second-step", user), day: person.secondStepOn ?? day.date },
        text: { nl: `Tweestapsverificatie: ${user}`, en: `Two-step verification: ${user}` },
        check: {
          nl: "De persoon heeft zich één keer zo aangemeld.",
          en: "The person has signed in with it once.",
        },
      };
      return [
        ...(isPlannedForTheDay(migration, person) ? [secondStep] : []),
        {
          ...{ ...common, id: idOf("profile", user) },
          text: {
            nl: `Nieuw gebruikersprofiel op ${person.device.name}: ${user}`,
            en: `New user profile on ${person.device.name}: ${user}`,
          },
          check: {
            nl: "Outlook, Teams en de bestanden openen; de suggestielijst van Outlook is geleegd.",
            en: "Outlook, Teams and the files open; Outlook's suggestion list is cleared.",
          },
        },
      ];
    }),
    ...inventory.senders.map(({ name }, index): Step => ({
      ...{ ...at("around", ["inventory", "senders", index]), id: idOf("sends", name) },
      text: { nl: `${name} verstuurt weer post`, en: `${name} sends mail again` },
      check: { nl: "Een echt bericht is aangekomen.", en: "A real message arrived." },
    })),
    ...inventory.printers.map(({ name }, index): Step => ({
      ...{ ...at("around", ["inventory", "printers", index]), id: idOf("printer", name) },
      text: { nl: `Afdrukken op ${name}`, en: `Print on ${name}` },
      check: { nl: "Een blad kwam er goed uit.", en: "A page came out right." },
    })),
    {
      ...{ ...at("review", ["day"]), id: "review" },
      text: {
        nl: "De restpunten doornemen met de projectleider van de klant",
        en: "Go through the leftover points with the customer's project leader",
      },
      check: {
        nl: "Elk restpunt heeft een eigenaar en een dag.",
        en: "Each leftover point has an owner and a day.",
      },
    },
  ];
}
