import { describe, expect, it } from "vitest";
import { MAX_PROBLEMS } from "../../../tenant-file/diagnostic.ts";
import { contosoWith, problemsOf, tenantOf } from "../contoso.ts";

const MIB = 1024 * 1024;
/** Processor time, since other work on the machine makes no file slower to read. What grows with the square takes minutes. */
const MAX_CPU_MS = 12_000;

const head = "version: 1\nusers:\n";
const numbered = (count: number, line: (number: number) => string): string =>
  Array.from({ length: count }, (_, number) => line(number)).join("");

describe("a file that is meant to take long", () => {
  it.each([
    ["quotes", '"'.repeat(MIB)],
    ["line ends", "\n".repeat(MIB)],
    ["braces", "{}".repeat(MIB)],
    ["lists in lists", "[".repeat(MIB)],
    ["one long line", `version: ${"x".repeat(MIB)}\n`],
    ["errors behind a good start", `${head}- a: 1\n${"  {}\n".repeat(75_000)}`],
    ["bad items", head + "- 1\n".repeat(75_000)],
    ["anchors", head + "- &a 1\n".repeat(50_000)],
    ["unknown keys", numbered(100_000, (number) => `k${number}: 1\n`)],
    ["keys that are there twice", head + "- {a: 1, a: 1}\n".repeat(40_000)],
    [
      "unknown members",
      contosoWith([
        "members:\n      - daan",
        `members:\n${numbered(40_000, (number) => `      - p${number}@contoso.com\n`)}      - daan`,
      ]),
    ],
  ])(
    "is refused in good time when it is full of %s",
    (_, text) => {
      const start = process.cpuUsage();
      expect(problemsOf(text).length).toBeGreaterThan(0);
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000).toBeLessThan(MAX_CPU_MS);
    },
    60_000,
  );

  it("is told by its first problems, each of them with its place", () => {
    const problems = problemsOf(head + "- 1\n".repeat(1000)).filter(({ path }) => path !== "");
    expect(problems.length).toBeGreaterThan(MAX_PROBLEMS);
    expect(problems.length).toBeLessThan(MAX_PROBLEMS + 10);
    expect(problems.find(({ path }) => path === "users[7]")).toMatchObject({ line: 10, column: 3 });
  });
});

describe("a large customer", () => {
  const address = (number: number): string => `persoon.achternaam${number}@contoso.com`;
  const person = (number: number): string =>
    `  - userPrincipalName: ${address(number)}
    displayName: Persoon van der Achternaam ${number}
    givenName: Persoon
    surname: van der Achternaam ${number}
    jobTitle: Registeraccountant
    department: Finance en control
    usageLocation: NL
    mobilePhone: "+31 6 5550 ${1000 + number}"
    manager: marieke.devries@contoso.com
    licenses: [VISIOCLIENT]
`;
  const group = (number: number): string =>
    `  - name: groep${number}\n    displayName: Groep ${number}\n    type: security\n    members:\n` +
    numbered(5000, (member) => `      - ${address(member)}\n`);

  it("of 5,000 people with every key, in five groups each, fits", () => {
    const text = contosoWith(
      ["\n# People of other", `${numbered(5000, person)}\n# People of other`],
      ["\n# Access by group", `${numbered(5, group)}\n# Access by group`],
      ["count: 1\n", "count: 5001\n"],
    );
    expect(Buffer.byteLength(text)).toBeGreaterThan(2.5 * MIB);
    expect(tenantOf(text).users).toHaveLength(5012);
  }, 60_000);
});
