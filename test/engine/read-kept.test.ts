import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readKept } from "../../engine/read-kept.ts";
import { contosoWith, tenantOf } from "../tenant-file/contoso.ts";
import { startWorld } from "../provider/support/world.ts";

const tenant = tenantOf(contosoWith(["vendor: veeam", "vendor: report"]));
const directory = { people: [], guests: [], groups: [] };

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-"));
  mkdirSync(join(root, "contoso"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const written = (report: object): void => {
  writeFileSync(join(root, "contoso", "backup-report.json"), JSON.stringify(report));
};

async function kept() {
  const { service } = await startWorld();
  const place = { stacksDirectory: root, tenant: "contoso" };
  // No account at any vendor: none is asked.
  return await readKept({ service, backupCredentials: undefined }, { tenant, directory, place });
}

const report = {
  ...{ version: 1, organization: "contoso.onmicrosoft.com" },
  ...{ location: "Datacentrum Noord, Groningen", asOf: "2026-11-28T06:00:00Z" },
  ...{ keptUntil: "forever", isEncrypted: true },
  restorePoints: [{ kind: "mailbox", key: "Zoe.Bos@contoso.com", newest: "2026-11-27T22:10:00Z" }],
};

it("is what the operator reports, as its word", async () => {
  written(report);
  expect(await kept()).toMatchObject({
    found: {
      copies: {
        ...{ source: "report", asOf: "2026-11-28T06:00:00Z" },
        copies: [{ kind: "mailbox", key: "zoe.bos@contoso.com" }],
        place: { keptUntil: undefined, nothingBefore: undefined, isEncrypted: true },
      },
    },
  });
});

it("is not known without a report, nor by one that cannot be used, of which the place is said", async () => {
  expect(await kept()).toEqual({
    reason: "there is no backup-report.json beside the tenant file",
  });
  written({ ...report, location: "Elders" });
  expect(await kept()).toEqual({
    reason: expect.stringMatching(
      /backup-report\.json:1:\d+ location: The report is about/,
    ) as unknown,
  });
});
