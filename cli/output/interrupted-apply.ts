import type { InterruptedApply } from "../../operations/index.ts";

/** What became of an apply that did not come to its end, and what to do, in one line. */
export function interruptedLine(stack: string, interrupted: InterruptedApply): string {
  const resume = `\`tenantry apply ${stack}\``;
  switch (interrupted.kind) {
    case "outcome-unknown": {
      const unlock = interrupted.isLocked ? `\`tenantry unlock ${stack} --reason "…"\`, then ` : "";
      return `The apply started at ${interrupted.startedAt} (UTC) was interrupted; its outcome was not recorded. Continue with ${unlock}${resume}: it determines the outcome first.`;
    }
    case "approval-spent":
      return `The apply of ${interrupted.finishedAt} (UTC) did not complete. The remaining changes need their own approval: \`tenantry plan ${stack}\`.`;
    case "approval-holds":
      return `The apply of ${interrupted.finishedAt} (UTC) did not complete; ${interrupted.changesLeft} changes remain. Continue with ${resume}: the approval stays valid while the tenant file is unchanged.`;
  }
}
