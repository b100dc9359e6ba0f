import { expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { licenseNeedFindings, needsNoLicenseAnyMore } from "../../../plan/guards/shared-people.ts";
import { aChange, property } from "../support.ts";

const converting = (withoutLicense: boolean) =>
  aChange("anna@contoso.com-mailbox-type", {
    ...{ type: NOUNS.userMailboxType.type, section: "people", name: "Anna", operation: "create" },
    properties: [property("withoutLicense", undefined, withoutLicense)],
  });

it("looks only at mailboxes that are to do without a licence", () => {
  expect([true, false].map((one) => needsNoLicenseAnyMore(converting(one)))).toEqual([true, false]);
});

it("refuses a plan for a mailbox that needs a licence, with every reason", () => {
  const change = converting(true);
  const needs = [
    { nl: "62 GB, en zonder licentie mag het 50 GB zijn", en: "62 GB, and without 50 GB" },
    { nl: "er is een archief", en: "it has an archive" },
  ];
  expect(licenseNeedFindings([change], new Map([[change.urn, needs]]))).toMatchObject([
    {
      ...{ code: "mailbox-needs-license", clearedBy: "declaration" },
      message: {
        nl: "De mailbox van Anna kan niet zonder licentie: 62 GB, en zonder licentie mag het 50 GB zijn, er is een archief",
      },
    },
  ]);
  expect(licenseNeedFindings([change], new Map())).toEqual([]);
  expect(licenseNeedFindings([change], undefined)).toEqual([]);
});
