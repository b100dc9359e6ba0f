/** Real clients from the registries, in a cache of their own: nothing of this repository depends on them. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../setup/index.mjs";

const run = promisify(execFile);
const SCRIPTS = join(import.meta.dirname, "clients");

export interface Client {
  name: string;
  runtime: "node" | "python";
  /** By name, with exact versions. */
  packages: Readonly<Record<string, string>>;
  script: string;
}

export const clients: readonly Client[] = [
  {
    name: "CLI for Microsoft 365",
    runtime: "node",
    packages: { "@pnp/cli-microsoft365": "11.11.0" },
    script: "cli-microsoft365.mjs",
  },
  {
    name: "PnPjs",
    runtime: "node",
    packages: { "@pnp/sp": "4.19.0", "@pnp/graph": "4.19.0", "@pnp/nodejs": "4.19.0" },
    script: "pnpjs.mjs",
  },
  {
    name: "MSAL for Python",
    runtime: "python",
    packages: { msal: "1.39.0" },
    script: "msal_python.py",
  },
  {
    name: "msgraph-sdk for Python",
    runtime: "python",
    packages: { "msgraph-sdk": "1.65.0", "azure-identity": "1.27.0" },
    script: "msgraph_python.py",
  },
  {
    name: "Office365-REST-Python-Client",
    runtime: "python",
    packages: { "office365-rest-python-client": "3.3.0" },
    script: "office365_rest_python.py",
  },
];

/** A client that can be started. */
export interface InstalledClient extends Client {
  program: string;
  folder: string;
}

/** @returns undefined when the machine does not have the client's runtime */
export async function install(client: Client): Promise<InstalledClient | undefined> {
  const python = client.runtime === "python" ? await findPython() : undefined;
  if (client.runtime === "python" && python === undefined) return undefined;
  const wanted = JSON.stringify([client.runtime, client.packages]);
  const digest = createHash("sha256").update(wanted).digest("hex").slice(0, 16);
  const folder = join(cacheFolder(), "emulator-clients", digest);
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    if (python === undefined) await installNode(client, draft);
    else await installPython(client, { python, folder: draft });
    renameSync(draft, folder);
  }
  cpSync(SCRIPTS, folder, { recursive: true });
  const program = python ?? process.execPath;
  return { ...client, program, folder };
}

async function installNode({ packages }: Client, folder: string): Promise<void> {
  const manifest = { private: true, type: "module", dependencies: packages };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const npm = join(dirname(process.execPath), "npm");
  const options = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev"];
  await run(existsSync(npm) ? npm : "npm", options, { cwd: folder });
}

/** Packages lie in a folder beside the scripts, so that no path of the draft stays in them. */
async function installPython(
  { packages }: Client,
  { python, folder }: { python: string; folder: string },
): Promise<void> {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}==${version}`);
  const target = ["--target", join(folder, "packages")];
  await run(python, ["-m", "pip", "install", "--quiet", ...target, ...wanted]);
}

async function findPython(): Promise<string | undefined> {
  try {
    await run("python3", ["-m", "pip", "--version"]);
    return "python3";
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
