/** Membership of dynamic groups, worked out some time after a user or the rule changed. */
import type { Scope } from "../core/workload.ts";
import type { GraphObject } from "../graph/object.ts";
import { groups, users } from "./collections.ts";
import { isDynamic } from "./group.ts";
import { memberIds, MEMBERS, membershipChanged } from "./group-links.ts";
import { parseMembershipRule } from "./membership-rule.ts";

export const dynamicGroupJobs = {
  "graph.evaluate-dynamic-group": (scope: Scope, payload: Record<string, unknown>) => {
    const group = scope.store.get(groups, String(payload.groupId));
    if (group !== undefined) evaluate(scope, group);
  },
};

export const dynamicGroupListeners = {
  "user.created": scheduleAll,
  "user.updated": scheduleAll,
  "user.restored": scheduleAll,
};

function scheduleAll(scope: Scope): void {
  for (const { object } of scope.store.find(groups, "isDynamic", "true")) {
    scope.schedule("graph.evaluate-dynamic-group", {
      delayMs: scope.behaviour.dynamicGroupDelayMs,
      payload: { groupId: object.id },
    });
  }
}

function evaluate(scope: Scope, group: GraphObject): void {
  if (!isDynamic(group) || group.membershipRuleProcessingState !== "On") return;
  const rule = parseMembershipRule(String(group.membershipRule));
  if (rule === undefined) return;
  const wanted = new Set(
    scope.store
      .list(users)
      .filter(({ object }) => rule(object))
      .map(({ object }) => object.id),
  );
  const present = memberIds(scope, group.id);
  const added = [...wanted].filter((id) => scope.store.link(MEMBERS, group.id, id));
  const gone = present.filter((id) => !wanted.has(id));
  for (const id of gone) scope.store.unlink(MEMBERS, group.id, id);
  if (added.length + gone.length > 0) membershipChanged(scope, group);
}
