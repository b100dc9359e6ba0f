import { describe, expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { omissionFindings } from "../../../plan/guards/omitted-sections.ts";
import { aChange } from "../support.ts";

const sites = ["/sites/a", "/sites/b"].map((url) =>
  aChange(url, { type: NOUNS.site.type, operation: "delete" }),
);

describe("a section that was managed and is left out now", () => {
  it("is found once for all its objects", () => {
    const [finding, ...others] = omissionFindings(sites, ["users", "groups", "subscriptions"]);
    expect(finding).toMatchObject({
      code: "left-out",
      clearedBy: "declaration",
      message: { en: "`sites` was managed and is no longer in the file" },
    });
    expect(finding?.urns).toEqual(sites.map(({ urn }) => urn));
    expect(others).toEqual([]);
  });

  it("is none where it stands in the file, be it empty, or where its objects are let go of", () => {
    expect(omissionFindings(sites, ["sites"])).toEqual([]);
    const released = sites.map((change) => ({ ...change, operation: "forget" as const }));
    expect(omissionFindings(released, [])).toEqual([]);
  });
});
