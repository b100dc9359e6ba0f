import { describe, expect, it } from "vitest";
import { licensedUserHasUsageLocation } from "../../policies/licensed-user-has-usage-location.ts";
import { stackWith, user, violationsOf } from "./support/stack.ts";

describe("m365-licensed-user-has-usage-location", () => {
  it.each(["anna@contoso.com", "piet@contoso.com"])(
    "refuses %s without a usage location, licensed directly or through a group",
    (name) => {
      const resources = stackWith(user(name, { usageLocation: undefined }));
      expect(violationsOf(licensedUserHasUsageLocation, resources)).toEqual([
        `${name} gets a licence but has no usageLocation`,
      ]);
    },
  );

  it("asks nothing of somebody without a licence", () => {
    const resources = stackWith(user("temp@contoso.com", { usageLocation: undefined }));
    expect(violationsOf(licensedUserHasUsageLocation, resources)).toEqual([]);
  });
});
