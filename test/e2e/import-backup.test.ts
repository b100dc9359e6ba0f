/** A tenant that has its backup is taken over with it: the vendor's emulator keeps the job of an earlier workspace. */
import { readFileSync, rmSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { aTenantFile, TENANT_ID, TestWorkspace } from "./support/workspace.ts";

const importing = [
  ...["import", "again", "--tenant-id", TENANT_ID, "--initial-domain", "example.onmicrosoft.com"],
  ...["--managed-by", "Voorbeeld Beheer", "--provider-domain", "beheer.example"],
];
const operated = ["--backup-operator", "Kluis", "--backup-country", "nl"];

it("takes the backup over, so that the first plan is empty, now and the next time", async () => {
  const workspace = TestWorkspace.create({ example: aTenantFile() });
  for (const command of ["plan", "approve", "apply"]) await workspace.succeed([command, "example"]);
  rmSync(workspace.path("stacks", "example"), { recursive: true });

  const half = await workspace.run([...importing, ...operated.slice(0, 2)]);
  expect(half).toMatchObject({ exitCode: 2, refusal: "invalid-option" });

  const { json } = await workspace.succeed([...importing, ...operated]);
  expect(json).toMatchObject({ isFileNew: true, changes: 0 });
  const file = readFileSync(workspace.path("stacks", "again", "tenant.yaml"), "utf8");
  expect(parse(file)).toMatchObject({
    backup: {
      ...{ vendor: "veeam", operator: "Kluis" },
      location: { name: "Datacentrum Noord", country: "NL" },
      covers: { mailboxes: "all", sites: "all" },
    },
  });
  expect((await workspace.succeed(["import", "again"])).json).toMatchObject({ changes: 0 });
});
