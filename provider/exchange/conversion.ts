/** A mailbox becomes one of another type some time after Exchange was asked. Not verified: how long that takes. */
import { isRequestError } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";

/** As long as for a new mailbox: longer waits another apply. */
const CONVERSION_DEADLINE_MS = 20 * 60_000;

/** `Type` of Set-Mailbox, and how Get-Mailbox says it in `RecipientTypeDetails`. */
const TYPES = {
  regular: { Type: "Regular", details: "UserMailbox" },
  shared: { Type: "Shared", details: "SharedMailbox" },
  room: { Type: "Room", details: "RoomMailbox" },
  equipment: { Type: "Equipment", details: "EquipmentMailbox" },
} as const;

export type MailboxType = keyof typeof TYPES;

/** Undefined for kinds that nobody can choose. */
export const typeIn = (recipientTypeDetails: string): MailboxType | undefined =>
  (Object.keys(TYPES) as MailboxType[]).find(
    (type) => TYPES[type].details === recipientTypeDetails,
  );

/**
 * Asks for the type and waits until the mailbox reads back so.
 * @throws RefusedError `mailbox-converting`
 */
export async function convert(
  context: ResourceContext,
  { id, name, type }: { readonly id: string; readonly name: string; readonly type: MailboxType },
): Promise<void> {
  const { exchange } = context.service;
  const target = { Identity: id, Type: TYPES[type].Type };
  await exchange.invoke("Set-Mailbox", target, { justCreated: true });
  const wait = {
    what: `the mailbox of ${name} to become ${WORDS[type]}`,
    deadlineMs: CONVERSION_DEADLINE_MS,
    signal: context.signal,
  };
  try {
    await context.service.waitUntil(async () => {
      const select = ["RecipientTypeDetails"];
      const found = await exchange.tryGet<{ readonly RecipientTypeDetails: string }>(
        "Get-Mailbox",
        { Identity: id },
        { select },
      );
      return found?.RecipientTypeDetails === TYPES[type].details ? true : undefined;
    }, wait);
  } catch (error) {
    if (!isRequestError(error, "deadline-exceeded")) throw error;
    throw new RefusedError({
      code: "mailbox-converting",
      message: `The mailbox of ${name} is not ${WORDS[type]} yet, after ${CONVERSION_DEADLINE_MS / 60_000} minutes of waiting`,
      hint: "Apply again later: the licence stays until then, and what was done so far is kept.",
      cause: error,
    });
  }
}

const WORDS: Readonly<Record<MailboxType, string>> = {
  regular: "a person's own",
  shared: "a shared one",
  room: "that of a room",
  equipment: "that of equipment",
};
