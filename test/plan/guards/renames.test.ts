import { describe, expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { renameFindings } from "../../../plan/guards/renames.ts";
import { safeguardFindings } from "../../../plan/guards/safeguards.ts";
import { rulesInForce } from "../../../plan/guards/rules.ts";
import type { Change } from "../../../plan/model/model.ts";
import { renderText } from "../../../views/render-text.ts";
import { planDigest } from "../../../plan/model/digest.ts";
import { noDeclarations } from "../logs.ts";
import { aChange, aPlan, options, property } from "../support.ts";

const facts = {
  ...noDeclarations.guards,
  ...rulesInForce(noDeclarations.rules),
  existing: { people: 100, mailboxes: 0, sites: 0, licenses: 0 },
};
const codes = (...changes: Change[]): string[] =>
  safeguardFindings({ changes, consequences: [] }, facts).map(({ code }) => code);

describe("one that goes while another comes", () => {
  const gone = aChange("anna.jansen@contoso.com", {
    operation: "delete",
    properties: [
      property("displayName", "Anna Jansen", undefined),
      property("mobilePhone", "+31 6 1234", undefined),
    ],
  });
  const come = (...properties: Change["properties"]): Change =>
    aChange("anna.devries@contoso.com", { properties });

  it("may have been renamed where they look alike: the refusal asks", () => {
    const likely = come(
      property("displayName", undefined, "Anna de Vries"),
      property("mobilePhone", undefined, "+31 6 1234"),
    );
    expect(safeguardFindings({ changes: [gone, likely], consequences: [] }, facts)).toEqual([
      {
        code: "renamed-or-replaced",
        ...{ source: "safeguard", clearedBy: "declaration", urns: [gone.urn, likely.urn] },
        message: {
          nl: "anna.jansen@contoso.com gaat weg en anna.devries@contoso.com komt erbij: hernoemd of vervangen?",
          en: "anna.jansen@contoso.com is removed and anna.devries@contoso.com is added: renamed or replaced?",
        },
      },
    ]);
  });

  it("are told apart by their addresses where they have one name (K8)", () => {
    const both = [gone, come(property("mobilePhone", undefined, "+31 6 1234"))];
    const changes = both.map((change) => ({ ...change, name: "Anna" }));
    const [finding] = safeguardFindings({ changes, consequences: [] }, facts);
    expect(finding?.message.en).toBe(
      "Anna (anna.jansen@contoso.com) is removed and Anna (anna.devries@contoso.com) is added: renamed or replaced?",
    );
  });

  it("is another person where they do not", () => {
    expect(codes(gone, come(property("displayName", undefined, "Bob Smit")))).toEqual([
      "remove-entry-missing",
    ]);
    expect(codes(gone)).toEqual(["remove-entry-missing"]);
  });

  it("asks nothing of a site, whose address stays: its files would go", () => {
    const { type } = NOUNS.site;
    const old = aChange("/sites/finance", {
      ...{ type, operation: "delete" },
      properties: [property("title", "Finance", undefined)],
    });
    const moved = aChange("/sites/money", {
      ...{ type, properties: [property("title", undefined, "Finance")] },
    });
    expect(safeguardFindings({ changes: [old, moved], consequences: [] }, facts)).toEqual([
      {
        code: "site-address-changed",
        ...{ source: "safeguard", clearedBy: "declaration", urns: [old.urn, moved.urn] },
        message: {
          nl: "/sites/finance krijgt een ander adres: de oude site gaat dan weg met alle bestanden, en /sites/money begint leeg",
          en: "/sites/finance gets another address: the old site would be removed with all its files, and /sites/money would start empty",
        },
      },
    ]);
  });

  it("is no question once the file says that one is to be removed", () => {
    const likely = come(property("mobilePhone", undefined, "+31 6 1234"));
    const remove = [{ object: gone.name, reason: "Leaves", data: "Kept" }];
    expect(
      safeguardFindings({ changes: [gone, likely], consequences: [] }, { ...facts, remove }),
    ).toEqual([]);
  });
});

describe("a rename", () => {
  const found = aChange("anna.devries@contoso.com", {
    operation: "update",
    options: { ...options, aliases: ["anna.jansen@contoso.com"] },
  });
  const formerUrn =
    "urn:pulumi:contoso::tenantry::azuread:index/user:User::anna.jansen@contoso.com";
  const renamed: Change = { ...found, formerUrn };

  it("is shown as one and covered by the digest, with its alias", () => {
    const plan = aPlan([renamed]);
    expect(renderText(plan, { language: "en" })).toContain(
      "Formerly anna.jansen@contoso.com in the file",
    );
    const plain = aPlan([{ ...renamed, options }]);
    expect(new Set([plan, aPlan([found]), plain].map(planDigest)).size).toBe(3);
  });

  it("that was applied already, or finds nothing, can be taken out of the file", () => {
    expect(renameFindings([found])).toMatchObject([
      { code: "former-name-unused", clearedBy: "none-needed" },
    ]);
    expect(renameFindings([renamed])).toEqual([]);
  });
});
