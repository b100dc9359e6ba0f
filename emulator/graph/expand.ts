/** `$expand` of the few documented relations; each entity says how its own are followed. */
import type { Answer, Call } from "../core/workload.ts";
import type { GraphObject } from "./object.ts";
import type { ExpandOption, QueryOptions } from "../odata/query.ts";
import type { EntityDefinition } from "./definition.ts";
import { notImplemented } from "./errors.ts";

/** The related object or objects, shaped; undefined when there is none. */
export type Follow = (
  call: Call,
  object: GraphObject,
  option: ExpandOption,
) => Record<string, unknown> | Record<string, unknown>[] | undefined;

/** By navigation property. */
export type Relations = Readonly<Record<string, Follow>>;

interface ExpandSource {
  definition: EntityDefinition;
  answer: Answer;
  query: QueryOptions;
  relations: Relations;
  /** The stored objects behind the answer, in its order. */
  objects: readonly GraphObject[];
}

export function expand(
  call: Call,
  { definition, answer, query, relations, objects }: ExpandSource,
): Answer {
  if (query.expand.length === 0) return answer;
  const body = answer.body as Record<string, unknown>;
  const shaped = (Array.isArray(body.value) ? body.value : [body]) as Record<string, unknown>[];
  for (const option of query.expand) {
    const { name } = option;
    const follow = relations[name];
    if (follow === undefined) throw notImplemented(`GET ${definition.path}?$expand=${name}`);
    objects.forEach((object, index) => {
      const related = follow(call, object, option);
      const target = shaped[index];
      if (target !== undefined && related !== undefined) target[name] = related;
    });
  }
  return answer;
}
