import { expect, test } from "vitest";
import { createProgress, formatDuration } from "../../setup/progress.mjs";

function screen(isTTY: boolean) {
  let text = "";
  let time = 0;
  const stream = { isTTY, columns: 80, write: (part: string) => (text += part) };
  return {
    progress: createProgress({ stream, now: () => time, total: 2 }),
    pass: (milliseconds: number) => (time += milliseconds),
    text: () => text,
  };
}

test("leaves no line for a step that had nothing to do", async () => {
  const { progress, text } = screen(false);
  await progress.step(
    "Packages",
    async () => "result",
    () => undefined,
  );
  expect(text()).toBe("");
});

test("closes a step with what it did and how long it took", async () => {
  const { progress, pass, text } = screen(false);
  const work = async (): Promise<string> => {
    pass(230_000);
    return "3.250.0";
  };
  expect(await progress.step("Engine", work, (version) => `${version} installed`)).toBe("3.250.0");
  expect(text()).toBe("✓ [1/2] Engine: 3.250.0 installed (3 min 50 s)\n");
});

test("says where a long step is at intervals when nobody watches a terminal", async () => {
  const { progress, pass, text } = screen(false);
  await progress.step(
    "Engine",
    async (report) => {
      report("package 1");
      report("package 2");
      pass(16_000);
      report("package 3");
    },
    () => "done",
  );
  expect(text().split("\n").slice(0, 2)).toEqual([
    "  [1/2] Engine: package 1 (0.0 s)",
    "  [1/2] Engine: package 3 (16 s)",
  ]);
});

test("numbers the steps and marks the one that failed", async () => {
  const { progress, text } = screen(false);
  await progress.step(
    "Node",
    async () => undefined,
    () => undefined,
  );
  const failing = progress.step(
    "Packages",
    async () => {
      throw new Error("npm was not found");
    },
    () => "never",
  );
  await expect(failing).rejects.toThrow("npm was not found");
  expect(text()).toBe("✗ [2/2] Packages: npm was not found (0.0 s)\n");
});

test("takes the moving line off a terminal before the closing one", async () => {
  const { progress, text } = screen(true);
  await progress.step(
    "Build",
    async () => undefined,
    () => "compiled",
  );
  expect(text()).toMatch(/\r\u001b\[K✓ \[1\/2\] Build: compiled/);
});

test.each([
  [0, "0.0 s"],
  [9_900, "9.9 s"],
  [9_960, "10 s"],
  [59_600, "1 min 0 s"],
  [230_000, "3 min 50 s"],
])("writes %i ms as %s", (milliseconds, expected) => {
  expect(formatDuration(milliseconds)).toBe(expected);
});
