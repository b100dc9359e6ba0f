import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ensureEngine } from "../../setup/engine.mjs";
import { examine } from "../../setup/doctor.mjs";
import { engineVersion } from "../../setup/versions.mjs";
import { fakeMachine, ignoreReport, toolText } from "../scripts/support/fake-machine.ts";

function emptyClone() {
  const machine = fakeMachine();
  machine.write("package-lock.json", JSON.stringify({ packages: {} }));
  machine.write("tsconfig.json", "{}");
  machine.write("tsconfig.build.json", JSON.stringify({ include: ["cli"] }));
  machine.write("setup/engine/go.sum", "");
  const finding = async (name: string) =>
    (await examine(machine)).find((candidate) => candidate.name === name);
  return { ...machine, finding };
}

test("says of everything that is missing what to do about it", async () => {
  const findings = await examine(emptyClone());
  const missing = findings.filter(({ state }) => state === "missing");
  expect(missing.map(({ name }) => name)).toEqual([
    ...["npm", "git", "Packages", "Build", "Engine", "Go", "Policy plugin"],
  ]);
  for (const { advice } of missing) expect(advice).toMatch(/\w+/);
});

test("says which tool was found where", async () => {
  const { tool, finding, root } = emptyClone();
  tool("git", `console.log("git version 2.0");`);
  expect(await finding("git")).toEqual({
    name: "git",
    state: "ok",
    found: `git version 2.0 at ${root}/bin/git`,
  });
});

test("tells a tool that does not run from one that is there", async () => {
  const { tool, finding } = emptyClone();
  tool("git", "process.exitCode = 1;");
  expect(await finding("git")).toMatchObject({ state: "missing" });
});

test("does not ask for Go when the engine is there", async () => {
  const { tool, finding } = emptyClone();
  tool("pulumi", `console.log("v${engineVersion}");`);
  expect(await finding("Engine")).toMatchObject({ state: "ok" });
  expect(await finding("Go")).toMatchObject({ state: "not needed" });
});

test("says that TENANTRY_PULUMI is wrong rather than failing", async () => {
  const { env, finding } = emptyClone();
  env.TENANTRY_PULUMI = "/no/such/pulumi";
  expect(await finding("Engine")).toMatchObject({
    state: "missing",
    found: expect.stringContaining("TENANTRY_PULUMI") as string,
  });
});

test("notices an engine in the cache that is not the one that was installed", async () => {
  const { finding, ...machine } = emptyClone();
  const engine = toolText(`console.log("v${engineVersion}");`);
  machine.tool(
    "go",
    `if (args[0] === "build") fs.writeFileSync(args[args.indexOf("-o") + 1], ${JSON.stringify(engine)}, { mode: 0o755 });`,
  );
  const download = async () => Promise.reject(new Error("no route"));
  const { path } = await ensureEngine({ ...machine, report: ignoreReport, download });
  expect(await finding("Engine")).toMatchObject({ state: "ok" });
  const record = join(dirname(path), "engine.json");
  const text = readFileSync(record, "utf8");
  writeFileSync(record, text.replace(/"sha256": "[^"]+"/, `"sha256": "${"0".repeat(64)}"`));
  expect(await finding("Engine")).toMatchObject({
    state: "missing",
    found: expect.stringContaining("checksum") as string,
  });
});
