/** Windows language ids of the languages that sites are made in here. Source: [MS-LCID], Language ID Assignments (checked 2026-11-22). */
export const WINDOWS_LANGUAGES = { nl: 1043, en: 1033, de: 1031, fr: 1036 } as const;

export type SiteLanguage = keyof typeof WINDOWS_LANGUAGES;
export const SITE_LANGUAGES = Object.keys(WINDOWS_LANGUAGES) as SiteLanguage[];

/** Undefined for a language that sites are not made in here. */
export const siteLanguageOf = (lcid: number): SiteLanguage | undefined =>
  SITE_LANGUAGES.find((tag) => WINDOWS_LANGUAGES[tag] === lcid);
