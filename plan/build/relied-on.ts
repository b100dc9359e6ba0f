/**
 * What a net result counts on without touching it, such as the other group through which somebody keeps a product: in
 * the form of changes that lead nowhere, so that it is read and compared before the first write like everything else.
 */
import type { Json } from "../../core/json.ts";
import { byElementKey } from "../model/grain.ts";
import type { Grain } from "../model/grain.ts";
import type { Start } from "../model/model.ts";
import type { Source } from "./consequences.ts";
import { bagToJson, fromEngine } from "./engine-values.ts";
import { objectName } from "./object-name.ts";
import type { ResourceStep } from "./steps.ts";

export function startsOf(
  sources: readonly Source[],
  { steps, grain }: { readonly steps: readonly ResourceStep[]; readonly grain: Grain },
): Start[] {
  const byList = Object.groupBy(sources, ({ urn }) => urn);
  return steps.flatMap(({ urn, type, before }): Start[] => {
    const [source, ...others] = byList[urn] ?? [];
    // What has no id yet is made by this plan.
    if (source === undefined || before === undefined || before.id === "") return [];
    const { path } = source;
    const list = [source, ...others].map(({ element }) => element as Json);
    const keyed = byElementKey([...new Set(list)], (element) =>
      grain.elementKey({ type, path }, element),
    );
    const elements = [...(keyed ?? [])].map(([key, element]) => ({
      ...{ key, before: element, after: element },
    }));
    return [
      {
        ...{ urn, type, operation: "update", base: { id: before.id, key: {} } },
        name: objectName({ urn, type }, bagToJson(fromEngine(before.inputs))),
        properties: [{ path, kind: "changed", secret: false, elements }],
      },
    ];
  });
}
