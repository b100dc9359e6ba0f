/**
 * Questions by POST about memberships, through every level.
 * @see https://learn.microsoft.com/graph/api/directoryobject-getmembergroups, -checkmembergroups, -getmemberobjects,
 * -checkmemberobjects (checked 2026-11)
 */
import type { Answer, Call, Route } from "../core/workload.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { addressed } from "../graph/entity.ts";
import { badRequest } from "../graph/errors.ts";
import { readParameters } from "../graph/input.ts";
import { findDirectoryObjects } from "./directory-types.ts";
import type { IdsOf } from "./relation-routes.ts";

/** Ids in one question. */
const MAX_IDS = 20;

/** @param membershipsOf ids of groups, roles and administrative units, through every level */
export function memberObjectRoutes(definition: EntityDefinition, membershipsOf: IdsOf): Route[] {
  const held = (call: Call, wanted: { type?: string; isSecurityOnly?: boolean }): string[] =>
    findDirectoryObjects(call, membershipsOf(call, addressed(call, definition)))
      .filter(
        ({ definition: { type }, entry }) =>
          (wanted.type === undefined || type === wanted.type) &&
          (wanted.isSecurityOnly !== true || entry.object.securityEnabled === true),
      )
      .map(({ entry }) => entry.object.id);
  const parametersOf = (call: Call, action: string): Record<string, unknown> =>
    readParameters(call, { type: "directoryObject", action });
  const ask = (
    action: string,
    answer: (call: Call, parameters: Record<string, unknown>) => string[],
  ): Route => ({
    method: "POST",
    path: `${definition.path}/:id/${action}`,
    handle: (call) => idsAnswer(call, answer(call, parametersOf(call, action))),
  });
  return [
    ask("getMemberGroups", (call, { securityEnabledOnly }) =>
      held(call, { type: "group", isSecurityOnly: securityEnabledOnly === true }),
    ),
    ask("getMemberObjects", (call, { securityEnabledOnly }) =>
      held(call, { isSecurityOnly: securityEnabledOnly === true }),
    ),
    ask("checkMemberGroups", (call, { groupIds }) =>
      common(groupIds as string[], held(call, { type: "group" })),
    ),
    ask("checkMemberObjects", (call, { ids }) => common(ids as string[], held(call, {}))),
  ];
}

function common(asked: readonly string[], held: readonly string[]): string[] {
  if (asked.length > MAX_IDS)
    throw badRequest(`The request asks about more than ${MAX_IDS} objects.`);
  return asked.filter((id) => held.includes(id));
}

function idsAnswer(call: Call, ids: readonly string[]): Answer {
  return {
    status: 200,
    body: {
      "@odata.context": `${call.origin}${call.prefix}/$metadata#Collection(Edm.String)`,
      value: ids,
    },
  };
}
