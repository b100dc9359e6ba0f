/** Whether one plan is what is left of another one after an apply of it broke off. */
import { canonicalJson } from "../core/canonical-json.ts";
import type { Plan, StructureChange } from "./model/model.ts";
import type { Operation } from "../core/nouns.ts";

/** What an operation that broke off may have turned into. */
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
 * True when the rest does nothing that the approved plan does not do: same tenant and tools, and every change is one of the same resource that may be left of its operation. Values are not compared, since
 * what was unknown is known by now: both plans must come from the same declaration, and the caller knows that.
 */
export function isRemainderOf(approved: Plan, rest: Plan): boolean {
  const frame = ({ format, tenant, tool }: Plan): string =>
    canonicalJson({ format, stack: tenant.stack, tenantId: tenant.tenantId, tool });
  return (
    frame(approved) === frame(rest) &&
    isLeftOf(approved.changes, rest.changes) &&
    isLeftOf(approved.structure, rest.structure)
  );
}

function isLeftOf(approved: readonly StructureChange[], rest: readonly StructureChange[]): boolean {
  const byUrn = Map.groupBy(approved, ({ urn }) => urn);
  return rest.every(({ urn, type, operation }) =>
    (byUrn.get(urn) ?? []).some(
      (change) => change.type === type && LEFT_OF[change.operation].includes(operation),
    ),
  );
}
