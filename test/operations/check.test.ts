import { expect, it } from "vitest";
import { checkTenant } from "../../operations/check.ts";
import { aWorld, STACK } from "./support.ts";

const OK = { name: "clock", state: "ok", found: "0 s behind Microsoft's" } as const;
const NONE = { name: "backup", state: "not looked", found: "none is declared" } as const;
const WRONG = { name: "consent", state: "problem", found: "nothing was granted" } as const;

it.each([
  { findings: [OK, NONE], healthy: true },
  { findings: [OK, WRONG], healthy: false },
])("is healthy without a problem: $healthy", async ({ findings, healthy }) => {
  const context = aWorld().with({ examineTenant: async () => findings });
  expect(await checkTenant(context, { stack: STACK })).toEqual({ stack: STACK, healthy, findings });
});

it("gives no half result after Ctrl-C", async () => {
  const context = aWorld().with({ signal: AbortSignal.abort() });
  await expect(checkTenant(context, { stack: STACK })).rejects.toMatchObject({
    code: "interrupted",
  });
});
