/** Whether one plan is the remainder of another one whose apply was interrupted. */
import { canonicalJson } from "../core/canonical-json.ts";
import { isJsonObject } from "../core/json.ts";
import type { Json } from "../core/json.ts";
import type { Operation } from "../core/nouns.ts";
import { UNKNOWN } from "./build/engine-values.ts";
import type { ElementChange, Plan, PropertyChange, StructureChange } from "./model/model.ts";

/** What an interrupted operation may have turned into. */
const LEFT_OF: Readonly<Record<Operation, readonly Operation[]>> = {
  // The object is there and is not finished.
  create: ["create", "update"],
  adopt: ["adopt", "update"],
  update: ["update"],
  // The new object may be there, not finished, and the old one still to go.
  replace: ["replace", "create", "update", "delete"],
  delete: ["delete"],
  forget: ["forget"],
};

/**
 * True when the rest does nothing that the approved plan does not do: same tenant, rules and tools, and every change
 * is one of the same resource that may be left of its operation, on paths that were approved, from the approved base
 * to the approved value. What was not known then may be anything now: both plans must come from the same
 * declaration, and the caller knows that.
 */
export function isRemainderOf(approved: Plan, rest: Plan): boolean {
  const frame = ({ format, tenant, tool, rules }: Plan): string =>
    canonicalJson({ format, stack: tenant.stack, tenantId: tenant.tenantId, tool, rules });
  return (
    frame(approved) === frame(rest) &&
    isLeftOf(approved.changes, rest.changes) &&
    isLeftOf(approved.structure, rest.structure)
  );
}

function isLeftOf(approved: readonly StructureChange[], rest: readonly StructureChange[]): boolean {
  const byUrn = Map.groupBy(approved, ({ urn }) => urn);
  return rest.every((change) =>
    (byUrn.get(change.urn) ?? []).some((whole) => isPartOf(change, whole)),
  );
}

function isPartOf(part: StructureChange, whole: StructureChange): boolean {
  if (part.type !== whole.type || !LEFT_OF[whole.operation].includes(part.operation)) return false;
  const isSameStart = part.operation === whole.operation;
  if (isSameStart && canonicalJson(part.base) !== canonicalJson(whole.base)) return false;
  const approved = new Map(whole.properties.map((property) => [property.path, property]));
  return part.properties.every((property) => {
    const before = approved.get(property.path);
    // The old object of a replacement goes with everything that it has.
    if (before === undefined) return whole.operation === "replace" && part.operation === "delete";
    return isSameStart ? leadsTheSameWay(property, before) : endsTheSame(property, before);
  });
}

/** From the same base to the same value, or to one that was not known. */
function leadsTheSameWay(part: PropertyChange, whole: PropertyChange): boolean {
  if (whole.elements !== undefined && part.elements !== undefined) {
    const all = whole.elements;
    return part.elements.every((element) => all.some((one) => isSameElement(element, one)));
  }
  return covers(whole.before, part.before) && endsTheSame(part, whole);
}

/** The base of a half-done change is what the apply itself left there. */
function endsTheSame(part: PropertyChange, whole: PropertyChange): boolean {
  if (whole.elements !== undefined && part.elements !== undefined) {
    const all = whole.elements;
    return part.elements.every((element) => all.some((one) => covers(one.after, element.after)));
  }
  return whole.unknown !== undefined && whole.after === undefined
    ? true
    : covers(whole.after, part.after);
}

const isSameElement = (part: ElementChange, whole: ElementChange): boolean =>
  covers(whole.before, part.before) && covers(whole.after, part.after);

/** Whether both are equal but for what was not known; neither has to be there. */
function covers(known: Json | undefined, found: Json | undefined): boolean {
  if (known === undefined || found === undefined) return known === found;
  if (known === UNKNOWN) return true;
  if (Array.isArray(known) && Array.isArray(found)) {
    return (
      known.length === found.length && known.every((item, index) => covers(item, found[index]))
    );
  }
  if (isJsonObject(known) && isJsonObject(found)) {
    const keys = new Set([...Object.keys(known), ...Object.keys(found)]);
    return [...keys].every((key) => covers(known[key], found[key]));
  }
  return known === found;
}
