/** When a job runs next. The emulated server's clock is in UTC. */
import type { SchedulePolicy } from "./model.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const DAYS_OF_GROUP: Readonly<Record<string, readonly string[]>> = {
  Everyday: WEEKDAYS,
  Workdays: WEEKDAYS.slice(1, 6),
  Weekends: ["Sunday", "Saturday"],
};

/** @returns milliseconds since 1970-01-01 UTC; undefined when nothing is scheduled */
export function nextRunMs(policy: SchedulePolicy, nowMs: number): number | undefined {
  if (policy.scheduleEnabled !== true) return undefined;
  if (policy.type === "Periodically") return nextPeriodMs(policy.periodicallyEvery ?? "", nowMs);
  return policy.type === "Daily" ? nextDailyMs(policy, nowMs) : undefined;
}

function nextPeriodMs(every: string, nowMs: number): number | undefined {
  const [, unit, count] = /^(Minutes|Hours)(\d+)$/.exec(every) ?? [];
  if (unit === undefined) return undefined;
  const periodMs = Number(count) * (unit === "Hours" ? 60 : 1) * MINUTE_MS;
  return (Math.floor(nowMs / periodMs) + 1) * periodMs;
}

function nextDailyMs(policy: SchedulePolicy, nowMs: number): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = (policy.dailyTime ?? "").split(":").map(Number);
  const timeOfDayMs = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  const type = policy.dailyType ?? "Everyday";
  const days = DAYS_OF_GROUP[type] ?? [type];
  const midnightMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  for (let day = 0; day <= 7; day++) {
    const candidateMs = midnightMs + day * DAY_MS + timeOfDayMs;
    const weekday = WEEKDAYS[new Date(candidateMs).getUTCDay()] ?? "";
    if (candidateMs > nowMs && days.includes(weekday)) return candidateMs;
  }
  return undefined;
}
