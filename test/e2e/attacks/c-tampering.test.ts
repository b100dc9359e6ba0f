/** Attacks C of docs/security.md: plans, approvals and the record changed after they were made. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { APPROVED_CHANGE, anApprovedWorkspace, expectRefused } from "../support/attack.ts";
import {
  editRecordValue,
  newestKey,
  recordKeys,
  recordValue,
  removeRecordValue,
  writeRecordValue,
} from "../support/record.ts";
import type { TestWorkspace } from "../support/workspace.ts";
import { ANNA, aTenantFile } from "../support/workspace.ts";

let approved: TestWorkspace;

beforeAll(async () => {
  approved = await anApprovedWorkspace();
});

const apply = ["apply", "example"];

const ENTRIES = "example/entries/";

/** No domain belongs to two tenants. */
const OTHER_TENANT = aTenantFile({
  people: [],
  sections: {
    tenant: {
      id: "6a2d3e4f-5b6c-4d7e-8f90-1b2c3d4e5f60",
      displayName: "Other",
      initialDomain: "other.onmicrosoft.com",
      domains: ["other.example"],
      language: "nl",
      country: "NL",
    },
  },
});

function editNewestEntry(workspace: TestWorkspace, edit: (statement: string) => string): void {
  editRecordValue(workspace, newestKey(workspace, ENTRIES), (value) => {
    const entry = JSON.parse(value) as { envelope: { payload: string } };
    const statement = Buffer.from(entry.envelope.payload, "base64").toString("utf8");
    const changed = edit(statement);
    if (changed === statement) throw new Error("The attack changed nothing");
    entry.envelope.payload = Buffer.from(changed).toString("base64");
    return JSON.stringify(entry);
  });
}

describe("tampering", () => {
  it("refuses to approve a stored plan in which something was changed (19)", async () => {
    const workspace = approved.copy();
    editRecordValue(workspace, newestKey(workspace, "example/plans/"), (plan) =>
      plan.replace(`"after":"Carla Smit"`, `"after":"Mallory"`),
    );
    await expectRefused(workspace, ["approve", "example"], { code: "plan-damaged" });
  });

  it("refuses to approve a stored plan that was exchanged for another one (19)", async () => {
    const workspace = approved.copy();
    const shown = newestKey(workspace, "example/plans/");
    workspace.declare(APPROVED_CHANGE);
    const { json } = await workspace.succeed(["plan", "example"]);
    const other = `example/plans/${String(json.digest).replace(":", "-")}/`;
    writeRecordValue(workspace, shown, recordValue(workspace, newestKey(workspace, other)));
    const digest = `sha256:${/sha256-([0-9a-f]{64})/.exec(shown)?.[1] ?? ""}`;
    await expectRefused(workspace, ["approve", "example", "--digest", digest], {
      code: "plan-damaged",
    });
  });

  it.each([".html", ".nl.md", ".en.md"])(
    "refuses to approve a plan of which the page shows something else (19, P3): %s",
    async (ending) => {
      const workspace = approved.copy();
      const pages = workspace.data("plans", "example");
      const [file = "missing"] = readdirSync(pages).filter((name) => name.endsWith(ending));
      const page = join(pages, file);
      writeFileSync(page, readFileSync(page, "utf8").replaceAll("Carla Smit", "Carla Smits"));
      await expectRefused(workspace, ["approve", "example"], { code: "page-differs" });
    },
  );

  it("refuses an approval that was written by hand for another plan (20)", async () => {
    const workspace = approved.copy();
    editNewestEntry(workspace, (statement) =>
      statement.replace(/("sha256":")[0-9a-f]{64}/, `$1${"0".repeat(64)}`),
    );
    await expectRefused(workspace, apply, { code: "record-broken" });
  });

  it("refuses an approval whose validity was stretched by hand (20)", async () => {
    const workspace = approved.copy();
    editNewestEntry(workspace, (statement) =>
      statement.replace(/("validUntil":")20\d\d/, "$12099"),
    );
    await expectRefused(workspace, apply, { code: "record-broken" });
  });

  it("refuses an approval of another workspace, copied into the record (20)", async () => {
    const workspace = approved.copy();
    const elsewhere = await anApprovedWorkspace();
    const foreign = recordValue(elsewhere, newestKey(elsewhere, ENTRIES));
    writeRecordValue(workspace, newestKey(workspace, ENTRIES), foreign);
    await expectRefused(workspace, apply, { code: "record-broken" });
  });

  it("refuses the record of another tenant (20)", async () => {
    const workspace = approved.copy();
    workspace.declare(OTHER_TENANT, "other");
    await workspace.succeed(["plan", "other"]);
    for (const key of recordKeys(workspace, ENTRIES)) {
      writeRecordValue(workspace, key.replace("example", "other"), recordValue(workspace, key));
    }
    const before = workspace.written("other");
    await expectRefused(workspace, ["apply", "other"], { code: "foreign-tenant" });
    expect(workspace.written("other")).toEqual(before);
  });

  it("refuses a record that was cut off, although what is left is consistent (20)", async () => {
    const workspace = approved.copy();
    await workspace.succeed(["approve", "example", "--refuse", "--remark", "Not now"]);
    await expectRefused(workspace, apply, { code: "refused" });
    removeRecordValue(workspace, newestKey(workspace, ENTRIES));
    await expectRefused(workspace, apply, { code: "record-broken" });
  });

  it.each([
    ["an apply", ["apply", "example", "--author", "engineer@beheer.example"]],
    ["a withdrawal", ["withdraw", "example", "--as", ANNA.email]],
  ])(
    "refuses a record that was cut back together with the state, on a machine that knew nothing of it: %s (P5)",
    async (_, words) => {
      const workspace = approved.copy();
      const git = (...args: string[]): void => {
        execFileSync("git", ["-C", workspace.root, ...args], { stdio: "ignore" });
      };
      git("init", "--quiet");
      const before = workspace.copy();
      await workspace.succeed(words);
      // Only what CI fetches comes from where the apply ran.
      execFileSync("git", [
        ...["-C", before.root, "fetch", "--quiet", workspace.root],
        "refs/tenantry/*:refs/tenantry/*",
      ]);
      rmSync(before.data("known-heads"), { recursive: true, force: true });
      await expectRefused(before, ["apply", "example", "--author", "engineer@beheer.example"], {
        code: "record-broken",
      });
    },
  );
});
