/** The command as a project leader uses it, in a practice workspace. */
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { samplesDirectory } from "../tenant-file/contoso.ts";
import { call, folderWith, refusalOf } from "./support/program.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

function workspace(): string {
  const root = folderWith(["contoso"]);
  for (const file of ["tenant.yaml", "migration.yaml"]) {
    const place = join("contoso", file);
    copyFileSync(join(samplesDirectory, place), join(root, "stacks", place));
  }
  return root;
}

interface Overview {
  readonly gates: readonly { readonly id: string; readonly isOpen: boolean }[];
}

async function jsonOf(argv: readonly string[], root: string): Promise<unknown> {
  const { exitCode, printed, said } = await call(["migration", ...argv, "--json"], root);
  expect(exitCode, printed + said).toBe(0);
  return JSON.parse(printed);
}

it("shows where a migration stands, and takes questions, points and ticks", async () => {
  const root = workspace();
  const { gates } = (await jsonOf(["status", "contoso"], root)) as Overview;
  expect(gates.find(({ id }) => id === "plan-signed")?.isOpen).toBe(false);
  await jsonOf(["sign", "contoso", "--what", "plan", "--as", "marieke.devries@contoso.com"], root);
  const signed = (await jsonOf(["status", "contoso"], root)) as Overview;
  expect(signed.gates.find(({ id }) => id === "plan-signed")?.isOpen).toBe(true);

  await jsonOf(["run", "contoso", "--question", "Blijft de scanner werken?"], root);
  await jsonOf(["run", "contoso", "--question", "Een nieuwe website?", "--outside-scope"], root);
  await jsonOf(["run", "contoso", "--point", "Printer drukt niet in kleur"], root);
  expect(await jsonOf(["run", "contoso", "--done", "announcement"], root)).toEqual({
    ...{ said: "done", about: "announcement" },
  });
  const { printed } = await call(["migration", "status", "contoso"], root);
  expect(printed).toContain("Printer drukt niet in kleur");

  expect((await refusalOf(["migration", "run", "contoso", "--despite", "omdat"], root)).code).toBe(
    "invalid-usage",
  );
  const half = ["migration", "run", "contoso", "--done", "announcement", "--source", "3"];
  expect((await refusalOf(half, root)).code).toBe("invalid-usage");

  const folder = join(root, "pages");
  await jsonOf(["pages", "contoso", "--output", folder], root);
  const evaluation = readFileSync(join(folder, "evaluation.html"), "utf8");
  expect(evaluation).toContain("Blijft de scanner werken?");
  expect(evaluation).toContain("Een nieuwe website?");
});

it.runIf(process.platform !== "win32")(
  "prints its pages as PDF by the browser of the machine",
  async () => {
    const root = workspace();
    const browser = `#!/bin/sh
for word; do case "$word" in --print-to-pdf=*) printf '%%PDF-1.4' > "\${word#*=}";; esac; done`;
    writeFileSync(join(root, "chromium"), browser, { mode: 0o755 });
    vi.stubEnv("PATH", [root, process.env.PATH].join(delimiter));
    const folder = join(root, "pages");
    await jsonOf(["pages", "contoso", "--output", folder, "--pdf"], root);
    const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
    expect(pages).toHaveLength(7);
    for (const name of pages)
      expect(existsSync(join(folder, name.replace(".html", ".pdf")))).toBe(true);
  },
);
