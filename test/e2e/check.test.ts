/** Whether a tenant can be worked with, by the real command line. */
import { expect, it } from "vitest";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";

it("finds nothing wrong with a practice tenant, one line each, and writes nothing", async () => {
  const workspace = TestWorkspace.create();
  const { exitCode, stdout } = await workspace.text(["check", "example"]);
  expect({ exitCode, lines: stdout.trimEnd().split("\n") }).toEqual({
    exitCode: 0,
    lines: [
      "sign-in: ok, as an application of tenant 5f1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f",
      expect.stringMatching(/^clock: ok, (right to the second|1 s )/) as string,
      expect.stringMatching(/^consent: ok, \d+ permissions granted on Microsoft Graph$/) as string,
      expect.stringMatching(/^permissions to look: ok, all \d+$/) as string,
      expect.stringMatching(/^permissions to import: ok, all \d+ besides those to look$/) as string,
      expect.stringMatching(/^permissions to apply: ok, all \d+$/) as string,
      "tenant: ok, Example Accountants: example.onmicrosoft.com, example.com",
      "SharePoint: ok, example.sharepoint.com answers",
      "backup: ok, the backup server knows example.onmicrosoft.com, and keeps it in Datacentrum Noord",
      "partner relation: not looked, `partner.tenantId` of the settings names no tenant of the partner",
    ],
  });
  expect((await workspace.succeed(["check", "example"])).json).toMatchObject({
    stack: "example",
    healthy: true,
  });
  expect((await workspace.succeed(["status", "example"])).json).toMatchObject({ objects: 0 });
});

it("ends with 2 for a tenant that is not the one of the file", async () => {
  const workspace = TestWorkspace.create();
  await workspace.succeed(["check", "example"]);
  const tenant = {
    id: "5f1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f",
    initialDomain: "other.onmicrosoft.com",
  };
  const rest = { displayName: "Other", domains: ["example.com"], language: "nl", country: "NL" };
  workspace.declare(aTenantFile({ sections: { tenant: { ...tenant, ...rest } } }));
  const { exitCode, json } = await workspace.run(["check", "example"]);
  expect(exitCode).toBe(2);
  expect(json).toMatchObject({ healthy: false });
  expect(JSON.stringify(json)).toContain("The credentials lead to Example Accountants");
});

it("never takes a README for a certificate", async () => {
  const workspace = TestWorkspace.create();
  workspace.write("tenantry.yaml", "service: microsoft\n");
  workspace.write("README.md", "# Not a certificate\n");
  const env = {
    AZURE_CLIENT_ID: "7e4a47e0-0000-4000-8000-000000000001",
    AZURE_CLIENT_CERTIFICATE_PATH: workspace.path("README.md"),
  };
  const refused = await workspace.run(["check", "example"], { env });
  expect(refused).toMatchObject({ exitCode: 2, refusal: "no-credential" });
});
