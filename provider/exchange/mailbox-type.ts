/**
 * Whether somebody's own mailbox is a shared one: it needs no licence then, and nobody signs in as it. The licence may go
 * only after the mailbox reads back as shared: a mailbox of a person without a licence is deleted. Not verified: how long
 * a conversion takes, and what becomes of one that is asked for again.
 * @see https://learn.microsoft.com/microsoft-365/admin/email/remove-license-from-shared-mailbox (checked 2026-11-28)
 */
import { z } from "zod";
import { isRequestError } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address } from "../kit/zod-shapes.ts";
import { describeMailboxType } from "./describe-mailbox-type.ts";
import { EXCHANGE } from "./recipients.ts";
import { licenseNeeds } from "./shared-without-license.ts";
import type { Kept } from "./shared-without-license.ts";

/** As long as for a new mailbox: longer waits another apply. */
const CONVERSION_DEADLINE_MS = 20 * 60_000;

const inputs = z.strictObject({
  userId: z.string().min(1).describe("Object id of the user."),
  userPrincipalName: address,
  displayName: z.string().optional().describe("What people call the user."),
  type: z.enum(["regular", "shared"]).describe("`regular` is only found, never made."),
  withoutLicense: z
    .boolean()
    .optional()
    .describe("Whether nothing gives the person a licence with a mailbox any more."),
});

const outputs = z.object({});

interface Mailbox extends Kept {
  readonly UserPrincipalName: string;
  readonly DisplayName: string;
  readonly RecipientTypeDetails: string;
}

const SELECT = [
  ...["UserPrincipalName", "DisplayName", "RecipientTypeDetails"],
  ...["LitigationHoldEnabled", "ArchiveStatus"],
];

const find = (
  { service }: ResourceContext,
  userId: string,
  options: { readonly justCreated?: boolean } = {},
): Promise<Mailbox | undefined> =>
  service.exchange.tryGet<Mailbox>(
    "Get-Mailbox",
    { Identity: userId },
    { select: SELECT, ...options },
  );

const isShared = ({ RecipientTypeDetails: type }: Mailbox): boolean => type === "SharedMailbox";

export const mailboxType = defineResource({
  token: "m365:exchange:MailboxType",
  summary: "Whether a person's mailbox is a shared one, which needs no licence.",
  inputs,
  outputs,
  permissions: { read: [EXCHANGE], write: [EXCHANGE] },
  sources: [
    {
      url: "https://learn.microsoft.com/microsoft-365/admin/email/remove-license-from-shared-mailbox",
      checked: "2026-11-28",
    },
  ],
  assignedByService: ["userId"],
  replaceOn: ["userId"],
  listId: ({ userId }) => userId,
  writeOnly: ["withoutLicense"],
  annotations: ["userPrincipalName", "displayName"],

  uniqueKey: ({ userPrincipalName }) => userPrincipalName?.toLowerCase(),

  async read(context, { id }) {
    const found = await find(context, id);
    if (found === undefined) return undefined;
    return {
      id,
      inputs: {
        userId: id,
        userPrincipalName: found.UserPrincipalName.toLowerCase(),
        displayName: found.DisplayName,
        type: isShared(found) ? ("shared" as const) : ("regular" as const),
      },
      outputs: {},
    };
  },

  async reconcile(context, { wanted }) {
    const { userId, userPrincipalName, displayName: name = userPrincipalName, type } = wanted;
    const found = await find(context, userId);
    if (found === undefined) {
      throw new RefusedError({
        code: "no-mailbox",
        message: `${name} has no mailbox that could become a shared one`,
        hint: "Give the licence back and apply, then convert; or declare a shared mailbox under `mailboxes`.",
      });
    }
    const needs = wanted.withoutLicense === true ? await licenseNeeds(context, userId, found) : [];
    if (needs.length > 0) {
      throw new RefusedError({
        code: "mailbox-needs-license",
        message: `The mailbox of ${name} needs a licence: ${needs.map(({ en }) => en).join(", ")}`,
        hint: "Keep a licence with Exchange Online Plan 2 under `licenses`, or make it small enough, without hold and archive.",
      });
    }
    context.created(userId);
    if (type === "shared" && !isShared(found)) {
      await context.service.exchange.invoke("Set-Mailbox", { Identity: userId, Type: "Shared" });
      await converted(context, { userId, name });
    }
    return { id: userId, outputs: {} };
  },

  /** No longer managed: the mailbox stays what it is. */
  remove: () => Promise.resolve(),

  describe: describeMailboxType,
});

/** @throws RefusedError `mailbox-converting` */
async function converted(
  context: ResourceContext,
  { userId, name }: { readonly userId: string; readonly name: string },
): Promise<void> {
  const wait = {
    what: `the mailbox of ${name} to become a shared one`,
    deadlineMs: CONVERSION_DEADLINE_MS,
    signal: context.signal,
  };
  try {
    await context.service.waitUntil(async () => {
      const found = await find(context, userId);
      return found !== undefined && isShared(found) ? true : undefined;
    }, wait);
  } catch (error) {
    if (!isRequestError(error, "deadline-exceeded")) throw error;
    throw new RefusedError({
      code: "mailbox-converting",
      message: `The mailbox of ${name} is not a shared one yet, after ${CONVERSION_DEADLINE_MS / 60_000} minutes of waiting`,
      hint: "Apply again later: the licence stays until then, and what was done so far is kept.",
      cause: error,
    });
  }
}
