/**
 * Calendar days (YYYY-MM-DD), by one rule: a day is the day in the customer's country. docs/decisions/0013-calendar-days.md
 * says why. Days of this form sort as text.
 */

/** The zone of the capital, for countries that have several which differ. Others have one, which Intl knows. */
const CAPITAL_ZONES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "AQ:Antarctica/McMurdo AU:Australia/Sydney BR:America/Sao_Paulo BV:Europe/Oslo CA:America/Toronto " +
    "CD:Africa/Kinshasa CL:America/Santiago CN:Asia/Shanghai EC:America/Guayaquil ES:Europe/Madrid " +
    "FM:Pacific/Pohnpei GL:America/Nuuk HM:Australia/Perth ID:Asia/Jakarta KI:Pacific/Tarawa KZ:Asia/Almaty " +
    "MN:Asia/Ulaanbaatar MX:America/Mexico_City NZ:Pacific/Auckland PF:Pacific/Tahiti PG:Pacific/Port_Moresby " +
    "PT:Europe/Lisbon RU:Europe/Moscow UA:Europe/Kiev UM:Pacific/Wake US:America/New_York"
  )
    .split(" ")
    .map((entry) => entry.split(":") as [country: string, zone: string]),
);

/** A method since V8 13, a property before; TypeScript 6 knows neither. */
interface LocaleZones {
  getTimeZones?: () => string[] | undefined;
  timeZones?: string[];
}

/** The time zone in which a country's days begin and end; `country` as two letters (ISO 3166-1). */
function timeZoneOf(country: string): string {
  const locale: Intl.Locale & LocaleZones = new Intl.Locale("und", { region: country });
  const [zone] = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  const found = CAPITAL_ZONES[country] ?? zone;
  if (found === undefined) throw new Error(`No time zone is known for the country ${country}`);
  return found;
}

/** Whether it is a place of the IANA list, such as Europe/Amsterdam. */
export const isTimeZone = (name: string): boolean =>
  name.includes("/") && Intl.supportedValuesOf("timeZone").includes(name);

/** The calendar day that an instant falls on in a country. */
export const dayIn = (country: string, instant: Date): string =>
  // Swedish writes days as this file does.
  new Intl.DateTimeFormat("sv-SE", { timeZone: timeZoneOf(country) }).format(instant);

/** The instant at which a calendar day begins in a country. */
export function startOfDay(country: string, day: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const ahead = (instant: number): number =>
    Date.parse(`${timeIn(country, new Date(instant)).replace(" ", "T")}:00Z`) - instant;
  // Near midnight the clocks may be put forward or back: the zone's time of then counts.
  return new Date(midnight - ahead(midnight - ahead(midnight)));
}

/** The day that begins in the country at this instant (ISO 8601); undefined where none does. */
export function dayBegunAt(country: string, instant: string): string | undefined {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return undefined;
  const day = dayIn(country, at);
  return startOfDay(country, day).getTime() === at.getTime() ? day : undefined;
}

/** Day and time of an instant in a country, to the minute: `2026-11-22 10:05`. */
export const timeIn = (country: string, instant: Date): string =>
  new Intl.DateTimeFormat("sv-SE", {
    ...{ timeZone: timeZoneOf(country), dateStyle: "short", timeStyle: "short" },
  }).format(instant);

/** Today, for who is given no day. An object, so that a test can put another day in its place. */
export const calendar = {
  /** Today in the Netherlands, where the customers are. */
  today: (): string => dayIn("NL", new Date()),
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

/** Days from one day to another, both YYYY-MM-DD; the clocks may change between them, the days do not. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;

export const DAY_MS = 24 * 60 * 60 * 1000;
