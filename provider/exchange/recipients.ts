/**
 * People, groups and mailboxes as Exchange knows them, by their object ids of the directory: Exchange takes these as
 * `Identity` (KelvinTegelaar/CIPP-API hands them over so; read 2026-11-27; not in Microsoft's list of identities).
 */
import { isRequestError } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";

/**
 * Of Office 365 Exchange Online; the application also needs the directory role Exchange Administrator.
 * @see https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2 (checked 2026-11-27)
 */
export const EXCHANGE = "Exchange.ManageAsApp";

/** Microsoft promises a mailbox within a day of the licence, and mostly makes it in minutes: longer waits another apply. */
const MAILBOX_DEADLINE_MS = 20 * 60_000;

interface Recipient {
  readonly ExternalDirectoryObjectId: string;
  readonly Alias: string;
  readonly PrimarySmtpAddress: string;
  readonly RecipientTypeDetails: string;
}

const SELECT = [
  "ExternalDirectoryObjectId",
  "Alias",
  "PrimarySmtpAddress",
  "RecipientTypeDetails",
] as const;

/** A change of a list, as Exchange takes it. */
export const listChange = (change: {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}): Readonly<Record<string, unknown>> => ({
  "@odata.type": "#Exchange.GenericHashTable",
  ...change,
});

/** The best words of a refusal stand in its details. */
export const says = (error: unknown, words: RegExp): boolean =>
  isRequestError(error) && error.details.some(({ message }) => words.test(message));

/** Exchange writes UTC, with or without saying so. */
export const toInstant = (utc: string): string => (/Z$|[+-]\d\d:\d\d$/.test(utc) ? utc : `${utc}Z`);

const isObjectId = (name: string): boolean =>
  /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(name);

const find = (context: ResourceContext, identity: string): Promise<Recipient | undefined> =>
  context.service.exchange.tryGet<Recipient>(
    "Get-Recipient",
    { Identity: identity },
    { select: SELECT },
  );

/** Primary mail address; undefined of who is gone. */
export async function addressOf(
  context: ResourceContext,
  identity: string,
): Promise<string | undefined> {
  return (await find(context, identity))?.PrimarySmtpAddress;
}

/** Object ids of those whom Exchange names, sorted; of newer objects the id is the name. Who is gone is left out. */
export async function objectIds(
  context: ResourceContext,
  names: readonly string[],
): Promise<string[]> {
  const found = await Promise.all(
    names.map(async (name) =>
      isObjectId(name) ? name : (await find(context, name))?.ExternalDirectoryObjectId,
    ),
  );
  return found
    .filter((id) => id !== undefined && id !== "")
    .map(String)
    .sort();
}

/** The same with what the tenant file calls them: people by address, groups by alias. */
export async function recipientsNamed(
  context: ResourceContext,
  names: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const found = await Promise.all(names.map((name) => find(context, name)));
  return found.flatMap((recipient) => {
    if (recipient === undefined) return [];
    const isGroup = /group/i.test(recipient.RecipientTypeDetails);
    const name = isGroup ? recipient.Alias : recipient.PrimarySmtpAddress;
    return [{ id: recipient.ExternalDirectoryObjectId, name: name.toLowerCase() }];
  });
}

/**
 * Until Exchange knows all of them: a mailbox comes some time after its licence.
 * @param people object ids with what people call them
 * @throws RefusedError `no-mailbox-yet`
 */
export async function awaitRecipients(
  context: ResourceContext,
  people: readonly { readonly id: string; readonly name: string }[],
): Promise<void> {
  await Promise.all(
    people.map(async ({ id, name }) => {
      const wait = {
        what: `the mailbox of ${name}`,
        deadlineMs: MAILBOX_DEADLINE_MS,
        signal: context.signal,
      };
      try {
        await context.service.waitUntil(() => find(context, id), wait);
      } catch (error) {
        if (!isRequestError(error, "deadline-exceeded")) throw error;
        throw new RefusedError({
          code: "no-mailbox-yet",
          message: `${name} has no mailbox yet, after ${MAILBOX_DEADLINE_MS / 60_000} minutes of waiting`,
          hint: "Microsoft makes it some time after a licence with Exchange: apply again later, what was done so far is kept. Without such a licence there will be none.",
          cause: error,
        });
      }
    }),
  );
}
