import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { findOnPath } from "../../setup/command.mjs";
import { buildEngine, countModules } from "../../setup/engine-build.mjs";
import { engineVersion } from "../../setup/versions.mjs";
import { ignoreReport, temporaryFolder } from "../scripts/support/fake-machine.ts";

const goModule = join(import.meta.dirname, "../../setup/engine");

test("counts the modules of a go.sum, not the lines", () => {
  expect(countModules("a v1 h1:x\na v1/go.mod h1:y\nb v2/go.mod h1:z\n")).toBe(1);
});

test("has the engine's own checksum in go.sum", () => {
  const goSum = readFileSync(join(goModule, "go.sum"), "utf8");
  expect(goSum).toMatch(new RegExp(`^github.com/pulumi/pulumi/pkg/v3 v${engineVersion} h1:`, "m"));
});

test.runIf(findOnPath("go") !== undefined)(
  "is refused by Go where a module differs from go.sum",
  async () => {
    const folder = temporaryFolder();
    const engine = "github.com/pulumi/pulumi/pkg/v3";
    const proxied = join(folder, "proxy", engine, "@v");
    mkdirSync(proxied, { recursive: true });
    writeFileSync(join(proxied, `v${engineVersion}.info`), `{"Version":"v${engineVersion}"}`);
    writeFileSync(join(proxied, `v${engineVersion}.mod`), `module ${engine}\n\ngo 1.21\n`);
    const required = `${engine} v${engineVersion}`;
    writeFileSync(join(folder, "go.mod"), `module x\n\ngo 1.21\n\nrequire ${required}\n`);
    const other = `h1:${"A".repeat(43)}=`;
    writeFileSync(join(folder, "go.sum"), `${required} ${other}\n${required}/go.mod ${other}\n`);
    const env = {
      ...process.env,
      GOPROXY: pathToFileURL(join(folder, "proxy")).href,
      GOMODCACHE: join(folder, "modules"),
      GOFLAGS: "-modcacherw -mod=mod",
      GOTOOLCHAIN: "local",
    };
    const built = buildEngine({
      moduleFolder: folder,
      workFolder: folder,
      env,
      report: ignoreReport,
    });
    await expect(built).rejects.toMatchObject({
      details: expect.stringContaining("checksum mismatch") as string,
    });
  },
);
