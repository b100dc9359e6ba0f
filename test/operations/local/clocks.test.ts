import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { localClocks } from "../../../operations/local/clocks.ts";
import { openWorkspace } from "../../../workspace/index.ts";

const root = mkdtempSync(join(tmpdir(), "tenantry-clocks-"));
mkdirSync(join(root, "stacks"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});
const clocks = localClocks(openWorkspace(root, root));

it("the newest commit tells its time, where there is one", async () => {
  expect(await clocks.newestCommit()).toBeUndefined();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Ines", "-c", "user.email=ines@msp.example", ...args], {
      cwd: root,
      env: { ...process.env, GIT_COMMITTER_DATE: "2026-11-20T10:00:00Z" },
    });
  git("init", "--quiet");
  expect(await clocks.newestCommit()).toBeUndefined();
  git("commit", "--quiet", "--allow-empty", "--message", "first");
  expect(await clocks.newestCommit()).toEqual(new Date("2026-11-20T10:00:00Z"));
});

it("in practice Microsoft's clock is this machine's", async () => {
  const there = await clocks.atMicrosoft(new AbortController().signal);
  expect(Math.abs((there?.getTime() ?? 0) - Date.now())).toBeLessThan(1000);
});
