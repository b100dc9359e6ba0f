/** How all tenants stand, a line each. */
import type { WatchedTenant } from "../../operations/index.ts";
import { backupWords } from "./backup-lines.ts";
import { withWordedFailure, wordedFailure } from "./remedy.ts";

export function watchLines(watched: readonly WatchedTenant[]): string[] {
  if (watched.length === 0) return ["There are no tenants in stacks/."];
  const drifted = watched.filter(({ status }) => (status?.drift.length ?? 0) > 0);
  return [
    ...watched.map((one) => `${one.stack}: ${[...standing(one)].join("; ")}`),
    ...drifted.map(
      ({ stack }) => `\`tenantry status ${stack}\` shows what differs, and the ways on.`,
    ),
  ];
}

/** For programs: all that was found. */
export const watchedJson = (watched: readonly WatchedTenant[]): object[] =>
  watched.map(withWordedFailure);

export function standing({
  stack,
  lastLook,
  isOverdue,
  hasFolder,
  status,
  failure,
}: WatchedTenant): string[] {
  if (!hasFolder) {
    return [
      `was worked with here and has no folder in stacks/: nobody manages it, and it is billed on. Put stacks/${stack} back, or release what it has first`,
    ];
  }
  const since = lastLook === undefined ? "never looked at" : `not looked since ${lastLook} (UTC)`;
  const seen = isOverdue ? since : `looked at ${lastLook ?? ""} (UTC)`;
  if (status === undefined) {
    return failure === undefined
      ? [seen]
      : [seen, `${failure.code}: ${wordedFailure(failure).message}`];
  }
  const { drift, accepted, objects, unmanaged, risks, signIn, synchronisation, backup, emergency } =
    status;
  const { globalAdministrators, forwarding } = risks;
  const riskCount = globalAdministrators.length + forwarding.length;
  const others = unmanaged.reduce((sum, { count }) => sum + count, 0);
  return [
    drift.length === 0 ? `${objects} objects, no drift` : `${drift.length} of ${objects} differ`,
    ...(accepted.length === 0 ? [] : [`${accepted.length} accepted`]),
    ...(others === 0 ? [] : [`${others} not managed`]),
    ...(riskCount === 0 ? [] : [`${riskCount} ${riskCount === 1 ? "risk" : "risks"}`]),
    ...backupWords(backup),
    ...(emergency !== undefined && "uses" in emergency && emergency.uses.length > 0
      ? ["an emergency account was used"]
      : []),
    ...(signIn?.asksSecondStep === false ? ["nothing asks everybody for a second step"] : []),
    ...(synchronisation?.isLate === true
      ? [
          `synchronisation from on premises stands still${synchronisation.last === undefined ? "" : ` since ${synchronisation.last.at} (UTC)`}`,
        ]
      : []),
  ];
}
