/** Where a migration stands, as a plain value for programs and for people. */
import { addDays } from "../core/calendar.ts";
import { productsChanged } from "./documents.ts";
import type { ChangedProducts } from "./documents.ts";
import { gatesOf } from "./gates.ts";
import type { Gate } from "./gates.ts";
import { nextBack } from "./progress.ts";
import type { Progress } from "./progress.ts";
import type { Step } from "./step.ts";

export interface StepState extends Pick<Step, "id" | "phase" | "text" | "owner" | "day" | "check"> {
  readonly at: string | null;
  readonly back: NonNullable<Step["back"]> | null;
  /** Who did it and when (UTC); null: it is open. */
  readonly done: { readonly by: string; readonly at: string } | null;
}

export interface MigrationOverview {
  /** YYYY-MM-DD in the customer's country, both. */
  readonly day: string;
  readonly today: string;
  readonly steps: readonly StepState[];
  readonly gates: readonly Gate[];
  /** What is open and late, or falls due within a week. */
  readonly due: readonly StepState[];
  /** Leftover points that were noted and are not settled. */
  readonly points: readonly { readonly id: string; readonly text: string }[];
  readonly questions: readonly { readonly text: string; readonly isInScope: boolean }[];
  /** Changes of products since the plan was made, which went the ordinary way. */
  readonly productsChanged: readonly ChangedProducts[];
  readonly isGoingBack: boolean;
  /** What is undone next, while the day is gone back on. */
  readonly undoNext: readonly StepState[];
}

const DUE_DAYS = 7;

export function overviewOf(progress: Progress): MigrationOverview {
  const { migration, tenant, today, words, isGoingBack } = progress;
  const state = ({ id, phase, text, owner, day, at, check, back }: Step): StepState => {
    const word = progress.done.get(id);
    return {
      ...{ id, phase, text, owner, day, check, at: at ?? null, back: back ?? null },
      done: word === undefined ? null : { by: word.by, at: word.at },
    };
  };
  const steps = progress.steps.map(state);
  return {
    ...{ day: migration.day.date, today, steps, isGoingBack, gates: gatesOf(progress) },
    due: steps
      .filter(({ done, day }) => done === null && day <= addDays(today, DUE_DAYS))
      .toSorted((a, b) => `${a.day} ${a.at ?? ""}`.localeCompare(`${b.day} ${b.at ?? ""}`)),
    points: progress.points
      .filter(({ settled }) => settled === undefined)
      .map(({ id, text }) => ({ id, text })),
    questions: words
      .filter(({ said }) => said === "asked" || said === "askedOutside")
      .map(({ said, remark }) => ({ text: remark, isInScope: said === "asked" })),
    productsChanged: productsChanged(migration, tenant),
    undoNext: isGoingBack ? nextBack(progress).map(state) : [],
  };
}
