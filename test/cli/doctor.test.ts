import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { call, folderWith } from "./support/program.ts";

async function recoveryIn(settings: string): Promise<unknown> {
  const folder = folderWith(["example"]);
  writeFileSync(join(folder, "tenantry.yaml"), settings);
  const { printed } = await call(["doctor", "--json"], folder);
  const { findings } = JSON.parse(printed) as { findings: readonly { name: string }[] };
  return findings.find(({ name }) => name === "Recovery");
}

it("asks for a rehearsal of recovery where tenants are real", { timeout: 60_000 }, async () => {
  expect(await recoveryIn("service: microsoft\n")).toMatchObject({
    state: "missing",
    found: "never rehearsed here",
    advice:
      "`tenantry backup rehearse <file>`, by each holder, proves that a backup opens (docs/recovery.md).",
  });
  expect(await recoveryIn("service: emulator\n")).toBeUndefined();
});
