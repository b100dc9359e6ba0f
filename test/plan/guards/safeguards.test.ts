import { describe, expect, it } from "vitest";
import { NOUNS, SAFEGUARDED } from "../../../core/nouns.ts";
import { DEFAULT_LIMITS } from "../../../core/rules.ts";
import { admission } from "../../../plan/guards/findings.ts";
import { safeguardFindings } from "../../../plan/guards/safeguards.ts";
import type { Effects } from "../../../plan/guards/lost.ts";
import type { SafeguardFacts } from "../../../plan/guards/safeguards.ts";
import type { Change, Finding } from "../../../plan/model/model.ts";
import { aChange, aConsequence, property } from "../support.ts";

const facts: SafeguardFacts = {
  existing: { people: 100, mailboxes: 100, sites: 20, licenses: 120 },
  remove: [],
  allowsMany: [],
  emergencyAccounts: ["noodaccount@contoso.com"],
  globalAdministrators: [["admin@contoso.com", "noodaccount@contoso.com"]],
  limits: DEFAULT_LIMITS,
};

const leaver = (key: string, overrides: Partial<Change> = {}): Change =>
  aChange(key, {
    operation: "delete",
    identifiers: [`${key}@contoso.com`],
    properties: [property("userPrincipalName", `${key}@contoso.com`, undefined)],
    ...overrides,
  });
const leavers = (count: number): Change[] =>
  Array.from({ length: count }, (_item, index) => leaver(`person-${index}`));
const entriesFor = (changes: readonly Change[]) =>
  changes.map(({ identifiers: [object = ""] }) => ({
    object,
    reason: "uit dienst",
    data: "naar manager",
  }));
const codes = (
  changes: readonly Change[],
  { consequences = [], ...overrides }: Partial<SafeguardFacts> & Partial<Effects> = {},
) =>
  safeguardFindings(
    { changes, consequences },
    { ...facts, remove: entriesFor(changes), ...overrides },
  ).map(({ code, clearedBy }) => [code, clearedBy]);

describe("limits on what may go in one plan", () => {
  it("lets three of a hundred people go", () => {
    expect(codes(leavers(3))).toEqual([]);
  });

  it("asks for an explicit word when more go than the absolute limit", () => {
    expect(codes(leavers(4))).toEqual([["too-many-removed", "declaration"]]);
  });

  it("asks for a second decision maker once the tenant file has the explicit word", () => {
    expect(codes(leavers(4), { allowsMany: SAFEGUARDED })).toEqual([
      ["too-many-removed", "second-approver"],
    ]);
  });

  it("protects a small tenant by a share, which one leaver alone never exceeds", () => {
    const existing = { ...facts.existing, people: 5 };
    expect(codes(leavers(2), { existing })).toEqual([["too-large-share-removed", "declaration"]]);
    expect(codes(leavers(1), { existing })).toEqual([]);
  });

  it("counts a replacement as something that goes", () => {
    const replaced = leavers(4).map((change): Change => ({ ...change, operation: "replace" }));
    expect(codes(replaced)).toEqual([["too-many-removed", "declaration"]]);
  });

  it("counts licences that are given up and licences that people lose", () => {
    const given = aChange("SPB", {
      type: "m365:licensing:Subscription",
      operation: "update",
      properties: [property("count", 10, 6)],
    });
    const lost = (...names: string[]) =>
      names.map((name) => aConsequence(name, { lost: ["SPB"], mailbox: "lost" as const }));
    const bob = aConsequence("bob", { lost: ["POWER_BI_PRO"] });
    const most = { ...facts.limits, licenses: { most: 4, mostShare: 1 } };
    expect(codes([given], { limits: most })).toEqual([]);
    // A licence that is given up with who had it goes once.
    expect(codes([given], { limits: most, consequences: lost("anna", "bob") })).toEqual([]);
    expect(codes([given], { limits: most, consequences: [bob] })).toEqual([
      ["too-many-removed", "declaration"],
    ]);
  });

  it("counts the mailboxes of people who stay", () => {
    const consequences = leavers(4).map(({ name }) =>
      aConsequence(name, { lost: ["SPB"], mailbox: "lost", urns: [`urn of ${name}`] }),
    );
    const [finding, ...others] = safeguardFindings({ changes: [], consequences }, facts);
    expect(others).toEqual([]);
    expect(finding?.message.en).toContain("4 of 100 mailboxes");
    expect(finding?.urns).toEqual(consequences.flatMap(({ urns }) => urns));
  });

  it("counts no exchange: of a product for another, and of what is bought (K6)", () => {
    const bought = (sku: string, before: number | undefined, after: number | undefined) =>
      aChange(sku, {
        type: "m365:licensing:Subscription",
        operation: before === undefined ? "create" : "delete",
        properties: [property("count", before, after)],
      });
    const consequences = leavers(9).map(({ name }) =>
      aConsequence(name, { lost: ["SPE_E3"], gained: ["SPE_E5"] }),
    );
    const changes = [bought("SPE_E3", 9, undefined), bought("SPE_E5", undefined, 9)];
    expect(codes(changes, { consequences })).toEqual([]);
    expect(codes(changes.slice(0, 1), { consequences })).toHaveLength(1);
  });

  it("does not count what joins, changes or stays behind unmanaged", () => {
    const others = (["create", "update", "adopt", "forget"] as const).flatMap((operation) =>
      leavers(9).map((change): Change => ({
        ...change,
        operation,
        urn: `${change.urn}${operation}`,
      })),
    );
    expect(codes(others, { remove: [] })).toEqual([]);
  });
});

describe("an explicit remove entry", () => {
  it.each([
    ["a person", leaver("bob")],
    [
      "a site",
      leaver("site", {
        type: "m365:sharepoint:Site",
        identifiers: ["https://contoso.sharepoint.com/sites/old"],
      }),
    ],
  ])("is demanded for %s", (_what, change) => {
    expect(codes([change], { remove: [] })).toEqual([["remove-entry-missing", "declaration"]]);
    expect(codes([change])).toEqual([]);
  });

  it("may name a site by its path, and any object in another case", () => {
    const site = leaver("site", {
      type: "m365:sharepoint:Site",
      identifiers: ["https://contoso.sharepoint.com/sites/old"],
    });
    const entry = { reason: "leeg", data: "gearchiveerd" };
    expect(codes([site], { remove: [{ object: "/sites/Old", ...entry }] })).toEqual([]);
    expect(codes([site], { remove: [{ object: "/sites/older", ...entry }] })).toHaveLength(1);
  });

  it("counts only with a reason and a word about the data", () => {
    const object = "bob@contoso.com";
    for (const entry of [
      { object, reason: " ", data: "weg" },
      { object, reason: "uit dienst", data: " " },
    ]) {
      expect(codes([leaver("bob")], { remove: [entry] })).toEqual([
        ["remove-entry-missing", "declaration"],
      ]);
    }
  });

  it("is demanded for the tenant itself, even when it is replaced", () => {
    const tenant = aChange("tenant", { type: "m365:directory:Tenant", operation: "replace" });
    expect(codes([tenant], { remove: [] })).toEqual([["tenant-removed", "declaration"]]);
  });
});

describe("what can never be removed", () => {
  it("stops the removal of an emergency access account, whoever approves", () => {
    const found = codes([leaver("noodaccount")], { allowsMany: SAFEGUARDED });
    expect(found).toEqual([["emergency-account-removed", "nothing"]]);
  });

  it("stops its replacement too, which shows no address among the differences", () => {
    const replaced = leaver("noodaccount", { operation: "replace", properties: [], name: "Nood" });
    expect(codes([replaced])).toContainEqual(["emergency-account-removed", "nothing"]);
  });

  it("stops blocking its sign-in, whatever else changes on it, and nothing but that", () => {
    const updated = (...properties: Change["properties"]): Change =>
      leaver("noodaccount", { operation: "update", properties });
    const blocked = property("accountEnabled", true, false);
    const others = [
      property("accountEnabled", false, true),
      property("showInAddressList", true, false),
    ];
    expect(codes([updated(blocked)])).toEqual([["emergency-account-removed", "nothing"]]);
    expect(codes([updated(property("jobTitle", "a", "b"), blocked)])).toEqual([
      ["emergency-account-removed", "nothing"],
    ]);
    for (const one of others) expect(codes([updated(one)])).toEqual([]);
  });

  it("stops the last global administrator, not the one before the last", () => {
    const only = { globalAdministrators: [["admin@contoso.com"]] };
    expect(codes([leaver("admin")])).toEqual([]);
    expect(codes([leaver("admin")], only)).toEqual([
      ["last-global-administrator-removed", "nothing"],
    ]);
    // Those of the rules as applied and those that are proposed: neither may all go.
    const lists = [["admin@contoso.com"], ["admin@contoso.com", "new@contoso.com"]];
    expect(codes([leaver("admin")], { globalAdministrators: lists })).toHaveLength(1);
    expect(codes([leaver("admin")], { globalAdministrators: [[], lists[0] ?? []] })).toHaveLength(
      1,
    );
    expect(codes([leaver("bob")], { globalAdministrators: [[], []] })).toEqual([]);
  });
});

describe("what findings ask for", () => {
  it("tells what stops a plan from what a second decision maker lifts", () => {
    const many = leavers(4);
    const lifted = safeguardFindings(
      { changes: many, consequences: [] },
      {
        ...facts,
        remove: entriesFor(many),
        allowsMany: SAFEGUARDED,
      },
    );
    expect(admission({ findings: lifted })).toEqual({ stops: [], needsSecondApprover: true });
    const stopped = admission({
      findings: safeguardFindings({ changes: many, consequences: [] }, facts),
    });
    expect(stopped.stops).toHaveLength(5);
    expect(stopped.needsSecondApprover).toBe(false);
  });

  const both = ["anna@contoso.com", "bob@contoso.com"];
  const two = [leaver("anna"), leaver("bob")];
  const tenant = aChange("contoso", { type: NOUNS.tenant.type, operation: "delete" });
  it.each<[Finding, readonly Change[], Partial<SafeguardFacts>]>([
    [
      {
        code: "emergency-account-removed",
        ...{ source: "safeguard", urns: two.map(({ urn }) => urn), clearedBy: "nothing" },
        message: {
          nl: "Noodaccount anna, bob mag nooit verdwijnen",
          en: "Emergency access account anna, bob can never be removed",
        },
      },
      two,
      { emergencyAccounts: both },
    ],
    [
      {
        code: "last-global-administrator-removed",
        ...{ source: "safeguard", urns: two.map(({ urn }) => urn), clearedBy: "nothing" },
        message: {
          nl: "Met anna, bob verdwijnt de laatste globale beheerder",
          en: "Removing anna, bob would leave no Global Administrator",
        },
      },
      two,
      { globalAdministrators: [both, both.slice(0, 1)] },
    ],
    [
      {
        code: "remove-entry-missing",
        ...{ source: "safeguard", urns: [two[0]?.urn ?? ""], clearedBy: "declaration" },
        message: {
          nl: "anna zou verdwijnen zonder vermelding onder “remove” met reden en wat er met de gegevens gebeurt",
          en: "anna would be removed without an entry under “remove” that says why and what happens to the data",
        },
      },
      two.slice(0, 1),
      { remove: [] },
    ],
    [
      {
        code: "tenant-removed",
        ...{ source: "safeguard", urns: [tenant.urn], clearedBy: "declaration" },
        message: {
          nl: "contoso zou verdwijnen zonder vermelding onder “remove” met reden en wat er met de gegevens gebeurt",
          en: "contoso would be removed without an entry under “remove” that says why and what happens to the data",
        },
      },
      [tenant],
      { remove: [] },
    ],
    [
      {
        code: "too-many-removed",
        ...{ source: "safeguard", clearedBy: "declaration" },
        urns: leavers(4).map(({ urn }) => urn),
        message: {
          nl: "4 van de 100 medewerkers gaan weg of worden vervangen; zonder tweede beslisser is de grens 3",
          en: "4 of 100 people would be removed or replaced; without a second decision maker the limit is 3",
        },
      },
      leavers(4),
      {},
    ],
    [
      {
        code: "too-large-share-removed",
        ...{ source: "safeguard", clearedBy: "declaration" },
        urns: leavers(2).map(({ urn }) => urn),
        message: {
          nl: "2 van de 5 medewerkers gaan weg of worden vervangen; zonder tweede beslisser is de grens 10%",
          en: "2 of 5 people would be removed or replaced; without a second decision maker the limit is 10%",
        },
      },
      leavers(2),
      { existing: { ...facts.existing, people: 5 } },
    ],
  ])("is said in both languages: $0.code", (finding, changes, more) => {
    const remove = entriesFor(changes);
    expect(safeguardFindings({ changes, consequences: [] }, { ...facts, remove, ...more })).toEqual(
      [finding],
    );
  });
});
