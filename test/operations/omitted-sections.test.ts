import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { refuseLeftOut } from "../../operations/omitted-sections.ts";
import type { Plan } from "../../plan/model/model.ts";
import { parseTenant } from "../../tenant-file/load.ts";
import type { Tenant } from "../../tenant-file/tenant-schema.ts";

/** A sample without what stands at the path. */
function sampleWithout(...path: (string | number)[]): Tenant {
  return sample("contoso", path);
}

function sample(name: string, left: readonly (string | number)[]): Tenant {
  const url = new URL(`../../stacks/${name}/tenant.yaml`, import.meta.url);
  const file = parseDocument(readFileSync(url, "utf8"));
  if (left.length > 0) file.deleteIn(left);
  const parsed = parseTenant(file.toString(), "tenant.yaml");
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.tenant;
}

/** A plan that deletes one resource; the rule reads nothing else of a plan. */
function deleting(type: string, name: string): Plan {
  const change = {
    operation: "delete",
    type,
    urn: `urn:pulumi:contoso::tenantry::${type}::${name}`,
  };
  return { changes: [change] } as unknown as Plan;
}

describe("what was managed and is left out now", () => {
  it.each([
    ["m365:directory:GroupMembership", "directie-members", ["groups", 3, "members"]],
    ["m365:licensing:GroupLicense", "kantoor-licenses", ["groups", 0, "licenses"]],
    ["m365:licensing:UserLicense", "zoe.bos@contoso.com-licenses", ["users", 9, "licenses"]],
    ["m365:sharepoint:SitePermissions", "/sites/kantoor-permissions", ["sites", 1, "permissions"]],
  ])("refuses to take %s away from something that is still declared", (type, name, path) => {
    const key = String(path.at(-1));
    expect(() => {
      refuseLeftOut(deleting(type, name), sampleWithout(...path));
    }).toThrow(new RegExp(`\`${key}\` of .* was managed and is left out`));
  });

  it("refuses to remove the objects of a section that is left out", () => {
    expect(() => {
      refuseLeftOut(deleting("m365:sharepoint:Site", "/sites/kantoor"), sample("fabrikam", []));
    }).toThrow(/`sites` was managed and is left out/);
  });

  it("lets a list go with the object that it belonged to", () => {
    const gone = deleting("m365:licensing:UserLicense", "ruben.meijer@contoso.com-licenses");
    expect(() => {
      refuseLeftOut(gone, sampleWithout());
    }).not.toThrow();
  });

  it("leaves an object that was taken out of a section to the other rules", () => {
    expect(() => {
      refuseLeftOut(deleting("m365:sharepoint:Site", "/sites/oud"), sampleWithout());
    }).not.toThrow();
  });
});
