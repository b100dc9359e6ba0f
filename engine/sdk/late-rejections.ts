/**
 * When an apply fails, the SDK ends its run of the program while it still waits for answers of the engine; the engine
 * goes, those calls are rejected, and by then the SDK has taken away what would have caught them. The failure is
 * known from the engine: what comes after it is not another one, and must not end the process.
 * Source: @pulumi/pulumi 3.250 automation/server.js `run`, runtime/resource.js `registerResourceOutputs` (checked
 * 2026-11-27).
 */

/** Status codes of gRPC for a connection that is gone: CANCELLED, UNAVAILABLE. */
const GONE: readonly unknown[] = [1, 14];

function isLate(reason: unknown): boolean {
  if (!(reason instanceof Error) || !("code" in reason)) return false;
  return GONE.includes(reason.code) && /[\\/]@pulumi[\\/]pulumi[\\/]/.test(reason.stack ?? "");
}

/** Like Node without a listener, but for those calls; whoever else listens decides about all others. */
function endUnlessLate(reason: unknown): void {
  if (isLate(reason) || process.listenerCount("unhandledRejection") > 1) return;
  throw reason;
}

process.on("unhandledRejection", endUnlessLate);
