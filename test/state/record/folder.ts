import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** A new folder that goes when the test is over. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "tenantry-record-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
