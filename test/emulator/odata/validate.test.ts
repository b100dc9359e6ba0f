import { describe, expect, it } from "vitest";
import { propertiesOf, propertyOf } from "../../../emulator/odata/schema.ts";
import { checkObject } from "../../../emulator/odata/validate.ts";

describe("the schema", () => {
  it("knows properties of the type and of its bases", () => {
    expect(propertyOf("user", "assignedLicenses")).toEqual({
      name: "assignedLicense",
      isCollection: true,
      isNullable: false,
    });
    expect(propertiesOf("user")).toContain("deletedDateTime");
    expect(propertyOf("user", "shoeSize")).toBeUndefined();
    expect(propertyOf("user", "constructor")).toBeUndefined();
  });
});

describe("an object", () => {
  it.each([
    ["user", { displayName: "Jan", accountEnabled: true, businessPhones: ["1"] }, []],
    ["user", { shoeSize: 1 }, [["shoeSize", "unknown-property"]]],
    ["user", { toString: 1 }, [["toString", "unknown-property"]]],
    ["user", JSON.parse('{"__proto__":{}}'), [["__proto__", "unknown-property"]]],
    [
      "user",
      { passwordProfile: { password: "x", length: 1 } },
      [["passwordProfile.length", "unknown-property"]],
    ],
    [
      "user",
      { assignedLicenses: [{ skuId: "no guid" }] },
      [["assignedLicenses[0].skuId", "wrong-value"]],
    ],
    ["user", { createdDateTime: "yesterday" }, [["createdDateTime", "wrong-value"]]],
    ["user", { businessPhones: "1" }, [["businessPhones", "wrong-value"]]],
    ["user", { jobTitle: null }, []],
    ["conditionalAccessPolicy", { state: "on" }, [["state", "wrong-value"]]],
    ["namedLocation", { "@odata.type": "#microsoft.graph.ipNamedLocation", isTrusted: true }, []],
    ["namedLocation", { isTrusted: true }, [["isTrusted", "unknown-property"]]],
    [
      "namedLocation",
      { "@odata.type": "#microsoft.graph.user", accountEnabled: true },
      [["accountEnabled", "unknown-property"]],
    ],
  ])("of type %s is checked to the bottom: %j", (type, object, problems) => {
    expect(checkObject(object, type).map(({ path, kind }) => [path, kind])).toEqual(problems);
  });
});
