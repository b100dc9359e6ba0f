/** A process in which the SDK's call to an engine that is gone is rejected, and one with another rejection. */
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

const patch = new URL("../../../engine/sdk/late-rejections.ts", import.meta.url).href;

const run = (program: string): { status: number | null; stderr: string } =>
  spawnSync(
    process.execPath,
    [
      ...["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval"],
      `await import(${JSON.stringify(patch)}); ${program}; setTimeout(() => {}, 50);`,
    ],
    { encoding: "utf8" },
  );

const rejected = (code: number, place: string): string => `
  const error = Object.assign(new Error("Connection dropped"), { code: ${code} });
  error.stack += "\\n    at /clone/node_modules/${place}/runtime/resource.js:931:95";
  void Promise.reject(error)`;

it.each([1, 14])("passes over a call of the SDK to an engine that is gone (%i)", (code) => {
  expect(run(rejected(code, "@pulumi/pulumi"))).toMatchObject({ status: 0, stderr: "" });
});

it.each([
  ["another code", rejected(13, "@pulumi/pulumi")],
  ["somebody else's call", rejected(14, "elsewhere")],
  ["a defect of ours", `void Promise.reject(new TypeError("Connection dropped"))`],
])("ends the process for %s, with its stack", (_what, program) => {
  const { status, stderr } = run(program);
  expect(status).toBe(1);
  expect(stderr).toContain("Connection dropped");
});
