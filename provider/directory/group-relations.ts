/**
 * Members and owners of a group: read to the end, added in twenties, removed in batches.
 * @see https://learn.microsoft.com/graph/api/group-post-members (checked 2026-11)
 */
import { isRequestError, odata } from "../../services/index.ts";
import type { Collection, RelatedId } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { directoryObject } from "./directory-references.ts";
import { LISTED_GROUPS, LISTED_USERS } from "./listed.ts";

export type Relation = "members" | "owners";

/** Most references that one PATCH of a group may add. */
export const REFERENCES_PER_PATCH = 20;

/** A member or owner; only users have a user principal name, and of guests the tenant file has the mail address. */
export interface RelatedObject {
  readonly "@odata.type"?: string;
  readonly id: string;
  readonly userPrincipalName?: string | null;
  readonly mail?: string | null;
  readonly displayName?: string | null;
  readonly mailNickname?: string | null;
}

interface Page {
  readonly value: RelatedObject[];
  readonly "@odata.nextLink"?: string;
}

const PAGE_SIZE = 999;

/**
 * All of them, or an error; `undefined` when the group does not exist. Read from beta: v1.0 does not list the service
 * principals among the owners, and an application that owns a group must not go unseen.
 * @see https://learn.microsoft.com/graph/api/group-list-owners (checked 2026-11)
 */
export async function related(
  context: ResourceContext,
  groupId: string,
  options: {
    readonly relation: Relation;
    readonly justCreated?: boolean;
    readonly isFresh?: boolean | undefined;
  },
): Promise<RelatedObject[] | undefined> {
  const { relation, justCreated = false, isFresh = false } = options;
  const { graph } = context.service;
  const kept = justCreated || isFresh ? undefined : await graph.tryRelated(groupId, relation);
  if (kept !== undefined) {
    const found = await Promise.all(kept.map((one) => named(context, one)));
    return found.filter((one) => one !== undefined);
  }
  const select = "$select=id,userPrincipalName,mail,displayName,mailNickname";
  const first = await graph.tryGet<Page>(
    `${odata`/groups/${groupId}`}/${relation}?${select}&$top=${PAGE_SIZE}`,
    { justCreated, version: "beta" },
  );
  const next = first?.["@odata.nextLink"];
  if (first === undefined || next === undefined) return first?.value;
  return [...first.value, ...(await graph.all<RelatedObject>(next))];
}

/** With what the lists of a group say of it; undefined for what is in the bin, of which they say nothing. */
async function named(
  { service: { graph } }: ResourceContext,
  { id, type }: RelatedId,
): Promise<RelatedObject | undefined> {
  const collection = LISTINGS[type];
  const plain = { "@odata.type": type, id };
  if (collection === undefined) return plain;
  const found = await graph.tryGetOneOf<RelatedObject>(collection, id);
  return found && { ...found, ...plain };
}

const LISTINGS: Readonly<Record<string, Collection | undefined>> = {
  "#microsoft.graph.user": LISTED_USERS,
  "#microsoft.graph.group": LISTED_GROUPS,
};

/** Adds them; what somebody else added in the meantime is fine. */
export async function addRelated(
  context: ResourceContext,
  groupId: string,
  addition: { readonly relation: Relation; readonly ids: readonly string[] },
): Promise<void> {
  const { relation, ids } = addition;
  const { graph } = context.service;
  for (let start = 0; start < ids.length; start += REFERENCES_PER_PATCH) {
    const chunk = ids.slice(start, start + REFERENCES_PER_PATCH);
    try {
      // Group and people may be seconds old: replicas that do not know them yet answer 400 or 404.
      await graph.patch(
        odata`/groups/${groupId}`,
        { [`${relation}@odata.bind`]: chunk.map(directoryObject) },
        { justCreated: true },
      );
    } catch (error) {
      if (!alreadyThere(error)) throw error;
      await addOneByOne(context, groupId, { relation, ids: chunk });
    }
  }
}

/** All or nothing is what a PATCH does; after a race each reference finds out by itself. */
async function addOneByOne(
  context: ResourceContext,
  groupId: string,
  { relation, ids }: { relation: Relation; ids: readonly string[] },
): Promise<void> {
  const path = `${odata`/groups/${groupId}`}/${relation}/$ref`;
  await Promise.all(
    ids.map(async (id) => {
      const body = { "@odata.id": directoryObject(id) };
      try {
        // Sending a reference twice is refused as "already exist", which is success here.
        await context.service.graph.post(path, body, { justCreated: true, idempotent: true });
      } catch (error) {
        if (!alreadyThere(error)) throw error;
      }
    }),
  );
}

/** Removes them; what is gone already is fine. */
export async function removeRelated(
  context: ResourceContext,
  groupId: string,
  removal: { readonly relation: Relation; readonly ids: readonly string[] },
): Promise<void> {
  const { relation, ids } = removal;
  await Promise.all(
    ids.map(async (id) => {
      // Without `$ref` the same call would delete the person.
      const path = `${odata`/groups/${groupId}`}/${relation}/${odata`${id}`}/$ref`;
      try {
        await context.service.graph.delete(path);
      } catch (error) {
        if (!isRequestError(error, "not-found") && !says(error, "do not exist")) throw error;
      }
    }),
  );
}

const alreadyThere = (error: unknown): boolean =>
  isRequestError(error, "already-exists") || says(error, "references already exist");

const says = (error: unknown, words: string): boolean =>
  isRequestError(error) && (error.serviceMessage ?? "").includes(words);
