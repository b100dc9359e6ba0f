import { nameOfUrn } from "../core/urn.ts";
import type { Plan } from "../plan/index.ts";
import type { OperationContext } from "./ports.ts";

/**
 * Objects that an apply which died may have made, and that the file no longer declares: no later run looks for them,
 * so that people have to. What the plan creates is looked for by its apply.
 */
export async function tellOfCreationsLeft(
  { locks, report }: Pick<OperationContext, "locks" | "report">,
  plan: Plan,
): Promise<void> {
  const left = await creationsLeft({ locks }, plan);
  if (left.length === 0) return;
  const tenant = plan.tenant.stack;
  report({ kind: "creations-left", tenant, objects: left.map((urn) => nameOfUrn(urn)) });
}

/** Their URNs. */
export async function creationsLeft(
  { locks }: Pick<OperationContext, "locks">,
  { tenant, changes }: Plan,
): Promise<readonly string[]> {
  const planned = new Set(changes.map(({ urn }) => urn));
  return (await locks(tenant.stack).openCreations()).filter((urn) => !planned.has(urn));
}
