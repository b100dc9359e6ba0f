/** A provider's own repository: customers, settings and pipelines. The product is a dependency, pinned exactly. */
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import semver from "semver";
import { toolVersion } from "../core/clone.ts";
import { ExpectedError } from "../core/expected-error.ts";

export interface InitRequest {
  readonly folder: string;
  /** An exact version, or the path of a package that `npm pack` made; undefined: the version that runs now. */
  readonly package: string | undefined;
}

export interface InitializedRepository {
  readonly folder: string;
  /** As package.json has it. */
  readonly pin: string;
  /** Paths within the folder, with `/`. */
  readonly files: readonly string[];
}

/** @throws ExpectedError `folder-not-empty`, `package-unusable`; nothing is written then */
export async function initRepository(request: InitRequest): Promise<InitializedRepository> {
  const folder = resolve(request.folder);
  const pin = pinOf(request.package ?? toolVersion(), folder);
  await refuseFull(folder);
  const files = { "package.json": packageJson(basename(folder), pin), ...filesOf() };
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: "wx" });
  }
  return { folder, pin, files: Object.keys(files) };
}

function pinOf(wanted: string, folder: string): string {
  if (semver.valid(wanted) === wanted) return wanted;
  const path = resolve(wanted);
  if (path.endsWith(".tgz") && existsSync(path)) {
    return `file:${relative(folder, path).split(sep).join("/")}`;
  }
  throw new ExpectedError("package-unusable", `${wanted} cannot be pinned.`, {
    hint: "Give an exact version, such as 0.1.0, or the path of a .tgz that `npm pack` made: what a range gives is not what was tried.",
  });
}

/** A repository that is new has its own folder, and nothing else. */
async function refuseFull(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const found = (await readdir(folder)).filter((name) => name !== ".git");
  if (found.length === 0) return;
  throw new ExpectedError("folder-not-empty", `${folder} is not empty.`, {
    hint: "Give a new folder: nothing that is there is ever written over.",
  });
}

/** Names of packages have neither capitals nor spaces. */
const packageJson = (name: string, pin: string): string =>
  `${JSON.stringify(
    {
      name: name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-"),
      private: true,
      engines: { node: ">=20" },
      scripts: { setup: "node node_modules/tenantry/scripts/run.mjs setup" },
      dependencies: { tenantry: pin },
    },
    undefined,
    2,
  )}\n`;

const asset = (name: string): string =>
  readFileSync(new URL(`./repository/${name}`, import.meta.url), "utf8");

const filesOf = (): Readonly<Record<string, string>> => ({
  ".gitignore": "node_modules/\n.tenantry/\n*.log\n",
  ".github/workflows/tenantry.yml": asset("github.yaml"),
  ".gitlab-ci.yml": asset("gitlab.yaml"),
  "azure-pipelines.yml": asset("azure.yaml"),
  "README.md": asset("readme.txt"),
  "stacks/README.md": asset("stacks.txt"),
  "tenantry.yaml": asset("tenantry.yaml"),
});
