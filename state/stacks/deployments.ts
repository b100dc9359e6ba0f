/** States as the updates left them. */
import type { Queries } from "../database/port.ts";
import { bytes } from "../database/row.ts";
import { EMPTY_DEPLOYMENT } from "../journal/deployment.ts";
import type { Deployment } from "../journal/deployment.ts";
import { unpack } from "./packing.ts";

/** States that can be exported by their version; the history of updates itself is kept for good. */
const KEPT = 20;

export async function putDeployment(
  queries: Queries,
  deployment: { readonly stack: string; readonly version: number; readonly content: Uint8Array },
): Promise<void> {
  const { stack, version, content } = deployment;
  await queries.run(
    "INSERT INTO deployments (stack, version, content) VALUES (?, ?, ?)",
    ...[stack, version, content],
  );
  await queries.run(
    "DELETE FROM deployments WHERE stack = ? AND version <= ?",
    stack,
    version - KEPT,
  );
}

/** Empty for version 0. */
export async function deploymentOf(
  queries: Queries,
  { stack, version }: { readonly stack: string; readonly version: number },
): Promise<Deployment> {
  if (version === 0) return EMPTY_DEPLOYMENT;
  const [row] = await queries.all(
    "SELECT content FROM deployments WHERE stack = ? AND version = ?",
    stack,
    version,
  );
  if (row === undefined) throw new TypeError(`Version ${version} of ${stack} has no deployment`);
  return unpack(bytes(row, "content")).deployment;
}
