import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { printPdf } from "../../../cli/output/pdf.ts";

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

  // The only test that needs a browser; a machine without one says so by the other test's error.
  const hasBrowser = (process.env.PATH ?? "")
    .split(delimiter)
    .some((path) => existsSync(join(path, "chromium")));

  it.runIf(hasBrowser)(
    "makes a PDF with the browser of the machine",
    { timeout: 90_000 },
    async () => {
      const pdf = join(folder, "page.pdf");
      await printPdf(page(), pdf);
      expect(readFileSync(pdf).subarray(0, 5).toString()).toBe("%PDF-");
    },
  );

  it.runIf(process.platform === "linux")("says what to install where there is none", async () => {
    vi.stubEnv("PATH", folder);
    await expect(printPdf(page(), join(folder, "page.pdf"))).rejects.toMatchObject({
      code: "no-browser",
    });
  });
});
