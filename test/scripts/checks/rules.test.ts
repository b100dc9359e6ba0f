import { expect, test } from "vitest";
import {
  cataloguesAreComplete,
  engineVersionsAgree,
  filesStayShort,
  lockFileNamesNoHosts,
  noMachinePaths,
  noRegistryHosts,
} from "../../../scripts/checks/rules.mjs";

const file = (path: string, text: string) => ({ path, text });
const lines = (count: number) => "x\n".repeat(count);

test("allows 400 lines in a hand-written file and not one more", () => {
  const files = [
    file("cli/long.ts", lines(401)),
    file("cli/full.ts", lines(400)),
    file("provider/generated/schema.ts", lines(5_000)),
    file("package-lock.json", lines(5_000)),
  ];
  expect(filesStayShort(files)).toEqual(["cli/long.ts has 401 lines, at most 400 are allowed."]);
});

test.each([
  ["in quotes", `const home = "${["", "home", "someone", "x"].join("/")}";`],
  ["at the start of a line", ["", "root", "cache"].join("/")],
  ["of macOS", `path=${["", "Users", "someone", "x"].join("/")}`],
  ["of Windows", `'${["C:", "Users", "someone", "x"].join("\\")}'`],
])("refuses a folder of one machine: %s", (_title, text) => {
  expect(noMachinePaths([file("a.ts", text)])).toHaveLength(1);
});

test("does not take parts of web addresses for folders", () => {
  const text = `GET https://graph.microsoft.com/v1.0/sites/root/drive and "/users/a" and "\${host}/root/x"`;
  expect(noMachinePaths([file("a.ts", text)])).toEqual([]);
});

test("refuses the name of a package registry", () => {
  const host = ["proxy", "golang", "org"].join(".");
  expect(noRegistryHosts([file("docs/a.md", `see ${host}`)])).toHaveLength(1);
  expect(noRegistryHosts([file("docs/a.md", "see the Go module proxy")])).toEqual([]);
});

test("refuses a lock file that names where packages came from", () => {
  const lock = `{ "node_modules/zod": { "resolved": "https://registry.example/zod.tgz" } }`;
  expect(lockFileNamesNoHosts([file("package-lock.json", lock)])).toHaveLength(1);
  expect(lockFileNamesNoHosts([file("package-lock.json", `{ "resolved": "../local" }`)])).toEqual(
    [],
  );
});

test("finds a resource and a command that stand in no list", () => {
  const files = [
    file("provider/registry.ts", `import { site } from "./sharepoint/site.ts";`),
    file("provider/sharepoint/site.ts", "export const site = defineResource({});"),
    file("provider/backup/policy.ts", "export const policy = defineResource({});"),
    file("provider/backup/schedule.ts", "export const everyDay = {};"),
    file("cli/commands/plan.ts", ""),
  ];
  expect(cataloguesAreComplete(files)).toEqual([
    "provider/backup/policy.ts is not in any list; add it to provider/registry.ts.",
    "cli/commands/plan.ts is not in any list; add it to cli/registry.ts.",
  ]);
});

test("tells a policy from the helpers beside it", () => {
  const files = [
    file("policies/registry.ts", `import type { Rule } from "./rule.ts";`),
    file("policies/rule.ts", "export interface Rule {}"),
    file("policies/no-guests.ts", "export const noGuests: Rule = {};"),
  ];
  expect(cataloguesAreComplete(files)).toEqual([
    "policies/no-guests.ts is not in any list; add it to policies/registry.ts.",
  ]);
});

test("refuses an engine that is not the SDK's version", () => {
  const rule = engineVersionsAgree("3.250.0");
  const manifest = (version: string) =>
    file("package.json", JSON.stringify({ dependencies: { "@pulumi/pulumi": version } }));
  const module = (version: string) =>
    file("setup/engine/go.mod", `\tgithub.com/pulumi/pulumi/pkg/v3 v${version} // indirect\n`);
  expect(rule([manifest("3.250.0"), module("3.250.0")])).toEqual([]);
  expect(rule([manifest("3.251.0"), module("3.249.0")])).toHaveLength(2);
});
