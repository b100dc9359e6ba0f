/**
 * A small disk under the data of a workspace, in a mount namespace of its own: it is there for what runs `inside` only,
 * and gone with it. What the emulated services hold lies elsewhere, as Microsoft's disks do. Needs Linux.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { temporaryFolder } from "./workspace.ts";
import type { TestWorkspace } from "./workspace.ts";

const execute = promisify(execFile);

export interface OwnDisk extends AsyncDisposable {
  /** For `RunOptions`. */
  readonly inside: readonly string[];
  /** Leaves as many kilobytes free. */
  fill(leaving: number): Promise<void>;
  /** Takes away what `fill` wrote. */
  free(): Promise<void>;
  /** Until the disk is gone. */
  makeReadOnly(): Promise<void>;
}

const MOUNTED = `cp -a "$0/." "$1" && mkdir -p "$1/emulator" && mount -t tmpfs -o size=8m tmpfs "$0" && mv "$1/emulator" "$2" &&
  cp -a "$1/." "$0" && mkdir "$0/emulator" && mount --bind "$2/emulator" "$0/emulator" && echo mounted && exec sleep 600`;

const FILLED = `rest=$(df --output=avail -k "$0" | tail -1) &&
  dd if=/dev/zero of="$0/filler" bs=1k count=$((rest - $1)) status=none`;

const unmounted = new Error("The disk was not mounted");

export async function ownDisk(workspace: TestWorkspace): Promise<OwnDisk> {
  const folder = workspace.data();
  const namespace = ["--user", "--map-root-user", "--mount"];
  const holder = spawn(
    "unshare",
    [...namespace, "sh", "-c", MOUNTED, folder, temporaryFolder(), temporaryFolder()],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(holder, "close");
  await Promise.race([once(holder.stdout, "data"), ended.then(() => Promise.reject(unmounted))]);
  const inside = [
    ...["nsenter", "--target", String(holder.pid), "--user", "--mount"],
    "--preserve-credentials",
  ];
  const [command = "", ...words] = inside;
  const shell = async (script: string, ...args: readonly string[]): Promise<void> => {
    await execute(command, [...words, "sh", "-c", script, folder, ...args]);
  };
  return {
    inside,
    fill: (leaving) => shell(FILLED, String(leaving)),
    free: () => shell('rm "$0/filler"'),
    makeReadOnly: () => shell('mount -o remount,ro "$0"'),
    async [Symbol.asyncDispose]() {
      holder.kill("SIGKILL");
      await ended;
    },
  };
}
