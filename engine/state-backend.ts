/** Where Pulumi keeps a stack's state, and what opens the secrets in it. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stateDirectory } from "../workspace/index.ts";
import type { Workspace } from "../workspace/index.ts";

/**
 * Whether the stack is there, as far as that can be seen without the engine; `false` when in doubt.
 * Source: layout of the file backend of pulumi 3.250, pkg/backend/diy (checked 2026-11-22).
 */
export function holdsStack(
  workspace: Workspace,
  name: { readonly project: string; readonly stack: string },
): boolean {
  const path = [".pulumi", "stacks", name.project, `${name.stack}.json`];
  return (
    workspace.settings.state === "file" && existsSync(join(stateDirectory(workspace), ...path))
  );
}

/** Pulumi's own variables for the backend and the secrets in it. */
export function stateEnvironment(workspace: Workspace): Record<string, string> {
  const { state, secretsProvider } = workspace.settings;
  const folder = stateDirectory(workspace);
  if (state === "file") mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    PULUMI_BACKEND_URL: state === "file" ? pathToFileURL(folder).href : state,
    ...(secretsProvider === "passphrase" ? passphrase(workspace) : {}),
  };
}

/**
 * The passphrase of the environment, else one made for this workspace and kept beside the state: good enough
 * for a state on the same disk; for a shared state set PULUMI_CONFIG_PASSPHRASE or use a key vault.
 */
function passphrase(workspace: Workspace): Record<string, string> {
  const { PULUMI_CONFIG_PASSPHRASE: given, PULUMI_CONFIG_PASSPHRASE_FILE: file } = process.env;
  if (given !== undefined || file !== undefined) return {};
  const path = join(workspace.dataDirectory, "passphrase");
  if (!existsSync(path)) {
    mkdirSync(workspace.dataDirectory, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(path, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
    } catch (error) {
      // Another command made it a moment ago; anything else shows when it is read.
      if (!existsSync(path)) throw error;
    }
  }
  return { PULUMI_CONFIG_PASSPHRASE: readFileSync(path, "utf8") };
}
