/** The exit code of a look at tenants. */
import type { Status, WatchedTenant } from "../operations/index.ts";
import { EXIT } from "./exit-codes.ts";

interface Asked {
  readonly exitCode: boolean;
}

type Found = Pick<
  Status,
  "backup" | "drift" | "emergency" | "overdue" | "risks" | "signIn" | "synchronisation"
>;

export const isFinding = (found: Found): boolean => {
  const { backup, drift, emergency, overdue, risks, signIn, synchronisation } = found;
  return (
    backup?.isFinding === true ||
    drift.length > 0 ||
    (emergency !== undefined && "uses" in emergency && emergency.uses.length > 0) ||
    overdue.length > 0 ||
    risks.globalAdministrators.length > 0 ||
    risks.forwarding.length > 0 ||
    signIn?.asksSecondStep === false ||
    synchronisation?.isLate === true
  );
};

export const exitOf = (statuses: readonly Found[], { exitCode }: Asked): number =>
  exitCode && statuses.some(isFinding) ? EXIT.changesWaiting : EXIT.done;

/** The heaviest first: what nobody looked at may be anything. */
export function exitOfAll(watched: readonly WatchedTenant[], asked: Asked): number {
  if (watched.some((one) => one.isOverdue || !one.hasFolder)) return EXIT.notLooked;
  if (watched.some(({ failure }) => failure !== undefined)) return EXIT.refused;
  return exitOf(
    watched.flatMap(({ status }) => status ?? []),
    asked,
  );
}
