/** Members of administrative units. */
import { isVisible } from "../core/visibility.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import { groups, users } from "./collections.ts";
import type { References } from "./relation-routes.ts";

export const UNIT_MEMBERS = "administrative-unit.member";

export const unitMembers: References = {
  add: (call, unit, ids) => {
    for (const id of ids) {
      const entry = call.store.entry(users, id) ?? call.store.entry(groups, id);
      if (entry === undefined || !isVisible(call, entry)) throw notFound(id);
      if (!call.store.link(UNIT_MEMBERS, unit.id, id)) {
        throw badRequest(
          "One or more added object references already exist for the following modified properties: 'members'.",
        );
      }
    }
  },
  remove: (call, unit, id) => {
    if (!call.store.unlink(UNIT_MEMBERS, unit.id, id)) throw notFound(id);
  },
};
