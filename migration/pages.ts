/** What the customer reads, as data that views/ renders: every page from the same file and the same record. */
import type { Text } from "../core/language.ts";
import { productName } from "../core/sku-catalogue.ts";
import { overviewOf } from "./overview.ts";
import type { StepState } from "./overview.ts";
import type { Progress } from "./progress.ts";

/** A name with facts about it. */
interface Row {
  readonly name: Text;
  readonly isDone?: boolean;
  readonly facts: readonly (readonly [label: Text, value: Text])[];
}
interface Section {
  readonly title: Text;
  readonly rows: readonly Row[];
}
export interface MigrationPage {
  /** Also the name of its file. */
  readonly id: string;
  readonly title: Text;
  readonly sections: readonly Section[];
}

const LABELS = {
  owner: { nl: "Wie", en: "Who" },
  by: { nl: "Uiterlijk", en: "By" },
  when: { nl: "Wanneer", en: "When" },
  hours: { nl: "Uren", en: "Hours" },
  likelihood: { nl: "Kans", en: "Likelihood" },
  effect: { nl: "Gevolg", en: "Effect" },
  measure: { nl: "Maatregel", en: "Measure" },
  downtime: { nl: "Verwachte uitval", en: "Expected downtime" },
  check: { nl: "Controle", en: "Check" },
  back: { nl: "Terug", en: "Going back" },
  done: { nl: "Gedaan", en: "Done" },
  products: { nl: "Licenties", en: "Licences" },
  device: { nl: "Apparaat", en: "Device" },
  moves: { nl: "Komt mee", en: "Moves" },
  left: { nl: "Komt niet mee", en: "Does not come along" },
  now: { nl: "Nu", en: "Now" },
  what: { nl: "Wat", en: "What" },
} as const satisfies Readonly<Record<string, Text>>;

const LEVELS = {
  low: { nl: "laag", en: "low" },
  medium: { nl: "middel", en: "medium" },
  high: { nl: "hoog", en: "high" },
} as const;
const ROUTES = {
  automatic: { nl: "vanzelf", en: "automatically" },
  byHand: { nl: "met de hand", en: "by hand" },
  none: { nl: "niet", en: "not" },
} as const;

const same = (text: string): Text => ({ nl: text, en: text });
type Fact = Row["facts"][number];
const fact = (label: keyof typeof LABELS, value: Text | string): Fact => [
  LABELS[label],
  typeof value === "string" ? same(value) : value,
];
const owned = ({ owner, by }: { readonly owner: string; readonly by: string }): Fact[] => [
  fact("owner", owner),
  fact("by", by),
];

const stepRow = (step: StepState): Row => {
  const { text, owner, day, at, check, back, done } = step;
  return {
    ...{ name: text, isDone: done !== null },
    facts: [
      fact("when", at === null ? day : `${day}, ${at}`),
      fact("owner", owner),
      fact("check", check),
      ...(back === null ? [] : [fact("back", back)]),
      ...(done === null ? [] : [fact("done", done.by)]),
    ],
  };
};

export function pagesOf(progress: Progress): readonly MigrationPage[] {
  const { migration } = progress;
  const { approach, scope, tasks, risks, workPackages, people, inventory, training } = migration;
  const { day, steps, points, questions, productsChanged } = overviewOf(progress);
  const total = workPackages.reduce((sum, { hours }) => sum + hours, 0);
  const named = (skus: readonly string[]): string => skus.map(productName).join(", ");
  return [
    {
      id: "plan",
      title: { nl: "Plan van aanpak", en: "Plan of approach" },
      sections: [
        {
          title: { nl: "Van hier naar daar", en: "From here to there" },
          rows: [
            { name: LABELS.now, facts: [fact("what", approach.now)] },
            {
              name: { nl: "Straks", en: "Then" },
              facts: [fact("what", approach.goal), ...owned(approach)],
            },
          ],
        },
        {
          title: { nl: "Wat erbij hoort", en: "In scope" },
          rows: scope.in.map((what) => ({ name: same(what), facts: [] })),
        },
        {
          title: { nl: "Wat er niet bij hoort", en: "Out of scope" },
          rows: scope.out.map((what) => ({ name: same(what), facts: [] })),
        },
        {
          title: { nl: "Wie doet wat", en: "Who does what" },
          rows: tasks.map((task) => ({ name: same(task.name), facts: owned(task) })),
        },
        {
          title: { nl: "Wat er verhuist", en: "What moves" },
          rows: [
            ...inventory.mail.map(({ name, mail, calendar, contacts, doesNotCome = [] }) => ({
              name: same(name),
              facts: [
                fact("moves", {
                  nl: `mail ${ROUTES[mail].nl}, agenda ${ROUTES[calendar].nl}, contacten ${ROUTES[contacts].nl}`,
                  en: `mail ${ROUTES[mail].en}, calendar ${ROUTES[calendar].en}, contacts ${ROUTES[contacts].en}`,
                }),
                ...(doesNotCome.length === 0 ? [] : [fact("left", doesNotCome.join("; "))]),
              ],
            })),
            ...inventory.files.map(({ name, site, route, doesNotCome = [] }) => ({
              name: same(`${name} → ${site}`),
              facts: [
                fact("moves", ROUTES[route]),
                ...(doesNotCome.length === 0 ? [] : [fact("left", doesNotCome.join("; "))]),
              ],
            })),
          ],
        },
        {
          title: { nl: "Wie krijgt wat", en: "Who gets what" },
          rows: people.map(({ user, products, device }) => ({
            name: same(user),
            facts: [fact("products", named(products)), fact("device", device.name)],
          })),
        },
        {
          title: {
            nl: "Sindsdien gewijzigd, langs de gewone weg",
            en: "Changed since, the ordinary way",
          },
          rows: productsChanged.map(({ user, now }) => ({
            ...{ name: same(user), facts: [fact("products", now.join(", ") || same("-"))] },
          })),
        },
      ],
    },
    {
      id: "risks",
      title: { nl: "Risico's", en: "Risks" },
      sections: [
        {
          title: { nl: "Wat er mis kan gaan", en: "What may go wrong" },
          rows: risks.map((risk) => ({
            name: same(risk.name),
            facts: [
              fact("likelihood", LEVELS[risk.likelihood]),
              fact("effect", LEVELS[risk.effect]),
              fact("measure", risk.measure),
              fact("downtime", {
                nl: `${risk.downtimeMinutes} minuten`,
                en: `${risk.downtimeMinutes} minutes`,
              }),
              ...owned(risk),
            ],
          })),
        },
      ],
    },
    {
      id: "hours",
      title: { nl: "Uren", en: "Hours" },
      sections: [
        {
          title: { nl: `Samen ${total} uur`, en: `${total} hours in all` },
          rows: workPackages.map((one) => ({
            name: same(one.name),
            facts: [fact("hours", String(one.hours)), ...owned(one)],
          })),
        },
      ],
    },
    {
      id: "run-book",
      title: { nl: `Draaiboek van ${day}`, en: `Run book of ${day}` },
      sections: [
        {
          title: { nl: "Stap voor stap", en: "Step by step" },
          rows: steps.filter(({ phase }) => phase === "day").map(stepRow),
        },
      ],
    },
    {
      id: "training",
      title: { nl: "Trainingsblad", en: "Training sheet" },
      sections: [
        {
          title: { nl: "Begrippen en handelingen", en: "Terms and actions" },
          rows: migration.trainingSheet.map(({ term, meaning }) => ({
            ...{ name: same(term), facts: [fact("what", meaning)] },
          })),
        },
        {
          title: { nl: "Trainingen", en: "Sessions" },
          rows: training.map(({ name, date, at, owner }) => ({
            ...{ name: same(name), facts: [fact("when", `${date}, ${at}`), fact("owner", owner)] },
          })),
        },
      ],
    },
    {
      id: "leftovers",
      title: { nl: "Restpunten", en: "Leftover points" },
      sections: [
        {
          title: { nl: "Nog open", en: "Still open" },
          rows: [
            ...steps
              .filter(({ id, done }) => id.startsWith("point:") && done === null)
              .map(stepRow),
            ...points.map(({ text }) => ({
              name: same(text),
              facts: [fact("owner", migration.projectLeaders.provider)],
            })),
          ],
        },
      ],
    },
    {
      id: "evaluation",
      title: { nl: "Evaluatie", en: "Evaluation" },
      sections: [
        {
          title: { nl: "Nazorg en afsluiting", en: "Aftercare and closing" },
          rows: steps
            .filter(({ id, phase }) => phase === "after" && !id.startsWith("point:"))
            .map(stepRow),
        },
        {
          title: { nl: "Vragen", en: "Questions" },
          rows: questions.map(({ text, isInScope }) => ({
            name: same(text),
            facts: isInScope
              ? []
              : [fact("what", { nl: "valt buiten de scope", en: "outside the scope" })],
          })),
        },
      ],
    },
  ];
}
