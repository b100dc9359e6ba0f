import { describe, expect, it } from "vitest";
import { contoso, contosoWith, expectOneProblem, problemsOf, tenantOf } from "../contoso.ts";

const LANGUAGE = "  language: nl # of reports to the customer";

describe("a text that is no tenant file", () => {
  it("is refused where it stops being YAML", () => {
    const [problem, ...others] = problemsOf("version: 1\ntenant: [a\nmanagedBy: }\n");
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ line: 3, column: 1 });
    expect(problem?.message).toMatch(/^This is not YAML: /);
  });

  it.each([
    ["is a single text", "hello", 'received "hello"'],
    ["is a list", "- version: 1\n", "received a list"],
  ])("is refused when it %s", (_, text) => {
    expect(problemsOf(text)).toMatchObject([
      { line: 1, column: 1, path: "", message: "This must be a group of keys" },
    ]);
  });

  it.each([
    ["nothing", ""],
    ["only comments", "# to do\n\n"],
    ["only a document start", "---\n"],
  ])("is refused as empty when it holds %s", (_, text) => {
    expect(problemsOf(text)).toMatchObject([
      { line: 1, column: 1, message: "The file is empty", allowed: "a tenant file" },
    ]);
  });

  it("is refused at the start of a second document", () => {
    const text = `${contoso}---\nversion: 1\n`;
    expectOneProblem(text, "---\nversion: 1\n", { message: "A second document starts here" });
  });

  it("is refused above 1 MiB, with the limit", () => {
    const text = contoso + "#".repeat(1024 * 1024);
    expect(problemsOf(text)).toMatchObject([
      {
        message: "The file is too large for a tenant file",
        received: `${Buffer.byteLength(text)} bytes`,
        allowed: "at most 1048576 bytes (1 MiB)",
      },
    ]);
  });

  it.each([
    ["brackets", "a: " + "[".repeat(100_000)],
    ["list marks", "- ".repeat(100_000)],
    ["20 levels", `a: ${"[".repeat(20)}${"]".repeat(20)}`],
  ])("is refused when it is nested too deeply, by %s", (_, text) => {
    expect(problemsOf(text)).toMatchObject([
      { line: 1, message: "The file is nested too deeply for a tenant file" },
    ]);
  });
});

describe("what YAML has beyond data", () => {
  it("refuses a key that is there twice, at the second one, and still checks the rest", () => {
    const text = contosoWith(
      ["  displayName: Contoso Acc", "  id: second\n  displayName: Contoso Acc"],
      ["count: 9", "count: nine"],
    );
    expect(problemsOf(text)).toMatchObject([
      { line: 14, column: 3, path: "tenant.id", message: 'The key "id" is there twice' },
      { path: "subscriptions[0].count", received: '"nine"' },
    ]);
  });

  it("refuses an anchor where it stands", () => {
    const text = contosoWith([LANGUAGE, "  language: &lang nl"]);
    expectOneProblem(text, "nl\n  country", {
      path: "tenant.language",
      message: "An anchor stands before this value",
      received: '"&lang"',
    });
  });

  it("refuses an alias instead of following it", () => {
    const text = contosoWith(["  country: NL\n", "  country: *lang\n"]);
    expectOneProblem(text, "*lang", { path: "tenant.country", message: "An alias stands here" });
  });

  it("refuses a merge key", () => {
    const text = contosoWith([LANGUAGE, "  <<: { language: nl }"]);
    expectOneProblem(text, "<<:", { path: "tenant", message: "A merge key stands here" });
  });

  it("refuses a tag", () => {
    const text = contosoWith([LANGUAGE, "  language: !!str nl"]);
    expectOneProblem(text, "nl\n  country", {
      message: "A tag stands before this value",
      received: '"!!str"',
    });
  });

  it("refuses a directive that would change how the file is read", () => {
    const [problem] = problemsOf(`%YAML 1.1\n---\n${contoso}`);
    expect(problem).toMatchObject({ line: 1, column: 1 });
    expect(problem?.message).toMatch(/directive/);
  });

  it("refuses a billion laughs without laughing", () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const names = Array.from({ length: 9 }, () => `*l${level}`).join(", ");
      return `l${level + 1}: &l${level + 1} [${names}]\n`;
    });
    const problems = problemsOf(`l0: &l0 ha\n${levels.join("")}`);
    expect(problems[0]).toMatchObject({ line: 1, column: 9, path: "l0" });
    expect(problems.filter(({ message }) => message === "An alias stands here")).toHaveLength(81);
    expect(problems).toHaveLength(91);
  });

  it("refuses keys that are no words", () => {
    const text = contosoWith(["version: 1\n", "version: 1\n5: x\n"]);
    expectOneProblem(text, "5: x", { received: "the number 5" });
  });

  it("reads a country whose code older YAML takes for a truth value", () => {
    const text = contosoWith(["usageLocation: BE", "usageLocation: NO"]);
    expect(tenantOf(text).users?.[6]?.usageLocation).toBe("NO");
  });
});

describe("characters", () => {
  it.each([
    ["in front of a key", contosoWith([LANGUAGE, "\tlanguage: nl"]), 1],
    ["behind a key", contosoWith([LANGUAGE, "  language:\tnl"]), 12],
  ])("refuses a tab %s, once", (_, text, column) => {
    expect(problemsOf(text)).toMatchObject([
      { line: 18, column, message: "Tabs stand on this line" },
    ]);
  });

  it("tells on how many lines tabs stand, at the first", () => {
    const text = contosoWith([LANGUAGE, "\tlanguage: nl"], ["  country: NL", "\tcountry: NL"]);
    expect(problemsOf(text)).toMatchObject([
      { line: 18, column: 1, message: "Tabs stand on 2 lines, the first here" },
    ]);
  });

  it.each([
    ["right-to-left override", "\u202E", "U+202E"],
    ["isolate", "\u2066", "U+2066"],
    ["right-to-left mark", "\u200F", "U+200F"],
    ["null character", "\u0000", "U+0000"],
    ["escape", "\u001B", "U+001B"],
    ["C1 control", "\u0085", "U+0085"],
    ["zero-width space", "\u200B", "U+200B"],
  ])("refuses a %s wherever it stands, also in a comment", (_, character, name) => {
    const inName = contosoWith(["displayName: Emma Smit", `displayName: Emma ${character}Smit`]);
    expectOneProblem(inName, character, {
      message: `The hidden character ${name} can make the file look different from what it is`,
    });
    const inComment = contosoWith(["# of reports", `# of ${character} reports`]);
    expectOneProblem(inComment, character, {});
  });

  it("accepts names in scripts that run from right to left", () => {
    const text = contosoWith(
      ["displayName: Emma Smit", "displayName: محمد علي"],
      ["displayName: Noor Mulder", "displayName: משה כהן"],
    );
    expect(tenantOf(text).users?.[4]?.displayName).toBe("محمد علي");
  });

  it("reads files with Windows line ends and a byte order mark, with the same positions", () => {
    const text = contosoWith([LANGUAGE, "  language: de"]).replaceAll("\n", "\r\n");
    expect(problemsOf(text)).toMatchObject([{ line: 18, column: 13 }]);
    expect(problemsOf(`\uFEFF${contoso}`)).toEqual([]);
  });
});
