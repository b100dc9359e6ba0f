import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { sharedDatabase } from "../../../state/index.ts";

it("is opened when it is first asked, once for all who ask", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shared-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, "state.sqlite");
  const [one, other] = [sharedDatabase(file), sharedDatabase(file)];
  expect(existsSync(file)).toBe(false);
  const before = process.listenerCount("beforeExit");
  const asked = [one, other].map((database) => database.run("listStacks", undefined));
  expect(await Promise.all(asked)).toEqual([[], []]);
  expect(process.listenerCount("beforeExit")).toBe(before + 1);
  expect(existsSync(file)).toBe(true);
});
