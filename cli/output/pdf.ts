/** A preview page as PDF: printed by the browser that is on the machine, with the page's own print style. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { ExpectedError } from "../../core/expected-error.ts";

const run = promisify(execFile);

/** Browsers that print without a window, by the names of their programs. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const PRINT_TIMEOUT_MS = 60_000;

/** @throws ExpectedError `no-browser`, `pdf-failed`. */
export async function printPdf(htmlPath: string, pdfPath: string): Promise<void> {
  const browser = findBrowser();
  const profile = await mkdtemp(join(tmpdir(), "tenantry-browser-"));
  try {
    await run(
      browser,
      [
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--user-data-dir=${profile}`,
        // As root, browsers refuse to start their sandbox; the page is ours and runs no script.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--no-pdf-header-footer",
        `--print-to-pdf=${pdfPath}`,
        pathToFileURL(htmlPath).href,
      ],
      { timeout: PRINT_TIMEOUT_MS },
    );
  } catch (cause) {
    throw new ExpectedError("pdf-failed", "The browser did not print the page.", {
      hint: `Open ${htmlPath} in a browser and print it to a PDF.`,
      cause,
    });
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
  if (!existsSync(pdfPath)) {
    throw new ExpectedError("pdf-failed", "The browser printed nothing.", {
      hint: `Open ${htmlPath} in a browser and print it to a PDF.`,
    });
  }
}

function findBrowser(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...PLACES,
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new ExpectedError("no-browser", "No browser that can print was found on this machine.", {
    hint: "Install Chromium, Chrome or Edge; or open the HTML page and print it.",
  });
}
