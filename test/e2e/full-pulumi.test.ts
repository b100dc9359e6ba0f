/**
 * What a full Pulumi installation would do with this project, as far as it can be tried without the Node
 * language host (`pulumi-language-nodejs`), which no registry reachable here offers: the provider as a process
 * of its own under the real engine, started once by an executable and once by Pulumi's own plugin runner, which
 * is what the language host calls; the policy pack likewise. Not tried: `pulumi preview` with the program and the
 * policy pack started by the language host itself.
 */
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import type { Emulator } from "../../emulator/index.ts";
import { TenantSection } from "../../components/tenant.ts";
import { PackageProvider } from "../../provider/kit/pulumi-class.ts";
import { m365Package } from "../../provider/registry.ts";
import { packageSchema } from "../../provider/kit/schema.ts";
import { PolicyClient } from "../policies/support/policy-client.ts";
import { struct } from "../support/grpc.ts";
import { proto, ProviderClient } from "../provider/support/provider-client.ts";

const execute = promisify(execFile);
const clone = fileURLToPath(new URL("../../", import.meta.url));
const setup = JSON.parse(readFileSync(join(clone, ".tenantry", "setup.json"), "utf8")) as {
  enginePath: string;
};
const TENANT_ID = "3f2b1c0d-5e4f-4a6b-8c7d-9e0f1a2b3c4d";
const CLIENT_ID = "0a1b2c3d-4e5f-4607-8899-aabbccddeeff";
const CLIENT_SECRET = "only-for-tests";

let folder: string;
let emulator: Emulator;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-pulumi-"));
  emulator = await startEmulator({ directory: join(folder, "emulator") });
  emulator.addTenant({
    tenantId: TENANT_ID,
    displayName: "Contoso",
    initialDomain: "contoso.onmicrosoft.com",
    domains: ["contoso.com"],
    subscribedSkus: [],
    applications: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
  });
  installPlugin();
  environment = {
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "only-for-tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    TENANTRY_EMULATOR_ORIGIN: emulator.origin,
    TENANTRY_EMULATOR_CA: join(folder, "emulator", "ca.pem"),
    AZURE_CLIENT_ID: CLIENT_ID,
    AZURE_CLIENT_SECRET: CLIENT_SECRET,
  };
});

afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The provider where the engine looks for plugins, as an executable. */
function installPlugin(): void {
  const plugin = join(folder, "home", "plugins", `resource-m365-v${m365Package.version}`);
  mkdirSync(plugin, { recursive: true });
  const main = join(clone, "dist", "provider", "main.js");
  const script = `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`;
  writeFileSync(join(plugin, "pulumi-resource-m365"), script, { mode: 0o755 });
}

const pulumi = async (...args: readonly string[]): Promise<string> =>
  (await execute(setup.enginePath, args, { env: { ...process.env, ...environment }, cwd: folder }))
    .stdout;

describe("the provider as a process of its own", () => {
  it("gives its schema to the engine, which finds nothing wrong with it", async () => {
    const schema = await pulumi("package", "get-schema", `m365@${m365Package.version}`);
    expect(JSON.parse(schema)).toMatchObject({ name: "m365", version: m365Package.version });
    const file = join(folder, "schema.json");
    writeFileSync(file, JSON.stringify(packageSchema(m365Package)));
    await expect(pulumi("schema", "check", file)).resolves.toBeDefined();
  });

  it("is started by the engine, configured, and reaches the tenant by its environment", async () => {
    const stack = await LocalWorkspace.createOrSelectStack(
      {
        stackName: "contoso",
        projectName: "tenantry",
        program: async () => {
          declareIdentity();
        },
      },
      {
        pulumiHome: join(folder, "home"),
        pulumiCommand: await PulumiCommand.get({ root: engineRoot() }),
        envVars: environment,
      },
    );
    const { summary } = await stack.up();
    expect(summary.result).toBe("succeeded");
    const exported = (await stack.exportStack()).deployment as { resources: unknown[] };
    const { resources } = exported;
    expect(resources).toContainEqual(
      expect.objectContaining({ type: "m365:directory:Tenant", id: TENANT_ID }),
    );
    const next = await stack.preview({ expectNoChanges: true });
    expect(next.changeSummary).toEqual({ same: resources.length });
  });

  it("is what Pulumi.yaml names, and Pulumi's plugin runner can start it", async () => {
    const project = parse(readFileSync(join(clone, "Pulumi.yaml"), "utf8")) as {
      plugins: { providers: { name: string; path: string }[] };
    };
    const [plugin] = project.plugins.providers;
    expect(plugin?.name).toBe("m365");
    const path = join(clone, plugin?.path ?? "");
    expect(parse(readFileSync(join(path, "PulumiPlugin.yaml"), "utf8"))).toMatchObject({
      runtime: { name: "nodejs" },
    });
    const runner = join(clone, "node_modules", "@pulumi", "pulumi", "cmd", "run-plugin");
    const child = spawn(process.execPath, [runner, path, "127.0.0.1:1"], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const client = new ProviderClient(await portOf(child.stdout));
      const checked = await client.check(
        new proto.CheckRequest()
          .setUrn("urn:pulumi:contoso::tenantry::m365:sharepoint:Site::/sites/x")
          .setNews(struct({ title: "X" })),
      );
      expect(checked.getFailuresList().map((failure) => failure.getProperty())).toContain("url");
      client.close();
    } finally {
      child.kill();
    }
  });
});

describe("the policy pack as a process of its own", () => {
  it("is started by Pulumi's runner of policy packs, and judges", async () => {
    const runner = join(clone, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack");
    const pack = join(clone, "dist", "policies");
    const child = spawn(process.execPath, [runner, "127.0.0.1:1", pack], {
      cwd: pack,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const client = new PolicyClient(await portOf(child.stdout));
      await expect(client.info()).resolves.toMatchObject({ name: "tenantry" });
      const found = await client.judgeStack([]);
      expect(found.map(({ policyname }) => policyname)).toContain("m365-tenant-has-backup");
      client.close();
    } finally {
      child.kill();
    }
  });
});

function declareIdentity(): void {
  const provider = new PackageProvider("m365", { tenantId: TENANT_ID });
  const providers = { m365: provider, azuread: provider };
  new TenantSection(
    { stack: "contoso", providers, unmanaged: { users: new Map(), groups: new Map() } },
    {
      tenantId: TENANT_ID,
      displayName: "Contoso",
      initialDomain: "contoso.onmicrosoft.com",
      domains: ["contoso.com"],
      contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "goud" },
      managedBy: { name: "Voorbeeld Beheer", domains: ["beheer.example"] },
      approval: { required: 1, decisionMakers: [{ name: "Anna", email: "anna@contoso.com" }] },
    },
  );
}

/** `PulumiCommand.get` looks in `bin/` of a folder. */
function engineRoot(): string {
  const root = join(folder, "engine");
  mkdirSync(join(root, "bin"), { recursive: true });
  const script = `#!/bin/sh\nexec '${setup.enginePath}' "$@"\n`;
  writeFileSync(join(root, "bin", "pulumi"), script, { mode: 0o755 });
  return root;
}

async function portOf(output: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: output })) return Number(line);
  throw new Error("The provider ended without printing a port");
}
