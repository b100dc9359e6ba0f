/** Before the first write: whether every object that the plan touches still is where the plan starts. */
import { ExpectedError } from "../core/expected-error.ts";
import type { ComparedPath, Comparison } from "../plan/index.ts";
import type { TenantSession } from "./ports.ts";

/**
 * Reads each touched object and compares it with the plan that this session made last. What differs elsewhere on it
 * is drift: it is not touched and does not stop the apply.
 * @throws ExpectedError `base-moved`, with each object, path, approved base and what was found; `name-taken`, with each
 * object whose name or address belongs to another one. Nothing is written then
 */
export async function refuseMovedBase(session: TenantSession): Promise<void> {
  const compared = await session.compareWithTenant();
  const { stack } = session;
  const moved = compared.flatMap(({ name, comparison }) => explained(name, comparison));
  const taken = compared.filter(({ comparison }) => comparison.state === "key-taken");
  const details = [...moved, ...taken.map(({ name }) => `${name}: its name is taken`)];
  if (moved.length > 0) {
    throw new ExpectedError(
      "base-moved",
      "The tenant no longer matches the starting point of the approved plan.",
      {
        hint: "Nothing was written. Revert the change with {plan} and have that approved, or put what was found into the tenant file and plan again.",
        remedy: { plan: { tenant: stack, refresh: true } },
        details,
      },
    );
  }
  if (taken.length > 0) {
    throw new ExpectedError(
      "name-taken",
      "The tenant has other objects with names or addresses that the approved plan gives out.",
      {
        hint: "Nothing was written. Choose another name in the tenant file, or rename or delete the other object and run {apply} again.",
        remedy: { apply: { tenant: stack } },
        details,
      },
    );
  }
}

function explained(name: string, { state, paths }: Comparison): readonly string[] {
  if (state === "gone") return [`${name} is gone`];
  return state === "moved" ? paths.map((path) => `${name}: ${lineOf(path)}`) : [];
}

const lineOf = ({ path, element, base, found }: ComparedPath): string =>
  element === undefined
    ? `${path} is ${shown(found)}, the plan starts from ${shown(base)}`
    : `${path} ${found === undefined ? "lacks" : "has"} ${element}, unlike the starting point of the plan`;

const shown = (value: ComparedPath["base"]): string =>
  value === undefined ? "nothing" : JSON.stringify(value);
