/**
 * How often a backup is made, by the hours from one to the next. Veeam has more steps (`periodicallyEvery`); these are the
 * ones a service is sold by.
 * @see https://helpcenter.veeam.com/references/vbo365/8/rest (RESTJobSchedulePolicy; OpenAPI of v8, checked 2026-11-28)
 */
export const SCHEDULES = { daily: 24, every12Hours: 12, every8Hours: 8, every4Hours: 4 } as const;

export type Schedule = keyof typeof SCHEDULES;

export const SCHEDULE_NAMES = Object.keys(SCHEDULES) as Schedule[];
