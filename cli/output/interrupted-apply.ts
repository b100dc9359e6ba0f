import type { InterruptedApply } from "../../operations/index.ts";

/** What became of an apply that did not come to its end, and what to do, in one line. */
export function interruptedLine(stack: string, interrupted: InterruptedApply): string {
  const resume = `\`tenantry apply ${stack}\``;
  switch (interrupted.kind) {
    case "outcome-unknown": {
      const unlock = interrupted.isLocked ? `\`tenantry unlock ${stack} --reason "…"\`, then ` : "";
      return `The apply started at ${interrupted.startedAt} (UTC) was interrupted; its outcome was not recorded. Go on with ${unlock}${resume}: it finds that out first.`;
    }
    case "approval-spent":
      return `The apply of ${interrupted.finishedAt} (UTC) stopped before its end. What is left needs an approval of its own: \`tenantry plan ${stack}\`.`;
    case "approval-holds":
      return `The apply of ${interrupted.finishedAt} (UTC) stopped before its end; ${interrupted.changesLeft} changes are left. Go on with ${resume}: the approval still holds, as long as the tenant file is the same.`;
  }
}
