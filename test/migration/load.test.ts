import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { loadMigration } from "../../migration/load.ts";
import { migrationJsonSchema } from "../../migration/migration-schema.ts";
import { validateTenants } from "../../operations/validate.ts";
import { openWorkspace } from "../../workspace/index.ts";
import { contoso } from "../tenant-file/contoso.ts";
import { migrationOf, problemsOf, sample, sampleWith, tenant } from "./sample.ts";

const lineOf = (text: string, mark: string): number =>
  text.slice(0, text.indexOf(mark)).split("\n").length;

describe("the sample", () => {
  it("is valid, and has no warnings", () => {
    expect(problemsOf(sample)).toEqual([]);
    expect(sample.split("\n")[0]).toBe("# yaml-language-server: $schema=../migration.schema.json");
  });

  it("is what editors take by the JSON Schema, which describes every section", () => {
    const schema = migrationJsonSchema() as {
      properties: Record<string, { description?: string }>;
    };
    expect(z.fromJSONSchema(schema).safeParse(parse(sample)).error?.issues).toBeUndefined();
    for (const section of Object.values(schema.properties))
      expect(section.description).toBeTruthy();
  });
});

describe("a migration file", () => {
  it.each([
    [
      "an owner who is not in the team",
      "hours: 24, owner: Ines Smeets",
      "hours: 24, owner: Inez",
      "workPackages[0].owner",
      "No such person under team",
    ],
    [
      "somebody who is not in the tenant file",
      "user: zoe.bos@",
      "user: zoe.bosch@",
      "people[9].user",
      "No such user in the tenant file",
    ],
    [
      "a site that is not there",
      "site: /sites/kantoor",
      "site: /sites/kantoren",
      "inventory.files[1].site",
      "No such site in the tenant file",
    ],
    [
      "a group that is not there",
      'at: "09:30"',
      'at: "09:30"\n    groups: [kantoren]',
      "training[0].groups[0]",
      "No such group in the tenant file",
    ],
    [
      "a domain of somebody else",
      "- name: contoso.com",
      "- name: contoso.nl",
      "domains[0].name",
      "No such domain in the tenant file",
    ],
    [
      "a source that is not there",
      "mailFrom: Oude mailserver",
      "mailFrom: Mailserver",
      "people[0].mailFrom",
      "No such source under inventory.mail",
    ],
    [
      "calendars by IMAP",
      "calendar: byHand",
      "calendar: automatic",
      "inventory.mail[0].calendar",
      "IMAP moves mail only",
    ],
    [
      "work by hand without hours",
      "for: Oude mailserver,",
      "",
      "inventory.mail[0]",
      "This moves by hand, and no work package has hours for it",
    ],
    [
      "a training after the day",
      "date: 2027-01-14",
      "date: 2027-01-25",
      "training[0].date",
      "This is after the day of the migration",
    ],
    [
      "an evaluation during the aftercare",
      "date: 2027-02-08",
      "date: 2027-02-05",
      "evaluation.date",
      "The aftercare is not over",
    ],
    [
      "somebody of the customer as engineer",
      "onSite: [Ines Smeets, Tom Bos]",
      "onSite: [Sanne Bakker]",
      "day.onSite[0]",
      "Sanne Bakker is of another party",
    ],
    [
      "one person twice",
      "user: zoe.bos@",
      "user: noor.mulder@",
      "people[9]",
      "This is in the file twice",
    ],
    [
      "a key that does not exist",
      "downtimeMinutes: 60",
      "downtime: 60",
      "risks[1].downtime",
      'Unknown key "downtime"',
    ],
    ["a time that is none", 'start: "08:00"', 'start: "8 uur"', "day.start", "Not a valid time"],
  ])("refuses %s, with its place", (...row) => {
    const [, from, to, path, message] = row;
    const text = sampleWith([from, to]);
    const errors = problemsOf(text).filter(({ level }) => level === "error");
    expect(errors.map((problem) => [problem.path, problem.message])).toContainEqual([
      path,
      message,
    ]);
    const [first] = errors;
    expect(first?.line).toBeGreaterThan(1);
  });

  it("points at the line and column of the value", () => {
    const text = sampleWith(["site: /sites/kantoor", "site: /sites/kantoren"]);
    const mark = "/sites/kantoren";
    expect(problemsOf(text)[0]).toMatchObject({ line: lineOf(text, mark), column: 13 });
  });

  it.each([
    [
      "a key for one",
      "host: imap.oudhost.example",
      "host: imap.oudhost.example\n      password: geheim",
    ],
    ["one in a text", "- Privé-apparaten van medewerkers", "- 'Wachtwoord: Zomer2026!'"],
    ["one after another word", "- Privé-apparaten van medewerkers", "- The password is hunter2"],
  ])("refuses passwords: %s, and does not repeat it", (_, from, to) => {
    const problems = problemsOf(sampleWith([from, to]));
    expect(problems.map(({ message }) => message).join()).toMatch(/password/i);
    expect(problems.map(({ allowed }) => allowed).join()).toContain("the environment or a vault");
    expect(JSON.stringify(problems)).not.toMatch(/geheim|Zomer2026|hunter2/);
  });

  it("warns of days on which nobody works, and of people who are forgotten", () => {
    const text = sampleWith(
      ["owner: Marieke de Vries, by: 2027-01-15", "owner: Marieke de Vries, by: 2027-01-16"],
      ["by: 2027-02-26", "by: 2027-03-29"],
      ["  - user: zoe.bos@contoso.com", "  - user: lars.degroot@contoso.com"],
    ).replace(/ {2}- user: lars\.degroot@contoso\.com\n(?: {4}.*\n)+/, "");
    const warnings = problemsOf(text);
    expect(warnings.every(({ level }) => level === "warning")).toBe(true);
    const said = warnings.map(({ message }) => message);
    expect(said.filter((message) => message === "Nobody works on this day in NL")).toHaveLength(2);
    expect(said).toContain(
      "zoe.bos@contoso.com is in the tenant file and not among the people who move",
    );
    expect(warnings.map(({ received }) => received)).toContain("2027-03-29");
  });

  it("needs a training: never a migration without one", () => {
    const text = sample.replace(/\ntraining:\n(?: {2}.*\n)+/, "\ntraining: []\n");
    expect(problemsOf(text)).toMatchObject([
      { path: "training", message: "This list is too short" },
    ]);
  });

  it("has fourteen days of aftercare where it names none", () => {
    expect(
      migrationOf(sampleWith(["aftercare: { days: 14, ", "aftercare: { "])).aftercare.days,
    ).toBe(14);
  });
});

describe("beside a tenant file", () => {
  const withFile = async <T>(text: string | undefined, use: (root: string) => Promise<T>) => {
    const root = mkdtempSync(join(tmpdir(), "tenantry-migration-"));
    try {
      mkdirSync(join(root, "stacks", "contoso"), { recursive: true });
      writeFileSync(join(root, "stacks", "contoso", "tenant.yaml"), contoso);
      if (text !== undefined)
        writeFileSync(join(root, "stacks", "contoso", "migration.yaml"), text);
      return await use(root);
    } finally {
      rmSync(root, { recursive: true });
    }
  };
  const validated = async (text: string) =>
    await withFile(
      text,
      async (root) =>
        (await validateTenants({ workspace: openWorkspace(root, root) }, { tenants: [] }))[0],
    );

  it("is valid again once it is corrected", async () => {
    const wrong = sampleWith(["site: /sites/kantoor", "site: /sites/kantoren"]);
    expect(await validated(wrong)).toMatchObject({
      failure: {
        code: "migration-file-invalid",
        details: [
          expect.stringMatching(/migration\.yaml:\d+:13 inventory\.files\[1\]\.site: No such site/),
        ],
      },
    });
    expect(await validated(sample)).toMatchObject({ failure: undefined, warnings: [] });
  });

  it("need not be there", async () => {
    const loaded = await withFile(undefined, async (root) =>
      loadMigration({ stacksDirectory: join(root, "stacks"), tenant: "contoso" }, tenant),
    );
    expect(loaded).toBeUndefined();
  });
});
