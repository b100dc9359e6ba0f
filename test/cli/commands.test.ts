/** What holds for every command, from the list of commands: help, exit codes, and what is refused before it starts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { commands } from "../../cli/registry.ts";
import { call, folderWith, refusalOf } from "./support/program.ts";

const loaded = await Promise.all(
  commands.map(async ({ name, summary, load }) => ({
    name,
    summary,
    command: (await load()).command,
  })),
);
const ofTenants = loaded
  // `migration` takes what to do before it.
  .filter(({ command: { args } }) => args[0]?.required === true && args[0].name() === "tenant")
  .map(({ name }) => name);

describe.each(loaded)("$name", ({ name, summary, command }) => {
  it.each([
    [name, "--help"],
    ["help", name],
  ])("is explained by %s %s", async (...words) => {
    const { exitCode, printed } = await call(words, folderWith([]));
    expect(exitCode).toBe(0);
    const plain = printed.replaceAll(/\s+/g, " ");
    expect(plain).toContain(summary);
    for (const { line, meaning } of command.examples) {
      expect(printed).toContain(`$ ${line}`);
      expect(printed).toContain(meaning);
    }
    expect(command.examples.length).toBeGreaterThan(0);
    for (const { flags, description } of command.options) {
      expect(plain).toContain(`${flags} ${description}`);
    }
    expect(printed).toMatch(/Exit codes: 0 .* 2 .* 3 .* 1 /);
  });

  it("says what every word means", () => {
    for (const { description } of [...command.args, ...command.options]) {
      expect(description).not.toBe("");
    }
  });

  it("takes the examples of its help", async () => {
    // Each with one option more, so that none is run.
    for (const { line } of command.examples) {
      const [words = ""] = line.replace(/^.*?tenantry /, "").split(" > ");
      const argv = [...words.matchAll(/'[^']*'|\S+/g)].map(([word]) => word.replaceAll("'", ""));
      const { printed, said } = await call([...argv, "--nonsense"], folderWith([]));
      expect(printed + said).toContain("unknown option '--nonsense'");
    }
  });

  it("ends with 2 for an option that it does not have", async () => {
    const words = command.args.map(() => "example");
    const refused = await call([name, ...words, "--nonsense"], folderWith(["example"]));
    expect(refused).toMatchObject({ exitCode: 2, printed: "" });
    expect(refused.said).toContain("unknown option '--nonsense'");
    expect(refused.said).toContain("[invalid-usage]");
    expect(refused.said).toContain(`\`tenantry ${name} --help\``);
  });
});

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  enrol: ["anna@contoso.com"],
  withdraw: ["--as", "anna@contoso.com"],
  accept: "--object anna@contoso.com --key city --until 2027-03-31 --reason x".split(" "),
};

describe.each(ofTenants)("%s", (name) => {
  const needed = NEEDED[name] ?? [];

  it("ends with 2 without a tenant, with one too many, and for one that is not there", async () => {
    const root = folderWith(["example"]);
    expect(await refusalOf([name], root)).toMatchObject({ code: "invalid-usage" });
    expect(await refusalOf([name, "example", "other", ...needed], root)).toMatchObject({
      code: "invalid-usage",
    });
    expect(await refusalOf([name, "nobody", ...needed], root)).toMatchObject({
      code: "tenant-unknown",
      hint: "Tenants here: example.",
    });
    expect(await refusalOf([name, "../example", ...needed], root)).toMatchObject({
      code: "invalid-name",
    });
  });

  it("ends with 2 where there is no workspace", async () => {
    const refused = await refusalOf([name, "example", ...needed], folderWith([]));
    expect(refused).toMatchObject({ code: "no-workspace" });
  });
});

describe("a value that is not allowed", () => {
  it.each([
    [["show", "example", "--format", "pdf"], "invalid-option", "text, markdown, html, json"],
    [["plan", "example", "--language", "fr"], "invalid-option", "Use one of: nl, en."],
    [["emulator", "--port", "70000"], "invalid-option", "Give a whole number from 0 to 65535."],
    [["emulator", "--people", "many"], "invalid-option", "Give a whole number from 0 to 100000."],
    [["emulator", "--seed", "1.5"], "invalid-option", "Give a whole number from 0 to 2147483648."],
    [["keys", "lose"], "invalid-argument", "Use one of: create, list, show."],
    [["keys", "show"], "invalid-argument", "tenantry keys show anna@contoso.com"],
    [["withdraw", "example"], "invalid-argument", "Add --as <email>: decision maker"],
    [["register", "example", "--sign", "x.json"], "invalid-argument", "Name the signer with --as."],
  ])("is refused with what is: %j", async (argv, code, hint) => {
    expect(await refusalOf(argv, folderWith(["example"]))).toMatchObject({
      code,
      hint: expect.stringContaining(hint) as unknown,
    });
  });

  it("is named with what was given", async () => {
    const { exitCode, printed, said } = await call(["emulator", "--port", "x y"], folderWith([""]));
    expect({ exitCode, printed }).toEqual({ exitCode: 2, printed: "" });
    expect(said).toBe(
      '--port <port> cannot be "x y". [invalid-option]\nGive a whole number from 0 to 65535.',
    );
  });
});

describe("without a command", () => {
  it("ends with 2 and shows all of them", async () => {
    const { exitCode, printed, said } = await call([], folderWith([]));
    expect({ exitCode, printed }).toEqual({ exitCode: 2, printed: "" });
    for (const { name } of commands) expect(said).toContain(`\n  ${name} `);
    expect(await refusalOf([], folderWith([]))).toMatchObject({ code: "invalid-usage" });
  });

  it("ends with 2 and says what is meant for a slip of the pen", async () => {
    const { exitCode, said } = await call(["aply", "example"], folderWith(["example"]));
    expect(exitCode).toBe(2);
    expect(said).toContain("Did you mean apply?");
  });

  it("shows its version", async () => {
    expect(await call(["--version"], folderWith([]))).toMatchObject({
      exitCode: 0,
      printed: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown,
    });
  });
});

describe("every command line that a text of the product names", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const rooms = ["approval", "cli", "components", "core", "docs/reference", "engine", "operations"];
  const more = ["plan", "policies", "provider", "state", "tenant-file", "views", "workspace"];
  const named = [...rooms, ...more].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(tsx?|md)$/.test(file))
      .flatMap((file) => linesNamedIn(readFileSync(join(root, room, file), "utf8"))),
  );

  it("is found in hints, remedies and templates", () => {
    expect(linesNamedIn("hint: 'Run `tenantry plan ${tenant} --refresh`'")).toEqual([
      { name: "plan", options: ["refresh"] },
    ]);
    expect(linesNamedIn('`tenantry log ${tenant}${flag("verify", verify)}`')).toEqual([
      { name: "log", options: ["verify"] },
    ]);
    expect(named.length).toBeGreaterThan(20);
  });

  it("is one of a command that exists, with options that it has (K7)", () => {
    const optionsOf = new Map(
      loaded.map(({ name, command }) => [
        name,
        command.options.flatMap(({ flags }) =>
          [...flags.matchAll(/--([\w-]+)/g)].map(([, o]) => o),
        ),
      ]),
    );
    const wrong = named.filter(({ name, options }) => {
      const known = optionsOf.get(name);
      return known === undefined || !options.every((one) => [...known, "help"].includes(one));
    });
    expect(wrong).toEqual([]);
  });
});

/** Command lines between backticks, with the options that a template may put into them. */
function linesNamedIn(source: string): { name: string; options: string[] }[] {
  return [...source.matchAll(/`tenantry ([a-z-]+)([^`]*)`?/g)].map(([, name = "", rest = ""]) => ({
    name,
    options: [...rest.matchAll(/--([a-z-]+)|(?:flag|option)\("([a-z-]+)"/g)].map(
      ([, written, built]) => written ?? built ?? "",
    ),
  }));
}
