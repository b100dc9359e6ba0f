/** A migration that is ready for its day, to take one thing away from. */
import { documentOf } from "../../migration/documents.ts";
import type { Migration } from "../../migration/migration-schema.ts";
import { progressOf } from "../../migration/progress.ts";
import type { Known, Progress, Word } from "../../migration/progress.ts";
import { stepsOf } from "../../migration/steps.ts";
import { migrationOf, tenant } from "./sample.ts";

export const MARIEKE = "marieke.devries@contoso.com";

export const word = (more: Partial<Word>): Word => ({
  ...{ said: "done", about: "", document: null, counts: null, by: "Ines Smeets", remark: "" },
  ...{ at: "2027-01-18T09:00:00.000Z", decisionMaker: undefined },
  ...more,
});

export const signed = (
  document: "plan" | "by-hand",
  migration: Migration,
  more: Partial<Word> = {},
): Word =>
  word({
    ...{ said: "signed", about: document, document: documentOf(document, migration) },
    ...{ decisionMaker: MARIEKE, ...more },
  });

/** Everything before the day is done, two days before it. */
export function readyWords(migration: Migration): readonly Word[] {
  const before = stepsOf(migration, "NL").filter(({ phase }) => phase === "before");
  return [
    ...before.map(({ id, isCounted }) =>
      word({ about: id, counts: isCounted === true ? { source: 9, target: 9 } : null }),
    ),
    signed("plan", migration),
    signed("by-hand", migration),
  ];
}

export function ready({ migration = migrationOf(), ...more }: Partial<Known> = {}): Progress {
  return progressOf({
    ...{ migration, tenant, words: readyWords(migration), isApplied: true, required: 1 },
    now: new Date("2027-01-22T07:00:00.000Z"),
    ...more,
  });
}
