import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { printPdf } from "../../../cli/output/pdf.ts";

const isUnix = process.platform !== "win32";

describe("printing a preview page", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tenantry-pdf-"));
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  const page = (): string => {
    const path = join(folder, "page.html");
    writeFileSync(path, "<!doctype html><title>Plan</title><p>One page.");
    return path;
  };

  /** A browser of that behaviour on PATH: a real one is not on every machine, and a skipped test proves nothing. */
  const putBrowser = (script: string): void => {
    writeFileSync(join(folder, "chromium"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    vi.stubEnv("PATH", [folder, process.env.PATH].join(delimiter));
  };

  const PRINTS = `
for word; do case "$word" in --print-to-pdf=*) pdf="\${word#*=}";; file://*) page="$word";; esac; done
printf '%%PDF-1.4 %s %s' "$1" "$page" > "$pdf"`;

  it.runIf(isUnix)("has the browser print the page without a window, into the file", async () => {
    putBrowser(PRINTS);
    const [html, pdf] = [page(), join(folder, "page.pdf")];
    await printPdf(html, pdf);
    expect(readFileSync(pdf, "utf8")).toBe(`%PDF-1.4 --headless ${pathToFileURL(html).href}`);
  });

  it.runIf(isUnix).each([
    ["fails", "exit 1"],
    ["prints nothing", "exit 0"],
  ])("refuses when the browser %s", async (_, script) => {
    putBrowser(script);
    await expect(printPdf(page(), join(folder, "page.pdf"))).rejects.toMatchObject({
      code: "pdf-failed",
    });
  });

  it.runIf(process.platform === "linux")("says what to install where there is none", async () => {
    vi.stubEnv("PATH", folder);
    await expect(printPdf(page(), join(folder, "page.pdf"))).rejects.toMatchObject({
      code: "no-browser",
    });
  });
});
