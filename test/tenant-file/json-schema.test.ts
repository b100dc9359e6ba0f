import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { tenantJsonSchema } from "../../tenant-file/json-schema.ts";
import { tenantSchema } from "../../tenant-file/tenant-schema.ts";
import { contoso, contosoWith, fabrikam, samplesDirectory } from "./contoso.ts";

const script = new URL("../../scripts/generate-tenant-schema.ts", import.meta.url).pathname;
const file = `${samplesDirectory}tenant.schema.json`;

describe("the JSON Schema for editors", () => {
  it("is as generated from the schema", async () => {
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(tenantJsonSchema());
    await promisify(execFile)(process.execPath, [script, "--check"]);
  }, 60_000);

  const asSchema = z.fromJSONSchema(tenantJsonSchema());

  it.each([
    ["contoso", contoso],
    ["fabrikam", fabrikam],
    ["upper case in addresses", contosoWith(["owner: daan.visser@", "owner: Daan.Visser@"])],
  ])("accepts %s", (_, text) => {
    expect(asSchema.safeParse(parse(text)).error?.issues).toBeUndefined();
  });

  it.each([
    ["an unknown key", "serviceLevel:", "servicelevel:"],
    ["an unknown product", "sku: SPB", "sku: SBP"],
    ["a wrong type", "count: 9", "count: nine"],
    [
      "a user beside a group",
      "- group: finance",
      "- user: emma.smit@contoso.com\n        group: finance",
    ],
  ])("refuses %s", (_, from, to) => {
    expect(asSchema.safeParse(parse(contosoWith([from, to]))).success).toBe(false);
  });

  it("describes every section", () => {
    const { properties } = tenantJsonSchema() as {
      properties: Record<string, { description?: string }>;
    };
    expect(Object.keys(properties)).toEqual(Object.keys(tenantSchema.shape));
    for (const section of Object.values(properties)) expect(section.description).toBeTruthy();
  });
});
