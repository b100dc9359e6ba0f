/**
 * Journals and states of the real engine: pulumi 3.250.0's own generated and hand-written life-cycle tests
 * (pkg/engine/lifecycletest) were run with a recorder at the end of each run, and each journal was replayed by
 * `backend.JournalReplayer`, whole and cut off at two places. 194 of 3,325 runs are kept here, so that every kind of
 * entry, operation and feature is among them; all 47,421 cuts of all runs were compared once (2026-11-26).
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Deployment, VersionedDeployment } from "../../../state/journal/deployment.ts";

interface Cut extends VersionedDeployment {
  /** Number of entries that were replayed. */
  readonly entries: number;
}

interface History {
  readonly base: Deployment;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  readonly cuts: readonly Cut[];
}

const file = new URL("../journal/recorded-histories.json.gz", import.meta.url);

export const histories = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as History[];

/** Without what differs from run to run: the time, and the order of what is pending (a Go map). */
export function comparable({ version, features = [], deployment }: VersionedDeployment): unknown {
  const { manifest, pending_operations: pending = [], ...rest } = deployment;
  const sorted = [...pending].sort((one, other) =>
    JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
  );
  return { version, features, ...rest, manifest: { ...manifest, time: "" }, pending: sorted };
}
