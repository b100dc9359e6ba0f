import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { runCommand, tail } from "./command.mjs";
import { SetupError } from "./errors.mjs";
import { fingerprint, sha256OfFile } from "./files.mjs";
import { engineArchives, engineVersion } from "./versions.mjs";

const releaseFolder = `https://github.com/pulumi/pulumi/releases/download/v${engineVersion}`;

/** How long a server may take to answer: many networks swallow connections to vendors without a word. */
const answerTimeoutMs = 5_000;
/** How long a transfer that began may stand still. */
const stallTimeoutMs = 20_000;

/** @typedef {import("node:http").IncomingMessage} Response */

/**
 * @typedef {(url: URL, options: import("node:https").RequestOptions, onResponse: (response: Response) => void) => import("node:http").ClientRequest} Get
 */

/**
 * Downloads the vendor's release archive, compares it with the checksum that is pinned here, and takes the engine's
 * binary out. An interrupted transfer is resumed the next time.
 * @param {object} options
 * @param {string} options.cache folder for the archive while it is not complete
 * @param {string} options.workFolder
 * @param {string} options.platformKey `platform-arch` as Node names them
 * @param {import("./progress.mjs").Report} options.report
 * @param {string} [options.from] another place that holds the vendor's files
 * @param {Readonly<Record<string, string>>} [options.pinned] SHA-256 of the archives by platform
 * @param {Get} [options.request]
 * @param {number} [options.timeoutMs] for the answer
 * @returns {Promise<string>} path of the binary, below `workFolder`
 * @throws SetupError `engine-altered`: somebody may be in the way, and set-up does not go on by another one
 */
export async function downloadEngine({
  cache,
  workFolder,
  platformKey,
  report,
  from = releaseFolder,
  pinned = engineArchives,
  request = get,
  timeoutMs = answerTimeoutMs,
}) {
  const name = archiveName(platformKey);
  const wanted = pinned[platformKey];
  if (wanted === undefined) throw new Error(`no checksum is pinned for ${name}`);
  report("asking the vendor's download site");
  const open = opener(request, timeoutMs);
  const archive = join(cache, `${name}.part`);
  await transfer({ url: `${from}/${name}`, archive, open, report });
  if ((await sha256OfFile(archive)) !== wanted) {
    rmSync(archive);
    throw new SetupError("engine-altered", `${name} does not have the checksum that is pinned.`, {
      hint: "It is not the archive that Pulumi released, and was deleted. Find out who altered it on its way before you try again.",
    });
  }
  const binary = await extract(archive, join(workFolder, "archive"));
  rmSync(archive);
  return binary;
}

/**
 * The vendor's name of the archive for a platform.
 * @param {string} platformKey
 */
export function archiveName(platformKey) {
  const [platform, architecture] = platformKey.split("-");
  const system = platform === "win32" ? "windows" : platform;
  return `pulumi-v${engineVersion}-${system}-${architecture}.${platform === "win32" ? "zip" : "tar.gz"}`;
}

/**
 * @param {Get} request
 * @param {number} timeoutMs
 */
function opener(request, timeoutMs) {
  /**
   * @param {string} url
   * @param {{ offset?: number, redirects?: number }} [options]
   * @returns {Promise<Response>}
   */
  return async function open(url, { offset = 0, redirects = 5 } = {}) {
    const response = await answerOf(request, { url, offset, timeoutMs });
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location && redirects > 0) {
      response.destroy();
      return await open(new URL(headers.location, url).href, { offset, redirects: redirects - 1 });
    }
    if (statusCode === 200 || statusCode === 206 || statusCode === 416) return response;
    response.destroy();
    throw new Error(`${new URL(url).host} answered ${statusCode}`);
  };
}

/**
 * @param {Get} request
 * @param {{ url: string, offset: number, timeoutMs: number }} options
 * @returns {Promise<Response>}
 */
function answerOf(request, { url, offset, timeoutMs }) {
  const { host } = new URL(url);
  return new Promise((resolve, reject) => {
    const headers = offset > 0 ? { range: `bytes=${offset}-` } : {};
    const call = request(new URL(url), { headers }, (response) => {
      clearTimeout(timer);
      response.setTimeout(stallTimeoutMs, () => {
        response.destroy(new Error(`the transfer from ${host} stalled`));
      });
      resolve(response);
    });
    // Covers name resolution and connecting too, which a socket's own timeout does not.
    const timer = setTimeout(() => {
      call.destroy(new Error(`${host} did not answer within ${timeoutMs / 1000} s`));
    }, timeoutMs);
    call.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/**
 * @param {object} options
 * @param {string} options.url
 * @param {string} options.archive
 * @param {ReturnType<typeof opener>} options.open
 * @param {import("./progress.mjs").Report} options.report
 */
async function transfer({ url, archive, open, report }) {
  const there = fingerprint(archive)?.size ?? 0;
  const response = await open(url, { offset: there });
  // 416: nothing is left to send, the archive was complete.
  if (response.statusCode === 416) {
    response.destroy();
    return;
  }
  const continues = response.statusCode === 206;
  let received = continues ? there : 0;
  const total = received + Number(response.headers["content-length"] ?? 0);
  response.on("data", (/** @type {Buffer} */ part) => {
    received += part.length;
    report(`downloading, ${toMegabytes(received)} of ${toMegabytes(total)} MB`);
  });
  await pipeline(response, createWriteStream(archive, { flags: continues ? "a" : "w" }));
}

/** @param {number} bytes */
function toMegabytes(bytes) {
  return Math.round(bytes / 1e6);
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function extract(archive, folder) {
  mkdirSync(folder, { recursive: true });
  // Windows brings a tar that reads zip; one from elsewhere on PATH may not.
  const systemRoot = process.env.SystemRoot;
  const tar =
    process.platform === "win32" && systemRoot ? join(systemRoot, "System32", "tar.exe") : "tar";
  const result = await runCommand(tar, ["-xf", archive, "-C", folder]);
  if (result.code !== 0) throw new Error(`the archive could not be unpacked: ${tail(result)}`);
  const candidates = ["pulumi/pulumi", "pulumi/bin/pulumi.exe", "pulumi/pulumi.exe"];
  const binary = candidates.map((path) => join(folder, path)).find((path) => fingerprint(path));
  if (binary === undefined) throw new Error("the archive does not contain the engine");
  return binary;
}
