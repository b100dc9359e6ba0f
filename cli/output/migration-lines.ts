/** Where a migration stands, and the run book of its day, for a terminal. */
import { isolated } from "../../core/visible-text.ts";
import type { MigrationOverview, StepState } from "../../migration/index.ts";

export function statusLines(stack: string, overview: MigrationOverview): string[] {
  const { day, steps, gates, due, points, questions, productsChanged } = overview;
  const done = steps.filter((step) => step.done !== null).length;
  const closed = gates.filter(({ isOpen }) => !isOpen);
  const lines = [
    `${stack}: the day is ${day}; ${done} of ${steps.length} steps are done, ${gates.length - closed.length} of ${gates.length} gates are open.`,
    ...closed.flatMap(({ id, before, title, reasons, remedy }) => [
      `closed  ${id} (before: ${before}): ${title.en}`,
      ...reasons.map(({ en }) => `          - ${en}`),
      `        ${remedy.en}`,
    ]),
    ...gates.filter(({ isLifted }) => isLifted).map(({ id }) => `lifted  ${id}`),
    ...section("Due within a week, or late:", due.map(stepLine)),
    ...section(
      "Leftover points:",
      points.map(({ id, text }) => `${id}  ${text}`),
    ),
    ...section(
      "Questions:",
      questions.map(({ text, isInScope }) => `${text}${isInScope ? "" : " (outside the scope)"}`),
    ),
    ...section(
      "Products changed since the plan:",
      productsChanged.map(
        ({ user, agreed, now }) => `${user}: ${agreed.join(", ")} → ${now.join(", ")}`,
      ),
    ),
  ];
  return lines.map(isolated);
}

export function runBookLines({ steps, isGoingBack, undoNext }: MigrationOverview): string[] {
  const lines = isGoingBack
    ? [
        "Going back. Undo next:",
        ...undoNext.map(({ id, back }) => `  ${id}: ${back?.en ?? "nothing to undo"}`),
      ]
    : steps
        .filter(({ phase }) => phase === "day")
        .flatMap((step) => [
          `${step.done === null ? "[ ]" : "[x]"} ${stepLine(step)}`,
          `      check: ${step.check.en}`,
          ...(step.back === null ? [] : [`      back: ${step.back.en}`]),
        ]);
  return lines.map(isolated);
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

const stepLine = ({ id, text, owner, day, at }: StepState): string =>
  `${day}${at === null ? "" : ` ${at}`}  ${id}: ${text.en} (${owner})`;
