/** Where tenant files are: one folder a tenant, the file itself in it, never a link. */
import { constants } from "node:fs";
import { open, readdir, realpath, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { ExpectedError } from "../core/expected-error.ts";
import { nearest } from "./reading/nearest.ts";
import { quote } from "./reading/show.ts";
import { MAX_FILE_BYTES } from "./reading/yaml-document.ts";
import { tooLarge, type PlacedFinding } from "./reading/yaml-text.ts";

export const FILE_NAME = "tenant.yaml";
/** Also the name of the Pulumi stack, which takes more; this much is safe in paths, URLs and URNs. */
const TENANT_NAME = /^[a-z][a-z0-9-]{1,38}$/;

export interface TenantPlace {
  stacksDirectory: string;
  tenant: string;
}

/** The names of all folders that hold a tenant file, sorted. */
export async function listTenants(stacksDirectory: string): Promise<string[]> {
  const folders = await readdir(stacksDirectory, { withFileTypes: true });
  const names = folders
    .filter((folder) => folder.isDirectory() && TENANT_NAME.test(folder.name))
    .map((folder) => folder.name);
  const contents = await Promise.all(
    names.map((name) => readdir(path.join(stacksDirectory, name))),
  );
  return names.filter((_, index) => contents[index]?.includes(FILE_NAME)).sort();
}

/** Of the tenant file, or of another file of the tenant's folder. */
export const fileNameOf = ({ stacksDirectory, tenant }: TenantPlace, name = FILE_NAME): string =>
  path.join(stacksDirectory, tenant, name);

/** Leaves a byte order mark where it is, so that a second one is seen. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

type FileText = { text: string } | { unreadable: PlacedFinding };

/**
 * The text of a tenant's file, or why it has none. Nothing outside the tenant's own folder is read, and never
 * more than the largest tenant file.
 * @throws ExpectedError when the name or the file's place is wrong
 */
export async function readTenantFile(place: TenantPlace): Promise<FileText> {
  const read = await readBeside(place, FILE_NAME);
  if (read === undefined) throw await unknownTenant(place);
  return read;
}

/** The same for any file of the tenant's folder; undefined where it has none of this name. */
export async function readBeside(place: TenantPlace, name: string): Promise<FileText | undefined> {
  const start = { path: [], position: { line: 1, column: 1 } };
  const handle = await openBeside(place, name);
  if (handle === undefined) return undefined;
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return { unreadable: { ...start, message: "Not a regular file" } };
    if (stat.size > MAX_FILE_BYTES) return { unreadable: tooLarge(stat.size) };
    const bytes = await handle.readFile();
    try {
      return { text: decoder.decode(bytes) };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return { unreadable: { ...start, message: "Not a text file", allowed: "UTF-8" } };
    }
  } finally {
    await handle.close();
  }
}

async function openBeside(options: TenantPlace, name: string): Promise<FileHandle | undefined> {
  const { stacksDirectory, tenant } = options;
  if (!TENANT_NAME.test(tenant)) {
    throw new ExpectedError("tenant-name-invalid", `${quote(tenant)} is not a valid tenant name.`, {
      hint: "Use 2 to 39 lower-case letters, digits and hyphens, starting with a letter: the name of a folder in stacks/.",
    });
  }
  const expected = path.join(await realpath(stacksDirectory), tenant, name);
  try {
    if ((await realpath(expected)) !== expected) {
      throw new ExpectedError(
        "tenant-file-misplaced",
        `The file of tenant ${quote(tenant)} is reached through a symbolic link.`,
        { hint: `Put the file itself at ${fileNameOf(options, name)}.` },
      );
    }
    // Non-blocking, so that a pipe in the file's place does not hang us; its kind is checked on the open handle.
    return await open(expected, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** How many tenants a message names. */
const MOST_NAMED = 20;

/** The refusal of a name that has no file, with the names that have one. */
export async function unknownTenant(options: TenantPlace): Promise<ExpectedError> {
  const tenants = await listTenants(options.stacksDirectory);
  const suggestion = nearest(options.tenant, tenants);
  const restCount = tenants.length - MOST_NAMED;
  const named = tenants.slice(0, MOST_NAMED).join(", ") || "none";
  return new ExpectedError(
    "tenant-unknown",
    `There is no tenant ${quote(options.tenant)}: ${fileNameOf(options)} does not exist.`,
    {
      hint: [
        ...(suggestion === undefined ? [] : [`Did you mean ${suggestion}?`]),
        `Tenants here: ${named}${restCount > 0 ? `, and ${restCount} more` : ""}.`,
      ].join(" "),
    },
  );
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP";
}
