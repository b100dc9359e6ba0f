/** What is odd in an inventory, and its numbers. */
import { expect, it } from "vitest";
import type { TenantFinding } from "../../components/take-over/findings.ts";
import { aGroup, aPerson, CONTOSO, drafted, named } from "./support/inventory.ts";

const namesOf = ({ kind, objects }: TenantFinding): unknown => [
  kind,
  objects.map(({ name, detail }) => (detail === undefined ? name : `${name}: ${detail.en}`)),
];

it("finds first who else decides: another sign-in service, and administrators", () => {
  const people = ["ann", "bob", "cem", "dan"].map((name) => aPerson(name));
  const gone = named("els", { accountEnabled: false });
  const [ann] = people;
  const global = {
    ...{ displayName: "Global Administrator", templateId: "62e9", isGlobalAdministrator: true },
    holders: [...people.map(({ id }) => id), "5f1c"],
  };
  const other = {
    displayName: "User Administrator",
    templateId: "fe93",
    isGlobalAdministrator: false,
  };
  const roles = [global, { ...other, holders: [gone.id, ann?.id ?? ""] }];
  const { draft, findings } = drafted({
    tenant: { ...CONTOSO, federatedDomains: ["contoso.com"], unverifiedDomains: [] },
    ...{ people: [...people, gone], roles },
  });
  const addresses = people.map(({ inputs }) => inputs.userPrincipalName);
  expect(findings.slice(0, 3).map(namesOf)).toEqual([
    ["federated-domain", ["contoso.com"]],
    ["too-many-global-administrators", ["5f1c: an application", ...addresses]],
    ["blocked-with-role", ["els@contoso.com"]],
  ]);
  expect(findings[1]?.fix).toContain("Leave at most 4");
  expect(draft.tenant.globalAdministrators).toEqual(addresses);
  const few = drafted({ people, roles: [{ ...global, holders: global.holders.slice(0, 4) }] });
  expect(few.findings[0]?.fix).toBe("Check whether each of them is meant to have the role.");
});

it("finds what is odd, each with a number, names and a fix", () => {
  const { findings } = drafted({
    people: [
      { ...named("cor", { accountEnabled: false }), licenses: [{ sku: "SPB", disabledPlans: [] }] },
      named("dirk", { mail: "info@contoso.com" }),
      aPerson("els", { isSynchronized: true }),
    ],
    groups: [aGroup("old")],
    products: [
      { id: "1", sku: "SPB", bought: 3, used: 1 },
      { id: "2", sku: "SPE_F1", bought: 1, used: 1 },
      { id: "3", sku: "EXCHANGESTANDARD", bought: 1, used: 2 },
      // Free: nobody ordered that many.
      { id: "4", sku: "FLOW_FREE", bought: 10_000, used: 3 },
    ],
  });
  expect(findings.map(namesOf)).toEqual([
    ["blocked-with-licence", ["cor@contoso.com"]],
    ["unused-licences", ["Microsoft 365 Business Premium: 2 of 3"]],
    ["too-few-licences", ["Exchange Online (Plan 1): 1 too many"]],
    ["group-without-owner", ["old"]],
    ["address-differs", ["dirk@contoso.com"]],
    ["from-on-premises", ["els@contoso.com"]],
    ["no-backup", []],
  ]);
  expect(findings[0]?.found).toBe("1 blocked account with a licence");
});

const site = { url: "https://contoso.sharepoint.com/sites/finance", title: "Finance" };

it("gives an overview in numbers, and none of what nobody bought or nobody looked at", () => {
  const { overview } = drafted({
    people: [named("cor", { accountEnabled: false }), aPerson("anna")],
    guests: [{ id: "gast", inputs: {}, isPending: false }],
    groups: [aGroup("staff")],
    sites: [
      { ...site, kind: "group" },
      { ...site, kind: "personal" },
    ],
    products: [
      { id: "1", sku: "SPB", bought: 3, used: 1 },
      { id: "4", sku: "FLOW_FREE", bought: 10_000, used: 3 },
    ],
  });
  expect(overview).toEqual({
    ...{ people: 2, blocked: 1, guests: 1, groups: 1, sites: 1, domains: ["contoso.com"] },
    products: [
      { name: "Microsoft 365 Business Premium", bought: 3, used: 1 },
      { name: "Microsoft Power Automate Free", bought: undefined, used: 3 },
    ],
  });
  expect(drafted({ sites: undefined }).overview.sites).toBeUndefined();
});

it("finds what lets others in: no second step, mail that leaves, guests, and links for anyone", () => {
  const [ann, bob, gone] = [
    aPerson("ann"),
    aPerson("bob"),
    named("cor", { accountEnabled: false }),
  ];
  const gus = { id: "gus", inputs: { email: "gus@x.nl" }, isPending: false };
  const { findings } = drafted({
    people: [bob, ann, gone],
    guests: [gus],
    withoutSecondStep: new Set([ann, bob, gone, gus].map(({ id }) => id)),
    forwards: [
      {
        id: bob.id,
        to: ["bob@home.example", "info@contoso.com", "x@contoso.mail.onmicrosoft.com"],
      },
      { id: ann.id, to: ["info@contoso.com"] },
    ],
    forwarding: [
      { id: ann.id, to: ["ann@home.example"] },
      { id: bob.id, to: ["info@contoso.com"] },
    ],
    sharing: { sharingCapability: "ExternalUserAndGuestSharing" },
    ewsApplications: [{ id: "1", name: "Old backup" }],
  });
  expect(findings.map(namesOf)).toEqual([
    ["without-second-step", ["ann@contoso.com", "bob@contoso.com"]],
    ["forwards-outside", ["bob@contoso.com: bob@home.example"]],
    ["forwarding-outside", ["ann@contoso.com: ann@home.example"]],
    ["guests", ["gus@x.nl"]],
    ["ews-applications", ["Old backup"]],
    ["sharing-with-anyone", []],
    ["no-backup", []],
  ]);
});

it("finds that nothing asks for a second step, and leaves the rules that there are, each with its reason", () => {
  const old = { id: "1", name: "Require MFA", state: "reportOnly", purpose: "two-step" } as const;
  const own = { id: "2", name: "Kiosk", state: "on", purpose: undefined } as const;
  const signIn = { securityDefaults: false, rules: [old, own], asksSecondStep: false };
  const { findings, left } = drafted({ signIn });
  expect(findings.map(namesOf)).toEqual([
    ["sign-in-rules", ["Require MFA: only counts", "Kiosk: in force"]],
    ["no-second-step-asked", []],
    ["no-backup", []],
  ]);
  expect(left).toEqual([
    {
      ...{ kind: "sign-in rule", name: "Require MFA", id: "1" },
      reason:
        "a conditional access policy; one that does the same under `signInSecurity` would be a second",
    },
    {
      ...{ kind: "sign-in rule", name: "Kiosk", id: "2" },
      reason: "a conditional access policy that the file has no words for",
    },
  ]);
});

it("finds nothing of what nobody looked at", () => {
  const nobody = {
    withoutSecondStep: undefined,
    forwards: undefined,
    forwarding: undefined,
    sharing: undefined,
    ewsApplications: undefined,
    signIn: undefined,
  };
  const { findings } = drafted({ people: [aPerson("ann")], ...nobody, roles: undefined });
  expect(findings.map(({ kind }) => kind)).toEqual(["no-backup"]);
});
