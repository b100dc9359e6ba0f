import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readServerSettings } from "../../server/index.ts";

const folder = mkdtempSync(join(tmpdir(), "server-settings-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function told(text: string): readonly unknown[] {
  const file = join(folder, "server.yaml");
  writeFileSync(file, text);
  try {
    readServerSettings(file);
  } catch (error) {
    const { code, details } = error as {
      readonly code: string;
      readonly details: readonly string[];
    };
    expect(code).toBe("server-settings-invalid");
    return details.map((line) => line.replace(`${file}:`, ""));
  }
  return [];
}

const TOKEN = `sha256:${"0".repeat(64)}`;
const withAccess = (...lines: readonly string[]): string =>
  ["url: https://tenantry.example.com", "access:", ...lines].join("\n");

describe("settings of a server", () => {
  it("are taken", () => {
    expect(
      told(
        withAccess(
          `  - { name: laptops, may: decide, token: "${TOKEN}" }`,
          "  - { name: plans, may: plan, github: { repository: a/b } }",
          "  - { name: applies, may: apply, tenants: [contoso], gitlab: { project: a/b/c, branch: main } }",
          "  - { name: azure, may: apply, azureDevOps: { organizationId: 9b1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f, subject: 'sc://a/b/c' } }",
        ),
      ),
    ).toEqual([]);
  });

  it("need nobody with access where they have a portal", () => {
    const portal = "url: http://localhost:8443\nportal: { relyingPartyId: localhost }";
    expect(told(portal)).toEqual([]);
    expect(told("url: https://tenantry.example.com")).toEqual([
      "1:1: access: somebody has access, or there is a portal",
    ]);
  });

  it("of mail keep a password out of the file, and mail without encryption on this machine", () => {
    const mail = (...lines: readonly string[]): readonly unknown[] =>
      told(
        [
          "url: http://localhost:8443",
          "portal:",
          "  relyingPartyId: localhost",
          "  mail:",
          "    from: Portal <portal@provider.example>",
          "    port: 587",
          ...lines.map((line) => `    ${line}`),
        ].join("\n"),
      );
    expect(mail("host: smtp.example.com")).toEqual([]);
    expect(mail("host: smtp.example.com", "security: none")).toEqual([
      "8:5: portal.mail.security: none is for this machine only",
    ]);
    expect(mail("host: smtp.example.com", "user: a", "password: secret")[0]).toMatch(
      /^9:5: portal\.mail\.password: \$NAME: the variable that holds it$/,
    );
    expect(mail("host: smtp.example.com", "user: a", "password: $NOT_SET_HERE")).toEqual([
      "9:5: portal.mail.password: the variable NOT_SET_HERE is not set",
    ]);
    expect(mail("host: smtp.example.com", "user: a")).toEqual([
      "4:3: portal.mail: user and password belong together",
    ]);
  });

  it.each([
    ["url: http://tenantry.example.com\naccess: []", "1:1: url: an address with https://"],
    [withAccess("  - { name: a, may: own, token: x }"), "3:16: access[0].may"],
    [
      withAccess(`  - { name: a, may: read, token: "a real token" }`),
      "3:27: access[0].token: sha256:",
    ],
    [withAccess("  - { name: a, may: read }"), "3:5: access[0]: exactly one of token"],
    [
      withAccess("  - { name: a, may: apply, github: { repository: a/b } }"),
      "3:5: access[0]: a branch or an environment is missing",
    ],
    [
      withAccess("  - { name: a, may: decide, gitlab: { project: a/b, environment: x } }"),
      "3:5: access[0]: a branch or an environment is missing",
    ],
    [
      withAccess(
        "  - name: a",
        "    may: read",
        "    github:",
        "      repository: a/b",
        "      ref: main",
      ),
      "7:7: access[0].github.ref: whole, as refs/heads/main",
    ],
    ["url: [", "1:"],
  ])("are refused with file, line and column: %j", (text, expected) => {
    expect(told(text)).toContainEqual(
      expect.stringMatching(`^${expected.replaceAll(/[[\]]/g, "\\$&")}`),
    );
  });

  it("with two lines of one name are refused: a log would not tell them apart", () => {
    const line = `  - { name: a, may: read, token: "${TOKEN}" }`;
    expect(told(withAccess(line, line))[0]).toMatch(/names must differ/);
  });
});
