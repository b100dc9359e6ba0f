/** Microsoft's host names: which service of the emulator stands behind each, and how the outside sees its addresses. */

/** The first is the one that the others stand for. */
export const MICROSOFT_LOGIN_HOSTS = [
  "login.microsoftonline.com",
  "login.windows.net",
  "login.microsoft.com",
  "sts.windows.net",
];

/** By pattern; the base is what the emulator has before the service's own paths. */
const SERVICES: readonly (readonly [host: RegExp, base: (host: string) => string])[] = [
  [/^graph\.microsoft\.com$/, () => ""],
  [/^(?:login\.(?:microsoftonline\.com|windows\.net|microsoft\.com)|sts\.windows\.net)$/, () => ""],
  [/^outlook\.office(?:365)?\.com$/, () => "/exchange"],
  [/^api\.partnercenter\.microsoft\.com$/, () => "/partnercenter"],
  [/^[a-z0-9-]+\.sharepoint\.com$/, (host) => `/sharepoint/${host}`],
];

/** What the certificate of the server is good for beside localhost. */
export const CERTIFIED_NAMES = [
  "graph.microsoft.com",
  ...MICROSOFT_LOGIN_HOSTS,
  "outlook.office365.com",
  "outlook.office.com",
  "api.partnercenter.microsoft.com",
  "*.sharepoint.com",
];

/** How the client sees the service. */
export interface Outside {
  /** `https://graph.microsoft.com` */
  origin: string;
  /** What stands before the service's paths here, and not outside: `/exchange`. */
  base: string;
}

/** @param host with or without port; undefined for a name that is not Microsoft's */
export function outsideOf(host: string): Outside | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  const [, base] = SERVICES.find(([pattern]) => pattern.test(name)) ?? [];
  return base && { origin: `https://${name}`, base: base(name) };
}
