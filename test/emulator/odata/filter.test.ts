import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalities, matches } from "../../../emulator/odata/filter.ts";
import { FilterSyntaxError, parseFilter } from "../../../emulator/odata/filter-parser.ts";

const jan = {
  displayName: "Jan O'Neil",
  accountEnabled: true,
  count: 3,
  department: null,
  createdDateTime: "2026-11-02T09:00:00Z",
  proxyAddresses: ["SMTP:jan@contoso.com", "smtp:j@contoso.com"],
  assignedLicenses: [{ skuId: "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46" }],
  employeeOrgData: { division: "Noord" },
};

describe("a filter", () => {
  it.each([
    ["displayName eq 'jan o''neil'", true],
    ["displayName ne 'x'", true],
    ["accountEnabled", true],
    ["not accountEnabled", false],
    ["count gt 2 and count le 3", true],
    ["count lt 3 or count ge 4", false],
    ["department eq null", true],
    ["department ne null", false],
    ["department gt 'A'", false],
    ["createdDateTime ge 2026-11-01T00:00:00Z", true],
    ["endswith(displayName,'NEIL')", true],
    ["contains(displayName,'zzz') eq false", true],
    ["proxyAddresses/any(p:startsWith(p,'smtp:jan'))", true],
    ["proxyAddresses/any(p:p eq 'smtp:x@contoso.com')", false],
    ["proxyAddresses/all(p:endsWith(p,'@contoso.com'))", true],
    ["assignedLicenses/any(l:l/skuId eq cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46)", true],
    ["assignedLicenses/$count eq 1", true],
    ["employeeOrgData/division in ('Zuid', 'noord')", true],
    ["(count eq 1 or count eq 3) and not(displayName eq 'Piet')", true],
  ])("%s", (text, expected) => {
    expect(matches(parseFilter(text), jan)).toBe(expected);
  });

  it.each([
    "",
    "displayName",
    "eq 'x'",
    "displayName eq",
    "displayName eq 'x",
    "(count eq 1",
    "count eq 1)",
    "a eq 1 and",
    "a in ()",
    "startsWith(a)",
    "a like 'x'",
    "§ eq 1",
  ])("of wrong form is refused and never crashes: %s", (text) => {
    const isBare = text === "displayName";
    if (isBare) expect(parseFilter(text)).toMatchObject({ kind: "compare", value: true });
    else expect(() => parseFilter(text)).toThrow(FilterSyntaxError);
  });

  it("compares any text, however it is written, with itself only", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, other) => {
        const filter = parseFilter(`displayName eq '${value.replaceAll("'", "''")}'`);
        expect(matches(filter, { displayName: value })).toBe(true);
        expect(matches(filter, { displayName: `${value}${other}x` })).toBe(false);
      }),
    );
  });

  it("never throws anything but its own error, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseFilter(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FilterSyntaxError);
        }
      }),
    );
  });
});

describe("what a filter asks for", () => {
  it("is an index where all depends on equality", () => {
    expect(equalities(parseFilter("accountEnabled eq true and mail eq 'a@b.nl'"))).toEqual([
      { path: "mail", values: ["a@b.nl"] },
    ]);
    expect(equalities(parseFilter("id in ('1','2')"))).toEqual([
      { path: "id", values: ["1", "2"] },
    ]);
    expect(equalities(parseFilter("mail eq 'a' or mail eq 'b'"))).toEqual([]);
    expect(equalities(parseFilter("not(mail eq 'a')"))).toEqual([]);
  });
});
