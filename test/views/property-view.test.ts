/** One property in words: what says nothing is left out, and products go by their names. */
import { expect, it } from "vitest";
import { localeOf } from "../../core/i18n/format.ts";
import { propertyView } from "../../views/property-view.ts";
import { property } from "../plan/support.ts";

it("names a product as people know it, without the parts that nothing is said of", () => {
  const given = (disabledPlans: readonly string[]) =>
    propertyView(property("licenses", [], [{ sku: "SPB", disabledPlans }]), localeOf("nl")).list
      ?.added;
  expect(given([])).toEqual(["Microsoft 365 Business Premium"]);
  expect(given(["TEAMS1"])).toEqual([
    "Microsoft 365 Business Premium (uitgeschakelde onderdelen TEAMS1)",
  ]);
  const sku = propertyView(property("sku", undefined, "EXCHANGESTANDARD"), localeOf("en"));
  expect(sku.after).toBe("Exchange Online (Plan 1)");
});
