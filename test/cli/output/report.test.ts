import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { writeReport } from "../../../cli/output/report.ts";
import type { Observed } from "../../../operations/index.ts";

const observed: Observed = {
  ...{ stack: "acme", displayName: "Acme B.V.", language: "nl", at: "2026-11-27T16:06:00.000Z" },
  overview: { people: 1, blocked: 0, guests: 0, groups: 0, domains: [], products: [] },
  counts: { people: { found: 1, managed: 1 }, groups: { found: 0, managed: 0 } },
  ...{ left: [], findings: [], notRead: [], changes: [], followed: [] },
  ...{ since: undefined, first: undefined, unexpected: { count: 0, file: undefined } },
};

/** A browser on PATH that prints the page as it is: a real one is not on every machine. */
const BROWSER = `#!/bin/sh
for word; do case "$word" in --print-to-pdf=*) pdf="\${word#*=}";; file://*) page="\${word#file://}";; esac; done
cp "$page" "$pdf"`;

describe.runIf(process.platform !== "win32")("the report as files", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tenantry-report-"));
    writeFileSync(join(folder, "chromium"), BROWSER, { mode: 0o755 });
    vi.stubEnv("PATH", [folder, process.env.PATH].join(delimiter));
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  const written = async (target: string): Promise<readonly string[]> => {
    const place = { target: join(folder, target), language: "nl" } as const;
    const paths = await writeReport({ dataDirectory: join(folder, "data") }, observed, place);
    return paths.map((path) => path.slice(folder.length + 1));
  };

  it.each([
    ["a page", "out/acme.html", ["out/acme.html"]],
    ["a PDF", "out/acme.pdf", ["out/acme.pdf"]],
    [
      "both in a folder that may be new",
      "out/today",
      ["out/today/acme.html", "out/today/acme.pdf"],
    ],
  ])("is %s, as the name asks", async (_what, target, paths) => {
    expect(await written(target)).toEqual(paths);
    for (const path of paths) {
      expect(readFileSync(join(folder, path), "utf8")).toContain("Microsoft 365 bij Acme B.V.");
    }
    const others = ["out/acme.html", "out/acme.pdf"].filter((path) => !paths.includes(path));
    for (const path of others) expect(existsSync(join(folder, path))).toBe(false);
  });
});
