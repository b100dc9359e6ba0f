/**
 * Child process: one plan with the time of each part, as JSON in milliseconds.
 * Called as `plan-split.ts <workspace> <stack> [first-write]`; with `first-write` the way of apply, up to the
 * first object that the engine makes: preview without and with access to the tenant, then up.
 */
import type * as SessionModule from "../../engine/session.ts";
import type * as WorkspaceModule from "../../workspace/workspace.ts";
import type * as ViewsModule from "../../views/index.ts";
import type * as DigestModule from "../../plan/model/digest.ts";
import module from "node:module";
import { join } from "node:path";
import { nounOf } from "../../core/nouns.ts";
import { typeOfUrn } from "../../core/urn.ts";
import type { Session } from "../../engine/index.ts";
import { compiled, root } from "./product.ts";

module.enableCompileCache(join(root, ".tenantry", "compile-cache"));
const marks: [name: string, atMs: number][] = [];
const mark = (name: string): void => {
  marks.push([name, performance.now()]);
};

const [folder = "", stack = "", mode] = process.argv.slice(2);
mark("Node starts");
// First, as in the command itself.
await compiled("engine/sdk/lazy-modules.js");
const sessions = await compiled<typeof SessionModule>("engine/session.js");
const { openWorkspace } = await compiled<typeof WorkspaceModule>("workspace/workspace.js");
const { renderHtml } = await compiled<typeof ViewsModule>("views/index.js");
const { planDigest } = await compiled<typeof DigestModule>("plan/model/digest.js");
mark("imports");
const workspace = openWorkspace(folder, folder);
const { signal } = new AbortController();
const now = (): Date => new Date();

async function planned(access: "preview" | "apply", label: string): Promise<Session> {
  const session = await sessions.Session.open({ workspace, stack, signal, access, now });
  mark(`${label}tenant file, providers, engine's project`);
  let phase = 0;
  const { plan } = await session.plan({
    appliedRules: null,
    onEvent: (event) => {
      if (phase === 0) mark(`${label}engine starts`);
      phase = Math.max(phase, 1);
      if (phase === 1 && event.resourcePreEvent !== undefined) {
        mark(`${label}policies and program start`);
        phase = 2;
      }
      if (event.summaryEvent !== undefined) mark(`${label}preview, policies judge`);
    },
  });
  mark(`${label}engine ends, plan and digest`);
  if (access === "preview") {
    planDigest(plan);
    mark("digest once more");
    renderHtml(plan);
    mark("pages");
  }
  return session;
}

const first = await planned("preview", "");
await first.close();
mark("close");
if (mode === "first-write") {
  const second = await planned("apply", "again: ");
  await second.apply((urn) => {
    const isFirst = !marks.some(([name]) => name === "up, to the first object");
    if (isFirst && nounOf(typeOfUrn(urn)) !== undefined) mark("up, to the first object");
  });
  await second.close();
}
const parts = marks
  .slice(
    0,
    mode === "first-write" ? marks.findIndex(([name]) => name.startsWith("up,")) + 1 : undefined,
  )
  .map(([name, atMs], at) => [name, atMs - (marks[at - 1]?.[1] ?? 0)] as const);
process.stdout.write(JSON.stringify(Object.fromEntries(parts)));
