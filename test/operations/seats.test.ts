import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { statusLines } from "../../cli/output/status-lines.ts";
import { managedSeats, seatCounts } from "../../operations/seats.ts";
import { tenantStatus } from "../../operations/status.ts";
import { openWorkspace } from "../../workspace/index.ts";
import { contosoWith, problemsOf, tenantOf } from "../tenant-file/contoso.ts";
import { aWorld, STACK } from "./support.ts";

const LEVEL = "  serviceLevel: silver";
const seats = (text: string): string => contosoWith([LEVEL, `  seats: ${text}\n${LEVEL}`]);
const AGREED = seats(
  "[{ user: zoe.bos@contoso.com }, { user: emma.smit@contoso.com, serviceLevel: goud }, { device: Balie }]",
);

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-"));
  mkdirSync(join(root, "stacks", "contoso"), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const counted = async (text: string) => {
  writeFileSync(join(root, "stacks", "contoso", "tenant.yaml"), text);
  return await seatCounts({ workspace: openWorkspace(root, root) }, { tenant: undefined });
};

it("counts people and devices by their level, and names who has a licence and no seat", () => {
  const managed = managedSeats(tenantOf(AGREED));
  expect(managed?.counts).toEqual([
    { kind: "device", what: "silver", count: 1 },
    { kind: "person", what: "gold", count: 1 },
    { kind: "person", what: "silver", count: 1 },
  ]);
  expect(managed?.without).toContain("pieter.jansen@contoso.com");
  expect(managed?.without).not.toContain("zoe.bos@contoso.com");
  expect(managedSeats(tenantOf(contosoWith()))).toBeUndefined();
});

it("lists licences and seats for invoices, and nothing where a file is not valid", async () => {
  expect(await counted(AGREED)).toEqual([
    { stack: "contoso", kind: "license", what: "SPB", count: 9 },
    { stack: "contoso", kind: "license", what: "EXCHANGESTANDARD", count: 3 },
    { stack: "contoso", kind: "license", what: "VISIOCLIENT", count: 1 },
    { stack: "contoso", kind: "device", what: "silver", count: 1 },
    { stack: "contoso", kind: "person", what: "gold", count: 1 },
    { stack: "contoso", kind: "person", what: "silver", count: 1 },
  ]);
  await expect(counted(seats("[{ device: Balie, user: zoe.bos@contoso.com }]"))).rejects.toThrow(
    "has a problem",
  );
});

it("refers to users of the file, each of them once", () => {
  const [unknown] = problemsOf(seats("[{ user: zoe.bosch@contoso.com }]"));
  expect(unknown).toMatchObject({
    path: "contract.seats[0].user",
    suggestion: "zoe.bos@contoso.com",
  });
  expect(problemsOf(seats("[{ device: Balie }, { device: Balie }]"))).toHaveLength(1);
});

it("stands in status, where the file says it", async () => {
  const status = await tenantStatus(aWorld().context, { stack: STACK });
  expect(status.seats).toBeUndefined();
  const lines = await statusLines({ ...status, seats: managedSeats(tenantOf(AGREED)) });
  expect(lines.join("\n")).toContain(
    "Managed seats: 1 device at silver, 1 person at gold, 1 person at silver.\nWith a licence and no managed seat:",
  );
});
