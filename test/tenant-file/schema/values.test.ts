import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { groupName } from "../../../tenant-file/schema/group-name.ts";
import { siteUrl } from "../../../tenant-file/schema/sites.ts";
import {
  calendarDay,
  countryCode,
  domainName,
  emailAddress,
  guid,
  phoneNumber,
  text,
  userPrincipalName,
} from "../../../tenant-file/schema/values.ts";

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe("calendar days", () => {
  it.each(["2026-01-01", "2028-02-29", "2026-12-31"])("accepts %s", (day) => {
    expect(accepts(calendarDay, day)).toBe(true);
  });
  it.each([
    "2028-02-30",
    "2026-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "31-12-2028",
    "2026-1-1",
    "2026-01-01T00:00:00Z",
  ])("refuses %s", (day) => {
    expect(accepts(calendarDay, day)).toBe(false);
  });
});

describe("user principal names", () => {
  it("are compared in lower case, with the domain in ASCII form", () => {
    expect(userPrincipalName.parse("Emma.Smit@CONTOSO.com")).toBe("emma.smit@contoso.com");
    expect(userPrincipalName.parse("zoe@BÜCHER.example")).toBe("zoe@xn--bcher-kva.example");
    expect(userPrincipalName.parse("zoe@xn--bcher-kva.example")).toBe("zoe@xn--bcher-kva.example");
  });
  it("take all of Graph's characters and 64 of them", () => {
    expect(accepts(userPrincipalName, "o'brien-a_b!c#d^e~1@contoso.com")).toBe(true);
    expect(accepts(userPrincipalName, `${"a".repeat(64)}@contoso.com`)).toBe(true);
  });
  it.each([
    ["65 characters", `${"a".repeat(65)}@contoso.com`],
    ["a domain of 49 characters", `a@${"b".repeat(45)}.com`],
    ["a space", "emma smit@contoso.com"],
    ["an accent", "zoë@contoso.com"],
    ["two @", "a@b@contoso.com"],
    ["no domain", "emma@"],
    ["no dot in the domain", "emma@localhost"],
    ["a dot at the end", "emma.@contoso.com"],
    ["two dots", "emma..smit@contoso.com"],
    ["no @", "emma"],
  ])("refuse %s", (_, name) => {
    expect(accepts(userPrincipalName, name)).toBe(false);
  });
});

describe("guests", () => {
  it.each(["x_gmail.com#EXT#@contoso.com", "x_gmail.com#ext#@contoso.onmicrosoft.com"])(
    "are refused by name: %s",
    (name) => {
      for (const schema of [userPrincipalName, emailAddress]) {
        expect(schema.safeParse(name).error?.issues).toMatchObject([
          { message: "This is a guest, not a user of this tenant" },
        ]);
      }
    },
  );
});

describe("domains", () => {
  it("are turned into ASCII", () => {
    expect(domainName.parse("Bücher.Example")).toBe("xn--bcher-kva.example");
  });
  it.each([
    "contoso",
    "-contoso.com",
    "contoso..com",
    "con toso.com",
    "contoso.com/",
    "contoso.com?x",
    "contoso.com#x",
    "cont%6fso.com",
    "contoso.com:443",
    "1.2.3.4",
    "cont\u034Foso.com",
    "cont\u00ADoso.com",
    "contoso.com\uFE0F",
    "",
  ])("refuse %j", (domain) => {
    expect(accepts(domainName, domain)).toBe(false);
  });
});

describe("texts", () => {
  it("are brought to Unicode's composed form", () => {
    expect(text(10).parse("Zoe\u0308")).toBe("Zo\u00EB");
  });
  it.each([
    ["too long", "x".repeat(11)],
    ["empty", ""],
    ["with a space in front", " a"],
    ["on two lines", "a\nb"],
    ["with a right-to-left override", "a\u202Eb"],
    ["with half a surrogate pair", "a\uD800"],
  ])("are refused %s", (_, value) => {
    expect(accepts(text(10), value)).toBe(false);
  });
  it("may hold emoji and right-to-left letters", () => {
    expect(accepts(text(10), "🎉 علي")).toBe(true);
  });
});

describe("other values", () => {
  it.each(["/sites/jaarrekening", "/teams/a", "/Sites/Jaar-Rekening_2026", "/sites/v1.2"])(
    "takes %s as a site",
    (url) => {
      expect(siteUrl.parse(url)).toBe(url.toLowerCase());
    },
  );
  it.each([
    "/sites/",
    "/sites/a/b",
    "/sites/a b",
    "/sites/a%20b",
    "/sites/../x",
    "/sites/a..b",
    "/sites/.a",
    "/sites/a.",
    "/sites/a#b",
    "sites/a",
    "/other/a",
    `/sites/${"a".repeat(129)}`,
    "https://contoso.sharepoint.com/sites/a",
  ])("refuses %s as a site", (url) => {
    expect(accepts(siteUrl, url)).toBe(false);
  });

  it.each(["finance", "Finance.NL", "a".repeat(64), "a&b"])("takes %s as a group name", (name) => {
    expect(groupName.parse(name)).toBe(name.toLowerCase());
  });
  it.each(Array.from('@()\\[]";:<>, é'))("refuses %j in a group name", (character) => {
    expect(accepts(groupName, `a${character}b`)).toBe(false);
  });
  it("refuses a group name of 65 characters", () => {
    expect(accepts(groupName, "a".repeat(65))).toBe(false);
  });

  it.each(["NL", "NO", "CW", "GB"])("takes %s as a country", (code) => {
    expect(accepts(countryCode, code)).toBe(true);
  });
  it.each(["nl", "UK", "EU", "ZZ", "NLD", ""])("refuses %s as a country", (code) => {
    expect(accepts(countryCode, code)).toBe(false);
  });

  it("takes GUIDs in upper case and turns them to lower case", () => {
    const id = "7F3D9A52-1C84-4B6E-9D20-8E5B6A41C3F7";
    expect(guid.parse(id)).toBe(id.toLowerCase());
    expect(accepts(guid, "7F3D9A52")).toBe(false);
  });

  it.each(["+31 20 555 0101", "+31 (0)20-5550101"])("takes %s as a telephone number", (number) => {
    expect(accepts(phoneNumber, number)).toBe(true);
  });
  it.each(["020 555 0101", "+31 20 call me", "+"])("refuses %s as a telephone number", (number) => {
    expect(accepts(phoneNumber, number)).toBe(false);
  });

  it("takes mail addresses that Microsoft would not give a user", () => {
    expect(emailAddress.parse("M.Vries+board@Contoso.com")).toBe("m.vries+board@contoso.com");
    expect(accepts(emailAddress, "m vries@contoso.com")).toBe(false);
  });
});
