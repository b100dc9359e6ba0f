/** Links from a user to the manager, and from a guest to those who answer for them. */
import type { Call } from "../core/workload.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import type { GraphObject } from "../graph/object.ts";
import { findDirectoryObject } from "./directory-types.ts";
import type { References } from "./relation-routes.ts";

export const MANAGER = "user.manager";
const SPONSORS = "user.sponsor";

export const sponsorsOf = (call: Call, user: GraphObject): string[] =>
  call.store.targets(SPONSORS, user.id);

/** @see https://learn.microsoft.com/graph/api/user-post-sponsors (checked 2026-11-27) */
export const sponsors: References = {
  add(call, user, ids) {
    for (const id of ids) {
      const found = findDirectoryObject(call, id);
      if (found === undefined) throw notFound(id);
      if (!["user", "group"].includes(found.definition.type))
        throw badRequest("Only a user or a group can be a sponsor.");
      if (!call.store.link(SPONSORS, user.id, id)) {
        throw badRequest(
          "One or more added object references already exist for the following modified properties: 'sponsors'.",
        );
      }
    }
  },
  remove(call, user, id) {
    if (!call.store.unlink(SPONSORS, user.id, id)) throw notFound(id);
  },
};
