import { nameOfUrn } from "../core/urn.ts";
import type { Plan } from "../plan/index.ts";
import type { OperationContext } from "./ports.ts";

/**
 * Objects that an apply which died may have made, and that the file no longer declares: no later run looks for them,
 * so that people have to. What the plan creates is looked for by its apply.
 */
export async function tellOfCreationsLeft(
  { locks, report }: Pick<OperationContext, "locks" | "report">,
  { tenant, changes }: Plan,
): Promise<void> {
  const planned = new Set(changes.map(({ urn }) => urn));
  const left = (await locks(tenant.stack).openCreations()).filter((urn) => !planned.has(urn));
  if (left.length > 0)
    report({ kind: "creations-left", objects: left.map((urn) => nameOfUrn(urn)) });
}
