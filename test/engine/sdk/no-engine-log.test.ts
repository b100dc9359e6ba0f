import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepFromLogging } from "../../../engine/sdk/no-engine-log.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "tenantry-home-"));
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const logs = (): string => join(home, "logs");

test("leaves the engine no place for a folder of logs, also in a home that is not there yet", async () => {
  rmSync(home, { recursive: true });
  await keepFromLogging(home);
  expect(() => mkdirSync(logs(), { recursive: true })).toThrow("EEXIST");
});

test("removes the logs of before, and nothing else of the home", async () => {
  mkdirSync(logs());
  writeFileSync(join(logs(), "contoso.log"), "old");
  writeFileSync(join(home, "other"), "kept");
  await keepFromLogging(home);
  expect(() => readFileSync(join(logs(), "contoso.log"))).toThrow("ENOTDIR");
  expect(readFileSync(join(home, "other"), "utf8")).toBe("kept");
});

test("does nothing the second time", async () => {
  await keepFromLogging(home);
  writeFileSync(logs(), "as it was");
  await keepFromLogging(home);
  expect(readFileSync(logs(), "utf8")).toBe("as it was");
});
