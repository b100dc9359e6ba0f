/**
 * What comes from a directory on premises: Graph's refusal to change it, and when it came last.
 * @see https://github.com/microsoftgraph/microsoft-graph-docs/issues/18038 (checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/resources/organization (v1.0, checked 2026-11-27)
 */
import type { GraphRequestError } from "../../services/index.ts";
import type { Connection } from "../kit/connection.ts";
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

export interface Synchronisation {
  /** When it ended last; undefined where it never has. */
  readonly lastAt: Date | undefined;
}

interface Synchronised {
  readonly onPremisesSyncEnabled?: boolean | null;
  readonly onPremisesLastSyncDateTime?: string | null;
}

/** Undefined where the tenant is not synchronised, or no longer. */
export async function readSynchronisation({
  service: { graph },
}: Pick<Connection, "service">): Promise<Synchronisation | undefined> {
  const [organization] = await graph.all<Synchronised>(
    "/organization?$select=id,onPremisesSyncEnabled,onPremisesLastSyncDateTime",
  );
  if (organization?.onPremisesSyncEnabled !== true) return undefined;
  const { onPremisesLastSyncDateTime: last } = organization;
  return { lastAt: typeof last === "string" ? new Date(last) : undefined };
}
