/** Everything around the plain program: its emulator, its folder, its plugin. */
import type * as EmulatorModule from "../../../emulator/index.ts";
import type * as SkuCatalogueModule from "../../../emulator/entities/sku-catalogue.ts";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { company } from "../company.ts";
import { runChild, type ChildRun } from "../child.ts";
import { compiled, root } from "../product.ts";
import type { PlainEnvironment } from "./environment.ts";

const CLIENT_ID = "7e4a47e0-0000-4000-8000-00000000bbbb";
const CLIENT_SECRET = "only-for-benchmarks";

export interface Plain {
  preview(): Promise<ChildRun>;
  up(): Promise<ChildRun>;
  close(): Promise<void>;
}

export async function openPlain(size: number): Promise<Plain> {
  const folder = await mkdtemp(join(tmpdir(), "tenantry-bench-plain-"));
  const { startEmulator } = await compiled<typeof EmulatorModule>("emulator/index.js");
  const { findSku } = await compiled<typeof SkuCatalogueModule>(
    "emulator/entities/sku-catalogue.js",
  );
  const emulator = await startEmulator({ directory: join(folder, "emulator") });
  const { tenantId, initialDomain, domain, sku } = company(size);
  emulator.addTenant({
    tenantId,
    displayName: "Company",
    initialDomain,
    domains: [domain],
    subscribedSkus: [{ skuPartNumber: sku, enabledUnits: size }],
    applications: [{ clientId: CLIENT_ID, displayName: "Plain", clientSecret: CLIENT_SECRET }],
  });
  const setup = JSON.parse(await readFile(join(root, ".tenantry", "setup.json"), "utf8")) as {
    enginePath: string;
    engineVersion: string;
  };
  const environment: PlainEnvironment = {
    origin: emulator.origin,
    tenantId,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    skuId: findSku(sku)?.skuId ?? "",
    size,
    folder,
    // The Automation API looks for bin/pulumi below it.
    enginePath: dirname(dirname(setup.enginePath)),
    engineVersion: setup.engineVersion,
  };
  await Promise.all(["project", "state"].map((name) => mkdir(join(folder, name))));
  await writePlugin(join(folder, "home"));
  const authority = join(folder, "ca.pem");
  await writeFile(authority, emulator.certificateAuthorityPem);
  const run = (mode: string): Promise<ChildRun> =>
    runChild([join(root, "scripts", "bench", "plain", "program.ts"), mode], {
      env: { ...process.env, PLAIN: JSON.stringify(environment), NODE_EXTRA_CA_CERTS: authority },
    });
  return {
    preview: () => run("preview"),
    up: () => run("up"),
    close: async () => {
      await emulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The engine starts it as a process of its own, as it does with every installed plugin. */
async function writePlugin(home: string): Promise<void> {
  const folder = join(home, "plugins", "resource-plain-v1.0.0");
  const provider = join(root, "scripts", "bench", "plain", "provider.ts");
  await mkdir(folder, { recursive: true });
  const text = `#!/bin/sh\nexec '${process.execPath}' '${provider}' "$@"\n`;
  await writeFile(join(folder, "pulumi-resource-plain"), text, { mode: 0o755 });
}
