/** What a page says besides the plan itself: who asks and why, and the day from which days are counted. */
import { addDays, dayIn } from "../core/calendar.ts";
import { lastChangeDay } from "../core/terms.ts";
import type { Plan } from "../plan/index.ts";

export interface PageFacts {
  /** When the plan was made last (UTC). Whatever the page says of days follows from it, never from the clock. */
  readonly asOf: string;
  /** Mail addresses of who wrote the change; empty where nobody knows. */
  readonly requestedBy: readonly string[];
  /** Why, in the words of the newest commit; null where there are none. */
  readonly reason: string | null;
}

/** A proposal is decided on within so many days; afterwards it is made anew. */
const DECIDE_WITHIN_DAYS = 30;

/** For a plan of which no more is known than what it holds. */
export const factsOfPlan = ({ createdAt }: Plan): PageFacts => ({
  asOf: createdAt,
  requestedBy: [],
  reason: null,
});

/**
 * Last day to decide: before a term that the plan names has ended, and while its licence partner still takes a change,
 * since what it commits to is another thing then. Where that day is over, today.
 */
export function decideBy({ changes }: Plan, { asOf }: Pick<PageFacts, "asOf">): string {
  const today = dayIn("NL", new Date(asOf));
  const ends = changes.flatMap(({ commitment }) =>
    commitment?.until === undefined || commitment.until <= today
      ? []
      : [laterOf(today, lastChangeDay(commitment.until, "NL"))],
  );
  return [addDays(today, DECIDE_WITHIN_DAYS), ...ends].reduce((one, other) =>
    one < other ? one : other,
  );
}

const laterOf = (one: string, other: string): string => (one > other ? one : other);
