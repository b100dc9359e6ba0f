/** Before the first write: whether every object that the plan touches still is where the plan starts. */
import { ExpectedError } from "../core/expected-error.ts";
import type { ComparedPath, Comparison } from "../plan/index.ts";
import type { TenantSession } from "./ports.ts";

/**
 * Reads each touched object and compares it with the plan that this session made last. What differs elsewhere on it
 * is drift: it is not touched and does not stop the apply.
 * @throws ExpectedError `base-moved`, with each object, path, approved base and what was found; nothing is written then
 */
export async function refuseMovedBase(session: TenantSession): Promise<void> {
  const compared = await session.compareWithTenant();
  const details = compared.flatMap(({ name, comparison }) => explained(name, comparison));
  if (details.length === 0) return;
  const { stack } = session;
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

function explained(name: string, { state, paths }: Comparison): readonly string[] {
  if (state === "gone") return [`${name} is gone`];
  if (state === "key-taken") return [`the name of ${name} belongs to another object`];
  return state === "moved" ? paths.map((path) => `${name}: ${lineOf(path)}`) : [];
}

const lineOf = ({ path, element, base, found }: ComparedPath): string =>
  element === undefined
    ? `${path} is ${shown(found)}, the plan starts from ${shown(base)}`
    : `${path} ${found === undefined ? "lacks" : "has"} ${element}, unlike the starting point of the plan`;

const shown = (value: ComparedPath["base"]): string =>
  value === undefined ? "nothing" : JSON.stringify(value);
