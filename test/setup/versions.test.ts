import { expect, test } from "vitest";
import { isAtLeast, nodePackages } from "../../setup/versions.mjs";

test.each([
  ["22.13.0", true],
  ["v22.13.1", true],
  ["24.0.0", true],
  ["22.12.9", false],
  ["20.20.2", false],
  ["9.99.99", false],
])("says whether %s is at least 22.13.0: %s", (version, expected) => {
  expect(isAtLeast(version, "22.13.0")).toBe(expected);
});

test("pins every Node package by version and sha512", () => {
  for (const { version, integrity } of Object.values(nodePackages)) {
    expect(version).toMatch(/^24\.\d+\.\d+$/);
    expect(Buffer.from(integrity.replace("sha512-", ""), "base64")).toHaveLength(64);
  }
});
