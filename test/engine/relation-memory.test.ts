import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { relationMemory } from "../../engine/relation-memory.ts";
import type { KeptRelations } from "../../services/index.ts";

const TENANT = "11111111-2222-4333-8444-555555555555";
const KEPT: KeptRelations = {
  "/users/delta?$select=id,manager": {
    startedAt: "2026-11-28T06:00:00.000Z",
    link: "/users/delta?$deltatoken=1",
    objects: { anna: { manager: { bram: "#microsoft.graph.user" } }, gone: null },
  },
};

const folder = (): string => mkdtempSync(join(tmpdir(), "tenantry-relations-"));

it("gives back what was kept, to this user only, and of this tenant only", async () => {
  const dataDirectory = folder();
  const memory = relationMemory({ dataDirectory }, TENANT);
  expect(await memory.load()).toBeUndefined();
  await memory.save(KEPT);
  expect(await relationMemory({ dataDirectory }, TENANT.toUpperCase()).load()).toEqual(KEPT);
  expect(await relationMemory({ dataDirectory }, TENANT.replace("1", "2")).load()).toBeUndefined();
  const file = join(dataDirectory, "relations", `${TENANT}.json`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDirectory, "relations")).mode & 0o777).toBe(0o700);
});

it.each([
  ["half a file", (text: string) => text.slice(0, 40)],
  ["another form", () => JSON.stringify({ version: 2 })],
  [
    "a link to elsewhere",
    (text: string) => text.replace("/users/delta?$delta", "https://x/$delta"),
  ],
])("is nothing where there is %s", async (_, damage) => {
  const dataDirectory = folder();
  const memory = relationMemory({ dataDirectory }, TENANT);
  await memory.save(KEPT);
  const file = join(dataDirectory, "relations", `${TENANT}.json`);
  writeFileSync(file, damage(readFileSync(file, "utf8")));
  expect(await memory.load()).toBeUndefined();
});

it("is nothing where there is no place to write: the next look reads everything", async () => {
  const dataDirectory = folder();
  mkdirSync(join(dataDirectory, "data"));
  // A file where the folder should be: also for somebody who may write everywhere.
  writeFileSync(join(dataDirectory, "data", "relations"), "");
  chmodSync(join(dataDirectory, "data"), 0o500);
  const memory = relationMemory({ dataDirectory: join(dataDirectory, "data") }, TENANT);
  await memory.save(KEPT);
  expect(await memory.load()).toBeUndefined();
});
