/** From a base and a journal to a state: as it is at this moment, and for good when an update has ended. */
import type { Queries } from "../database/port.ts";
import { integer, text } from "../database/row.ts";
import type { VersionedDeployment } from "../journal/deployment.ts";
import { checkedEntry } from "../journal/entry.ts";
import { JournalReplayer } from "../journal/replayer.ts";
import { deploymentOf, putDeployment } from "./deployments.ts";
import { pack } from "./packing.ts";
import type { StackInfo } from "./stack-info.ts";

/** How an update can end: as the engine says, or because it was stopped, or because its process was never seen again. */
export type Ending = "succeeded" | "failed" | "cancelled";

/** The state with everything that an update under way has reported so far. */
export async function liveDeployment(
  queries: Queries,
  { stack, version, running }: StackInfo,
): Promise<VersionedDeployment> {
  const base = await deploymentOf(queries, { stack, version });
  const id = running?.id ?? "";
  const [update] = await queries.all("SELECT engine_version FROM updates WHERE id = ?", id);
  const engineVersion =
    update === undefined ? base.manifest.version : text(update, "engine_version");
  const replayer = new JournalReplayer(base, {
    time: new Date(await queries.now()),
    engineVersion,
  });
  const rows = await queries.all(
    "SELECT content FROM journal WHERE update_id = ? ORDER BY sequence",
    id,
  );
  for (const row of rows) replayer.add(checkedEntry(JSON.parse(text(row, "content"))));
  return replayer.deployment();
}

/** Ends the update that is under way: its journal becomes the stack's next version. */
export async function fold(queries: Queries, stack: StackInfo, ending: Ending): Promise<void> {
  const { running } = stack;
  if (running === undefined) return;
  const content = pack(await liveDeployment(queries, stack));
  const [row] = await queries.all(
    "UPDATE updates SET status = ?, ended = ? WHERE id = ? RETURNING version",
    ...[ending, await queries.now(), running.id],
  );
  const version = row === undefined ? 0 : integer(row, "version");
  await putDeployment(queries, { stack: stack.stack, version, content });
  await queries.run("DELETE FROM journal WHERE update_id = ?", running.id);
  await queries.run(
    "UPDATE stacks SET version = ?, running = NULL WHERE stack = ?",
    version,
    stack.stack,
  );
}
