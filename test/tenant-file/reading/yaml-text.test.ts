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

  it("is refused above 4 MiB, with the limit", () => {
    const text = contoso + "#".repeat(4 * 1024 * 1024);
    expect(problemsOf(text)).toMatchObject([
      {
        message: "The file is too large for a tenant file",
        received: `${Buffer.byteLength(text)} bytes`,
        allowed: "at most 4194304 bytes (4 MiB)",
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
  it("refuses a duplicate key, at the second one, and still checks the rest", () => {
    const text = contosoWith(
      ["  displayName: Contoso Acc", "  id: second\n  displayName: Contoso Acc"],
      ["count: 9", "count: nine"],
    );
    expect(problemsOf(text)).toMatchObject([
      { line: 14, column: 3, path: "tenant.id", message: 'Duplicate key "id"' },
      { path: "subscriptions[0].count", received: '"nine"' },
    ]);
  });

  it("refuses an anchor where it stands", () => {
    const text = contosoWith([LANGUAGE, "  language: &lang nl"]);
    expectOneProblem(text, "nl\n  country", {
      path: "tenant.language",
      message: "YAML anchors are not supported",
      received: '"&lang"',
      allowed: 'the value alone; text in quotes: "&lang nl"',
    });
  });

  it("refuses an alias instead of following it", () => {
    const text = contosoWith(["  country: NL\n", "  country: *lang\n"]);
    expectOneProblem(text, "*lang", {
      path: "tenant.country",
      message: "YAML aliases are not supported",
      allowed: 'the value itself, written out; text in quotes: "*lang"',
    });
  });

  it("refuses a merge key", () => {
    const text = contosoWith([LANGUAGE, "  <<: { language: nl }"]);
    expectOneProblem(text, "<<:", { path: "tenant", message: "YAML merge keys are not supported" });
  });

  it("refuses a tag", () => {
    const text = contosoWith([LANGUAGE, "  language: !!str nl"]);
    expectOneProblem(text, "nl\n  country", {
      message: "YAML tags are not supported",
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
    expect(
      problems.filter(({ message }) => message === "YAML aliases are not supported"),
    ).toHaveLength(81);
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

describe("text that YAML takes for something else", () => {
  const surname = (value: string) =>
    contosoWith(
      ["displayName: Zoë Bos # accents in names, not in addresses", "displayName: x"],
      ["surname: Bos", `surname: ${value}`],
    );

  it.each([
    ["Null", "This must be text", "Null, which YAML reads as nothing", "Null"],
    ["~", "This must be text", "~, which YAML reads as nothing", "~"],
    ["True", "This must be text", "True, which YAML reads as the truth value true", "True"],
    ["007", "This must be text", "007, which YAML reads as the number 7", "007"],
    ["1e3", "This must be text", "1e3, which YAML reads as the number 1000", "1e3"],
    ["0x1F", "This must be text", "0x1F, which YAML reads as the number 31", "0x1F"],
    [".inf", "This must be text", ".inf, which YAML reads as the number Infinity", ".inf"],
    ["#1", "This must be text", "#1, which YAML reads as nothing", "#1"],
    ["!vip", "YAML tags are not supported", '"!vip"', "!vip"],
    ["!vip Bos", "YAML tags are not supported", '"!vip"', "!vip Bos"],
    ["&co", "YAML anchors are not supported", '"&co"', "&co"],
    ["&co Bos", "YAML anchors are not supported", '"&co"', "&co Bos"],
    ["*x", "YAML aliases are not supported", '"*x"', "*x"],
  ])("is to be put in quotes: %s", (...[value, message, received, quoted]) => {
    expect(problemsOf(surname(value))).toMatchObject([
      {
        path: "users[9].surname",
        message,
        received,
        allowed: expect.stringContaining(`text in quotes: "${quoted}"`) as string,
      },
    ]);
    expect(tenantOf(surname(`"${quoted}"`)).users?.[9]?.surname).toBe(quoted);
  });

  it.each(["@vip", "%5", "`x`", "& Co", "* Bos", "Bos: de oude", "[x] Bos", "{x} Bos", "| Bos"])(
    "is to be put in quotes where it is no YAML: %s",
    (value) => {
      const [problem, ...others] = problemsOf(surname(value));
      expect(others).toEqual([]);
      expect(problem?.message).toMatch(/^This is not YAML: /);
      expect(problem?.allowed).toBe(`text in quotes: "${value}"`);
    },
  );

  it.each(["yes", "No", "on", "12:30", "2026-02-01", "C#", "O'Brien", "1_000", "R&D", "a!b"])(
    "is text as it stands: %s",
    (value) => {
      expect(tenantOf(surname(value)).users?.[9]?.surname).toBe(value);
    },
  );

  it.each([
    ["010", "the number 10"],
    ["0o11", "the number 9"],
    ["0x9", "the number 9"],
    ["9e0", "the number 9"],
    ["+9", "the number 9"],
  ])("is an ambiguous number: %s", (count, allowed) => {
    expectOneProblem(contosoWith(["count: 9", `count: ${count}`]), `count: ^${count}\n`, {
      message: "This number is ambiguous",
      received: count,
      allowed,
    });
  });
});

describe("characters", () => {
  it.each([
    ["in front of a key", "\tlanguage: nl", 1, "This line is indented with a tab"],
    ["behind spaces", "  \tlanguage: nl", 3, "This line is indented with a tab"],
    ["behind a key", "  language:\tnl", 12, "This line contains a tab"],
  ])("refuses a tab %s, once", (...[, line, column, message]) => {
    const text = contosoWith([LANGUAGE, line]);
    expect(problemsOf(text)).toMatchObject([{ line: 18, column, message }]);
  });

  it("tells on how many lines tabs stand, at the first", () => {
    const text = contosoWith([LANGUAGE, "\tlanguage: nl"], ["  country: NL", "\tcountry: NL"]);
    expect(problemsOf(text)).toMatchObject([
      { line: 18, column: 1, message: "This line is indented with a tab; 2 lines contain one" },
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
    expect(problemsOf("\uFEFF{ version: 2 }").map(({ column }) => column)).toContain(12);
  });

  it("refuses a second byte order mark", () => {
    expect(problemsOf(`\uFEFF\uFEFF${contoso}`)).toMatchObject([
      { line: 1, column: 1, message: expect.stringContaining("U+FEFF") as string },
    ]);
  });

  it.each([
    ["alone", contoso.replaceAll("\n", "\r"), 1],
    ["here and there", contosoWith([LANGUAGE, "  language: nl\r"]).replace("\r\n", "\r"), 18],
  ])("refuses line ends of carriage returns, %s, at the first", (_, text, line) => {
    expect(problemsOf(text)).toMatchObject([
      { line, message: "This line ends with a carriage return (CR) alone" },
    ]);
  });

  it("tells an unusual space from an invisible character", () => {
    const text = contosoWith(["displayName: Emma Smit", "displayName: Emma\u00A0Smit"]);
    expectOneProblem(text, "\u00A0", {
      message: "The character U+00A0 looks like a space and is not one",
      allowed: "an ordinary space",
    });
  });
});
