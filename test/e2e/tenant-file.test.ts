/** Bad tenant files, as a person meets them: through `validate`, with the place of each problem. */
import { truncateSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { contoso, contosoWith, fabrikam, positionOf } from "../tenant-file/contoso.ts";
import { TestWorkspace } from "./support/workspace.ts";

/** Nine times nine references to the reference before: a text of a kilobyte that stands for gigabytes. */
const LAUGHS = ["a: &a0 [x, x, x, x, x, x, x, x, x]"]
  .concat(
    Array.from({ length: 12 }, (_, level) => {
      const before = Array.from({ length: 9 }, () => `*a${level}`).join(", ");
      return `b${level}: &a${level + 1} [${before}]`;
    }),
  )
  .join("\n");

/** What is wrong, the file, and a part of the answer. */
const BAD_FILES: readonly (readonly [wrong: string, text: string, words: string])[] = [
  ["a text that is no YAML", "version: [1\ntenant: }", ":2:"],
  ["two documents", `${fabrikam}---\n${fabrikam}`, "document"],
  ["a key twice", `${fabrikam}version: 1\n`, "version"],
  ["an anchor", fabrikam.replace("tenant:\n", "tenant: &tenant\n"), "anchor"],
  ["a merge key", `${fabrikam}<<: {}\n`, "merge key"],
  ["a billion laughs", LAUGHS, "tenant.yaml:1:"],
  ["a tab as indentation", fabrikam.replace("  country: NL", "\tcountry: NL"), "tab"],
  [
    "a day that does not exist",
    contosoWith(["start: 2026-02-01", "start: 2026-02-30"]),
    "2026-02-30",
  ],
  [
    "a key that is a slip of the pen",
    contosoWith(["usageLocation: NL", "usagelocation: NL"]),
    "usageLocation",
  ],
  ["a wrong type", contosoWith(["count: 9", "count: nine"]), "nine"],
  [
    "a control character in a name",
    contosoWith(["displayName: Emma Smit", 'displayName: "Emma\\u0007Smit"']),
    ":",
  ],
  [
    "a right-to-left override in a name",
    contosoWith(["displayName: Emma Smit", 'displayName: "Emma\\u202ESmit"']),
    ":",
  ],
  ["an empty file", "", "tenant.yaml:1:1"],
  [
    "a member who is no user",
    contosoWith(["      - emma.smit@contoso.com\n", "      - emma.smid@contoso.com\n"]),
    "emma.smit@contoso.com",
  ],
  [
    "a licence that was not bought",
    contosoWith(["licenses: [VISIOCLIENT]", "licenses: [PROJECTPROFESSIONAL]"]),
    "PROJECTPROFESSIONAL",
  ],
  ["more licences than were bought", contosoWith(["count: 9", "count: 8"]), "SPB"],
  [
    "two people with one address",
    contosoWith([
      "userPrincipalName: emma.smit@contoso.com",
      "userPrincipalName: Daan.Visser@contoso.com",
    ]),
    "daan.visser@contoso.com",
  ],
  ["an unknown product", contosoWith(["sku: VISIOCLIENT", "sku: VISIOCLIENTS"]), "VISIOCLIENT"],
];

describe("validate refuses", () => {
  let answers: ReadonlyMap<string, readonly string[]>;
  let exitCode: number;

  beforeAll(async () => {
    const files = BAD_FILES.map(([, text], at) => [`bad${at}`, text] as const);
    const outcome = await TestWorkspace.create(Object.fromEntries(files)).run(["validate"]);
    const tenants = outcome.json.tenants as { tenant: string; error?: { details: string[] } }[];
    exitCode = outcome.exitCode;
    answers = new Map(tenants.map(({ tenant, error }) => [tenant, error?.details ?? []]));
  });

  it.each(BAD_FILES.map(([wrong, , words], at) => [wrong, words, at] as const))(
    "%s, and says where",
    (_, words, at) => {
      expect(exitCode).toBe(2);
      const answer = answers.get(`bad${at}`)?.join("\n") ?? "";
      expect(answer).toMatch(/tenant\.yaml:\d+:\d+/);
      expect(answer.toLowerCase()).toContain(words.toLowerCase());
    },
  );

  it("every problem of a file at once, each at its place", async () => {
    const text = contosoWith(
      ["language: nl #", "language: de #"],
      ["end: 2028-12-31", "end: 2028-13-31"],
      ["serviceLevel: silver", "serviceLevel: platina"],
      ["type: security\n    description", "type: mailing-list\n    description"],
    );
    const workspace = TestWorkspace.create({ contoso: text });
    const { stdout, exitCode: code } = await workspace.text(["validate", "contoso"]);
    expect(code).toBe(2);
    for (const mark of [
      "language: ^de",
      "end: ^2028-13-31",
      "serviceLevel: ^platina",
      "type: ^mailing-list",
    ]) {
      const { line, column } = positionOf(text, mark);
      expect(stdout).toContain(`tenant.yaml:${line}:${column}`);
    }
    expect(stdout).toContain("4 problems");
  });

  it("a file of 50 MB without reading it", async () => {
    const workspace = TestWorkspace.create({ contoso });
    truncateSync(workspace.path("stacks", "contoso", "tenant.yaml"), 50 * 1024 * 1024);
    const refused = await workspace.run(["validate", "contoso"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stdout).toMatch(/too large|MB|MiB|bytes/);
  });

  it("names of tenants that lead out of the folder, as every command does", async () => {
    const workspace = TestWorkspace.create({ contoso });
    const names = ["../contoso", "..", "contoso/../contoso", "/etc", "CON", "a b"];
    const { exitCode: code, json } = await workspace.run(["validate", ...names]);
    expect(code).toBe(2);
    expect(json.tenants).toEqual(
      names.map((tenant) => expect.objectContaining({ tenant, valid: false }) as unknown),
    );
    for (const command of ["plan", "show", "approve", "apply", "status"]) {
      expect((await workspace.run([command, "../contoso"])).exitCode, command).toBe(2);
    }
  });
});

describe("validate warns", () => {
  it("of what plan would refuse, and takes the file as valid", async () => {
    const text = contosoWith(["mailboxes: all", "mailboxes: [emma.smit@contoso.com]"]);
    const workspace = TestWorkspace.create({ contoso: text });
    const { stdout, exitCode } = await workspace.text(["validate", "contoso"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/tenant\.yaml:\d+:\d+ warning: backup\.covers\.mailboxes: /);
    expect(stdout).toContain("contoso: valid, with a warning");
    const { json } = await workspace.run(["validate", "contoso"]);
    expect(json).toMatchObject({
      valid: true,
      tenants: [{ warnings: [{ level: "warning", path: "backup.covers.mailboxes" }] }],
    });
  });
});

describe("validate accepts", () => {
  it("both samples, addresses in mixed case, and domains with letters of other scripts", async () => {
    const workspace = TestWorkspace.create({
      contoso: contosoWith([
        "  - userPrincipalName: emma.smit@",
        "  - userPrincipalName: Emma.Smit@",
      ]),
      fabrikam: fabrikam.replace(
        "domains: [fabrikam.com]",
        "domains: [fabrikam.com, bücher.example]",
      ),
    });
    const valid = await workspace.run(["validate"]);
    expect(valid.json).toMatchObject({ valid: true });
    expect(valid.exitCode).toBe(0);
  });
});
