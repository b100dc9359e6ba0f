/** Where Pulumi keeps a stack's state, and what opens the secrets in it. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { ExpectedError } from "../core/expected-error.ts";
import { serveState, sharedDatabase, stackOfTenant } from "../state/index.ts";
import type { Fence } from "../state/index.ts";
import { keysInState } from "./stack-encryption.ts";
import type { StackKeys } from "./stack-encryption.ts";
import { stateDatabasePlace, stateDirectory } from "../workspace/index.ts";
import type { Workspace } from "../workspace/index.ts";

export interface StackName {
  readonly project: string;
  readonly stack: string;
}

export interface StateBackend {
  /** Pulumi's own variables for the backend and the secrets in it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the stack is there, as far as that can be seen without the engine; `false` when in doubt. */
  readonly holdsStack: boolean;
  /** What the state itself says of how its secrets open, where the keys that are kept beside it are lost. */
  stackKeys(): Promise<StackKeys | undefined>;
  /** What the state could not do, before the engine says it in its own words; undefined while all is well. */
  failure(): Error | undefined;
  close(): Promise<void>;
}

export interface StateOptions {
  readonly workspace: Workspace;
  readonly name: StackName;
  /** Empty folder of the session. */
  readonly folder: string;
  /** The lease under which the stack is changed; while there is none, each update takes one of its own. */
  readonly lease?: (() => Fence | undefined) | undefined;
}

/** @throws ExpectedError when the database of the state cannot be used; what another backend cannot do shows when the engine runs */
export async function openStateBackend(options: StateOptions): Promise<StateBackend> {
  const { workspace, name } = options;
  const { state } = workspace.settings;
  const place = stateDatabasePlace(workspace);
  if (place !== undefined) return await openOnDatabase(place, options);
  const folder = stateDirectory(workspace);
  if (state === "file") mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    environment: {
      PULUMI_BACKEND_URL: state === "file" ? pathToFileURL(folder).href : state,
      ...secrets(workspace),
    },
    // Layout of the file backend of pulumi 3.250, pkg/backend/diy (checked 2026-11-22).
    holdsStack:
      state === "file" &&
      existsSync(join(folder, ".pulumi", "stacks", name.project, `${name.stack}.json`)),
    // Without them, the engine makes new ones for a file, and encrypts it anew.
    stackKeys: () => Promise.resolve(undefined),
    failure: () => undefined,
    close: () => Promise.resolve(),
  };
}

/** The service runs in this process, also where its database is a server's: only it knows under which lease is written. */
async function openOnDatabase(place: string, options: StateOptions): Promise<StateBackend> {
  const { workspace, name, folder, lease } = options;
  const database = sharedDatabase(place);
  // Before anything listens that would keep the command from ending.
  const opening = secrets(workspace);
  let failure: Error | undefined;
  const onFailure = (error: Error): void => {
    failure ??= error;
  };
  const stack = stackOfTenant(name.stack);
  const found = await database.run("getStack", { stack });
  const service = await serveState({
    database,
    onFailure,
    ...(lease === undefined ? {} : { lease }),
  });
  return {
    environment: {
      PULUMI_BACKEND_URL: service.url,
      PULUMI_ACCESS_TOKEN: service.accessToken,
      // The engine writes address and token down; they are of no use after this session.
      PULUMI_CREDENTIALS_PATH: join(folder, "credentials"),
      ...opening,
    },
    holdsStack: found !== undefined,
    stackKeys: async () => {
      const content = await database.run("exportStack", { stack, version: undefined });
      return content && keysInState(JSON.parse(gunzipSync(content).toString("utf8")));
    },
    failure: () => failure,
    close: () => service.close(),
  };
}

const secrets = (workspace: Workspace): Record<string, string> =>
  workspace.settings.secretsProvider === "passphrase" ? passphrase(workspace) : {};

/**
 * The passphrase of the environment, else one made for this workspace and kept beside the state: good enough
 * for a state on the same disk. One that is made on a runner would be gone with it, and the secrets of all with that.
 */
function passphrase(workspace: Workspace): Record<string, string> {
  const { PULUMI_CONFIG_PASSPHRASE: given, PULUMI_CONFIG_PASSPHRASE_FILE: file } = process.env;
  if (given !== undefined || file !== undefined) return {};
  if (workspace.settings.server !== undefined) {
    throw new ExpectedError(
      "no-credential",
      "There is no passphrase for the secrets in the state.",
      {
        hint: "Set PULUMI_CONFIG_PASSPHRASE to the one that all workspaces of this server have, or use a key vault (docs/settings.md).",
      },
    );
  }
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
