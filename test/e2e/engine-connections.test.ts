/** Contract with the SDK's version: a run leaves no connection behind (engine/sdk/close-connections.ts). */
import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { cloneRoot, TestWorkspace } from "./support/workspace.ts";

const execute = promisify(execFile);
const compiled = (path: string): string => pathToFileURL(join(cloneRoot, "dist", path)).href;

test("a process that plans again and again closes the engine's connections each time", async () => {
  const workspace = TestWorkspace.create();
  const program = `
    import grpc from "@grpc/grpc-js";
    import { Session } from "${compiled("engine/index.js")}";
    import { openWorkspace } from "${compiled("workspace/index.js")}";
    let closed = 0;
    const { close } = grpc.Client.prototype;
    grpc.Client.prototype.close = function () { closed += 1; return close.call(this); };
    const options = {
      workspace: openWorkspace(${JSON.stringify(workspace.root)}, "."),
      stack: "example", access: "preview", signal: new AbortController().signal, now: () => new Date(),
    };
    const counts = [];
    for (let run = 0; run < 2; run += 1) {
      const session = await Session.open(options);
      await session.plan({ appliedRules: null });
      await session.close();
      counts.push(closed);
    }
    process.stdout.write(JSON.stringify(counts));`;
  const args = ["--input-type=module", "--eval", program];
  const { stdout } = await execute(process.execPath, args, { cwd: cloneRoot });
  expect(JSON.parse(stdout)).toEqual([2, 4]);
});
