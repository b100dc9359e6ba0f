import { describe, expect, it } from "vitest";
import type { LookUp } from "../../core/dns-records.ts";
import { hasOurs, lookupProblems, mergedSpf } from "../../core/spf.ts";

const OURS = "v=spf1 include:spf.protection.outlook.com -all";

/** Records by name; a name with "?" in front gives no answer. */
const zoneOf =
  (zone: Readonly<Record<string, string>>): LookUp =>
  async (name) => {
    if (`?${name}` in zone) return { unreachable: "ETIMEOUT" };
    const record = zone[name];
    return { values: record === undefined ? [] : [record] };
  };

describe("the merged SPF record", () => {
  it.each([
    ["ours alone where nothing is there", [], OURS],
    [
      "the customer's senders and qualifier, with ours",
      ["v=spf1 include:news.example ip4:192.0.2.7 ~all"],
      "v=spf1 include:news.example ip4:192.0.2.7 include:spf.protection.outlook.com ~all",
    ],
    [
      "each sender once, whatever the spelling",
      ["v=spf1 +include:SPF.protection.outlook.com a -all"],
      "v=spf1 +include:SPF.protection.outlook.com a -all",
    ],
    [
      "one of two, with the softer end",
      ["v=spf1 include:news.example -all", "v=spf1 mx ~all"],
      "v=spf1 include:news.example mx include:spf.protection.outlook.com ~all",
    ],
    [
      "a redirect, which counts only without an end",
      ["v=spf1 a redirect=_spf.host.example"],
      "v=spf1 a include:spf.protection.outlook.com redirect=_spf.host.example",
    ],
    ["ours at the end where the customer's has none", ["v=spf1 a"], `v=spf1 a ${OURS.slice(7)}`],
  ])("is %s", (_what, present, merged) => {
    expect(mergedSpf(present, OURS)).toBe(merged);
    expect(hasOurs(merged, OURS)).toBe(true);
    // Nothing more happens the second time.
    expect(mergedSpf([merged], OURS)).toBe(merged);
  });
});

describe("the look-ups of a record", () => {
  const TEN = zoneOf({
    "spf.protection.outlook.com": "v=spf1 ip4:192.0.2.0/24 -all",
    "news.example": "v=spf1 include:a.news.example include:b.news.example -all",
    "a.news.example": "v=spf1 a mx exists:x.example ptr -all",
    "b.news.example": "v=spf1 ip6:2001:db8::/32 a -all",
  });
  const record = "v=spf1 include:news.example include:spf.protection.outlook.com ~all";

  it("may be ten, nested ones too", async () => {
    expect(await lookupProblems(`${record.slice(0, -5)} mx ~all`, TEN)).toEqual([]);
  });

  it("are named from the most expensive where there are eleven", async () => {
    expect(await lookupProblems(`${record.slice(0, -5)} mx a:x.example ~all`, TEN)).toEqual([
      {
        ...{ kind: "too-many-lookups", count: 11 },
        terms: [
          { term: "include:news.example", count: 8 },
          { term: "include:spf.protection.outlook.com", count: 1 },
          { term: "mx", count: 1 },
          { term: "a:x.example", count: 1 },
        ],
      },
    ]);
  });

  it("are not known where an include gives no answer", async () => {
    const lookUp = zoneOf({ "?news.example": "" });
    expect(await lookupProblems("v=spf1 include:news.example -all", lookUp)).toEqual([
      { kind: "lookups-unknown", terms: ["include:news.example"] },
    ]);
  });

  it("end where records include each other", async () => {
    const lookUp = zoneOf({ "a.example": "v=spf1 include:a.example -all" });
    const [problem] = await lookupProblems("v=spf1 include:a.example -all", lookUp);
    expect(problem).toMatchObject({ kind: "too-many-lookups", count: 11 });
  });
});
