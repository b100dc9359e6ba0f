/**
 * What Graph writes of somebody's mailbox: automatic replies, language and time zone. Graph gives a time zone back in
 * the form in which it was set, Windows or IANA. Not verified: whether the status stays `scheduled` after the period,
 * and how Graph refuses a period that is over (it takes future ones only).
 * @see https://learn.microsoft.com/graph/api/user-update-mailboxsettings (checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/user-get-mailboxsettings (checked 2026-11-27)
 */
import { z } from "zod";
import { isRequestError, odata } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { address, day } from "../kit/zod-shapes.ts";
import { describeMailboxSettings } from "./describe-mailbox-settings.ts";
import { awaitMailbox } from "./recipients.ts";
import { asLines, htmlOfLines, linesOfHtml } from "./reply-text.ts";

/** UTC, to the second. */
const instant = z.iso.datetime({ precision: 0 });
const lines = z.string().overwrite(asLines);

const automaticReplies = z.strictObject({
  status: z.enum(["disabled", "alwaysEnabled", "scheduled"]),
  externalAudience: z
    .enum(["none", "contactsOnly", "all"])
    .optional()
    .describe("Who outside gets an answer."),
  internalReplyMessage: lines.optional().describe("What people inside are answered."),
  externalReplyMessage: lines.optional().describe("What people outside are answered."),
  scheduledStartDateTime: instant.optional().describe("Begin of the period, UTC."),
  scheduledEndDateTime: instant.optional().describe("End of the period, UTC."),
  from: day.optional().describe("The first day as people say it; no service knows."),
  until: day.optional().describe("The last day as people say it; no service knows."),
});

const inputs = z.strictObject({
  userId: z.string().min(1).describe("Object id of the user."),
  userPrincipalName: address,
  displayName: z.string().optional().describe("What people call the user."),
  automaticReplies: automaticReplies.optional().describe("What whoever writes is answered."),
  language: z.string().min(2).optional().describe("Language and country, such as nl-NL."),
  timeZone: z.string().min(1).optional().describe("Name of the time zone, of Windows or IANA."),
});

const outputs = z.object({});

type Inputs = z.output<typeof inputs>;
export type Replies = z.output<typeof automaticReplies>;

interface DateTimeTimeZone {
  readonly dateTime: string;
  readonly timeZone: string;
}

interface Settings {
  readonly automaticRepliesSetting?: {
    readonly status: string;
    readonly externalAudience: string;
    readonly internalReplyMessage: string | null;
    readonly externalReplyMessage: string | null;
    readonly scheduledStartDateTime: DateTimeTimeZone | null;
    readonly scheduledEndDateTime: DateTimeTimeZone | null;
  };
  readonly language?: { readonly locale: string | null } | null;
  readonly timeZone?: string | null;
}

const pathOf = (userId: string): string => `${odata`/users/${userId}`}/mailboxSettings`;

/** Undefined for somebody without a mailbox, also where one is on its way. */
async function settingsOf(
  { service }: ResourceContext,
  userId: string,
): Promise<Settings | undefined> {
  try {
    return await service.graph.tryGet<Settings>(pathOf(userId));
  } catch (error) {
    if (isRequestError(error, "provisioning")) return undefined;
    throw error;
  }
}

async function observe(
  context: ResourceContext,
  userId: string,
): Promise<Observed<Inputs, z.output<typeof outputs>> | undefined> {
  const found = await settingsOf(context, userId);
  if (found === undefined) return undefined;
  return {
    id: userId,
    inputs: {
      userId,
      automaticReplies: repliesIn(found),
      language: found.language?.locale ?? "",
      timeZone: found.timeZone ?? "",
    },
    outputs: {},
  };
}

/** Only what has an effect: texts and a period stay in the mailbox when nothing is answered any more. */
function repliesIn({ automaticRepliesSetting: found }: Settings): Replies {
  // Microsoft's own examples have it with a capital too.
  const status = found?.status.toLowerCase();
  if (found === undefined || (status !== "scheduled" && status !== "alwaysenabled")) {
    return { status: "disabled" };
  }
  const audience = found.externalAudience.toLowerCase();
  const isOutside = audience !== "none";
  const replies = {
    externalAudience:
      audience === "all" || audience === "none" ? audience : ("contactsOnly" as const),
    internalReplyMessage: linesOfHtml(found.internalReplyMessage ?? ""),
    ...(isOutside ? { externalReplyMessage: linesOfHtml(found.externalReplyMessage ?? "") } : {}),
  } as const;
  if (status === "alwaysenabled") return { status: "alwaysEnabled", ...replies };
  return {
    ...{ status: "scheduled", ...replies },
    scheduledStartDateTime: instantOf(found.scheduledStartDateTime),
    scheduledEndDateTime: instantOf(found.scheduledEndDateTime),
  };
}

/** Graph answers in UTC unless it is asked for another zone. */
const instantOf = (found: DateTimeTimeZone | null): string | undefined =>
  found === null ? undefined : `${found.dateTime.slice(0, "2026-11-27T00:00:00".length)}Z`;

const inGraph = (utc: string | undefined) =>
  utc === undefined ? {} : { dateTime: utc.replace("Z", ""), timeZone: "UTC" };

const written = (replies: Replies): Readonly<Record<string, unknown>> => ({
  status: replies.status,
  ...(replies.status === "disabled"
    ? {}
    : {
        externalAudience: replies.externalAudience,
        internalReplyMessage: htmlOfLines(replies.internalReplyMessage ?? ""),
        externalReplyMessage: htmlOfLines(replies.externalReplyMessage ?? ""),
      }),
  ...(replies.status === "scheduled"
    ? {
        scheduledStartDateTime: inGraph(replies.scheduledStartDateTime),
        scheduledEndDateTime: inGraph(replies.scheduledEndDateTime),
      }
    : {}),
});

const sameReplies = (one: Replies | undefined, other: Replies | undefined): boolean =>
  JSON.stringify(one && written(one)) === JSON.stringify(other && written(other));

export const mailboxSettings = defineResource({
  token: "m365:exchange:MailboxSettings",
  summary: "Automatic replies, language and time zone of a person's mailbox.",
  inputs,
  outputs,
  permissions: { read: ["MailboxSettings.Read"], write: ["MailboxSettings.ReadWrite"] },
  sources: [
    {
      url: "https://learn.microsoft.com/graph/api/user-update-mailboxsettings",
      checked: "2026-11-27",
    },
    {
      url: "https://learn.microsoft.com/graph/api/user-get-mailboxsettings",
      checked: "2026-11-27",
    },
  ],
  assignedByService: ["userId"],
  replaceOn: ["userId"],
  listId: ({ userId }) => userId,
  caseless: ["language", "timeZone"],
  annotations: [
    ...["userPrincipalName", "displayName"],
    ...["automaticReplies.from", "automaticReplies.until"],
  ],

  read: (context, { id }) => observe(context, id),

  async reconcile(context, { wanted, observed }) {
    const { userId, userPrincipalName, displayName: name = userPrincipalName } = wanted;
    const now =
      observed ?? (await awaitMailbox(context, { name, find: () => observe(context, userId) }));
    context.created(userId);
    const { automaticReplies: replies, language, timeZone } = wanted;
    const body = {
      ...(replies === undefined || sameReplies(replies, now.inputs.automaticReplies)
        ? {}
        : { automaticRepliesSetting: written(replies) }),
      ...(language === undefined || same(language, now.inputs.language)
        ? {}
        : { language: { locale: language } }),
      ...(timeZone === undefined || same(timeZone, now.inputs.timeZone) ? {} : { timeZone }),
    };
    if (Object.keys(body).length > 0) {
      await context.service.graph.patch(pathOf(userId), body);
    }
    return { id: userId, outputs: {} };
  },

  /** Goes with its mailbox. */
  remove: () => Promise.resolve(),

  describe: describeMailboxSettings,
});

const same = (one: string, other: string | undefined): boolean =>
  one.toLowerCase() === other?.toLowerCase();
