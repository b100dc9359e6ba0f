import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { BREAKS } from "../../approval/ledger.ts";
import { REFUSAL_CODES } from "../../approval/refusals.ts";

describe("docs/approval.md", () => {
  it("explains every code with which an approval or an entry is refused", async () => {
    const text = await readFile(new URL("../../docs/approval.md", import.meta.url), "utf8");
    const codes = [...REFUSAL_CODES, ...Object.keys(BREAKS)];
    expect(codes.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });
});
