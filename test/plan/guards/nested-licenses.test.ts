/** Licences of a group stop at its direct members, and that is said beside the plan. */
import { expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { nestedLicenseFindings } from "../../../plan/guards/nested-licenses.ts";
import { aChange } from "../support.ts";

const urnOf = (type: string, name: string) => `urn:pulumi:contoso::tenantry::${type}::${name}`;
const joined = (operation: "update" | "delete" = "update") => {
  const { type } = NOUNS.groupMembership;
  const urn = urnOf(type, "office-members");
  return aChange(urn, { urn, type, operation, name: "Kantoor", properties: [] });
};

it("names the group of which something changes, and stops nothing", () => {
  expect(nestedLicenseFindings([joined()], ["office"])).toMatchObject([
    {
      code: "licenses-not-nested",
      clearedBy: "none-needed",
      urns: [joined().urn],
      message: {
        en: "The licences of the group Kantoor do not reach who is in it only through another group",
      },
    },
  ]);
});

it("says nothing of groups without licences or without groups, or that go", () => {
  expect(nestedLicenseFindings([joined()], ["sales"])).toEqual([]);
  expect(nestedLicenseFindings([joined()])).toEqual([]);
  expect(nestedLicenseFindings([joined("delete")], ["office"])).toEqual([]);
});
