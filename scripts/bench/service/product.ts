/**
 * Child process: the first apply of a workspace by the product, engine included, on its emulator with a slow network;
 * prints ProductResult. Called as `product.ts <workspace> <stack> <latencyMs>`.
 */
import type * as SessionModule from "../../../engine/session.ts";
import type * as WorkspaceModule from "../../../workspace/workspace.ts";
import type * as EmulatorModule from "../../../emulator/index.ts";
import { timed } from "../measure.ts";
import { compiled } from "../product.ts";
import type { ProductResult } from "./protocol.ts";

const [folder = "", stack = "", latencyMs = ""] = process.argv.slice(2);
const { Session } = await compiled<typeof SessionModule>("engine/session.js");
const { openWorkspace } = await compiled<typeof WorkspaceModule>("workspace/workspace.js");
const { realisticBehaviour } = await compiled<typeof EmulatorModule>("emulator/index.js");
// The session starts its emulator itself, with this.
realisticBehaviour.latencyMs = Number(latencyMs);

const workspace = openWorkspace(folder, folder);
const { signal } = new AbortController();
const session = await Session.open({
  workspace,
  stack,
  signal,
  access: "apply",
  now: () => new Date(),
});
await session.plan({ appliedRules: null });
const applied = await timed(() => session.apply(() => undefined));
const { writes } = session.requests();
const readBack = await timed(() => session.readBack());
await session.close();
if (applied.value !== undefined) throw new Error(applied.value.messages.join("; "));
const result: ProductResult = {
  writes,
  applySeconds: applied.ms / 1000,
  readBackSeconds: readBack.ms / 1000,
};
process.stdout.write(JSON.stringify(result));
