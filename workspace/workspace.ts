/** Where things are: the customers' files, the settings, and what this program keeps between runs. */
import { existsSync, lstatSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { cloneDirectory } from "../core/clone.ts";
import { GLOBAL_ADMINISTRATOR, ROLE_NAMES, roleIdOf } from "../core/directory-roles.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { readJsonFile } from "../core/json-file.ts";

/** A path in a `file:` URL is a whole one: the engine works in a folder that is gone after each command. */
const BACKEND = /^(embedded|file|file:\/\/[/~].+|(?!file:)[a-z][a-z0-9+.-]*:\/\/.+)$/;

/** A token must not cross a network in clear. */
const SERVER = /^(https:\/\/[^/]+|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)\/?$/;

/** Read as its id. */
const delegatedRole = z.string().transform((name, context) => {
  const id = roleIdOf(name);
  if (id !== undefined && id !== GLOBAL_ADMINISTRATOR) return id;
  const names = Object.entries(ROLE_NAMES).filter(([known]) => known !== GLOBAL_ADMINISTRATOR);
  context.addIssue(
    id === undefined
      ? `${JSON.stringify(name)} is not a known role: give a template id, or one of ${names.map(([, { en }]) => en).join(", ")}`
      : "Global Administrator is refused: it is every right at once, and no relation with it is ever extended",
  );
  return z.NEVER;
});

const settingsShape = z.strictObject({
  /** Which Microsoft 365 the commands talk to. */
  service: z.enum(["emulator", "microsoft"]).default("emulator"),
  /** Which plugin serves users and groups. */
  azuread: z.enum(["official", "drop-in"]).default("drop-in"),
  /**
   * Where Pulumi keeps its state: `embedded`, a database in this workspace; `file`, the engine's own files there; or
   * any backend URL of Pulumi.
   */
  state: z
    .string()
    .regex(BACKEND, "embedded, file, or a backend URL such as s3://… or file:///… (a whole path)")
    .optional(),
  /** Where `tenantry serve` runs: it keeps the state, and records, plans and locks beside it. */
  server: z
    .url()
    .regex(SERVER, "an address with https://, or http:// on this machine, without a path")
    .optional(),
  /** `passphrase` or `azurekeyvault://…`; encrypts the secrets in the state. */
  secretsProvider: z
    .string()
    .regex(/^(passphrase|azurekeyvault:\/\/.+)$/, "passphrase or azurekeyvault://…")
    .default("passphrase"),
  /** The backup vendor's server, such as https://backup.example:4443. */
  backupUrl: z.url({ protocol: /^https$/ }).optional(),
  /** The provider as Microsoft's partner. */
  partner: z
    .strictObject({
      /** Its own tenant. */
      tenantId: z.guid().toLowerCase(),
      /** Its security groups by name, with the roles that their members have at every customer. */
      groups: z.record(z.string().min(1), z.array(delegatedRole).min(1)).default({}),
    })
    .optional(),
});

const settingsSchema = settingsShape
  .refine(({ state, server }) => state === undefined || server === undefined, {
    path: ["state"],
    error: "leave it out: the server keeps the state",
  })
  .transform(({ state = "embedded", ...others }) => ({
    ...others,
    state: others.server === undefined ? state : "server",
  }));

export type Settings = z.output<typeof settingsSchema>;

const setupSchema = z.object({
  pulumiHome: z.string(),
  enginePath: z.string(),
  engineVersion: z.string(),
});

/** What set-up found: where the engine is. */
export type Setup = z.output<typeof setupSchema>;

export interface Workspace {
  readonly root: string;
  readonly stacksDirectory: string;
  /** What this program keeps between runs; nothing in it belongs into git. */
  readonly dataDirectory: string;
  readonly settings: Settings;
}

/** Whether the tenants are emulated, and everybody's keys on this machine: for practice. */
export const isSandbox = ({ settings }: Workspace): boolean => settings.service === "emulator";

/** Folder of the file backend in this workspace; records lie there too. */
export const stateDirectory = ({ dataDirectory }: Workspace): string =>
  join(dataDirectory, "state");

/**
 * Where the one database of state, record, plans and locks is: a file, or a server; undefined where the engine keeps its
 * state elsewhere.
 */
export const stateDatabasePlace = (workspace: Workspace): string | undefined => {
  const { state, server } = workspace.settings;
  return server ?? (state === "embedded" ? stateDatabasePath(workspace) : undefined);
};

/** Database of the embedded state: state, record and locks. */
export const stateDatabasePath = ({ dataDirectory }: Workspace): string =>
  join(dataDirectory, "state.sqlite");

export const SETTINGS_FILE = "tenantry.yaml";

/** The folder that holds `stacks/`: the one given, else the nearest one above where the command was called. */
export function openWorkspace(given: string | undefined, callerDirectory: string): Workspace {
  const root = given === undefined ? findRoot(callerDirectory) : resolve(callerDirectory, given);
  const stacksDirectory = join(root, "stacks");
  if (statSync(stacksDirectory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new ExpectedError("no-workspace", `There is no folder stacks/ in ${root}.`, {
      hint: "Run the command in the folder that contains stacks/, or give that folder as the workspace.",
    });
  }
  return {
    root,
    stacksDirectory,
    dataDirectory: join(root, ".tenantry"),
    settings: readSettings(join(root, SETTINGS_FILE)),
  };
}

function findRoot(from: string): string {
  let folder = from;
  for (;;) {
    if (existsSync(join(folder, "stacks"))) return folder;
    const parent = dirname(folder);
    if (parent === folder) return from;
    folder = parent;
  }
}

function readSettings(path: string): Settings {
  const content = isThere(path) ? parseSettings(readFileSync(path, "utf8")) : {};
  const result = settingsSchema.safeParse(content ?? {});
  if (result.success) return result.data;
  throw new ExpectedError("invalid-settings", `${SETTINGS_FILE} cannot be used.`, {
    hint: "Correct the settings; docs/settings.md lists them.",
    details: result.error.issues.map((issue) =>
      [SETTINGS_FILE, z.core.toDotPath(issue.path), issue.message].filter(Boolean).join(": "),
    ),
  });
}

/** A link to nowhere is there too: without its settings this would be a workspace for practice. */
function isThere(path: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return false;
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind?.isFile() === true) return true;
  throw new ExpectedError("invalid-settings", `${SETTINGS_FILE} is not a file.`, {
    hint: "Replace it with a file or remove it; docs/settings.md lists the settings.",
  });
}

function parseSettings(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new ExpectedError("invalid-settings", `${SETTINGS_FILE} cannot be read.`, {
      hint: "Correct the settings; docs/settings.md lists them.",
      details: [`${SETTINGS_FILE}: ${error.message}`],
      cause: error,
    });
  }
}

/** What `npm run setup` left behind for the commands. */
export function readSetup(): Setup {
  const path = join(cloneDirectory, ".tenantry", "setup.json");
  const result = setupSchema.safeParse(existsSync(path) ? readJsonFile(path) : undefined);
  if (result.success) return result.data;
  throw new ExpectedError("not-set-up", "Pulumi's engine is not set up.", {
    hint: "Run {setup} in the clone; {doctor} shows what is missing.",
    remedy: { setup: {}, doctor: {} },
  });
}
