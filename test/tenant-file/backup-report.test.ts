import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ExpectedError } from "../../core/expected-error.ts";
import { validateTenants } from "../../operations/validate.ts";
import { loadBackupReport, parseTenant } from "../../tenant-file/index.ts";
import { openWorkspace } from "../../workspace/index.ts";
import { contoso } from "./contoso.ts";

const EXAMPLE = {
  version: 1,
  organization: "contoso.onmicrosoft.com",
  location: "Datacentrum Noord, Groningen",
  asOf: "2026-11-28T06:00:00Z",
  keptUntil: "2028-12-31",
  isEncrypted: true,
  restorePoints: [
    { kind: "mailbox", key: "Zoe.Bos@contoso.com", newest: "2026-11-27T22:10:00Z" },
    {
      kind: "site",
      key: "https://contoso.sharepoint.com/sites/directie",
      newest: "2026-11-27T22:40:00Z",
    },
  ],
};
const text = (change: object = {}): string => JSON.stringify({ ...EXAMPLE, ...change }, null, 2);

async function inFolder<T>(
  report: string,
  use: (stacksDirectory: string) => Promise<T>,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), "tenantry-"));
  try {
    mkdirSync(join(root, "stacks", "contoso"), { recursive: true });
    writeFileSync(join(root, "tenantry.yaml"), "{}\n");
    writeFileSync(join(root, "stacks", "contoso", "tenant.yaml"), contoso);
    writeFileSync(join(root, "stacks", "contoso", "backup-report.json"), report);
    return await use(join(root, "stacks"));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const parsed = parseTenant(contoso, "tenant.yaml");
if (!("tenant" in parsed)) throw new Error("the fixture is not valid");
const { tenant } = parsed;

const load = (report: string) =>
  inFolder(report, (stacksDirectory) =>
    loadBackupReport({ stacksDirectory, tenant: "contoso" }, tenant),
  );

const refused = async (report: string): Promise<readonly unknown[]> => {
  const error: unknown = await load(report).catch((caught: unknown) => caught);
  if (!(error instanceof ExpectedError)) throw new Error("it was taken", { cause: error });
  expect(error.code).toBe("backup-report-invalid");
  return error.details;
};

it("takes what a vendor's export is turned into, with names in any case", async () => {
  const report = await load(text());
  expect(report?.restorePoints[0]).toEqual({
    ...{ kind: "mailbox", key: "zoe.bos@contoso.com", newest: "2026-11-27T22:10:00Z" },
  });
});

it.each([
  ["another tenant", { organization: "fabrikam.onmicrosoft.com" }, 3, "something else"],
  ["another place", { location: "Elders" }, 4, "something else"],
  ["a time without its zone", { asOf: "2026-11-28T06:00:00" }, 5, "Not a moment in UTC"],
  ["a key that is not known", { keptFor: 3 }, 20, "keptFor"],
  ["a copy that is newer than the report", { asOf: "2026-11-27T22:30:00Z" }, 17, "Later than"],
  [
    "one thing twice",
    { restorePoints: [EXAMPLE.restorePoints[0], EXAMPLE.restorePoints[0]] },
    16,
    "A second entry",
  ],
] as const)("names the line of %s", async (...[, change, line, words]) => {
  const details = await refused(text(change));
  expect(details).toHaveLength(1);
  expect(details[0]).toMatch(new RegExp(`backup-report\\.json:${line}:\\d+.*${words}`, "s"));
});

it("says where text that is cut off is no longer a report", async () => {
  const [first] = await refused(text().slice(0, 200));
  expect(first).toMatch(/backup-report\.json:\d+:\d+/);
});

it("is checked by validate, and is valid again once it is corrected", async () => {
  const validated = (report: string) =>
    inFolder(report, async (stacksDirectory) => {
      const root = join(stacksDirectory, "..");
      const workspace = openWorkspace(root, root);
      const [one] = await validateTenants({ workspace }, { tenants: ["contoso"] });
      return one?.failure?.code;
    });
  expect(await validated(text({ version: 2 }))).toBe("backup-report-invalid");
  expect(await validated(text())).toBeUndefined();
});
