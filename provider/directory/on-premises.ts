/**
 * Graph's refusal to change what a directory on premises masters.
 * @see https://github.com/microsoftgraph/microsoft-graph-docs/issues/18038 (checked 2026-11-27)
 */
import type { GraphRequestError } from "../../services/index.ts";
import { RefusedError } from "../kit/refusal.ts";

export const isMastered = ({ serviceMessage = "" }: GraphRequestError): boolean =>
  serviceMessage.includes("on-premises mastered Directory Sync objects");

export const masteredOnPremises = (name: string, cause: Error): RefusedError =>
  new RefusedError({
    code: "mastered-on-premises",
    message: `${name} comes from a directory on premises, which masters what was to change`,
    hint: "Change it there, wait for the synchronisation, then plan again.",
    cause,
  });
