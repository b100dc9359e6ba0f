/** How one tenant stands, in full. */
import type { Status } from "../../operations/index.ts";
import { dayOfEnding, endingWords, isStart } from "../../core/end-days.ts";
import { foundText } from "../../core/tenant-findings.ts";
import { backupLines } from "./backup-lines.ts";
import { cutNames } from "./cut-names.ts";
import { driftLines } from "./drift-lines.ts";
import { individualLines } from "./individual-lines.ts";
import { interruptedLine } from "./interrupted-apply.ts";
import { riskLines } from "./risk-lines.ts";
import { unmanagedLines } from "./unmanaged-lines.ts";

export async function statusLines(status: Status): Promise<string[]> {
  const { describeLock } = await import("../../operations/index.ts");
  const { stack, lastApply, lock, interruptedApply, openCreations, look } = status;
  return [
    lastApply === undefined
      ? "Nothing has been applied yet."
      : `Last apply: ${lastApply.finishedAt} (UTC), ${lastApply.result}, ${lastApply.digest}`,
    lock === undefined ? "Not locked." : `Held by ${describeLock(lock)}.`,
    ...(interruptedApply === undefined ? [] : [interruptedLine(stack, interruptedApply)]),
    ...(openCreations.length === 0
      ? []
      : [
          `Being created when an apply died, and not settled: ${openCreations.join(", ")}. \`tenantry acknowledge ${stack}\` says which of them somebody has to look at.`,
        ]),
    ...(await driftLines(status)),
    ...overdueLines(status),
    ...unmanagedLines(status.unmanaged),
    ...riskLines(status.risks),
    ...individualLines(status.individuals),
    ...backupLines(status.backup),
    ...seatLines(status.seats),
    ...synchronisationLines(status.synchronisation),
    ...(status.signIn?.asksSecondStep === false ? [`${NO_SECOND_STEP}.`] : []),
    ...secondStepLines(status.secondStep),
    ...emergencyLines(status.emergency),
    ...(look.isKept
      ? []
      : [
          "The disk takes nothing: the next `status --last` will not know that this was looked at.",
        ]),
  ];
}

function seatLines(seats: Status["seats"]): string[] {
  if (seats === undefined) return [];
  const { counts, without } = seats;
  const managed = counts.map(
    ({ kind, what, count }) =>
      `${count} ${count === 1 ? kind : kind === "person" ? "people" : "devices"} at ${what}`,
  );
  return [
    `Managed seats: ${managed.join(", ") || "none"}.`,
    ...(without.length === 0 ? [] : [`With a licence and no managed seat: ${cutNames(without)}.`]),
  ];
}

const NO_SECOND_STEP =
  "Nothing asks everybody for a second step at sign-in: security defaults are off, and no rule for it is on";

function secondStepLines(secondStep: Status["secondStep"]): string[] {
  if (secondStep === undefined) return [];
  if ("reason" in secondStep) return [`Not looked for second steps: ${secondStep.reason}.`];
  const { without } = secondStep;
  if (without.length === 0) return [];
  const what = foundText("without-second-step", without.length, "en");
  return [`${what}: ${cutNames(without)}. Have each of them register one.`];
}

function emergencyLines(emergency: Status["emergency"]): string[] {
  if (emergency === undefined) return [];
  if ("reason" in emergency) {
    return [`Not looked whether emergency accounts were used: ${emergency.reason}.`];
  }
  if (emergency.uses.length === 0) return [];
  const uses = emergency.uses.map(({ account, localTime }) => `${account} (${localTime} there)`);
  return [
    `Emergency accounts signed in: ${uses.join("; ")}. Find out who and why. If it was meant, put that day under \`tenant.lastEmergencyDrill\`; otherwise change the passwords.`,
  ];
}

function overdueLines({ stack, overdue }: Status): string[] {
  const line = (label: string, day: string, ends: Status["overdue"]): string[] =>
    ends.length === 0
      ? []
      : [
          `${label}: ${ends
            .map((end) => `${endingWords(end.ending).en} (${day} day ${dayOfEnding(end)})`)
            .join("; ")}. \`tenantry apply ${stack}\` carries it out on the approval that gave it.`,
        ];
  const [starts, ends] = [true, false].map((begins) =>
    overdue.filter(({ ending }) => isStart(ending) === begins),
  );
  return [
    ...line("Should have ended, and is still there", "last", ends ?? []),
    ...line("Should have begun, and is not there", "first", starts ?? []),
  ];
}

function synchronisationLines(synchronisation: Status["synchronisation"]): string[] {
  if (synchronisation === undefined) return [];
  const { last, isLate } = synchronisation;
  const when =
    last === undefined
      ? "The on-premises directory has never been synchronised"
      : `The on-premises directory was synchronised ${last.age} ago (${last.localTime} there)`;
  if (!isLate) return [`${when}.`];
  return [
    `${when}, and should be every 30 minutes: who is blocked or removed there can still sign in here. Look at Microsoft Entra Connect on its server.`,
  ];
}
