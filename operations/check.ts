/** Whether everything is right that has to be before the first plan: asked of the services, and nothing is written. */
import { interrupted } from "../core/interruption.ts";
import type { OperationContext } from "./ports.ts";

interface CheckRequest {
  readonly stack: string;
}

export interface TenantCheck {
  readonly stack: string;
  /** True when nothing is a problem. */
  readonly healthy: boolean;
  /** In the order in which they are to be put right. */
  readonly findings: Awaited<ReturnType<OperationContext["examineTenant"]>>;
}

/** @throws ExpectedError for a tenant file that cannot be used, `no-credential`, `interrupted`. */
export async function checkTenant(
  { examineTenant, signal }: OperationContext,
  { stack }: CheckRequest,
): Promise<TenantCheck> {
  const findings = await examineTenant({ stack, signal });
  if (signal.aborted) throw interrupted({ cause: signal.reason });
  return { stack, healthy: findings.every(({ state }) => state !== "problem"), findings };
}
