/**
 * Whether somebody's own mailbox is a shared one: it needs no licence then, and nobody signs in as it. The licence may go
 * only after the mailbox reads back as shared: a mailbox of a person without a licence is deleted. Not verified: how long
 * a conversion takes, and what becomes of one that is asked for again. The way back is the same, with the licence first.
 * @see https://learn.microsoft.com/microsoft-365/admin/email/remove-license-from-shared-mailbox (checked 2026-11-28)
 */
import { z } from "zod";
import { defineResource } from "../kit/define.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address } from "../kit/zod-shapes.ts";
import { convert, typeIn } from "./conversion.ts";
import { describeMailboxType } from "./describe-mailbox-type.ts";
import { EXCHANGE } from "./recipients.ts";
import { licenseNeeds } from "./shared-without-license.ts";
import type { Kept } from "./shared-without-license.ts";

const inputs = z.strictObject({
  userId: z.string().min(1).describe("Object id of the user."),
  userPrincipalName: address,
  displayName: z.string().optional().describe("What people call the user."),
  type: z.enum(["regular", "shared"]).describe("`regular`: a person's own again."),
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

const find = ({ service }: ResourceContext, userId: string): Promise<Mailbox | undefined> =>
  service.exchange.tryGet<Mailbox>("Get-Mailbox", { Identity: userId }, { select: SELECT });

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
        type:
          typeIn(found.RecipientTypeDetails) === "shared"
            ? ("shared" as const)
            : ("regular" as const),
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
    if (typeIn(found.RecipientTypeDetails) !== type) {
      await convert(context, { id: userId, name, type });
    }
    return { id: userId, outputs: {} };
  },

  /** No longer managed: the mailbox stays what it is. */
  remove: () => Promise.resolve(),

  describe: describeMailboxType,
});
