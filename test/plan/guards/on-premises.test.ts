/** What a directory on premises masters is never written from here. */
import { expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { onPremisesFindings, takenOverNames } from "../../../plan/guards/on-premises.ts";
import { findingsOf } from "../../../plan/guards/findings.ts";
import { compareWithBase } from "../../../plan/base.ts";
import { grain } from "../../../provider/index.ts";
import { noDeclarations } from "../logs.ts";
import { aChange, JUDGED, property } from "../support.ts";

const changed = { operation: "update" as const };
const renamed = aChange("anna@contoso.com", {
  ...{ ...changed, name: "Anna" },
  properties: [property("displayName", "Anna", "Ann")],
});

const declared = (names: readonly string[]) => ({ declared: names, applied: [] });

it("refuses what is mastered there and everybody who is not here yet, and tells of a name from there", () => {
  const retitled = aChange("cor@contoso.com", {
    ...{ ...changed, name: "Cor" },
    properties: [property("jobTitle", "Buyer", "Clerk")],
  });
  const made = aChange("bram@contoso.com", { name: "Bram" });
  const names = ["anna@contoso.com", "bram@contoso.com", "cor@contoso.com"];
  expect(
    onPremisesFindings([renamed, made, retitled, aChange("dan@contoso.com")], declared(names)),
  ).toMatchObject([
    {
      ...{ code: "mastered-on-premises", clearedBy: "none-needed", urns: [renamed.urn] },
      message: {
        en: "Anna comes from the directory on premises, which masters this: displayName",
      },
    },
    {
      ...{ code: "mastered-on-premises", clearedBy: "nothing", urns: [made.urn] },
      message: { en: "Bram comes from the directory on premises and is not here yet" },
    },
    { code: "mastered-on-premises", clearedBy: "nothing", urns: [retitled.urn] },
  ]);
});

it("takes over a name only where the tenant has it by the first write", () => {
  const base = { id: "5f1c", key: {} };
  const change = { ...renamed, base };
  const findings = onPremisesFindings([change], declared(["anna@contoso.com"]));
  const states = ["Ann", "Anna"].map((displayName) => {
    const object = { id: "5f1c", inputs: { displayName } };
    const [start = change] = takenOverNames({ changes: [change], findings });
    return compareWithBase(start, { object, holder: undefined }, grain).state;
  });
  expect(states).toEqual(["at-target", "moved"]);
  expect(takenOverNames({ changes: [change], findings: [] })).toEqual([change]);
});

it("is one of the findings of a plan", () => {
  const { guards, rules } = noDeclarations;
  const facts = { ...guards, onPremises: ["anna@contoso.com"] };
  const found = findingsOf({ ...JUDGED, changes: [renamed] }, { facts, rules });
  expect(found.map(({ code }) => code)).toEqual(["mastered-on-premises"]);
});

it.each([
  ["their country of use", { ...changed, properties: [property("usageLocation", "NL", "BE")] }],
  [
    "what is no longer managed",
    {
      ...changed,
      properties: [{ path: "jobTitle", kind: "released" as const, before: "Buyer", secret: false }],
    },
  ],
  ["their licences", { ...changed, type: NOUNS.userLicense.type }],
  ["their take-over", { operation: "adopt" as const }],
])("lets pass %s", (_what, change) => {
  expect(
    onPremisesFindings([aChange("anna@contoso.com", change)], declared(["anna@contoso.com"])),
  ).toEqual([]);
});

it("lets somebody be blocked, and says that it has to be done there too", () => {
  const properties = [property("accountEnabled", true, false)];
  const blocked = aChange("anna@contoso.com", { ...changed, name: "Anna", properties });
  expect(onPremisesFindings([blocked], declared(["anna@contoso.com"]))).toMatchObject([
    {
      ...{ code: "block-there-too", clearedBy: "none-needed" },
      message: { en: expect.stringContaining("in the directory on premises too") as string },
    },
  ]);
  expect(onPremisesFindings([blocked], declared([]))).toEqual([]);
});

it("refuses to remove whoever came from there, as the state has it: no file names them any more", () => {
  const gone = aChange("anna@contoso.com", { operation: "delete", name: "Anna" });
  const { guards, rules } = noDeclarations;
  const remove = [{ object: "anna@contoso.com", reason: "Left", data: "Kept" }];
  const facts = { ...guards, remove };
  const findings = (cameFromOnPremises: readonly string[]) =>
    findingsOf({ ...JUDGED, changes: [gone], cameFromOnPremises }, { facts, rules });
  expect(findings(["anna@contoso.com"])).toMatchObject([
    {
      ...{ code: "remove-there", clearedBy: "declaration", urns: [gone.urn] },
      message: { en: "Anna comes from the directory on premises, and is removed there, not here" },
    },
  ]);
  expect(findings([])).toEqual([]);
  const released = { ...gone, operation: "forget" as const };
  expect(onPremisesFindings([released], { declared: [], applied: ["anna@contoso.com"] })).toEqual(
    [],
  );
});
