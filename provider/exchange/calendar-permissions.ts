/**
 * Who may see or edit the main calendar of a mailbox, whatever the calendar is called: Graph finds it by itself. The row
 * of the whole organisation cannot be taken away, and is left alone like sharing with the public.
 * Graph names people by primary mail address. Not verified: how it refuses a person who is there already, or who has no
 * mailbox yet, and that each right of Outlook has a role here.
 * @see https://learn.microsoft.com/graph/api/resources/calendarpermission (v1.0, checked 2026-11-28)
 * @see https://learn.microsoft.com/graph/api/calendar-post-calendarpermissions (v1.0, application permissions too: checked
 * 2026-11-28)
 */
import { z } from "zod";
import { isRequestError, odata } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { address, day, keyedSetOf } from "../kit/zod-shapes.ts";
import { describeCalendarPermissions, describeUserCalendar } from "./describe-calendar.ts";
import { awaitMailbox } from "./recipients.ts";

const ROLES = [
  ...(["freeBusyRead", "limitedRead", "read", "write"] as const),
  ...(["delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess", "custom"] as const),
] as const;
type Role = (typeof ROLES)[number];

const permission = z.strictObject({
  userPrincipalName: address.describe("Who may."),
  role: z.enum(ROLES).describe("What the person may; `custom` is only found, never given."),
  reason: z.string().optional().describe("Why; no service knows."),
  until: day.optional().describe("Last day; an agreement, which no service knows."),
});

const inputs = z.strictObject({
  mailboxId: z.string().min(1).describe("Object id of the mailbox's account."),
  mailbox: address.describe("Primary address."),
  displayName: z.string().optional().describe("What people call the mailbox."),
  permissions: keyedSetOf(permission, ({ userPrincipalName }) => userPrincipalName).describe(
    "Who may see or edit the main calendar, by name.",
  ),
});

const outputs = z.object({});

interface CalendarPermission {
  readonly id: string;
  readonly emailAddress?: { readonly address?: string | null } | null;
  readonly isRemovable: boolean;
  readonly role: Role | "none";
}

const pathOf = (mailboxId: string): string =>
  `${odata`/users/${mailboxId}`}/calendar/calendarPermissions`;

/** By address, those who are named; undefined without a mailbox, also where one is on its way. */
async function named(
  { service }: ResourceContext,
  mailboxId: string,
): Promise<ReadonlyMap<string, { readonly id: string; readonly role: Role }> | undefined> {
  try {
    const all = await service.graph.all<CalendarPermission>(pathOf(mailboxId));
    return new Map(
      all.flatMap(({ id, emailAddress, isRemovable, role }) => {
        const who = emailAddress?.address?.toLowerCase() ?? "";
        return who === "" || !isRemovable || role === "none" ? [] : [[who, { id, role }]];
      }),
    );
  } catch (error) {
    if (isRequestError(error, "not-found") || isRequestError(error, "provisioning")) {
      return undefined;
    }
    throw error;
  }
}

async function observe(
  context: ResourceContext,
  mailboxId: string,
): Promise<Observed<z.output<typeof inputs>, z.output<typeof outputs>> | undefined> {
  const found = await named(context, mailboxId);
  if (found === undefined) return undefined;
  const permissions = [...found]
    .map(([userPrincipalName, { role }]) => ({ userPrincipalName, role }))
    .sort((one, other) => (one.userPrincipalName < other.userPrincipalName ? -1 : 1));
  return { id: mailboxId, inputs: { mailboxId, permissions }, outputs: {} };
}

export const calendarPermissions = defineResource({
  token: "m365:exchange:CalendarPermissions",
  summary: "Who may see or edit the main calendar of a shared mailbox.",
  inputs,
  outputs,
  permissions: { read: ["Calendars.Read"], write: ["Calendars.ReadWrite"] },
  sources: [
    {
      url: "https://learn.microsoft.com/graph/api/resources/calendarpermission",
      checked: "2026-11-28",
    },
    {
      url: "https://learn.microsoft.com/graph/api/calendar-post-calendarpermissions",
      checked: "2026-11-28",
    },
  ],
  assignedByService: ["mailboxId"],
  replaceOn: ["mailboxId"],
  listId: ({ mailboxId }) => mailboxId,
  annotations: [...["mailbox", "displayName", "permissions[*].reason", "permissions[*].until"]],
  elementKeys: { permissions: ["userPrincipalName"] },

  read: (context, { id }) => observe(context, id),

  async reconcile(context, { wanted, observed }) {
    const { mailboxId, mailbox, displayName: name = mailbox, permissions } = wanted;
    const present = await awaitMailbox(context, { name, find: () => named(context, mailboxId) });
    context.created(mailboxId);
    const { graph } = context.service;
    const path = pathOf(mailboxId);
    const kept = new Set(permissions.map(({ userPrincipalName }) => userPrincipalName));
    for (const [who, { id }] of present) {
      // What was there before anybody managed it was not approved to go.
      if (observed !== undefined && !kept.has(who)) await graph.tryDelete(path + odata`/${id}`);
    }
    for (const { userPrincipalName: who, role } of permissions) {
      const known = present.get(who);
      if (known === undefined) {
        const body = { emailAddress: { address: who, name: who }, role };
        const find = async () => (await named(context, mailboxId))?.get(who);
        await graph.post<unknown>(path, body, { find, justCreated: true });
      } else if (known.role !== role) {
        await graph.patch(path + odata`/${known.id}`, { role });
      }
    }
    return { id: mailboxId, outputs: {} };
  },

  async remove(context, { id, previous }) {
    const present = await named(context, id);
    for (const { userPrincipalName } of previous.permissions) {
      const known = present?.get(userPrincipalName);
      if (known !== undefined) {
        await context.service.graph.tryDelete(pathOf(id) + odata`/${known.id}`);
      }
    }
  },

  describe: describeCalendarPermissions,
});

/** The same of somebody's own mailbox: the tenant file has it with the person, and so has the page. */
export const userCalendarPermissions: typeof calendarPermissions = {
  ...calendarPermissions,
  token: "m365:exchange:UserCalendarPermissions",
  summary: "Who else may see or edit a person's main calendar.",
  describe: describeUserCalendar,
};
