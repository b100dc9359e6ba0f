/** What a run that died in the middle of a creation may have left in the tenant. */
import { CLOCK_TOLERANCE_MS } from "../../core/clock-tolerance.ts";
import { isRequestError } from "../../services/index.ts";
import type { ResourceContext } from "./define.ts";
import { RefusedError } from "./refusal.ts";

/** Creations, written down where a death does not reach. */
export interface Intents {
  /** Durable once it resolves; gives when an earlier run that died began the same creation. */
  begin(urn: string): Promise<Date | undefined>;
  /** Nothing was made. */
  withdraw(urn: string): Promise<void>;
}

/**
 * Whether the object that has everything that is wanted may be what this creation made, by its age. Always true where
 * no run died. An apply does not begin with a clock that is further off than is allowed here.
 * @param created as the service writes it; when it does not say, the object is another's
 */
export function mayBeOurs(
  { begunAt }: Pick<ResourceContext, "begunAt">,
  created: unknown,
): boolean {
  if (begunAt === undefined) return true;
  return typeof created === "string" && Date.parse(created) >= Number(begunAt) - CLOCK_TOLERANCE_MS;
}

const REFUSALS = [
  "bad-request",
  "sign-in-failed",
  "forbidden",
  "not-found",
  "already-exists",
  "conflict",
] as const;

/** Whether the error says that nothing was made, in contrast to one after which it has to be looked for. */
export const wasRefused = (error: unknown): boolean =>
  error instanceof RefusedError || isRequestError(error, ...REFUSALS);
