/** Progress of an operation in the words of a terminal. */
import type { ProgressEvent } from "../../operations/index.ts";
import type { Progress, Terminal } from "./terminal.ts";

export function progressOn(terminal: Terminal): (event: ProgressEvent) => void {
  let bar: Progress | undefined;
  return (event) => {
    switch (event.kind) {
      case "planning":
        terminal.note(
          event.again
            ? `Planning ${event.stack} again …`
            : `Planning ${event.stack} with the policy pack …`,
        );
        return;
      case "applying":
        bar ??= terminal.progress("Applying", event.total);
        if (event.object !== undefined) bar.advance(event.object);
        return;
      case "applied":
        bar?.end();
        bar = undefined;
        return;
      case "reading-tenant":
        terminal.note(`Reading ${event.stack}; nothing is written to it …`);
        return;
      case "unexpected-answers":
        terminal.warn(
          `${event.count === 1 ? "1 answer" : `${event.count} answers`} that nobody expected: ${event.file}. It holds no values, names or ids: send it to the developers of Tenantry.`,
        );
        return;
      case "taking-over":
        terminal.note(`Taking ${event.stack} over into the state …`);
        return;
      case "reading-back":
        terminal.note(`Reading ${event.stack} back …`);
        return;
      case "planning-remainder":
        terminal.note("Checking what is left …");
        return;
      case "settling-interrupted-apply":
        terminal.warn(
          `The apply of ${event.startedAt} (UTC) was interrupted; checking its outcome …`,
        );
        return;
      case "creations-left":
        terminal.warn(
          `Being created when an earlier apply died, and not in the tenant file any more: ${event.objects.join(", ")}. Look in the tenant; then say so with \`tenantry acknowledge ${event.tenant}\`, or declare them again and the next apply settles them.`,
        );
        return;
      case "waiting-for-lock": {
        const { owner, purpose } = event.lock;
        terminal.warn(
          `Waiting for ${owner.user} on ${owner.host} (process ${owner.pid}, ${purpose}), whose process may be gone; ${event.seconds} s at most …`,
        );
        return;
      }
      case "waiting-for-service":
        terminal.warn(waitingLine(event));
        return;
      case "sandbox-registered":
        terminal.note(
          `Practice: registered ${event.emails.join(", ")} as decision makers, with new keys.`,
        );
    }
  };
}

function waitingLine(event: Extract<ProgressEvent, { kind: "waiting-for-service" }>): string {
  const isBackup = event.service === "backup";
  const who = isBackup ? "the backup service" : "Microsoft";
  const Who = isBackup ? "The backup service" : "Microsoft";
  switch (event.reason) {
    case "no-answer":
      return `Waiting for ${who}, try ${event.nextTry} of ${event.mostTries} …`;
    case "throttled":
      return `${Who} asks to wait ${event.seconds} s …`;
    case "quota":
      return `${Who} takes no more requests for now: going on in ${event.seconds} s …`;
    case "not-ready":
      return `${Who} is not ready yet: trying again in ${event.seconds} s …`;
  }
}
