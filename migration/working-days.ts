/**
 * Working days of a country. A library that knows all countries (date-holidays 3.37.0, looked at on 2026-11-28) brings
 * data of every country for what are twenty lines here; other countries than these have weekends only.
 */
import { addDays } from "../core/calendar.ts";

type Holiday = (year: number, easter: string) => string;

const on =
  (monthAndDay: string): Holiday =>
  (year) =>
    `${year}-${monthAndDay}`;
const afterEaster =
  (days: number): Holiday =>
  (_, easter) =>
    addDays(easter, days);

/** On the 26th where the 27th is a Sunday. */
const kingsDay: Holiday = (year) =>
  isoWeekday(`${year}-04-27`) === 7 ? `${year}-04-26` : `${year}-04-27`;
/** A day off by most agreements every five years only. */
const liberationDay: Holiday = (year) => (year % 5 === 0 ? `${year}-05-05` : `${year}-01-01`);

const OF_BOTH = [on("01-01"), afterEaster(1), afterEaster(39), afterEaster(50), on("12-25")];

/**
 * @see https://gemeente.groningen.nl/koningsdag-2025 (King's Day is never on a Sunday; 2026-11-28)
 * @see https://acv-transcom.acv-online.be/acv-transcom/ik-werk-in-de-sector/post/verloven/jaarlijkse-vakantie/wettelijke-feestdagen/wettelijke-feestdagen.html
 * (the ten of Belgium; 2026-11-28). That 5 May is a day off every five years is not verified.
 */
const HOLIDAYS: Readonly<Record<string, readonly Holiday[]>> = {
  NL: [...OF_BOTH, kingsDay, liberationDay, on("12-26")],
  BE: [...OF_BOTH, on("05-01"), on("07-21"), on("08-15"), on("11-01"), on("11-11")],
};

/** Whether people work on a day, YYYY-MM-DD, in a country of two letters. */
export function isWorkingDay(country: string, day: string): boolean {
  const year = Number(day.slice(0, 4));
  const easter = easterOf(year);
  const isHoliday = (HOLIDAYS[country] ?? []).some((holiday) => holiday(year, easter) === day);
  return isoWeekday(day) < 6 && !isHoliday;
}

/** From 1, Monday, to 7. */
const isoWeekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** Easter Sunday of the Gregorian calendar (the anonymous computus, Meeus, Astronomical Algorithms, chapter 8). */
function easterOf(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const date = (h + l - 7 * m + 33 * month + 19) % 32;
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}
