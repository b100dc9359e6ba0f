/** Attacks A of docs/security.md: code or settings that come with a change and run before anybody approved it. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { anApprovedWorkspace, expectRefused } from "../support/attack.ts";
import type { TestWorkspace } from "../support/workspace.ts";
import { aTenantFile, temporaryFolder } from "../support/workspace.ts";

let approved: TestWorkspace;
let digest: unknown;

beforeAll(async () => {
  approved = await anApprovedWorkspace();
  digest = (await approved.succeed(["plan", "example"])).json.digest;
});

/** A program that only leaves a mark that it ran. */
function writeMarker(path: string, marker: string): void {
  writeFileSync(path, `#!/bin/sh\necho "$0 $*" >> '${marker}'\nexit 1\n`);
  chmodSync(path, 0o755);
}

const markAs = (marker: string): string =>
  `require("node:fs").appendFileSync(${JSON.stringify(marker)}, process.argv.join(" ") + "\\n");`;

/** A Pulumi project that swaps the providers, the program and the policies. */
const hostileProject = (folder: string): string => `
name: tenantry
runtime: { name: nodejs }
main: ./evil.js
plugins:
  providers: [{ name: m365, path: ${folder} }, { name: azuread, path: ${folder} }]
  analyzers: [{ name: policy, path: ${folder} }]
config: { "azuread:tenantId": { value: other } }
`;

describe("code that comes with a change", () => {
  it("refuses to run code, packages, projects and policies beside a tenant file (1, 3)", async () => {
    const workspace = approved.copy();
    const marker = join(temporaryFolder(), "ran");
    for (const folder of [".", "stacks", "stacks/example", ".tenantry/pulumi-workspaces/example"]) {
      const plugins = workspace.path(folder, "plugins");
      mkdirSync(plugins, { recursive: true });
      writeMarker(join(plugins, "pulumi-resource-m365"), marker);
      writeMarker(join(plugins, "pulumi-resource-azuread"), marker);
      const put = (file: string, text: string): void => {
        workspace.write(join(folder, file), text);
      };
      put("Pulumi.yaml", hostileProject(plugins));
      put("Pulumi.example.yaml", `config: { "pulumi:disable-default-providers": ["*"] }\n`);
      put("package.json", `{ "main": "evil.js", "scripts": { "preinstall": "node evil.js" } }`);
      for (const file of ["evil.js", "index.js", "program.js", "policies/index.js"]) {
        put(file, markAs(marker));
      }
      put("policies/PulumiPolicy.yaml", "runtime: nodejs\n");
      put(".pulumirc", "{}");
    }
    const outcome = await workspace.succeed(["plan", "example"], {
      cwd: workspace.path("stacks/example"),
    });
    expect(outcome.json.digest).toBe(digest);
    expect(existsSync(marker)).toBe(false);
  });

  it("refuses to run a tag of YAML as code (1)", async () => {
    const workspace = approved.copy();
    const file = aTenantFile();
    workspace.declare(`${file}evil: !!js/function "function () { process.exit(0) }"\n`);
    await expectRefused(workspace, ["plan", "example"], { code: "tenant-file-invalid" });
  });

  it("refuses engines and plugins on PATH, and variables that swap them or change what they do (2)", async () => {
    const folder = temporaryFolder();
    const marker = join(folder, "ran");
    const plugins = ["pulumi-resource-m365", "pulumi-resource-azuread", "pulumi-analyzer-policy"];
    for (const name of [
      "pulumi",
      ...plugins,
      "pulumi-analyzer-policy-nodejs",
      "pulumi-language-nodejs",
    ]) {
      writeMarker(join(folder, name), marker);
    }
    const outcome = await approved.copy().succeed(["plan", "example"], {
      env: {
        PATH: `${folder}${delimiter}${process.env.PATH ?? ""}`,
        PULUMI_IGNORE_AMBIENT_PLUGINS: "false",
        PULUMI_DEBUG_PROVIDERS: "m365:1,azuread:1",
        PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES: ".*=https://plugins.example",
        PULUMI_HOME: folder,
        PULUMI_BACKEND_URL: "https://backend.example",
        PULUMI_ACCESS_TOKEN: "stolen",
        PULUMI_STACK: "other",
        PULUMI_CONFIG: `{"azuread:tenantId":"other"}`,
        PULUMI_OPTION_TARGET: "urn:pulumi:example::tenantry::none",
        PULUMI_OPTION_POLICY_PACK: folder,
        PULUMI_OPTION_SHOW_SECRETS: "true",
        PULUMI_SKIP_CONFIRMATIONS: "true",
        PULUMI_EXPERIMENTAL: "true",
      },
    });
    expect(outcome.json.digest).toBe(digest);
    expect(existsSync(marker)).toBe(false);
  });

  it("refuses to hand NODE_OPTIONS to the engine and the policies (2)", async () => {
    const folder = temporaryFolder();
    const marker = join(folder, "ran");
    const preload = join(folder, "preload.cjs");
    writeFileSync(
      preload,
      `require("node:fs").appendFileSync(${JSON.stringify(marker)}, process.pid + " " + process.argv[1] + "\\n");`,
    );
    const outcome = await approved.copy().succeed(["plan", "example"], {
      env: { NODE_OPTIONS: `--require ${preload}` },
    });
    expect(outcome.json.digest).toBe(digest);
    const ran = readFileSync(marker, "utf8").trim().split("\n");
    // Whoever sets it for this program's own process runs as this program, in each of its threads (the database
    // has one); it goes no further than that.
    expect(new Set(ran.map((line) => line.split(" ")[0])).size).toBe(1);
    expect(ran[0]).toContain(join("dist", "cli", "main.js"));
  });

  it("refuses an apply after the settings of the workspace changed (3)", async () => {
    const workspace = approved.copy();
    workspace.write("tenantry.yaml", "backupUrl: https://backup.evil.example:4443\n");
    await expectRefused(workspace, ["apply", "example"], { code: "other-digest" });
  });

  it.each([
    "../../example",
    "$(touch ran)",
    "example; touch ran",
    "--help=x",
    "example/../example",
  ])("refuses a tenant's name that is a path or a command: %s (5)", async (name) => {
    const outcome = await approved.run(["apply", name]);
    expect(outcome.exitCode).toBe(2);
    expect(existsSync(approved.path("ran"))).toBe(false);
  });
});
