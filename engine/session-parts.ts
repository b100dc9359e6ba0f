/** What a session holds open besides its engine, and how it is closed. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PolicyServer } from "../policies/index.ts";
import type { ProviderServer } from "../provider/index.ts";
import type { TenantService } from "./connect.ts";
import type { StateBackend } from "./state-backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";

export const workDirectory = (folder: string): string => join(folder, "project");

export async function sessionFolder(): Promise<TemporaryFolder> {
  const folder = temporaryFolder();
  await mkdir(workDirectory(folder.path));
  return folder;
}

export async function closeAll(parts: {
  readonly servers: readonly (ProviderServer | PolicyServer)[];
  readonly service: TenantService | undefined;
  readonly state: StateBackend | undefined;
  readonly folder: TemporaryFolder;
}): Promise<void> {
  try {
    await parts.state?.close();
  } finally {
    // Also with a state that its full disk keeps from closing: what stays open would keep the command from ending.
    await Promise.all(parts.servers.map((server) => server.close()));
    await parts.service?.close();
    parts.folder.remove();
  }
}

/** How many of the requests read, and how many wrote. */
export function requestsOf(
  statistics: readonly { readonly operation: string; readonly calls: number }[],
): { reads: number; writes: number } {
  const sum = (isWrite: boolean): number =>
    statistics
      // Exchange is asked by POST too.
      .filter(({ operation }) => /^(?:GET |POST \/InvokeCommand\/Get-)/.test(operation) !== isWrite)
      .reduce((total, { calls }) => total + calls, 0);
  return { reads: sum(false), writes: sum(true) };
}
