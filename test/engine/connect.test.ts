/** What other programs are told of the way to the tenant; nothing here calls a service. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openService, refuseWrites } from "../../engine/connect.ts";
import type { TenantService } from "../../engine/connect.ts";
import { openWorkspace } from "../../workspace/workspace.ts";
import { loadTenant } from "../../tenant-file/load.ts";

const SAMPLES = fileURLToPath(new URL("../../stacks", import.meta.url));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-test-"));
  mkdirSync(join(folder, "stacks"));
  writeFileSync(join(folder, "tenantry.yaml"), "service: microsoft\n");
  for (const name of ["AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH"]) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv("AZURE_CLIENT_ID", "00000000-0000-4000-8000-000000000001");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(): Promise<TenantService> {
  const tenant = await loadTenant({ stacksDirectory: SAMPLES, tenant: "fabrikam" });
  const workspace = openWorkspace(folder, folder);
  const signal = AbortSignal.any([]);
  return await openService({ workspace, tenant, signal, mayWrite: refuseWrites });
}

it("gives the official plugin the text of a token, under the names that it knows", async () => {
  const file = join(folder, "token");
  writeFileSync(file, "header.payload.signature\n");
  vi.stubEnv("AZURE_FEDERATED_TOKEN_FILE", file);
  const service = await opened();
  expect(service.pluginEnvironment).toEqual({
    ARM_TENANT_ID: "0c6b5e1d-3f2a-4e0f-8b7c-5a9d2e4f6b81",
    ARM_CLIENT_ID: "00000000-0000-4000-8000-000000000001",
    ARM_OIDC_TOKEN: "header.payload.signature",
    ARM_USE_OIDC: "true",
    ARM_USE_CLI: "false",
  });
  await service.close();
});

it("refuses a token file that is not there", async () => {
  vi.stubEnv("AZURE_FEDERATED_TOKEN_FILE", join(folder, "missing"));
  await expect(opened()).rejects.toMatchObject({ code: "no-credential" });
});

it.each(["missing", "."])("refuses a certificate that cannot be read: %s", async (name) => {
  vi.stubEnv("AZURE_CLIENT_CERTIFICATE_PATH", join(folder, name));
  await expect(opened()).rejects.toMatchObject({ code: "no-credential" });
});

it("serves users and groups by the drop-in, also for a real tenant, unless told otherwise", () => {
  expect(openWorkspace(folder, folder).settings.azuread).toBe("drop-in");
  writeFileSync(join(folder, "tenantry.yaml"), "service: microsoft\nazuread: official\n");
  expect(openWorkspace(folder, folder).settings.azuread).toBe("official");
});
