import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureEngine, isCacheIntact, isSuitable } from "../../setup/engine.mjs";
import { SetupError } from "../../setup/errors.mjs";
import { engineVersion } from "../../setup/versions.mjs";
import { fakeMachine, toolText, writeTool } from "../scripts/support/fake-machine.ts";

const engineModule = join(import.meta.dirname, "../../setup/engine.mjs");

/** A `go` that knows two packages and builds an engine that says `version`. */
function goThatBuilds(version = `v${engineVersion}`): string {
  return `
    if (args[0] === "list") {
      console.error("go: downloading example.org/module v1.0.0");
      console.log("example.org/a\\nexample.org/b");
    } else {
      console.error("example.org/a\\nexample.org/b");
      const output = args[args.indexOf("-o") + 1];
      fs.writeFileSync(output, ${JSON.stringify(toolText(`console.log(${JSON.stringify(version)});`))}, { mode: 0o755 });
    }`;
}

function machine() {
  const fake = fakeMachine();
  fake.write(
    "setup/engine/go.sum",
    "example.org/module v1.0.0 h1:a\nexample.org/module v1.0.0/go.mod h1:b\n",
  );
  const reports: string[] = [];
  const ensure = (options: { env?: NodeJS.ProcessEnv; download?: () => Promise<string> } = {}) =>
    ensureEngine({
      ...fake,
      report: (state) => reports.push(state),
      download: async () => {
        throw new Error("the download site did not answer");
      },
      ...options,
    });
  return { ...fake, ensure, reports };
}

test("builds the engine once and takes it from the user's cache afterwards", async () => {
  const { ensure, tool, log, cache, reports } = machine();
  tool("go", goThatBuilds());
  const first = await ensure();
  expect(first).toMatchObject({ version: engineVersion, source: "module build", installed: true });
  expect(first.path.startsWith(cache)).toBe(true);
  expect(reports).toContain("downloading Go modules, 1 of at most 1");
  expect(reports).toContain("building from its Go module, package 2 of 2");
  expect(await ensure()).toEqual({ ...first, installed: false });
  expect(log()).toEqual(["go list", "go build"]);
  expect(await isCacheIntact(first.path)).toBe(true);
});

test("builds once when two set-ups run at the same time", async () => {
  const { ensure, tool, log } = machine();
  tool("go", goThatBuilds());
  const results = await Promise.all([ensure(), ensure()]);
  expect(results.filter(({ installed }) => installed)).toHaveLength(1);
  expect(log()).toEqual(["go list", "go build"]);
});

test("builds again when the engine in the cache is another file", async () => {
  const { ensure, tool, log } = machine();
  tool("go", goThatBuilds());
  const { path } = await ensure();
  writeFileSync(path, "something else");
  expect(await isCacheIntact(path)).toBe(false);
  expect(await ensure()).toMatchObject({ installed: true });
  expect(log()).toHaveLength(4);
});

test("prefers the explicit path, then a suitable pulumi on PATH", async () => {
  const { ensure, tool, root, env, log } = machine();
  const explicit = join(root, "elsewhere", "pulumi");
  writeTool(explicit, `console.log("v${engineVersion}");`);
  tool("pulumi", `console.log("v3.250.1");`);
  expect(await ensure({ env: { ...env, TENANTRY_PULUMI: explicit } })).toEqual({
    path: explicit,
    version: engineVersion,
    source: "TENANTRY_PULUMI",
    installed: false,
  });
  expect(await ensure()).toMatchObject({ version: "3.250.1", source: "PATH" });
  await ensure();
  expect(log()).toEqual(["pulumi version"]);
});

test("asks for the version without touching the user's own Pulumi home", async () => {
  const { ensure, tool, paths, root } = machine();
  tool(
    "pulumi",
    `fs.writeFileSync(${JSON.stringify(join(root, "seen-home"))}, String(process.env.PULUMI_HOME));
    console.log("v${engineVersion}");`,
  );
  await ensure();
  expect(readFileSync(join(root, "seen-home"), "utf8")).toBe(paths.pulumiHome);
});

test("passes a pulumi of another version on PATH by", async () => {
  const { ensure, tool } = machine();
  tool("pulumi", `console.log("v3.251.0");`);
  tool("go", goThatBuilds());
  expect(await ensure()).toMatchObject({ source: "module build" });
});

test.each(["v3.249.0", "not a version"])(
  "refuses an explicit engine that says %s",
  async (says) => {
    const { ensure, tool, root, env } = machine();
    tool("go", goThatBuilds());
    const explicit = join(root, "elsewhere", "pulumi");
    writeTool(explicit, `console.log(${JSON.stringify(says)});`);
    await expect(ensure({ env: { ...env, TENANTRY_PULUMI: explicit } })).rejects.toMatchObject({
      code: "engine-unsuitable",
    });
  },
);

test("refuses an explicit path where nothing is", async () => {
  const { ensure, env, root } = machine();
  await expect(
    ensure({ env: { ...env, TENANTRY_PULUMI: join(root, "no") } }),
  ).rejects.toMatchObject({
    code: "engine-unsuitable",
  });
});

test("stops where the vendor's archive was altered, although another way would work", async () => {
  const { ensure, tool, log } = machine();
  tool("go", goThatBuilds());
  const download = async () => {
    throw new SetupError("engine-altered", "The archive is another one.", { hint: "Look." });
  };
  await expect(ensure({ download })).rejects.toMatchObject({ code: "engine-altered" });
  expect(log()).toEqual([]);
});

test("says what failed and what to do when no way works", async () => {
  const { ensure, cache } = machine();
  await expect(ensure()).rejects.toMatchObject({
    code: "engine-unavailable",
    details: "download: the download site did not answer\nmodule build: Go was not found on PATH",
    hint: expect.stringContaining("install Go 1.25 or newer") as string,
  });
  expect(readdirSync(cache)).toEqual([]);
});

test("shows Go's own words when the build fails", async () => {
  const { ensure, tool } = machine();
  tool("go", `console.error("verifying module: checksum mismatch"); process.exitCode = 1;`);
  await expect(ensure()).rejects.toMatchObject({
    details: expect.stringContaining("checksum mismatch") as string,
  });
});

test.each([
  "go: go.mod requires go >= 1.25.11 (running go 1.22.0; GOTOOLCHAIN=local)",
  "go: download go1.25.11: golang.org/toolchain: dial tcp: no such host",
])("says that Go is too old when it says: %s", async (words) => {
  const { ensure, tool } = machine();
  tool("go", `console.error(${JSON.stringify(words)}); process.exitCode = 1;`);
  await expect(ensure()).rejects.toMatchObject({
    details: expect.stringContaining("this Go is too old") as string,
  });
});

test("refuses a built engine that says another version", async () => {
  const { ensure, tool } = machine();
  tool("go", goThatBuilds("v3.0.0"));
  await expect(ensure()).rejects.toMatchObject({
    details: expect.stringContaining("version 3.0.0 instead of") as string,
  });
});

test.skipIf(process.platform === "win32")("goes on after an interrupted build", async () => {
  const { ensure, tool, paths, cache, env, log } = machine();
  tool("go", `if (args[0] === "build") setInterval(() => undefined, 1000);`);
  const script = `
    import { ensureEngine } from ${JSON.stringify(engineModule)};
    const options = ${JSON.stringify({ paths, cache, env })};
    const download = async () => { throw new Error("no route"); };
    await ensureEngine({ ...options, download, report: () => undefined });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: "inherit",
  });
  const closed = new Promise((resolve) => child.on("close", resolve));
  await expect.poll(log).toContain("go build");
  expect(existsSync(join(cache, readdirSync(cache)[0] ?? "none", "owner.json"))).toBe(true);
  child.kill("SIGINT");
  expect(await closed).toBe(130);
  expect(readdirSync(cache)).toEqual([]);
  tool("go", goThatBuilds());
  expect(await ensure()).toMatchObject({ installed: true });
});

test.each([
  [engineVersion, true],
  ["3.250.7", true],
  ["3.251.0", false],
  ["3.25.0", false],
  ["3.250.0-alpha.1", false],
  ["4.250.0", false],
  [undefined, false],
])("says whether engine %s goes with the SDK: %s", (version, expected) => {
  expect(isSuitable(version)).toBe(expected);
});
