/** All steps that follow from a migration file, in order: who does what, when, how to check it, how to go back. */
import { addDays } from "../core/calendar.ts";
import type { Text } from "../core/language.ts";
import type { Migration } from "./migration-schema.ts";
import { onTheDay } from "./run-book.ts";
import { idOf, isPlannedForTheDay } from "./step.ts";
import type { Step } from "./step.ts";
import { isWorkingDay } from "./working-days.ts";

/** Last day of the aftercare. */
export const lastDayOfCare = ({ day, aftercare }: Migration): string =>
  addDays(day.date, aftercare.days);

/** @param country of two letters, whose working days count */
export function stepsOf(migration: Migration, country: string): readonly Step[] {
  return [
    ...agreedTasks(migration),
    ...domainsBefore(migration),
    ...peopleBefore(migration),
    ...synchronisation(migration),
    ...staff(migration),
    ...onTheDay(migration),
    ...afterwards(migration, country),
  ];
}

/** By its day; what is for the day itself is done before it starts. */
const phaseOf = ({ day }: Migration, by: string): "before" | "after" =>
  by > day.date ? "after" : "before";

const SAID: Text = {
  nl: "De eigenaar zegt dat het klaar is.",
  en: "The owner says that it is done.",
};

const agreedTasks = (migration: Migration): Step[] =>
  migration.tasks.map(({ name, owner, by, check }, index) => ({
    ...{ id: idOf("task", name), path: ["tasks", index], phase: phaseOf(migration, by) },
    ...{ text: { nl: name, en: name }, owner, day: by },
    check: check === undefined ? SAID : { nl: check, en: check },
  }));

function domainsBefore(migration: Migration): Step[] {
  const { day } = migration;
  return migration.domains.flatMap(({ name, owner, by, dnsAt, registrar, handOver }, index) => {
    const path = ["domains", index];
    const handedOver: Step = {
      ...{ id: idOf("hand-over", name), path, phase: phaseOf(migration, by), owner, day: by },
      text: {
        nl: `${name} verhuizen van ${registrar} naar de beheerder`,
        en: `Move ${name} from ${registrar} to the provider`,
      },
      check: {
        nl: "De beheerder staat als registrar vermeld.",
        en: "The provider is the registrar.",
      },
    };
    return [
      {
        ...{
          id: idOf("dns-access", name),
          path,
          phase: "before",
          owner,
          day: addDays(day.date, -7),
        },
        text: {
          nl: `Toegang tot de DNS van ${name} bij ${dnsAt} testen`,
          en: `Test the access to the DNS of ${name} at ${dnsAt}`,
        },
        check: {
          nl: "Een proefrecord is toegevoegd, van buiten gezien en weer weggehaald.",
          en: "A test record was added, seen from outside and taken away again.",
        },
      },
      {
        ...{ id: idOf("ttl", name), path, phase: "before", owner, day: addDays(day.date, -2) },
        text: {
          nl: `Geldigheidsduur (TTL) van het MX-record van ${name} verlagen`,
          en: `Lower the time to live (TTL) of the MX record of ${name}`,
        },
        check: {
          nl: "Een opvraging bij de nameservers zelf geeft hooguit 3600 seconden.",
          en: "A query to the name servers themselves gives at most 3600 seconds.",
        },
      },
      ...(handOver ? [handedOver] : []),
    ];
  });
}

function peopleBefore(migration: Migration): Step[] {
  const { owner, by } = migration.preparation;
  return migration.people.flatMap((person, index) => {
    const { user, oldAddress, device } = person;
    const common = { path: ["people", index], phase: "before" as const, owner, day: by };
    const tools = device.tools ?? [];
    const named: Step = {
      ...{ ...common, id: idOf("name", user) },
      text: {
        nl: `Met ${user} bespreken dat ${oldAddress ?? ""} niet de aanmeldnaam is, en het gelijktrekken`,
        en: `Agree with ${user} that ${oldAddress ?? ""} is not the sign-in name, and make them the same`,
      },
      check: {
        nl: "Hoofdadres en aanmeldnaam zijn gelijk; het oude adres is een alias.",
        en: "Primary address and sign-in name are the same; the old address is an alias.",
      },
    };
    const secondStep: Step = {
      ...{ ...common, id: idOf("second-step", user), day: person.secondStepOn ?? by },
      text: {
        nl: `Tweestapsverificatie registreren: ${user}`,
        en: `Register two-step verification: ${user}`,
      },
      check: {
        nl: "De persoon heeft zich één keer zo aangemeld.",
        en: "The person has signed in with it once.",
      },
    };
    return [
      ...(oldAddress === undefined || oldAddress === user ? [] : [named]),
      {
        ...{ ...common, id: idOf("device", user) },
        text: device.isNew
          ? {
              nl: `${device.name} voor ${user} installeren en uitrollen`,
              en: `Install and roll out ${device.name} for ${user}`,
            }
          : {
              nl: `${device.name} van ${user} nakijken en voorzien van: ${tools.join(", ") || "niets extra"}`,
              en: `Check ${device.name} of ${user} and give it: ${tools.join(", ") || "nothing more"}`,
            },
        check: {
          nl: "Gekoppeld aan Microsoft 365, voldoet aan de regels en de minimumeisen, op naam van de gebruiker.",
          en: "Joined to Microsoft 365, compliant, meets the minimum specification, in the user's name.",
        },
      },
      ...(isPlannedForTheDay(migration, person) ? [] : [secondStep]),
    ];
  });
}

const COUNTED: Text = {
  nl: "De aantallen aan beide kanten, met een tweede telling; elk verschil heeft een oorzaak.",
  en: "The numbers on both sides, counted a second way; each difference has a cause.",
};

function synchronisation({ people, inventory, preparation: { owner, by } }: Migration): Step[] {
  const counted = { phase: "before", boundary: "synchronise", isCounted: true } as const;
  return [
    ...people.flatMap(({ user, mailFrom, exception }, index): Step[] =>
      mailFrom === undefined || exception !== undefined
        ? []
        : [
            {
              ...{ ...counted, id: idOf("mailbox", user), path: ["people", index], owner, day: by },
              text: {
                nl: `Postvak van ${user} synchroniseren vanaf ${mailFrom}`,
                en: `Synchronise the mailbox of ${user} from ${mailFrom}`,
              },
              check: COUNTED,
            },
          ],
    ),
    ...inventory.files.map(({ name, site, owner: of, by: until }, index): Step => ({
      ...{ ...counted, id: idOf("files", name), path: ["inventory", "files", index] },
      ...{ owner: of, day: until },
      text: { nl: `${name} synchroniseren naar ${site}`, en: `Synchronise ${name} to ${site}` },
      check: COUNTED,
    })),
    ...inventory.senders.map(({ name, owner: of, by: until }, index): Step => ({
      ...{ id: idOf("sender", name), path: ["inventory", "senders", index], phase: "before" },
      ...{ owner: of, day: until },
      text: {
        nl: `Versturen door ${name} via de nieuwe weg testen`,
        en: `Test that ${name} sends by its new way`,
      },
      check: {
        nl: "Een proefbericht is van buiten ontvangen.",
        en: "A test message was received outside.",
      },
    })),
  ];
}

function staff({ training, announcement: { owner, by } }: Migration): Step[] {
  return [
    {
      ...{ id: "announcement", path: ["announcement"], phase: "before", owner, day: by },
      text: {
        nl: "Bericht over de migratie aan alle medewerkers sturen",
        en: "Send the message about the migration to all staff",
      },
      check: { nl: "Iedereen heeft het ontvangen.", en: "Everybody received it." },
    },
    ...training.map(({ name, date, at, owner: by, place }, index): Step => ({
      ...{ id: idOf("training", name), path: ["training", index], phase: "before" },
      ...{ owner: by, day: date, at, notBefore: date },
      text:
        place === "onSite"
          ? { nl: `Training op locatie geven: ${name}`, en: `Give the training on site: ${name}` }
          : { nl: `Online training geven: ${name}`, en: `Give the training online: ${name}` },
      check: {
        nl: "Iedereen voor wie hij is, was erbij; het trainingsblad is uitgedeeld.",
        en: "Everybody whom it is for was there; the training sheet was handed out.",
      },
    })),
  ];
}

function afterwards(migration: Migration, country: string): Step[] {
  const { day, aftercare, evaluation, leftoverPoints, oldContracts, domains } = migration;
  const last = lastDayOfCare(migration);
  const days = Array.from({ length: aftercare.days }, (_, index) => addDays(day.date, index + 1));
  const after = { phase: "after" } as const;
  return [
    ...leftoverPoints.map(({ name, owner, by }, index): Step => ({
      ...{ ...after, id: idOf("point", name), path: ["leftoverPoints", index], owner, day: by },
      text: { nl: `Restpunt: ${name}`, en: `Leftover point: ${name}` },
      check: SAID,
    })),
    ...days
      .filter((one) => isWorkingDay(country, one))
      .map((one): Step => ({
        ...{ ...after, id: idOf("contact", one), path: ["aftercare"], owner: aftercare.owner },
        ...{ day: one, at: aftercare.at, notBefore: one },
        text: {
          nl: `Contact met ${migration.projectLeaders.customer}: vragen en restpunten`,
          en: `Contact with ${migration.projectLeaders.customer}: questions and leftover points`,
        },
        check: { nl: "De vragen zijn genoteerd.", en: "The questions are noted." },
      })),
    ...domains.map(({ name }, index): Step => ({
      ...{ ...after, id: idOf("old-mail", name), path: ["domains", index], owner: aftercare.owner },
      ...{ day: last, notBefore: last },
      text: {
        nl: `Nagaan dat er bij de oude host geen post voor ${name} meer binnenkwam`,
        en: `Check that no mail for ${name} arrived at the old host any more`,
      },
      check: {
        nl: "De oude postvakken zijn sinds de migratiedag leeg gebleven.",
        en: "The old mailboxes have stayed empty since the day of the migration.",
      },
    })),
    {
      ...{ ...after, id: "evaluation", path: ["evaluation"], owner: evaluation.owner },
      ...{ day: evaluation.date, notBefore: addDays(last, 1) },
      text: {
        nl: "De migratie evalueren met de klant",
        en: "Evaluate the migration with the customer",
      },
      check: { nl: "De uitkomsten zijn vastgelegd.", en: "The outcome is recorded." },
    },
    {
      ...{ ...after, id: "close", path: ["evaluation"], owner: evaluation.owner },
      ...{ day: evaluation.date, boundary: "close" },
      text: { nl: "De migratie afsluiten", en: "Close the migration" },
      check: { nl: "Niets staat meer open.", en: "Nothing is open any more." },
    },
    ...oldContracts.map(({ name, with: party, notBefore, owner, by }, index): Step => ({
      ...{ ...after, id: idOf("contract", name), path: ["oldContracts", index], owner, day: by },
      ...(notBefore === undefined ? {} : { notBefore }),
      text: { nl: `${name} bij ${party} opzeggen`, en: `Cancel ${name} with ${party}` },
      check: { nl: "De opzegging is bevestigd.", en: "The cancellation was confirmed." },
    })),
  ];
}
