import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ExpectedError } from "../../core/expected-error.ts";
import { listTenants } from "../../tenant-file/files.ts";
import { loadTenant } from "../../tenant-file/load.ts";
import { contoso, fabrikam, samplesDirectory } from "./contoso.ts";

let folder: string;
let stacks: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tenantry-stacks-"));
  stacks = path.join(folder, "stacks");
  await mkdir(path.join(stacks, "fabrikam"), { recursive: true });
  await writeFile(path.join(stacks, "fabrikam", "tenant.yaml"), fabrikam);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const load = (tenant: string) => loadTenant({ stacksDirectory: stacks, tenant });

async function refusal(tenant: string): Promise<ExpectedError> {
  const error: unknown = await load(tenant).catch((thrown: unknown) => thrown);
  if (error instanceof ExpectedError) return error;
  throw new Error(`Not refused as a tenant file: ${String(error)}`);
}

async function write(tenant: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.join(stacks, tenant), { recursive: true });
  await writeFile(path.join(stacks, tenant, "tenant.yaml"), content);
}

describe("loading a tenant", () => {
  it("gives the validated tenant", async () => {
    expect((await load("fabrikam")).tenant.displayName).toBe("Fabrikam");
  });

  it("keeps a section left out apart from an empty list", async () => {
    const tenant = await load("fabrikam");
    expect(Object.keys(tenant)).not.toContain("users");
    await write("fabrikam", `${fabrikam}users: []\n`);
    expect((await load("fabrikam")).users).toEqual([]);
  });

  it("gives all problems with the file's path", async () => {
    await write(
      "bad",
      contoso.replace("count: 9", "count: 8").replace("language: nl", "language: de"),
    );
    const error = await refusal("bad");
    const file = path.join(stacks, "bad", "tenant.yaml");
    expect(error).toMatchObject({
      code: "tenant-file-invalid",
      message: `${file} has 2 problems.`,
    });
    expect(error.details).toEqual([
      expect.stringContaining(`${file}:18:13`),
      expect.stringContaining(`${file}:94:12`),
    ]);
  });

  it.each([
    "../fabrikam",
    "..",
    "fabrikam/../fabrikam",
    "/etc",
    "Fabrikam",
    "f",
    "-fabrikam",
    "1fabrikam",
    "fabri kam",
    "fabrikam\n",
    "a".repeat(40),
    "",
  ])("refuses %j as a name", async (name) => {
    expect((await refusal(name)).code).toBe("tenant-name-invalid");
  });

  it("suggests the nearest tenant for one that is not there", async () => {
    expect(await refusal("fabricam")).toMatchObject({
      code: "tenant-unknown",
      hint: expect.stringMatching(/^Did you mean fabrikam\? Tenants here: .*fabrikam/) as string,
    });
  });

  it("names twenty tenants at most", async () => {
    for (let number = 10; number < 35; number += 1) {
      await mkdir(path.join(stacks, `klant${number}`));
      await writeFile(path.join(stacks, `klant${number}`, "tenant.yaml"), "version: 1\n");
    }
    expect((await refusal("zzz")).hint).toMatch(/klant28, and \d+ more\.$/);
  });

  it("refuses a folder that is no tenant", async () => {
    await mkdir(path.join(stacks, "schema"));
    expect((await refusal("schema")).code).toBe("tenant-unknown");
  });

  it("refuses a folder in the file's place", async () => {
    await mkdir(path.join(stacks, "folder", "tenant.yaml"), { recursive: true });
    expect((await refusal("folder")).details).toEqual([
      expect.stringContaining("Not a regular file"),
    ]);
  });

  it.each(["outside", "inside"])(
    "refuses a link that leads %s of the stacks folder",
    async (side) => {
      const target = path.join(side === "outside" ? folder : stacks, "target");
      await mkdir(target);
      await writeFile(path.join(target, "tenant.yaml"), fabrikam);
      await symlink(target, path.join(stacks, "linked"));
      expect((await refusal("linked")).code).toBe("tenant-file-misplaced");
      await mkdir(path.join(stacks, "file-linked"));
      await symlink(
        path.join(target, "tenant.yaml"),
        path.join(stacks, "file-linked", "tenant.yaml"),
      );
      expect((await refusal("file-linked")).code).toBe("tenant-file-misplaced");
    },
  );

  it("takes the folder by a valid name, and the file in the place of a link", async () => {
    const [wrong, right] = [path.join(stacks, "Fabrikam B.V."), path.join(stacks, "fabrikam-bv")];
    await rename(path.join(stacks, "fabrikam"), wrong);
    expect((await refusal("Fabrikam B.V.")).code).toBe("tenant-name-invalid");
    await rename(wrong, right);
    const [link, file] = [path.join(right, "tenant.yaml"), path.join(folder, "tenant.yaml")];
    await rename(link, file);
    await symlink(file, link);
    expect((await refusal("fabrikam-bv")).code).toBe("tenant-file-misplaced");
    await rename(file, link);
    expect((await load("fabrikam-bv")).tenant.displayName).toBe("Fabrikam");
  });

  it("follows a link to the stacks folder as a whole", async () => {
    await symlink(stacks, path.join(folder, "elsewhere"));
    const tenant = await loadTenant({
      stacksDirectory: path.join(folder, "elsewhere"),
      tenant: "fabrikam",
    });
    expect(tenant.version).toBe(1);
  });

  it("refuses a file of 50 MB by its size", async () => {
    await write("large", fabrikam);
    await truncate(path.join(stacks, "large", "tenant.yaml"), 50_000_000);
    const before = process.memoryUsage().arrayBuffers;
    const [detail] = (await refusal("large")).details;
    expect(detail).toContain("50000000 bytes");
    expect(detail).toContain("at most 4194304 bytes (4 MiB)");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it.each([
    ["in another encoding", Buffer.from(fabrikam, "utf16le").fill(0xff, 0, 2)],
    ["no text", Uint8Array.from([0x80, 0xc0, 0xfe, 0xff])],
  ])("refuses bytes that are %s", async (_, bytes) => {
    await write("bytes", bytes);
    const [detail] = (await refusal("bytes")).details;
    expect(detail).toMatch(/:1:1\b.*Not a text.*UTF-8/);
  });
});

describe("listing tenants", () => {
  it("gives the folders that hold a tenant file, sorted", async () => {
    await write("contoso", contoso);
    await mkdir(path.join(stacks, "schema"));
    await mkdir(path.join(stacks, "Upper"));
    await writeFile(path.join(stacks, "README.md"), "");
    expect(await listTenants(stacks)).toEqual(["contoso", "fabrikam"]);
  });

  it("gives the samples", async () => {
    expect(await listTenants(samplesDirectory)).toEqual(["contoso", "fabrikam", "voorbeeld"]);
  });
});
