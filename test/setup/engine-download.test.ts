import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { archiveName, downloadEngine } from "../../setup/engine-download.mjs";
import { engineVersion } from "../../setup/versions.mjs";
import { ignoreReport, temporaryFolder } from "../scripts/support/fake-machine.ts";

const platformKey = "linux-x64";
const name = archiveName(platformKey);

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(handlers: Record<string, Handler>): Promise<string> {
  const server = createServer((request, response) => {
    const handler = handlers[request.url ?? ""];
    if (handler) handler(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An archive as the vendor packs it, and a place to download to, where its checksum is pinned. */
function release() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "pulumi"));
  writeFileSync(join(folder, "pulumi", "pulumi"), "the engine");
  execFileSync("tar", ["-czf", "archive", "pulumi"], { cwd: folder });
  const archive = readFileSync(join(folder, "archive"));
  const sum = createHash("sha256").update(archive).digest("hex");
  const cache = join(folder, "cache");
  mkdirSync(cache);
  const download = (from: string, pinned: Record<string, string> = { [platformKey]: sum }) =>
    downloadEngine({
      ...{ cache, workFolder: join(folder, "work"), platformKey, report: ignoreReport },
      ...{ from, pinned, request: get, timeoutMs: 200 },
    });
  return { archive, part: join(cache, `${name}.part`), download };
}

const text =
  (content: string | Buffer): Handler =>
  (_request, response) =>
    response.end(content);

test("takes the engine out of an archive that has the pinned checksum", async () => {
  const { archive, download, part } = release();
  const binary = await download(await serve({ [`/${name}`]: text(archive) }));
  expect(readFileSync(binary, "utf8")).toBe("the engine");
  expect(existsSync(part)).toBe(false);
});

test("follows the vendor to where the files lie", async () => {
  const { archive, download } = release();
  const storage = await serve({ "/archive": text(archive) });
  const to =
    (path: string): Handler =>
    (_request, response) =>
      response.writeHead(302, { location: `${storage}${path}` }).end();
  const binary = await download(await serve({ [`/${name}`]: to("/archive") }));
  expect(readFileSync(binary, "utf8")).toBe("the engine");
});

test("refuses an archive with another checksum and does not keep it", async () => {
  const { archive, download, part } = release();
  const other = Buffer.concat([archive, Buffer.from("x")]);
  const site = await serve({ [`/${name}`]: text(other) });
  await expect(download(site)).rejects.toMatchObject({ code: "engine-altered" });
  expect(existsSync(part)).toBe(false);
});

test("asks for nothing where no checksum is pinned", async () => {
  const { download } = release();
  const site = await serve({});
  await expect(download(site, {})).rejects.toThrow(`no checksum is pinned for ${name}`);
});

test("resumes an interrupted transfer", async () => {
  const { archive, download, part } = release();
  const half = Math.floor(archive.length / 2);
  writeFileSync(part, archive.subarray(0, half));
  const ranges: (string | undefined)[] = [];
  const site = await serve({
    [`/${name}`]: (request, response) => {
      ranges.push(request.headers.range);
      response.writeHead(206).end(archive.subarray(half));
    },
  });
  expect(readFileSync(await download(site), "utf8")).toBe("the engine");
  expect(ranges).toEqual([`bytes=${half}-`]);
});

test("gives up on a site that takes the connection and never answers", async () => {
  const { download } = release();
  const site = await serve({ [`/${name}`]: () => undefined });
  await expect(download(site)).rejects.toThrow("did not answer within 0.2 s");
});

test("says what the site answered when it refuses", async () => {
  const { download } = release();
  await expect(download(await serve({}))).rejects.toThrow(/127\.0\.0\.1:\d+ answered 404/);
});

test.each([
  ["linux-arm64", `pulumi-v${engineVersion}-linux-arm64.tar.gz`],
  ["darwin-x64", `pulumi-v${engineVersion}-darwin-x64.tar.gz`],
  ["win32-x64", `pulumi-v${engineVersion}-windows-x64.zip`],
])("names the archive of %s as the vendor does", (platform, expected) => {
  expect(archiveName(platform)).toBe(expected);
});
