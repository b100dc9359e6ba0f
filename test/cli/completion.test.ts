/** The script for bash, run by bash; those for other shells by what they hold. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../cli/registry.ts";
import { call, folderWith } from "./support/program.ts";

const script = async (shell: string): Promise<string> =>
  (await call(["completion", shell], tmpdir())).printed;

const bash = await script("bash");

/** What bash would offer for the last word. */
function offered(words: readonly string[], cwd: string): string[] {
  const set = `COMP_WORDS=(tenantry "$@"); COMP_CWORD=$#`;
  const line = `${bash}\n${set}\n_tenantry; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const printed = execFileSync("bash", ["-c", line, "bash", ...words], { cwd, encoding: "utf8" });
  return printed.split("\n").filter((word) => word !== "");
}

describe("bash", () => {
  const root = (): string => folderWith(["contoso", "fabrikam"]);

  it("offers every command, and those that begin like the word", () => {
    expect(offered([""], root())).toEqual([...commands.map(({ name }) => name), "help"]);
    expect(offered(["val"], root())).toEqual(["validate"]);
  });

  it("offers the tenants of the workspace, from any folder in it", () => {
    const folder = root();
    mkdirSync(join(folder, "stacks", "not-a-tenant"));
    expect(offered(["plan", ""], folder)).toEqual(["contoso", "fabrikam"]);
    expect(offered(["apply", "fab"], join(folder, "stacks", "contoso"))).toEqual(["fabrikam"]);
    expect(offered(["plan", ""], folderWith([]))).toEqual([]);
  });

  it("offers options, also those of every command, and the words of a list", () => {
    expect(offered(["plan", "contoso", "--re"], root())).toEqual(["--refresh"]);
    expect(offered(["plan", "--js"], root())).toEqual(["--json"]);
    expect(offered(["ci", ""], root())).toEqual(["plan", "wait", "apply", "drift"]);
    expect(offered(["help", "pl"], root())).toEqual(["plan"]);
  });
});

it("has every command and option for zsh and fish", async () => {
  expect(await script("zsh")).toContain(bash);
  const fish = await script("fish");
  for (const { name, load } of commands) {
    expect(fish).toContain(`-a ${name} -d `);
    for (const { long } of (await load()).command.options) {
      expect(fish).toContain(`'__fish_seen_subcommand_from ${name}' -l ${long?.slice(2) ?? ""} `);
    }
  }
});
