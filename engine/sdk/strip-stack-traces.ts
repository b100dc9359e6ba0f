import pulumi from "@pulumi/pulumi";

/**
 * Keeps where this program is installed out of the engine's state. The SDK notes the way through the code with every
 * resource, and has no option not to: a fifth of the state, which the engine writes as a whole before and after each
 * step, and other words for the same resource from another folder.
 * Source: @pulumi/pulumi 3.250 resource.js, `Resource.stackTrace` (checked 2026-11-22).
 */
export function forgetSourcePositions(): void {
  const noticing = pulumi.Resource as unknown as { stackTrace: () => [] };
  noticing.stackTrace = () => [];
}
