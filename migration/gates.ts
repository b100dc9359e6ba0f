/**
 * The gates: what must be so before the first synchronisation, before the day, and before calling it finished. Each
 * protects the customer, so that only the customer's decision makers lift one, for the reasons that they were shown.
 */
import { addDays } from "../core/calendar.ts";
import type { Text } from "../core/language.ts";
import { dayAt } from "../tenant-file/index.ts";
import { byHand, documentOf, hashOf } from "./documents.ts";
import { agreed } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { idOf } from "./step.ts";
import type { Boundary, Step } from "./step.ts";
import { lastDayOfCare } from "./steps.ts";

interface GateRule {
  readonly before: Boundary;
  readonly title: Text;
  readonly remedy: Text;
  /** What is wrong, one text each; none: it is open. */
  readonly reasons: (progress: Progress) => readonly Text[];
}

/** The training has to be fresh, the announced time to live has to be known everywhere. */
const FRESH_DAYS = 14;
const TTL_DAYS = 2;

const same = (text: string): Text => ({ nl: text, en: text });

/** Steps of a kind that are not done. */
const open = ({ steps, done }: Progress, ...kinds: string[]): readonly Step[] =>
  steps.filter(({ id }) => kinds.some((kind) => id.startsWith(`${kind}:`)) && !done.has(id));

const textsOf = (steps: readonly Step[]): readonly Text[] => steps.map(({ text }) => text);

/** Numbers that differ, and no cause in the file. */
function unexplained(progress: Progress, kind: "mailbox" | "files"): readonly Text[] {
  const { migration, done } = progress;
  const counted =
    kind === "mailbox"
      ? migration.people.map(({ user, difference }) => ({ name: user, difference }))
      : migration.inventory.files.map(({ name, difference }) => ({ name, difference }));
  return counted.flatMap(({ name, difference }) => {
    const counts = done.get(idOf(kind, name))?.counts;
    if (counts === undefined || counts === null || counts.source === counts.target) return [];
    if (difference !== undefined) return [];
    const { source, target } = counts;
    return [
      {
        nl: `${name}: ${source} aan de bron, ${target} op het doel, zonder oorzaak`,
        en: `${name}: ${source} at the source, ${target} at the target, without a cause`,
      },
    ];
  });
}

/** Who was at no training on site of the last two weeks. */
function untrained({ migration, tenant, done }: Progress): readonly Text[] {
  const { date } = migration.day;
  const fresh = migration.training.filter(
    (one) =>
      one.place === "onSite" &&
      done.has(idOf("training", one.name)) &&
      one.date >= addDays(date, -FRESH_DAYS) &&
      one.date <= date,
  );
  const wasThere = (user: string): boolean =>
    fresh.some(({ people, groups }) => {
      if (people === undefined && groups === undefined) return true;
      const named = (tenant.groups ?? []).filter(({ name }) => groups?.includes(name) === true);
      return (
        people?.includes(user) === true || named.some(({ members }) => members?.includes(user))
      );
    });
  return migration.people.filter(({ user }) => !wasThere(user)).map(({ user }) => same(user));
}

const signed = (progress: Progress, document: "plan" | "by-hand"): boolean =>
  agreed(progress, {
    ...{ said: "signed", about: document, document: documentOf(document, progress.migration) },
  });

const GATES = {
  "domain-free": {
    before: "synchronise",
    title: { nl: "De domeinen zijn vrij", en: "The domains are free" },
    remedy: {
      nl: "Laat wie het domein vasthoudt het loslaten, en zet claimedBy daarna op nobody.",
      en: "Have whoever holds the domain release it, then set claimedBy to nobody.",
    },
    reasons: ({ migration }) =>
      migration.domains
        .filter(({ claimedBy }) => claimedBy !== "nobody")
        .map(({ name, claimedBy }) =>
          claimedBy === "federated"
            ? { nl: `${name} meldt zich elders aan`, en: `${name} signs in elsewhere` }
            : { nl: `${name} zit in een andere tenant`, en: `${name} is held by another tenant` },
        ),
  },
  prepared: {
    before: "synchronise",
    title: {
      nl: "Sites, rechten en back-up staan klaar",
      en: "Sites, permissions and backup are in place",
    },
    remedy: {
      nl: "Beschrijf de back-up in het tenantbestand, laat het plan goedkeuren en voer het uit.",
      en: "Declare the backup in the tenant file, have the plan approved and apply it.",
    },
    reasons: ({ tenant, isApplied }) => [
      ...(isApplied
        ? []
        : [
            {
              nl: "Het tenantbestand is nog niet uitgevoerd",
              en: "The tenant file is not applied yet",
            },
          ]),
      ...(tenant.backup?.covers === undefined
        ? [{ nl: "Er is geen back-up", en: "There is no backup" }]
        : []),
    ],
  },
  "work-by-hand": {
    before: "synchronise",
    title: {
      nl: "De klant weet wat met de hand gaat en wat niet meekomt",
      en: "The customer knows what moves by hand and what does not come along",
    },
    remedy: {
      nl: "Laat de beslisser by-hand ondertekenen.",
      en: "Have the decision maker sign by-hand.",
    },
    reasons: (progress) =>
      signed(progress, "by-hand") ? [] : byHand(progress.migration).map(({ name }) => same(name)),
  },
  "plan-signed": {
    before: "day",
    title: {
      nl: "Plan van aanpak, risico's en scope zijn ondertekend",
      en: "Plan of approach, risks and scope are signed",
    },
    remedy: {
      nl: "Laat de beslisser plan ondertekenen; na een wijziging opnieuw.",
      en: "Have the decision maker sign plan; again after a change.",
    },
    reasons: (progress) =>
      signed(progress, "plan")
        ? []
        : [
            {
              nl: "Niet ondertekend zoals het er nu staat",
              en: "Not signed as it stands now",
            },
          ],
  },
  training: {
    before: "day",
    title: {
      nl: "Iedereen heeft in de laatste 14 dagen op locatie training gehad",
      en: "Everybody had training on site within the last 14 days",
    },
    remedy: {
      nl: "Geef de training op locatie, of verzet de migratiedag.",
      en: "Give the training on site, or move the day.",
    },
    reasons: untrained,
  },
  announcement: {
    before: "day",
    title: { nl: "De medewerkers zijn ingelicht", en: "Staff has been told" },
    remedy: {
      nl: "Verstuur het bericht en vink de stap af.",
      en: "Send the message and tick the step off.",
    },
    reasons: ({ steps, done }) =>
      textsOf(steps.filter(({ id }) => id === "announcement" && !done.has(id))),
  },
  "on-site": {
    before: "day",
    title: {
      nl: "Er is iemand van de beheerder op locatie",
      en: "Somebody of the provider is on site",
    },
    remedy: { nl: "Zet een ander onder day.onSite.", en: "Put somebody else under day.onSite." },
    reasons: ({ migration: { day, team } }) => {
      const away = new Set(
        team.filter(({ absent }) => absent?.includes(day.date) === true).map(({ name }) => name),
      );
      return day.onSite.some((name) => !away.has(name))
        ? []
        : [
            {
              nl: `Niemand kan er op ${day.date} zijn`,
              en: `Nobody can be there on ${day.date}`,
            },
          ];
    },
  },
  names: {
    before: "day",
    title: {
      nl: "Aanmeldnaam en hoofdadres zijn voor iedereen gelijk",
      en: "Sign-in name and primary address are the same for everyone",
    },
    remedy: {
      nl: "Spreek deze mensen aan, trek het gelijk en vink af.",
      en: "Approach these people, make them the same and tick off.",
    },
    reasons: (progress) => textsOf(open(progress, "name")),
  },
  mailboxes: {
    before: "day",
    title: {
      nl: "Elk postvak is gesynchroniseerd of een uitzondering met een plan",
      en: "Every mailbox is synchronised, or an exception with a plan",
    },
    remedy: {
      nl: "Synchroniseer, of zet een exception of difference bij de persoon.",
      en: "Synchronise, or give the person an exception or a difference.",
    },
    reasons: (progress) => [
      ...textsOf(open(progress, "mailbox")),
      ...unexplained(progress, "mailbox"),
    ],
  },
  files: {
    before: "day",
    title: {
      nl: "De bestanden zijn gesynchroniseerd, en wat niet kan heeft een plan",
      en: "The files are synchronised, and what cannot move has a plan",
    },
    remedy: {
      nl: "Synchroniseer, en geef elk blocked een plan en elk verschil een oorzaak.",
      en: "Synchronise, and give each blocked a plan and each difference a cause.",
    },
    reasons: (progress) => [
      ...textsOf(open(progress, "files")),
      ...unexplained(progress, "files"),
      ...progress.migration.inventory.files.flatMap(({ name, blocked = [] }) =>
        blocked.flatMap(({ what, plan }) => (plan === undefined ? [same(`${name}: ${what}`)] : [])),
      ),
    ],
  },
  "dns-access": {
    before: "day",
    title: { nl: "De toegang tot de DNS is getest", en: "The access to the DNS is tested" },
    remedy: { nl: "Test met een proefrecord en vink af.", en: "Test with a record and tick off." },
    reasons: (progress) => textsOf(open(progress, "dns-access")),
  },
  ttl: {
    before: "day",
    title: {
      nl: "De geldigheidsduur (TTL) is twee dagen van tevoren verlaagd",
      en: "The time to live (TTL) was lowered two days before",
    },
    remedy: { nl: "Verlaag die, of verzet de migratiedag.", en: "Lower it, or move the day." },
    reasons: ({ migration, tenant, done }) => {
      const latest = addDays(migration.day.date, -TTL_DAYS);
      return migration.domains.flatMap(({ name }) => {
        const word = done.get(idOf("ttl", name));
        if (word === undefined) return [same(name)];
        const day = dayAt(tenant, new Date(word.at));
        return day <= latest
          ? []
          : [{ nl: `${name}: pas op ${day}`, en: `${name}: only on ${day}` }];
      });
    },
  },
  "second-step": {
    before: "day",
    title: {
      nl: "Tweestapsverificatie is voor iedereen geregistreerd of gepland",
      en: "Two-step verification is registered or planned for everybody",
    },
    remedy: {
      nl: "Laat registreren en vink af, of zet secondStepOn bij de persoon.",
      en: "Have it registered and tick off, or give the person a secondStepOn.",
    },
    reasons: (progress) =>
      textsOf(open(progress, "second-step").filter(({ stage }) => stage === undefined)),
  },
  devices: {
    before: "day",
    title: { nl: "De apparaten zijn klaar", en: "The devices are ready" },
    remedy: { nl: "Maak ze klaar en vink af.", en: "Make them ready and tick off." },
    reasons: (progress) => textsOf(open(progress, "device")),
  },
  senders: {
    before: "day",
    title: {
      nl: "Wat zelf mail verstuurt, heeft een geteste weg of een plan",
      en: "What sends mail by itself has a tested way or a plan",
    },
    remedy: {
      nl: "Test en vink af, of schrijf een plan.",
      en: "Test and tick off, or write a plan.",
    },
    reasons: (progress) => {
      const planned = new Set(
        progress.migration.inventory.senders
          .filter(({ plan }) => plan !== undefined)
          .map(({ name }) => idOf("sender", name)),
      );
      return textsOf(open(progress, "sender").filter(({ id }) => !planned.has(id)));
    },
  },
  leftovers: {
    before: "close",
    title: {
      nl: "De restpunten zijn klaar of door de klant geaccepteerd",
      en: "The leftover points are done, or accepted by the customer",
    },
    remedy: {
      nl: "Rond ze af, of laat de beslisser ze accepteren.",
      en: "Settle them, or have the decision maker accept them.",
    },
    reasons: (progress) => [
      ...textsOf(
        open(progress, "point").filter(
          ({ id }) => !agreed(progress, { said: "accepted", about: id, document: null }),
        ),
      ),
      ...progress.points
        .filter(({ settled }) => settled === undefined)
        .map(({ id, text }) => same(`${id}: ${text}`)),
    ],
  },
  aftercare: {
    before: "close",
    title: {
      nl: "De dag en de nazorg zijn afgerond en geëvalueerd",
      en: "The day and the aftercare are over and evaluated",
    },
    remedy: { nl: "Vink af wat gedaan is.", en: "Tick off what is done." },
    reasons: (progress) => {
      const { steps, done, migration, today } = progress;
      const last = lastDayOfCare(migration);
      return [
        ...(today > last
          ? []
          : [{ nl: `De nazorg loopt tot en met ${last}`, en: `The aftercare runs until ${last}` }]),
        ...textsOf(steps.filter(({ id, stage }) => stage !== undefined && !done.has(id))),
        ...textsOf(open(progress, "contact", "old-mail")),
        ...textsOf(steps.filter(({ id }) => id === "evaluation" && !done.has(id))),
      ];
    },
  },
} as const satisfies Readonly<Record<string, GateRule>>;
export type GateId = keyof typeof GATES;
export const GATE_IDS = Object.keys(GATES) as GateId[];

export interface Gate extends Omit<GateRule, "reasons"> {
  readonly id: GateId;
  readonly reasons: readonly Text[];
  readonly isLifted: boolean;
  readonly isOpen: boolean;
}

/** What a decision maker lifts: this gate, for these reasons and no others. */
export const liftedDocument = ({ reasons }: Pick<Gate, "reasons">): string => hashOf(reasons);

export const gatesOf = (progress: Progress): readonly Gate[] =>
  GATE_IDS.map((id) => {
    const { before, title, remedy, reasons: find }: GateRule = GATES[id];
    const reasons = find(progress);
    const lifted = { said: "lifted", about: id, document: liftedDocument({ reasons }) } as const;
    const isLifted = reasons.length > 0 && agreed(progress, lifted);
    return {
      id,
      before,
      title,
      remedy,
      reasons,
      isLifted,
      isOpen: reasons.length === 0 || isLifted,
    };
  });

const BOUNDARIES: readonly Boundary[] = ["synchronise", "day", "close"];

/** The closed gates before a step: those of its boundary and of each before it. */
export const closedBefore = (progress: Progress, { boundary }: Step): readonly Gate[] =>
  boundary === undefined
    ? []
    : gatesOf(progress).filter(
        ({ before, isOpen }) =>
          !isOpen && BOUNDARIES.indexOf(before) <= BOUNDARIES.indexOf(boundary),
      );
