import { existsSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { ensureBuild, isBuildCurrent } from "../../setup/build.mjs";
import { cloneRoot } from "../../setup/paths.mjs";
import { fakeMachine, ignoreReport } from "../scripts/support/fake-machine.ts";

// Each test runs the real compiler, several times.
vi.setConfig({ testTimeout: 60_000 });

/** A clone with two small sources and the real compiler. */
function smallClone() {
  const machine = fakeMachine();
  const { write, paths } = machine;
  symlinkSync(join(cloneRoot, "node_modules"), paths.nodeModules);
  write("package.json", `{ "type": "module" }`);
  write("package-lock.json", "{}");
  write(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        ...{ module: "nodenext", target: "es2024", lib: ["es2024"], types: [], rootDir: "." },
        ...{ outDir: "dist", rewriteRelativeImportExtensions: true, sourceMap: true },
      },
    }),
  );
  write(
    "tsconfig.build.json",
    JSON.stringify({
      extends: "./tsconfig.json",
      compilerOptions: { incremental: true, tsBuildInfoFile: "dist/.tsbuildinfo" },
      include: ["plan", "stacks", "cli"],
    }),
  );
  write("plan/one.ts", "export const one: number = 1;\n");
  write("plan/two.ts", `import { one } from "./one.ts";\nexport const two: number = one + one;\n`);
  const build = () => ensureBuild(paths, { report: ignoreReport, nodePath: process.execPath });
  return { ...machine, build, output: (path: string) => join(paths.dist, path) };
}

test("compiles once, and again when a source changed", async () => {
  const { build, write, paths, output } = smallClone();
  expect(await build()).toEqual({ built: true });
  expect(await build()).toEqual({ built: false });
  write("plan/one.ts", "export const one: number = 111;\n");
  expect(isBuildCurrent(paths)).toBe(false);
  expect(await build()).toEqual({ built: true });
  expect(readFileSync(output("plan/one.js"), "utf8")).toContain("111");
});

test("puts data beside the compiled files, but not what engineers edit or read", async () => {
  const { build, write, output } = smallClone();
  write("plan/pack.yaml", "runtime: nodejs\n");
  write("stacks/contoso/tenant.yaml", "version: 1\n");
  write("plan/README.md", "# Plan\n");
  await build();
  expect(readFileSync(output("plan/pack.yaml"), "utf8")).toBe("runtime: nodejs\n");
  expect(existsSync(output("stacks"))).toBe(false);
  expect(existsSync(output("plan/README.md"))).toBe(false);
});

test("removes what came from a source that is gone", async () => {
  const { build, paths, output } = smallClone();
  await build();
  rmSync(join(paths.root, "plan/two.ts"));
  await build();
  expect(readdirSync(output("plan")).sort()).toEqual(["one.js", "one.js.map"]);
});

test("refuses with the compiler's words, and compiles again once that is corrected", async () => {
  const { build, write } = smallClone();
  write("plan/one.ts", `export const one: number = "one";\n`);
  await expect(build()).rejects.toMatchObject({
    code: "build-failed",
    details: expect.stringContaining("plan/one.ts(1,14)") as string,
  });
  await expect(build()).rejects.toMatchObject({ code: "build-failed" });
  write("plan/one.ts", "export const one: number = 1;\n");
  expect(await build()).toEqual({ built: true });
});
