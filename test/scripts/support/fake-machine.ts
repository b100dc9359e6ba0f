import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { clonePaths } from "../../../setup/paths.mjs";

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tenantry-scripts-")));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A machine with nothing on PATH but the tools that a test puts there, an empty cache and an empty clone. */
export function fakeMachine() {
  const root = temporaryFolder();
  const bin = join(root, "bin");
  const clone = join(root, "clone");
  mkdirSync(bin);
  mkdirSync(clone);
  return {
    root,
    cache: join(root, "cache"),
    paths: clonePaths(clone),
    env: { PATH: bin } as NodeJS.ProcessEnv,
    log: callLog(root),
    /** Writes into the clone. */
    write: (path: string, text: string): void => {
      const target = join(clone, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    },
    /** Puts a program on PATH; `body` is JavaScript that sees `args`. Each call is written to the log. */
    tool: (name: string, body: string): void => {
      writeTool(join(bin, name), `${logCall(root, name)}\n${body}`);
    },
  };
}

/** An executable script that runs on this Node; `args` holds its arguments, `fs` and `path` the modules. */
export function writeTool(file: string, body: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, toolText(body));
  chmodSync(file, 0o755);
}

export function toolText(body: string): string {
  return [
    `#!${process.execPath}`,
    `const fs = require("node:fs"), path = require("node:path"), args = process.argv.slice(2);`,
    body,
    "",
  ].join("\n");
}

export const ignoreReport = (): void => undefined;

function logCall(root: string, name: string): string {
  return `fs.appendFileSync(${JSON.stringify(join(root, "calls"))}, ${JSON.stringify(name)} + " " + args[0] + "\\n");`;
}

/** The calls of all tools so far, each as `tool first-argument`. */
function callLog(root: string): () => string[] {
  return () => {
    try {
      return readFileSync(join(root, "calls"), "utf8").trim().split("\n");
    } catch {
      // No tool was called yet.
      return [];
    }
  };
}
