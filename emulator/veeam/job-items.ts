/** The items that a job includes or excludes. */
import { guidFrom } from "../core/random.ts";
import type { Call } from "../core/workload.ts";
import { listDirectory, type DirectoryKind } from "./directory.ts";
import { conflict, invalid, notFound, notServed } from "./errors.ts";
import { organizations, type JobItem } from "./model.ts";
import { requireObject } from "./storage.ts";

export interface ItemRequest extends Omit<JobItem, "id"> {
  id?: string | null;
}

/** An item's id starts with the identifier of its kind; the values are documented with RESTJobItem. */
const KIND_IDS: Readonly<Record<string, string>> = {
  User: "2b38d840-8098-4614-b369-ebce33f9b2c7",
  Group: "9592732d-22d8-426a-8167-d9635158e945",
  Site: "e1fa728c-4150-4724-ab3b-5deda33db0cf",
  PartialOrganization: "c37da450-6c4b-48c4-87e2-cc557ef5d897",
  PersonalSites: "9a01bcb3-d2de-4271-96bb-95611ddc70b3",
};

/** Processing options that are on by default. Unverified: taken from the console's defaults. */
const OPTIONS: Readonly<Record<string, Record<string, boolean>>> = {
  User: { mailbox: true, oneDrive: true, archiveMailbox: true, personalSite: true },
  Group: {
    mailbox: true,
    oneDrive: true,
    archiveMailbox: true,
    personalSite: true,
    members: true,
    memberMailbox: true,
    memberArchiveMailbox: true,
    memberOnedrive: true,
    memberSite: true,
    groupSite: true,
  },
  Site: {},
  PartialOrganization: {
    mailbox: true,
    oneDrive: true,
    archiveMailbox: true,
    sites: true,
    teams: true,
  },
  PersonalSites: {},
};

const DIRECTORY_KINDS: Readonly<Record<string, Exclude<DirectoryKind, "team">>> = {
  User: "user",
  Group: "group",
  Site: "site",
};

/** Items with their ids. @throws ServiceFailure 400 for an object that the organization does not have */
export function itemsOf(
  call: Call,
  organizationId: string,
  requests: readonly ItemRequest[],
): JobItem[] {
  return requests.map((request) => {
    const kindId = KIND_IDS[request.type];
    if (kindId === undefined) throw notServed(`job items of type ${request.type}`);
    const objectId = objectIdOf(call, organizationId, request);
    const id = `${kindId}${guidFrom(organizationId, request.type, objectId)}`;
    return { ...OPTIONS[request.type], ...request, id };
  });
}

function objectIdOf(call: Call, organizationId: string, request: ItemRequest): string {
  const kind = DIRECTORY_KINDS[request.type];
  if (kind === undefined) return organizationId;
  const id = request[kind]?.id;
  if (id === undefined) throw invalid(`${kind}.id: required in an item of type ${request.type}`);
  const organization = requireObject(call, organizations, {
    kind: "Organization",
    id: organizationId,
  });
  if (!listDirectory(call, organization, kind).some((listed) => listed.id === id)) {
    throw invalid(`${kind}.id: the organization has no ${kind} '${id}'`);
  }
  return id;
}

export function addItems(present: readonly JobItem[], added: readonly JobItem[]): JobItem[] {
  for (const item of added) {
    if (present.some(({ id }) => id === item.id))
      throw conflict(`The job has the item '${item.id}' already.`);
  }
  return [...present, ...added];
}

export function removeItems(present: readonly JobItem[], ids: readonly string[]): JobItem[] {
  if (ids.length === 0) throw invalid("ids: name the items in the query or in the body");
  for (const id of ids) {
    if (!present.some((item) => item.id === id)) throw notFound("Backup item", id);
  }
  return present.filter(({ id }) => !ids.includes(id));
}
