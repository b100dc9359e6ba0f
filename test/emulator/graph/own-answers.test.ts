import { expect, it } from "vitest";
import { graphParts } from "../../../emulator/registry.ts";
import { createGroup, createUser, startTestEmulator } from "../support/emulator.ts";

const READS = graphParts
  .flatMap((part) => part.operations)
  .filter(({ method, path }) => method === "GET" && !path.includes(":"))
  .map(({ path }) => path);

it("answers every read without parameters, in a shape that its own schema accepts", async () => {
  const emulator = await startTestEmulator();
  await createUser(emulator);
  await createGroup(emulator);
  const headers = { ConsistencyLevel: "eventual" };
  const failed: string[] = [];
  for (const path of new Set(READS)) {
    const { status, body } = await emulator.graph("GET", path, { headers });
    if (status >= 400) failed.push(`${path}: ${status} ${body.error.message}`);
  }
  expect(failed).toEqual([]);
  expect(READS.length).toBeGreaterThan(20);
});
