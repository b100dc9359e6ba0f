/**
 * Who may see or edit the main calendar of a mailbox, in Graph. Not verified: ids, refusals, and that somebody of the
 * tenant's domains without a mailbox is none to share with.
 * @see https://learn.microsoft.com/graph/api/resources/calendarpermission (checked 2026-11-28)
 * @see https://learn.microsoft.com/graph/api/calendar-post-calendarpermissions, calendarpermission-update (checked 2026-11-28)
 */
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import { users } from "../entities/collections.ts";
import type { GraphObject } from "../graph/object.ts";
import { readEntity } from "../graph/input.ts";
import { collectionAnswer, entityAnswer, noContent } from "../graph/responses.ts";
import type { GraphPart } from "../graph/workload.ts";
import { ownerOf } from "./inbox-rules.ts";
import { mailboxes } from "./model.ts";
import { primaryAddress, text } from "./recipients.ts";

interface Shared {
  /** Object id of the user, or an address outside. */
  readonly who: string;
  readonly role: string;
}

interface Calendar extends StoredObject {
  /** Object id of the owner. */
  id: string;
  organizationRole: string;
  shared: readonly Shared[];
}

const calendars = defineCollection<Calendar>("exchange.calendar");

const PATH = "/users/:id/calendar/calendarPermissions";
const TYPE = { type: "calendarPermission", context: "calendarPermissions" };
const ORGANIZATION = "TXkgT3JnYW5pemF0aW9u";
const READING = ["none", "freeBusyRead", "limitedRead", "read"];
const INSIDE = [
  ...["freeBusyRead", "limitedRead", "read", "write"],
  ...["delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess"],
];

const calendarOf = (call: Call, id: string): Calendar =>
  call.store.get(calendars, id) ?? { id, organizationRole: "freeBusyRead", shared: [] };

function save(call: Call, calendar: Calendar): void {
  if (call.store.get(calendars, calendar.id) === undefined) {
    call.store.insert(calendars, calendar, call.nowMs);
  } else {
    call.store.replace(calendars, calendar);
  }
}

const idOf = (who: string): string => Buffer.from(who).toString("base64url");

function rowsOf(call: Call, { organizationRole, shared }: Calendar): Record<string, unknown>[] {
  return [
    {
      ...{ id: ORGANIZATION, isRemovable: false, isInsideOrganization: true },
      ...{ role: organizationRole, allowedRoles: [...READING, "write"] },
      emailAddress: { name: "My Organization" },
    },
    ...shared.flatMap(({ who, role }) => {
      const address = who.includes("@") ? { name: who, address: who } : addressOf(call, who);
      if (address === undefined) return [];
      const isInside = !who.includes("@");
      return [
        {
          ...{ id: idOf(who), isRemovable: true, isInsideOrganization: isInside, role },
          ...{ allowedRoles: isInside ? INSIDE : READING.slice(1), emailAddress: address },
        },
      ];
    }),
  ];
}

/** Undefined of somebody who is gone. */
function addressOf(call: Call, id: string): { name: string; address: string } | undefined {
  const user = call.store.get(users, id);
  return user && { name: text(user, "displayName"), address: primaryAddress(user) };
}

function share(call: Call): Answer {
  const calendar = calendarOf(call, ownerOf(call));
  const { emailAddress, role } = readEntity(call, TYPE.type).properties;
  const address = (emailAddress as GraphObject | undefined)?.address;
  if (typeof address !== "string" || typeof role !== "string") {
    throw refused("emailAddress and role are required.");
  }
  const [entry] = call.store.find(users, "proxyAddresses", `smtp:${address}`);
  const who = entry?.object.id ?? address.toLowerCase();
  if (entry !== undefined && call.store.get(mailboxes, who) === undefined) throw noMailbox();
  if (entry === undefined && isOwn(call, address)) throw noMailbox();
  if (calendar.shared.some((other) => other.who === who)) {
    throw refused("The user already has permissions on the calendar.");
  }
  requireRole(role, who.includes("@") ? READING.slice(1) : INSIDE);
  const saved = { ...calendar, shared: [...calendar.shared, { who, role }] };
  save(call, saved);
  return answerOf(call, saved, { id: idOf(who), status: 201 });
}

const isOwn = (call: Call, address: string): boolean =>
  call.store
    .list(users)
    .some(({ object }) => text(object, "userPrincipalName") === address.toLowerCase());

function update(call: Call): Answer {
  const calendar = calendarOf(call, ownerOf(call));
  const id = requireRow(call, calendar);
  const { role, ...others } = readEntity(call, TYPE.type).properties;
  if (typeof role !== "string" || Object.keys(others).length > 0) {
    throw refused("Only the role can be changed.");
  }
  if (id === ORGANIZATION) {
    requireRole(role, [...READING, "write"]);
    save(call, { ...calendar, organizationRole: role });
  } else {
    const isChanged = ({ who }: Shared): boolean => idOf(who) === id;
    const inside = calendar.shared.find(isChanged)?.who.includes("@") === false;
    requireRole(role, inside ? INSIDE : READING.slice(1));
    const shared = calendar.shared.map((one) => (isChanged(one) ? { ...one, role } : one));
    save(call, { ...calendar, shared });
  }
  return answerOf(call, calendarOf(call, calendar.id), { id, status: 200 });
}

function remove(call: Call): Answer {
  const calendar = calendarOf(call, ownerOf(call));
  const id = requireRow(call, calendar);
  if (id === ORGANIZATION) throw refused("The permission cannot be removed.");
  save(call, { ...calendar, shared: calendar.shared.filter(({ who }) => idOf(who) !== id) });
  return noContent();
}

function requireRow(call: Call, calendar: Calendar): string {
  const id = call.params.permissionId ?? "";
  if (rowsOf(call, calendar).some((row) => row.id === id)) return id;
  throw new ServiceFailure(404, "ErrorItemNotFound", {
    message: "The specified object was not found in the store.",
  });
}

function answerOf(call: Call, calendar: Calendar, of: { id: string; status: number }): Answer {
  const row = rowsOf(call, calendar).find(({ id }) => id === of.id) ?? {};
  return entityAnswer(call, row, { ...TYPE, status: of.status });
}

function requireRole(role: string, allowed: readonly string[]): void {
  if (!allowed.includes(role)) throw refused(`The role ${role} is not allowed.`);
}

const refused = (message: string): ServiceFailure =>
  new ServiceFailure(400, "ErrorInvalidRequest", { message });

const noMailbox = (): ServiceFailure =>
  new ServiceFailure(404, "ErrorNonExistentMailbox", {
    message: "The SMTP address has no mailbox associated with it.",
  });

const routes: readonly Route[] = [
  {
    method: "GET",
    path: PATH,
    handle: (call) => collectionAnswer(call, rowsOf(call, calendarOf(call, ownerOf(call))), TYPE),
  },
  { method: "POST", path: PATH, handle: share },
  { method: "PATCH", path: `${PATH}/:permissionId`, handle: update },
  { method: "DELETE", path: `${PATH}/:permissionId`, handle: remove },
];

export const calendarPart: GraphPart = { operations: routes };
