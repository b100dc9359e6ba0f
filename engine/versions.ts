/** What this program is made of, as plans and records name it. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { digestOf } from "../plan/index.ts";
import type { Tool } from "../plan/index.ts";
import { POLICY_PACK_NAME } from "../policies/index.ts";
import { providerPackages } from "../provider/index.ts";
import { toolVersion } from "../core/clone.ts";
import type { Settings, Setup } from "../workspace/index.ts";
import { policyPackDirectory } from "./automation.ts";

const versioned = z.object({ version: z.string() });

const versionIn = (path: string): string =>
  versioned.parse(JSON.parse(readFileSync(path, "utf8"))).version;

export function describeTool(setup: Setup): Tool {
  return {
    tenantry: toolVersion(),
    engine: setup.engineVersion,
    policyPack: {
      name: POLICY_PACK_NAME,
      version: versionIn(join(policyPackDirectory, "package.json")),
      digest: `sha256:${digestOfFolder(policyPackDirectory)}`,
    },
    providers: providerPackages.map(({ name, version }) => ({ name, version })),
  };
}

/** Of what decides how a plan comes about; of the partner that is its tenant, whose staff rules for signing in leave out. */
export function digestOfSettings(settings: Settings): string {
  const { service, azuread, state, secretsProvider } = settings;
  const backupUrl = settings.backupUrl ?? null;
  const partnerTenantId = settings.partner?.tenantId;
  return digestOf({
    service,
    azuread,
    state,
    secretsProvider,
    backupUrl,
    ...(partnerTenantId && { partnerTenantId }),
  });
}

/** Names and contents of all code in the folder; source maps are not code. */
function digestOfFolder(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder).filter((file) => !file.endsWith(".map"));
  for (const file of files.sort()) {
    const content = createHash("sha256")
      .update(readFileSync(join(folder, file)))
      .digest("hex");
    hash.update(`${file}\0${content}\n`);
  }
  return hash.digest("hex");
}
