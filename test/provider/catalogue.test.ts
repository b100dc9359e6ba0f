import { describe, expect, it } from "vitest";
import {
  describe as describeChange,
  providerPackages,
  serviceAssigned,
} from "../../provider/catalogue.ts";

describe("the catalogue", () => {
  it("finds the words of a change at its own resource", () => {
    const change = {
      type: "m365:sharepoint:Site",
      operation: "create" as const,
      before: undefined,
      after: {
        url: "https://contoso.sharepoint.com/sites/finance",
        title: "Finance",
        owner: "anna@contoso.com",
      },
      changedPaths: [],
    };
    expect(describeChange(change)).toMatchObject({
      section: "sites",
      nl: expect.stringContaining("Finance") as string,
      en: expect.stringContaining("Finance") as string,
    });
  });

  it("has no words for a type that nobody here serves", () => {
    const change = { operation: "create", before: undefined, after: {}, changedPaths: [] } as const;
    expect(describeChange({ ...change, type: "aws:s3:Bucket" })).toBeUndefined();
  });

  it("lets only inputs be unknown that the resource has", () => {
    const resources = providerPackages.flatMap((served) => served.resources);
    expect(Object.keys(serviceAssigned)).toEqual(resources.map(({ token }) => token));
    for (const { token, inputs } of resources) {
      for (const path of serviceAssigned[token] ?? []) {
        const [key = ""] = path.split(/[.[]/);
        expect(Object.keys(inputs.shape), token).toContain(key);
      }
    }
  });

  it("has each type once", () => {
    const tokens = providerPackages.flatMap(({ resources }) => resources.map(({ token }) => token));
    expect(new Set(tokens).size).toBe(tokens.length);
  });
});
