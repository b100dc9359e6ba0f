import { describe, expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { omissionFindings } from "../../../plan/guards/omitted-sections.ts";
import type { DeclaredSections } from "../../../plan/guards/omitted-sections.ts";
import type { Change } from "../../../plan/model/model.ts";
import { aChange } from "../support.ts";

const declared: DeclaredSections = {
  sections: ["users", "groups", "subscriptions"],
  objects: { user: ["zoe@contoso.com"], group: ["directie"], site: ["/sites/kantoor"] },
};

const deleted = (type: string, name: string): Change =>
  aChange(name, { type, operation: "delete" });

const saidOf = (...changes: Change[]): string[] =>
  omissionFindings(changes, declared).map(({ message }) => message.en);

describe("what was managed and is left out now", () => {
  it.each([
    [NOUNS.groupMembership.type, "directie-members", "`members` of directie"],
    [NOUNS.groupLicense.type, "directie-licenses", "`licenses` of directie"],
    [NOUNS.userLicense.type, "zoe@contoso.com-licenses", "`licenses` of zoe@contoso.com"],
    [NOUNS.sitePermissions.type, "/sites/kantoor-permissions", "`permissions` of /sites/kantoor"],
  ])("is found when %s would be taken from something still declared", (type, name, what) => {
    expect(saidOf(deleted(type, name))).toEqual([
      `${what} was managed and is left out of the file now`,
    ]);
  });

  it("is found once for all objects of a section", () => {
    const sites = ["/sites/a", "/sites/b"].map((url) => deleted(NOUNS.site.type, url));
    const [finding, ...others] = omissionFindings(sites, declared);
    expect(finding).toMatchObject({ code: "left-out", clearedBy: "declaration" });
    expect(finding?.urns).toEqual(sites.map(({ urn }) => urn));
    expect(others).toEqual([]);
  });

  it("lets a list go with the object that it belonged to", () => {
    expect(saidOf(deleted(NOUNS.userLicense.type, "ruben@contoso.com-licenses"))).toEqual([]);
  });

  it("leaves what was taken out of a section to the other guards", () => {
    expect(saidOf(deleted(NOUNS.user.type, "ruben@contoso.com"))).toEqual([]);
  });
});
