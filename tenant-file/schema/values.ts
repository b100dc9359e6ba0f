/** The kinds of value that several sections share. Each refuses with one sentence and says what is allowed. */
import { domainToASCII } from "node:url";
import * as z from "zod";
import { holdsHidden } from "../../core/hidden-characters.ts";
import { domainOfAddress } from "../../core/mail-address.ts";
import { countryCodes } from "./countries.ts";

/**
 * Limits of a user principal name: characters and 64 before the @ (Graph `user`), 48 behind it.
 * @see https://learn.microsoft.com/graph/api/user-post-users (checked 2026-11)
 * @see https://learn.microsoft.com/microsoft-365/enterprise/prepare-for-directory-synchronization (checked 2026-11)
 */
const LOCAL_PART = /^[a-z0-9'._\-!#^~]{1,64}$/;
const UPN_DOMAIN_MAX_LENGTH = 48;
/** A mailbox outside the tenant: the usual characters of RFC 5322, without quoting. */
const EMAIL_LOCAL_PART = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;
const DOMAIN =
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z][a-z0-9-]{0,61}[a-z0-9])$/;

interface Shape {
  /** One sentence. */
  message: string;
  /** What may stand there, as shown to the user. */
  allowed: string;
  /** The value is not repeated. */
  isSecret?: true;
}

/** A check that carries what is allowed along to the problem that it causes. */
export function shapedAs(test: (value: string) => boolean, shape: Shape) {
  return z.refine<string>(test, { error: shape.message, params: { ...shape } });
}

/** Text on one line, in Unicode's composed form (NFC), without anything that cannot be seen. Length in characters. */
export function text(maxLength: number) {
  return z
    .string()
    .normalize("NFC")
    .min(1)
    .max(maxLength)
    .refine((value) => value === value.trim(), { error: "Starts or ends with a space" })
    .refine((value) => !holdsHidden(value), {
      error: "Contains an invisible character or an unusual space",
      params: { allowed: "one line of visible characters, of any script, and ordinary spaces" },
    });
}

/** A calendar day, `YYYY-MM-DD`, without time or time zone: the day as it is in the customer's country. */
export const calendarDay = z.iso.date({
  error: (issue) => (typeof issue.input === "string" ? "Not a valid date" : undefined),
});

export const guid = z
  .string()
  .toLowerCase()
  .check(
    shapedAs((value) => z.guid().safeParse(value).success, {
      message: "Not a valid GUID",
      allowed: "a GUID, e.g. 5d1f4a0c-7b0e-4c52-9a39-6f1f0c2e8b14",
    }),
  );

export const countryCode = z.enum(countryCodes).meta({
  description: "A country's two-letter code in upper case (ISO 3166-1), e.g. NL",
});

export const language = z.enum(["nl", "en"]).meta({ description: "nl (Dutch) or en (English)" });

/** A language of a person's choice, as Graph's `preferredLanguage` has it: any, not only those of our pages. */
export const languageTag = z.string().check(
  shapedAs((value) => /^[a-z]{2,3}(-[A-Z]{2})?$/.test(value), {
    message: "Not a valid language",
    allowed: "a language, with or without its country, e.g. nl or nl-NL",
  }),
);

/** A DNS name in lower case; international names are turned into their ASCII form (`xn--…`) and compared there. */
export const domainName = z
  .string()
  .overwrite(normalizeDomain)
  .check(
    shapedAs((value) => DOMAIN.test(value), {
      message: "Not a valid domain name",
      allowed: "a domain name, e.g. contoso.com",
    }),
  );

/**
 * The account of somebody else's user in this tenant has their address in its name, with #EXT# behind it.
 * @see https://learn.microsoft.com/entra/external-id/user-properties (checked 2026-11)
 */
const isNoGuest = shapedAs((value) => !value.includes("#ext#"), {
  message: "This is a guest, not a user of this tenant",
  allowed: "a user with an account of this tenant; a guest is named by mail address, under guests",
});

/** `name@domain` in lower case, domain in ASCII form: upper case is accepted, two that differ only by case are one. */
export function principalName(allowed: string) {
  return z
    .string()
    .overwrite(normalizeAddress)
    .check(
      isNoGuest,
      shapedAs((value) => isUserPrincipalName(value), {
        message: "Not a valid user principal name",
        allowed,
      }),
    );
}

export const userPrincipalName = principalName(
  "name@domain: before the @ at most 64 of A–Z a–z 0–9 ' . - _ ! # ^ ~, after it at most 48 characters",
);

/** A mail address of anyone, normalised like a user principal name. */
export const emailAddress = z
  .string()
  .overwrite(normalizeAddress)
  .check(
    isNoGuest,
    shapedAs((value) => hasAddressParts(value, EMAIL_LOCAL_PART), {
      message: "Not a valid e-mail address",
      allowed: "an e-mail address, e.g. m.devries@contoso.com",
    }),
  );

/** International notation; written in quotes, else YAML reads it as a number. */
export const phoneNumber = z
  .string()
  .max(64)
  .check(
    shapedAs((value) => /^\+[1-9][0-9 ()-]{5,}$/.test(value), {
      message: "Not a telephone number in international notation",
      allowed: 'digits, spaces and hyphens after a +, in quotes, e.g. "+31 20 555 0100"',
    }),
  );

function normalizeDomain(domain: string): string {
  const lower = domain.toLowerCase();
  // Like a URL's host, domainToASCII would drop a path and what nobody sees, and decode %41; such names are
  // refused as they are.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(lower) || holdsHidden(lower)) return lower;
  // Empty when the name cannot be converted.
  return domainToASCII(lower) || lower;
}

function normalizeAddress(address: string): string {
  const at = address.lastIndexOf("@");
  if (at < 0) return address.toLowerCase();
  return `${address.slice(0, at).toLowerCase()}@${normalizeDomain(address.slice(at + 1))}`;
}

function hasAddressParts(address: string, localPart: RegExp): boolean {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  return (
    at > 0 &&
    localPart.test(local) &&
    !/^\.|\.$|\.\./.test(local) &&
    DOMAIN.test(address.slice(at + 1))
  );
}

function isUserPrincipalName(address: string): boolean {
  return (
    hasAddressParts(address, LOCAL_PART) && domainOfAddress(address).length <= UPN_DOMAIN_MAX_LENGTH
  );
}
