/** Attacks F of docs/security.md: secrets come out through plans, violations and errors. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { anApprovedWorkspace } from "../support/attack.ts";
import { aChangedProgram } from "../support/changed-program.ts";
import { temporaryFolder, TestWorkspace } from "../support/workspace.ts";

const PLANNED = "Planned-tell-nobody-1";
const APPLIED = "Applied-tell-nobody-2";

let approved: TestWorkspace;

/** First passwords that this test knows: one in previews, another one in the update. */
const passwords = (preview: string, update: string): string =>
  aChangedProgram({
    "dist/components/initial-password.js": [
      [`import { createHmac`, `import pulumi from "@pulumi/pulumi";\nimport { createHmac`],
      [
        "return (userPrincipalName) => {",
        `return (userPrincipalName) => {
           return pulumi.runtime.isDryRun() ? "${preview}" : "${update}";`,
      ],
    ],
  });

beforeAll(async () => {
  approved = await anApprovedWorkspace();
});

/** Files in the folder that hold one of the secrets in clear; the emulated services do not count. */
function filesWith(folder: string, secrets: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("emulator"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = readFileSync(file, "latin1");
      return secrets.some((secret) => content.includes(secret));
    });
}

/** Pulumi's language runtime keeps a cache of compiled code there too. */
const ownFolders = (temporary: string): string[] =>
  readdirSync(temporary).filter((name) => name.startsWith("tenantry-"));

describe("leaks", () => {
  it("refuses to repeat the secrets that Pulumi's plan violations show in clear (33)", async () => {
    const workspace = approved.copy();
    const temporary = temporaryFolder();
    const outcome = await workspace.run(["apply", "example"], {
      program: passwords(PLANNED, APPLIED),
      env: { TMPDIR: temporary, TMP: temporary, TEMP: temporary },
    });
    const { exitCode, refusal, stdout, stderr } = outcome;
    expect({ exitCode, refusal }).toEqual({ exitCode: 2, refusal: "apply-failed" });
    expect(`${stdout}${stderr}`).toContain("differs from the plan");
    for (const secret of [PLANNED, APPLIED]) expect(`${stdout}${stderr}`).not.toContain(secret);
    expect(filesWith(workspace.root, [PLANNED, APPLIED])).toEqual([]);
    expect(filesWith(temporary, [PLANNED, APPLIED])).toEqual([]);
  });

  it("refuses to write a secret in clear into plans, pages, the state or the record (34)", async () => {
    const workspace = approved.copy();
    const temporary = temporaryFolder();
    const options = {
      program: passwords(PLANNED, PLANNED),
      env: { TMPDIR: temporary, TMP: temporary, TEMP: temporary },
    };
    const planned = await workspace.succeed(["plan", "example"], options);
    const applied = await workspace.succeed(["apply", "example"], options);
    const printed = [planned, applied].map(({ stdout, stderr }) => stdout + stderr).join("\n");
    expect(printed).not.toContain(PLANNED);
    expect(filesWith(workspace.root, [PLANNED])).toEqual([]);
    expect(filesWith(temporary, [PLANNED])).toEqual([]);
    expect(ownFolders(temporary)).toEqual([]);
  });

  it("refuses to leave the engine's plan behind after a refusal (34)", async () => {
    const temporary = temporaryFolder();
    const workspace = TestWorkspace.create();
    const env = { TMPDIR: temporary, TMP: temporary, TEMP: temporary };
    const outcome = await workspace.run(["apply", "example"], { env });
    expect(outcome.refusal).toBe("no-approval");
    expect(ownFolders(temporary)).toEqual([]);
  });
});
