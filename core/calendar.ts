/** The calendar day, for rules about terms. An object, so that a test can put another day in its place. */
export const calendar = {
  /** Today in UTC as YYYY-MM-DD; at midnight a term ends up to two hours later than in the Netherlands. */
  today: (): string => new Date().toISOString().slice(0, 10),
};

/**
 * The same day `months` later (both YYYY-MM-DD); the last day of the month where that day does not exist.
 */
export function addMonths(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  const dayOfMonth = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(dayOfMonth, lastDay));
  return date.toISOString().slice(0, 10);
}

/** The day that is `days` later; both YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
