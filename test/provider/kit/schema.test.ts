import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineResource } from "../../../provider/kit/define.ts";
import { azureadPackage, m365Package } from "../../../provider/registry.ts";
import { packageSchema } from "../../../provider/kit/schema.ts";

const shelf = defineResource({
  token: "m365:test:Shelf",
  summary: "A shelf.",
  inputs: z.strictObject({
    label: z.string().describe("What stands on it."),
    books: z.array(z.strictObject({ title: z.string(), pages: z.int().optional() })),
    prices: z.record(z.string(), z.number()).optional(),
    key: z.string().optional(),
    side: z.union([z.string(), z.number()]).optional(),
  }),
  outputs: z.strictObject({ shelfId: z.string(), remark: z.string().optional() }),
  secrets: ["key"],
  permissions: { read: [], write: [] },
  sources: [],
  replaceOn: ["label"],
  read: async () => undefined,
  reconcile: async () => ({ id: "1", outputs: { shelfId: "1" } }),
  remove: async () => undefined,
  describe: () => ({ section: "other", nl: "", en: "", severity: "routine", affected: [] }),
});

interface Schema {
  readonly types: Record<string, unknown>;
  readonly provider: unknown;
  readonly resources: Record<
    string,
    {
      inputProperties: Record<string, unknown>;
      requiredInputs: string[];
      properties: Record<string, unknown>;
      required: string[];
    }
  >;
}

const schema = packageSchema({
  name: "m365",
  version: "1.2.3",
  config: z.strictObject({ tenantId: z.string() }),
  resources: [shelf],
}) as unknown as Schema;

describe("a package's schema", () => {
  it("names the package, its configuration and each resource", () => {
    expect(schema).toMatchObject({
      name: "m365",
      version: "1.2.3",
      provider: { requiredInputs: ["tenantId"] },
      resources: { "m365:test:Shelf": { description: "A shelf." } },
    });
  });

  it("tells what is declared from what the service adds, and what must be there", () => {
    const resource = schema.resources["m365:test:Shelf"];
    expect(resource?.requiredInputs).toEqual(["label", "books"]);
    expect(resource?.required).toEqual(["label", "books", "shelfId"]);
    expect(Object.keys(resource?.inputProperties ?? {})).not.toContain("shelfId");
    expect(resource?.properties.shelfId).toEqual({ type: "string" });
  });

  it("marks secrets and what cannot change in place, and carries descriptions", () => {
    const inputs = schema.resources["m365:test:Shelf"]?.inputProperties;
    expect(inputs?.key).toEqual({ type: "string", secret: true });
    expect(inputs?.label).toEqual({
      type: "string",
      description: "What stands on it.",
      replaceOnChanges: true,
    });
  });

  it("gives nested objects types of their own, maps their values, and the rest as any", () => {
    const inputs = schema.resources["m365:test:Shelf"]?.inputProperties;
    expect(inputs?.books).toEqual({
      type: "array",
      items: { $ref: "#/types/m365:test:ShelfBooks" },
    });
    expect(schema.types["m365:test:ShelfBooks"]).toEqual({
      type: "object",
      properties: { title: { type: "string" }, pages: { type: "integer" } },
      required: ["title"],
    });
    expect(inputs?.prices).toEqual({
      type: "object",
      additionalProperties: { type: "number" },
    });
    expect(inputs?.side).toEqual({ $ref: "pulumi.json#/Any" });
  });

  it.each([m365Package, azureadPackage])("of $name refers only to types that it has", (served) => {
    const { types, resources } = packageSchema(served) as unknown as Schema;
    const text = JSON.stringify({ types, resources });
    for (const [, name = ""] of text.matchAll(/"#\/types\/([^"]+)"/g)) {
      expect(Object.keys(types)).toContain(name);
    }
    expect(Object.keys(resources)).toEqual(served.resources.map(({ token }) => token));
    expect(text).not.toContain('"__meta"');
  });
});
