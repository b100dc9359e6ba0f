/** Checks what no other tool checks about the files of the repository; prints each violation. */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import {
  cataloguesAreComplete,
  engineVersionsAgree,
  filesStayShort,
  lockFileNamesNoHosts,
  noMachinePaths,
  noRegistryHosts,
} from "./checks/rules.mjs";
import { cloneRoot, engineVersion } from "../setup/index.mjs";

const binaryExtensions = new Set([".gz", ".png", ".jpg", ".ico", ".woff2"]);

// Also what is not committed yet, but nothing that git ignores.
const listed = execFileSync(
  "git",
  ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
  {
    cwd: cloneRoot,
    encoding: "utf8",
    maxBuffer: 64e6,
  },
);
const files = [...new Set(listed.split("\0"))]
  .filter((path) => path !== "" && !binaryExtensions.has(extname(path)))
  .filter((path) => statSync(join(cloneRoot, path), { throwIfNoEntry: false })?.isFile())
  .map((path) => ({ path, text: readFileSync(join(cloneRoot, path), "utf8") }));

const rules = [
  filesStayShort,
  noMachinePaths,
  noRegistryHosts,
  lockFileNamesNoHosts,
  cataloguesAreComplete,
  engineVersionsAgree(engineVersion),
];
const problems = rules.flatMap((rule) => rule(files));
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
