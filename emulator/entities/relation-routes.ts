/** The routes that every relation to several directory objects has: reading, counting, adding and removing references. */
import type { Answer, Call, Route } from "../core/workload.ts";
import { countAnswer, noContent } from "../graph/responses.ts";
import { pageAnswer, pageOf, type Found } from "../graph/collection-query.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { addressed, withCount } from "../graph/entity.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import { readReference } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { readQuery } from "../odata/query.ts";
import { singleAnswer } from "./directory-objects.ts";
import { findDirectoryObjects } from "./directory-types.ts";

/** Ids of the related objects. */
export type IdsOf = (call: Call, object: GraphObject) => string[];

export interface References {
  add(call: Call, object: GraphObject, ids: readonly string[]): void;
  remove(call: Call, object: GraphObject, id: string): void;
}

const CASTS =
  "user group servicePrincipal directoryRole administrativeUnit device orgContact application".split(
    " ",
  );

/** `GET …/members`, `…/members/$count`, `…/members/microsoft.graph.user` and `…/members/{id}`. */
export function collectionRelation(
  definition: EntityDefinition,
  name: string,
  idsOf: IdsOf,
): Route[] {
  const path = `${definition.path}/:id/${name}`;
  const find = (call: Call, cast?: string): Found[] => {
    const found = findDirectoryObjects(call, idsOf(call, addressed(call, definition)));
    return cast === undefined ? found : found.filter((item) => item.definition.type === cast);
  };
  const answer = (call: Call, cast?: string): Answer => {
    const type = cast ?? "directoryObject";
    const query = readQuery(call, { type, isDirectoryObject: true, maxPageSize: 999 });
    const page = pageOf(call, find(call, cast), query);
    return pageAnswer(call, page, {
      type,
      context: cast === undefined ? "directoryObjects" : `${cast}s`,
      query,
      withType: true,
    });
  };
  const count = (call: Call, cast?: string): Answer => {
    if (call.headers.get("consistencylevel")?.toLowerCase() !== "eventual")
      throw badRequest("$count is not currently supported.");
    const type = cast ?? "directoryObject";
    const query = readQuery(withCount(call), { type, isDirectoryObject: true, maxPageSize: 999 });
    return countAnswer(pageOf(call, find(call, cast), query).count ?? 0);
  };
  const routes: Route[] = [
    { method: "GET", path, handle: (call) => answer(call) },
    { method: "GET", path: `${path}/$count`, handle: (call) => count(call) },
    {
      method: "GET",
      path: `${path}/$ref`,
      handle: (call) => {
        const query = readQuery(call, {
          type: "directoryObject",
          isDirectoryObject: true,
          maxPageSize: 999,
        });
        const { items, nextLink } = pageOf(call, find(call), query);
        return {
          status: 200,
          body: {
            "@odata.context": `${call.origin}${call.prefix}/$metadata#Collection($ref)`,
            ...(nextLink === undefined ? {} : { "@odata.nextLink": nextLink }),
            value: items.map(({ entry }) => ({ "@odata.id": addressOf(call, entry.object.id) })),
          },
        };
      },
    },
    {
      method: "GET",
      path: `${path}/:otherId/$ref`,
      handle: (call) => {
        const otherId = call.params.otherId ?? "";
        if (!find(call).some((item) => item.entry.object.id === otherId)) throw notFound(otherId);
        const context = `${call.origin}${call.prefix}/$metadata#$ref`;
        const body = { "@odata.context": context, "@odata.id": addressOf(call, otherId) };
        return { status: 200, body };
      },
    },
    {
      method: "GET",
      path: `${path}/:otherId`,
      handle: (call) => {
        const otherId = call.params.otherId ?? "";
        const found = find(call).find((item) => item.entry.object.id === otherId);
        if (found === undefined) throw notFound(otherId);
        return singleAnswer(call, found);
      },
    },
  ];
  const casts = CASTS.flatMap((cast): Route[] => [
    {
      method: "GET",
      path: `${path}/microsoft.graph.${cast}`,
      handle: (call) => answer(call, cast),
    },
    {
      method: "GET",
      path: `${path}/microsoft.graph.${cast}/$count`,
      handle: (call) => count(call, cast),
    },
  ]);
  return [...casts, ...routes];
}

function addressOf({ origin, prefix, tenantId }: Call, id: string): string {
  return `${origin}${prefix}/${tenantId}/directoryObjects/${id}`;
}

/** `POST …/members/$ref` and `DELETE …/members/{id}/$ref`. */
export function referenceRoutes(
  definition: EntityDefinition,
  name: string,
  references: References,
): Route[] {
  const path = `${definition.path}/:id/${name}`;
  return [
    {
      method: "POST",
      path: `${path}/$ref`,
      handle: (call) => {
        references.add(call, addressed(call, definition), [readReference(call)]);
        return noContent();
      },
    },
    {
      method: "DELETE",
      path: `${path}/:otherId/$ref`,
      handle: (call) => {
        references.remove(call, addressed(call, definition), call.params.otherId ?? "");
        return noContent();
      },
    },
  ];
}
