/**
 * What a net result counts on without touching it, such as the other group through which somebody keeps a product: in
 * the form of changes that lead nowhere, so that it is read and compared before the first write like everything else.
 */
import type { Json } from "../../core/json.ts";
import { byElementKey } from "../model/grain.ts";
import type { Grain } from "../model/grain.ts";
import type { Change, Start } from "../model/model.ts";
import type { Source } from "./consequences.ts";
import { bagToJson, fromEngine } from "./engine-values.ts";
import { objectName } from "./object-name.ts";
import type { ResourceStep } from "./steps.ts";

interface Context {
  readonly steps: readonly ResourceStep[];
  /** What the plan changes itself is compared as part of its change. */
  readonly changes: readonly Change[];
  readonly grain: Grain;
}

export function startsOf(sources: readonly Source[], { steps, changes, grain }: Context): Start[] {
  const byList = Object.groupBy(sources, ({ urn }) => urn);
  return steps.flatMap(({ urn, type, before }): Start[] => {
    const [source, ...others] = byList[urn] ?? [];
    // What has no id yet is made by this plan.
    if (source === undefined || before === undefined || before.id === "") return [];
    const inputs = bagToJson(fromEngine(before.inputs));
    const change = changes.find((one) => one.urn === urn && one.operation !== "forget");
    const byPath = Map.groupBy([source, ...others], ({ path }) => path);
    const properties = [...byPath].flatMap(([path, used]): Start["properties"] => {
      const keyed = (list: readonly Json[]): ReadonlyMap<string, Json> =>
        byElementKey(list, (element) => grain.elementKey({ type, path }, element)) ?? new Map();
      const counted = keyed([...new Set(used.map(({ element }) => element as Json))]);
      const planned = change?.properties.find(
        (one) => one.path === path && one.kind !== "released",
      );
      const isPlanned = (key: string): boolean =>
        planned !== undefined && (planned.elements ?? [{ key }]).some((one) => one.key === key);
      const elements = [...keyed(listAt(inputs, path))]
        .filter(([key]) => counted.has(key) && !isPlanned(key))
        .map(([key, element]) => ({ key, before: element, after: element }));
      return elements.length === 0 ? [] : [{ path, kind: "changed", secret: false, elements }];
    });
    if (properties.length === 0) return [];
    return [
      {
        ...{ urn, type, operation: "update", base: { id: before.id, key: {} } },
        name: objectName({ urn, type }, inputs),
        properties,
      },
    ];
  });
}

function listAt(inputs: Readonly<Record<string, Json>>, path: string): readonly Json[] {
  const list = inputs[path];
  return Array.isArray(list) ? list : [];
}
