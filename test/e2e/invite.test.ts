/** The partner's relation with a customer, by the real command line: from nothing to roles that are given. */
import { expect, it } from "vitest";
import { TENANT_ID, TestWorkspace } from "./support/workspace.ts";

const SETTINGS = `
partner:
  tenantId: 9b1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f
  groups:
    Helpdesk: [Global Reader, Helpdesk Administrator]
    Engineers: [Global Reader, User Administrator]
`;
const ACME = ["--tenant-id", "7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7", "--display-name", "Acme BV"];
const INVITATION =
  "https://admin.microsoft.com/AdminPortal/Home#/partners/invitation/granularAdminRelationships/";
const CONSENT = `https://login.microsoftonline.com/${TENANT_ID}/adminconsent?client_id=7e4a47e0-0000-4000-8000-000000000001`;

it("goes from nothing to roles that are given, with the links for the customer", async () => {
  const workspace = TestWorkspace.create();
  workspace.write("tenantry.yaml", SETTINGS);
  const first = await workspace.text(["invite", "example"]);
  expect(first.stdout).toContain("no relation yet");
  expect(first.stdout).toContain(
    "The settings ask for: Global Reader, Helpdesk Administrator, User Administrator",
  );

  const made = await workspace.text(["invite", "example", "--create"]);
  const [, id = ""] =
    new RegExp(`${INVITATION.replaceAll(".", "\\.")}(\\S+)`).exec(made.stdout) ?? [];
  expect(made.stdout).toContain("waits for the customer's approval");
  expect(made.stdout).toContain(`tenantry emulator --approve ${id}`);
  expect((await workspace.run(["emulator", "--approve", "nothing"])).refusal).toBe(
    "invalid-option",
  );
  await workspace.succeed(["emulator", "--approve", id]);

  const { json } = await workspace.succeed(["invite", "example", "--create"]);
  expect(json).toMatchObject({
    ...{ tenantId: TENANT_ID, isComplete: true, consent: CONSENT, otherGroups: [] },
    relations: [{ id, status: "active", isExtended: true, isCurrent: true, missing: [] }],
    groups: [
      { name: "Helpdesk", roles: ["Global Reader", "Helpdesk Administrator"], state: "active" },
      { name: "Engineers", state: "active" },
    ],
  });
  expect(json.invitation).toBeUndefined();
  const last = await workspace.text(["invite", "example"]);
  expect(last.stdout).toMatch(/in force, is extended on \d{4}-\d\d-\d\d\n/);
  expect(last.stdout).toContain(CONSENT);
  const check = await workspace.text(["check", "example"]);
  expect(check.stdout).toMatch(
    /^partner relation: ok, Example Accountants \S+, with 3 roles, is extended on /m,
  );
});

it("needs the partner's tenant, and a customer that is known", async () => {
  const workspace = TestWorkspace.create();
  expect((await workspace.run(["invite", "example"])).refusal).toBe("no-partner-tenant");
  workspace.write("tenantry.yaml", SETTINGS);
  expect((await workspace.run(["invite", "acme"])).refusal).toBe("tenant-details-missing");
  const half = ["invite", "acme", "--display-name", "Acme BV"];
  expect((await workspace.run(half)).refusal).toBe("invalid-option");
  expect((await workspace.run(["invite", "example", ...ACME])).refusal).toBe("tenant-exists");
  const { json } = await workspace.succeed(["invite", "acme", ...ACME]);
  expect(json).toMatchObject({ displayName: "Acme BV", relations: [], isComplete: false });
});

it.each([
  ["[Global Administrator]", "Global Administrator is refused"],
  ["[62E90394-69F5-4237-9190-012177145E10]", "Global Administrator is refused"],
  ["[Helpdesk Admin]", '"Helpdesk Admin" is not a known role'],
  ["[]", "partner.groups.Helpdesk"],
])("refuses %s in the settings", async (roles, words) => {
  const workspace = TestWorkspace.create();
  workspace.write(
    "tenantry.yaml",
    `partner: { tenantId: ${TENANT_ID}, groups: { Helpdesk: ${roles} } }\n`,
  );
  const { refusal, stdout } = await workspace.run(["invite", "example"]);
  expect(refusal).toBe("invalid-settings");
  expect(stdout.replaceAll('\\"', '"')).toContain(words);
});
