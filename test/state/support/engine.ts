/** The real engine, as set-up left it, on a state of any kind. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation/index.js";
import semver from "semver";

interface Setup {
  readonly enginePath: string;
  readonly engineVersion: string;
  readonly pulumiHome: string;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const setup = JSON.parse(readFileSync(join(root, ".tenantry", "setup.json"), "utf8")) as Setup;

interface OpenOptions {
  readonly url: string;
  readonly accessToken: string;
  readonly stack: string;
  readonly thingsPort: number;
  readonly program: () => void;
}

export interface OpenedStack extends AsyncDisposable {
  readonly stack: Stack;
}

type CommandConstructor = new (path: string, version: semver.SemVer | null) => PulumiCommand;

/** Makes the stack where it is not there. */
export async function openStack(options: OpenOptions): Promise<OpenedStack> {
  const workDir = await mkdtemp(join(tmpdir(), "state-engine-"));
  const Command = PulumiCommand as unknown as CommandConstructor;
  const workspace = await LocalWorkspace.create({
    workDir,
    secretsProvider: "passphrase",
    pulumiHome: setup.pulumiHome,
    pulumiCommand: new Command(setup.enginePath, semver.parse(setup.engineVersion)),
    program: async () => {
      options.program();
    },
    projectSettings: { name: "things", runtime: "nodejs" },
    envVars: {
      PULUMI_BACKEND_URL: options.url,
      PULUMI_ACCESS_TOKEN: options.accessToken,
      PULUMI_CREDENTIALS_PATH: workDir,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase",
      PULUMI_DEBUG_PROVIDERS: `things:${options.thingsPort}`,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
      NO_COLOR: "1",
    },
  });
  return {
    stack: await Stack.createOrSelect(options.stack, workspace),
    [Symbol.asyncDispose]: async () => {
      await rm(workDir, { recursive: true });
    },
  };
}

/** Ids of the engine's processes that this process has started and that are still there. */
export function enginePids(): readonly number[] {
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    return Number.isInteger(pid) && isOwnEngine(pid) ? [pid] : [];
  });
}

function isOwnEngine(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return (
      status.includes(`\nPPid:\t${process.pid}\n`) &&
      readlinkSync(`/proc/${pid}/exe`) === setup.enginePath
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
