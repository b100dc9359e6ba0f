/** The file of an inventory: what it says, what it leaves, and what it says of that. */
import { expect, it } from "vitest";
import type { InventoriedGroup, InventoriedPerson, Inventory } from "../../provider/inventory.ts";
import type { InventoriedSite } from "../../provider/sharepoint/site-inventory.ts";
import { parseTenant } from "../../tenant-file/load.ts";
import { tenantFileText } from "../../tenant-file/write.ts";
import { aGroup, aPerson, CONTOSO, drafted, named } from "./support/inventory.ts";

it("says only what is not the default, in the style of a person, and is valid", () => {
  const boss = aPerson("bea");
  const people = [
    named("anna", { managerId: boss.id, usageLocation: "NO", mobilePhone: "+31 6 5550 0101" }),
    { ...named("cor", { accountEnabled: false }), licenses: [{ sku: "SPB", disabledPlans: [] }] },
    boss,
  ];
  const groups = [
    aGroup("staff", {
      inputs: {
        ...aGroup("staff").inputs,
        ...{ owners: [boss.id], members: people.map(({ id }) => id) },
      },
    }),
  ];
  const { draft, remarks } = drafted({ people, groups });
  const text = tenantFileText(draft, remarks);
  expect(text.slice(text.indexOf("users:"))).toBe(`users:
  - userPrincipalName: anna@contoso.com
    displayName: anna
    mobilePhone: "+31 6 5550 0101"
    usageLocation: "NO"
    manager: bea@contoso.com
  - userPrincipalName: bea@contoso.com
    displayName: bea
  # Blocked; nobody here knows why: blockedBecause can say it.
  # Blocked, and holds a licence all the same.
  - userPrincipalName: cor@contoso.com
    displayName: cor
    accountEnabled: false
    licenses: [SPB]

groups:
  - name: staff
    displayName: staff
    type: security
    owners: [bea@contoso.com]
    members: [anna@contoso.com, bea@contoso.com, cor@contoso.com]

# sites: none that this file can say; left as they are.
`);
  expect(parseTenant(text, "tenant.yaml")).toHaveProperty("tenant");
});

it.each<[string, Partial<InventoriedPerson>]>([
  [
    "an account of another organisation",
    { inputs: { ...aPerson("anna").inputs, userPrincipalName: "a_x.nl#EXT#@contoso.com" } },
  ],
  ["no e-mail address", { inputs: { ...aPerson("anna").inputs, mail: undefined } }],
  [
    "the primary e-mail address is not the sign-in name",
    { inputs: { ...aPerson("anna").inputs, mail: "info@contoso.com" } },
  ],
  [
    "the sign-in name is in none of the domains",
    { inputs: { ...aPerson("anna").inputs, userPrincipalName: "anna@other.example" } },
  ],
  [
    "the mail alias is not the first part of the name",
    { inputs: { ...aPerson("anna").inputs, mailNickname: "a.bakker" } },
  ],
])("leaves a person alone who is %s", (reason, more) => {
  const { draft, left, counts } = drafted({ people: [aPerson("anna", more), aPerson("bea")] });
  expect(left).toMatchObject([{ kind: "person", reason }]);
  expect(draft.users?.map(({ displayName }) => displayName)).toEqual(["bea"]);
  expect(counts.people).toEqual({ found: 2, managed: 1 });
});

it.each<[string, Partial<InventoriedGroup["inputs"]>]>([
  ["a distribution list", { mailEnabled: true }],
  ["gives no access: its security is off", { securityEnabled: false }],
  ["its membership rule is paused", { dynamicMembership: { enabled: false, rule: "true" } }],
  ["can hold roles of the directory", { assignableToRole: true }],
])("leaves a group alone that is so: %s", (reason, inputs) => {
  const group = aGroup("staff", { inputs: { ...aGroup("staff").inputs, ...inputs } });
  const { draft, left, counts } = drafted({ groups: [group] });
  expect(left).toMatchObject([{ kind: "group", reason }]);
  expect(draft.groups).toEqual([]);
  expect(counts.groups).toEqual({ found: 1, managed: 0 });
});

it("tells two groups of one name by their alias, and leaves both where they share that too", () => {
  const same = { ...aGroup("sales").inputs, displayName: "Sales" };
  const apart = drafted({
    groups: [
      aGroup("sales", { inputs: same }),
      aGroup("sales2", { inputs: { ...same, mailNickname: "sales2" } }),
    ],
  });
  expect(apart.draft.groups?.map(({ name }) => name)).toEqual(["sales", "sales2"]);
  const mixed = drafted({
    groups: [aGroup("sales", { inputs: same }), aGroup("sales", { id: "other", inputs: same })],
  });
  expect(mixed.left.map(({ reason }) => reason)).toEqual([
    "another group has its alias",
    "another group has its alias",
  ]);
});

it("says of who comes from on premises only what stays manageable here", () => {
  const anna = aPerson("anna");
  const person = {
    ...named("els", {
      jobTitle: "Buyer",
      usageLocation: "NL",
      managerId: anna.id,
      mail: undefined,
    }),
    ...{ isSynchronized: true, licenses: [{ sku: "SPB", disabledPlans: [] }] },
  };
  const inputs = { ...aGroup("staff").inputs, description: "All", members: [person.id] };
  const group = aGroup("staff", { isSynchronized: true, inputs });
  const { draft, remarks } = drafted({ people: [anna, person], groups: [group] });
  const text = tenantFileText(draft, remarks);
  expect(text.slice(text.indexOf("  - userPrincipalName: els")))
    .toBe(`  - userPrincipalName: els@contoso.com
    displayName: els
    source: on-premises
    usageLocation: NL
    licenses: [SPB]

groups:
  - name: staff
    displayName: staff
    type: security
    source: on-premises

# sites: none that this file can say; left as they are.
`);
  expect(parseTenant(text, "tenant.yaml")).toHaveProperty("tenant");
});

const LEFT = { mailNickname: "other" };

it("leaves a domain alone that is not verified, and takes the others as they are", () => {
  const tenant = {
    ...{ ...CONTOSO, country: undefined, federatedDomains: [] },
    unverifiedDomains: ["fabrikam.com"],
  };
  const { draft, left } = drafted({ tenant });
  expect(draft.tenant.domains).toEqual(CONTOSO.domains);
  expect(draft.domains).toBeUndefined();
  expect(left).toMatchObject([{ kind: "domain", name: "fabrikam.com" }]);
});

it("names by id who is left alone and referred to, and manages no list with somebody else in it", () => {
  const local = named("anna", LEFT);
  const nameless = {
    id: "a guest without mail",
    inputs: { displayName: "Gast" },
    isPending: false,
  };
  const withMembers = (name: string, members: string[]): InventoriedGroup =>
    aGroup(name, { inputs: { ...aGroup(name).inputs, members } });
  const { draft, remarks, left } = drafted({
    people: [local],
    guests: [nameless],
    groups: [withMembers("open", [nameless.id]), withMembers("staff", [local.id, "a device"])],
  });
  expect(draft.unmanaged?.users).toEqual([{ userPrincipalName: "anna@contoso.com", id: local.id }]);
  expect(left).toContainEqual(
    expect.objectContaining({ kind: "guest", name: "Gast", reason: "no mail address" }),
  );
  const [open, staff] = draft.groups ?? [];
  expect(open).not.toHaveProperty("members");
  expect(staff?.members).toEqual(["anna@contoso.com"]);
  expect(remarks.entries.get("open")).toContain(
    "Has members that cannot be named here; left as they are.",
  );
  expect(remarks.entries.get("staff")).toContain(
    "Members that are neither people nor groups, left as they are: 1.",
  );
});

const finance = { url: "https://contoso.sharepoint.com/sites/finance", title: "Finance" };
const open = { owner: "anna@contoso.com", grants: [], others: 0 };
const settings = { lcid: 1043, sharingCapability: "Disabled", storageQuota: 2048 } as const;
const libraries = [] as const;

it("finds the sites that everybody in the organisation may open", () => {
  const site = { ...finance, kind: "team" as const, settings, libraries };
  const { findings } = drafted({
    sites: [
      { ...site, access: { ...open, others: 1, isOpenToEveryone: true } },
      { ...site, url: `${finance.url}2`, access: { ...open, isOpenToEveryone: false } },
    ],
  });
  const found = findings.find(({ kind }) => kind === "open-to-everyone");
  expect(found?.objects).toEqual([{ id: finance.url, name: "Finance" }]);
});

it("declares a team site with who has access, and names who is left alone", () => {
  const anna = aPerson("anna");
  const local = named("els", LEFT);
  const rule = { enabled: false, rule: "true" };
  const everybody = aGroup("all", {
    inputs: { ...aGroup("all").inputs, dynamicMembership: rule },
  });
  const guest = { kind: "user", id: "somebody who is gone", role: "edit" } as const;
  const { draft, remarks, counts } = drafted({
    people: [anna, local],
    groups: [everybody],
    sites: [
      {
        ...{ ...finance, kind: "team" as const, settings },
        libraries: [
          { title: "Board", grants: [{ kind: "user", id: anna.id, role: "edit" }], others: 1 },
          { title: "A/B", grants: [], others: 0 },
        ],
        access: {
          owner: "els@contoso.com",
          grants: [
            { kind: "user", id: anna.id, role: "edit" },
            { kind: "group", id: everybody.id, role: "read" },
            guest,
          ],
          others: 3,
        },
      },
    ],
  });
  const text = tenantFileText(draft, remarks);
  expect(text.slice(text.indexOf("sites:"))).toBe(`sites:
  # Access of SharePoint's own groups and of others, left as it is: 4.
  # Others have access to the library Board too; left as it is.
  - url: /sites/finance
    title: Finance
    owner: els@contoso.com
    sharingCapability: Disabled
    permissions:
      - group: all
        role: read
      - user: anna@contoso.com
        role: edit
    libraries:
      - name: Board
        permissions:
          - user: anna@contoso.com
            role: edit

# Named above, and left as they are.
unmanaged:
  users:
    - userPrincipalName: els@contoso.com
      id: ${local.id}
  groups:
    - name: all
      id: group-all
`);
  expect(counts.sites).toEqual({ found: 1, managed: 1 });
});

it.each<[string, InventoriedSite]>([
  ["comes and goes with its group or channel", { ...finance, kind: "group" }],
  ["somebody's own (OneDrive)", { ...finance, kind: "personal" }],
  [
    "its owner cannot be named in a tenant file",
    {
      ...finance,
      kind: "team",
      settings,
      libraries,
      access: { ...open, owner: "c:0o.c|federated|1_o" },
    },
  ],
  [
    "its address or title has characters that a tenant file does not take",
    { ...finance, title: " Finance", kind: "team", settings, libraries, access: open },
  ],
])("leaves a site alone that is so: %s", (reason, site) => {
  const { draft, left, counts } = drafted({ people: [aPerson("anna")], sites: [site] });
  expect(left).toEqual([{ kind: "site", name: site.title, id: site.url, reason }]);
  expect(draft).not.toHaveProperty("sites");
  expect(counts.sites).toEqual({ found: 1, managed: 0 });
});

const draftedSite = (given: object, sharing: Inventory["sharing"]) => {
  const site = { ...finance, kind: "communication" as const, settings, libraries, access: open };
  const tenant = { ...CONTOSO, federatedDomains: [], unverifiedDomains: [] };
  const { draft } = drafted({
    ...{ tenant, people: [aPerson("anna")], sharing },
    sites: [{ ...site, settings: { ...settings, ...given } }],
  });
  return { tenant: draft.tenant, site: draft.sites?.[0] };
};

it("says what a site was made as, and with whom it is shared", () => {
  const { tenant, site } = draftedSite({ lcid: 1036 }, { sharingCapability: "Disabled" });
  expect(tenant).toMatchObject({ sharingCapability: "Disabled" });
  expect(site).toMatchObject({
    ...{ template: "communication", language: "fr", sharingCapability: "Disabled" },
  });
  expect(site).not.toHaveProperty("storageQuota");
});

it("leaves out what the file cannot say, or what would contradict the tenant", () => {
  const { site } = draftedSite(
    { lcid: 1049, sharingCapability: "ExternalUserSharingOnly" },
    { sharingCapability: "Disabled" },
  );
  expect(site).not.toHaveProperty("language");
  expect(site).not.toHaveProperty("sharingCapability");
  const { tenant } = draftedSite({}, { deletedUserPersonalSiteRetentionPeriodInDays: 7 });
  expect(tenant).not.toHaveProperty("deletedUserPersonalSiteRetentionPeriodInDays");
});

it("takes the storage of a site over only where it is set site by site", () => {
  const quota = (isSitesStorageLimitAutomatic: boolean) =>
    draftedSite({}, { isSitesStorageLimitAutomatic }).site?.storageQuota;
  expect([quota(true), quota(false)]).toEqual([undefined, 2048]);
});

it("counts no sites where nobody looked, and says why", () => {
  const reason = "the application was not granted Sites.Read.All of Microsoft Graph";
  const notRead = [{ part: "sites" as const, reason }];
  const { draft, remarks, counts, ...rest } = drafted({ sites: undefined, notRead });
  expect(counts).not.toHaveProperty("sites");
  expect(rest.notRead).toEqual(notRead);
  expect(tenantFileText(draft, remarks)).toContain(
    `# sites: nobody looked: ${reason}. Left as they are.\n`,
  );
});

it("says which parts of licences are switched off, and leaves licences alone that the file cannot say", () => {
  const withoutMail = { sku: "SPB", disabledPlans: ["EXCHANGE_S_STANDARD"] };
  const mail = { sku: "EXCHANGESTANDARD", disabledPlans: [] };
  const { draft, remarks } = drafted({
    people: [
      { ...aPerson("anna"), licenses: [withoutMail] },
      { ...aPerson("bram"), licenses: [withoutMail, mail] },
    ],
  });
  expect(draft.users).toMatchObject([
    { licenses: ["SPB"], disabledPlans: ["EXCHANGE_S_STANDARD"] },
    {},
  ]);
  expect(draft.users?.[1]).not.toHaveProperty("licenses");
  expect(remarks.entries.get("bram@contoso.com")).toEqual([
    "Holds licences that this file cannot say; left as they are.",
  ]);
});

it("says of what was bought what the directory knows, and leaves the terms open", () => {
  const order = { sku: "SPB", count: 10, isTrial: false, since: "2026-02-01" };
  const { draft, remarks, findings } = drafted({
    products: [{ id: "1", sku: "SPB", bought: 10, used: 10 }],
    subscriptions: [
      { ...order, status: "Enabled", nextStep: "2027-02-01" },
      { ...order, count: 2, status: "Suspended", nextStep: undefined, isTrial: true },
    ],
  });
  expect(draft).not.toHaveProperty("subscriptions");
  expect(remarks.sections.subscriptions?.slice(1)).toEqual([
    "Bought now:",
    "  SPB: 10, 10 used",
    "As ordered:",
    "  SPB: 10 since 2026-02-01, renews or ends on 2027-02-01",
    "  SPB: 2 since 2026-02-01, Suspended, a trial",
  ]);
  expect(findings[0]).toMatchObject({
    kind: "subscription-ends",
    objects: [
      {
        name: "Microsoft 365 Business Premium",
        detail: { nl: "2, stopgezet", en: "2, suspended" },
      },
    ],
  });
});
