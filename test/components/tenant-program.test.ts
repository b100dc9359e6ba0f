import { describe, expect, it } from "vitest";
import { backupArgs } from "../../components/backup-args.ts";
import { declareTenant } from "../../components/tenant-program.ts";
import { initialPasswords } from "../../components/initial-password.ts";
import { declaredBy, named, STACK } from "./support/declared.ts";
import type { Declared } from "./support/declared.ts";
import { contoso, contosoWith, fabrikam, tenantOf } from "../tenant-file/contoso.ts";

const declare = (text: string, key = Buffer.alloc(32, 1)): Promise<readonly Declared[]> =>
  declaredBy(() => {
    declareTenant(tenantOf(text), {
      ...{ stack: STACK, initialPassword: initialPasswords(key), day: "2026-11-28" },
    });
  });

const typed = (declared: readonly Declared[], type: string): Declared[] =>
  declared.filter((entry) => entry.type === type);

/** Everything in the tenant that holds a customer's data or lets somebody make some. */
const HOLDS_DATA = [
  "azuread:index/group:Group",
  "m365:licensing:Subscription",
  "m365:licensing:UserLicense",
  "m365:licensing:GroupLicense",
  "m365:sharepoint:Site",
];

describe("the program of a tenant", () => {
  it("declares everything that the sample's file says, each once", async () => {
    const declared = await declare(contoso);
    const { users = [], groups = [], sites = [], subscriptions = [] } = tenantOf(contoso);
    const names = (type: string): string[] => typed(declared, type).map(({ name }) => name);
    expect(names("azuread:index/user:User").sort()).toEqual(
      users.map(({ userPrincipalName }) => userPrincipalName).sort(),
    );
    expect(names("azuread:index/group:Group").sort()).toEqual(
      groups.map(({ name }) => name).sort(),
    );
    expect(names("m365:sharepoint:Site").sort()).toEqual(sites.map(({ url }) => url).sort());
    expect(names("m365:licensing:Subscription").sort()).toEqual(
      subscriptions.map(({ sku }) => sku).sort(),
    );
    expect(typed(declared, "m365:directory:Tenant")).toHaveLength(1);
    expect(typed(declared, "m365:backup:Policy")).toHaveLength(1);
  });

  it("finds what is renamed by its former name, and each of its lists", async () => {
    const zoe = "    displayName: Zoë Bos # accents in names, not in addresses\n";
    const finance = "  - name: finance\n";
    const declared = await declare(
      contosoWith(
        [zoe, `${zoe}    formerly: zoe.jansen@contoso.com\n`],
        [finance, `${finance}    formerly: money\n`],
      ),
    );
    const renamed = declared.filter(({ aliases }) => aliases.length > 0);
    expect(Object.fromEntries(renamed.map(({ name, aliases }) => [name, aliases]))).toEqual({
      "zoe.bos@contoso.com": ["zoe.jansen@contoso.com"],
      "zoe.bos@contoso.com-licenses": ["zoe.jansen@contoso.com-licenses"],
      finance: ["money"],
      "finance-members": ["money-members"],
    });
    expect(Object.keys(named(declared, "zoe.bos@contoso.com").inputs)).not.toContain("formerly");
  });

  it("gives who gets a licence the tenant's country where the file has none, and nobody else", async () => {
    const declared = await declare(
      contosoWith(
        // Through a group, directly, and not at all.
        ["    usageLocation: BE\n", ""],
        ["usageLocation: NL\n    manager: sanne.bakker@contoso.com\n    licenses", "licenses"],
        ["usageLocation: NL\n    manager: youssef.elamrani@contoso.com\n    licenses", "clear"],
        ["clear: [EXCHANGESTANDARD]", "clear: [city]"],
      ),
    );
    const locationOf = (name: string): unknown =>
      named(declared, `${name}@contoso.com`).inputs.usageLocation;
    expect([locationOf("fleur.vandenberg"), locationOf("lars.degroot")]).toEqual(["NL", "NL"]);
    expect(locationOf("willem.vanderlinden")).toBeUndefined();
  });

  it("makes everything that can hold data wait for the backup", async () => {
    const declared = await declare(contoso);
    for (const type of HOLDS_DATA) {
      const entries = typed(declared, type);
      expect(entries.length, type).toBeGreaterThan(0);
      for (const { name, dependsOn } of entries)
        expect(dependsOn, name).toContain("contoso-backup");
    }
  });

  it("makes everything but itself wait for the proof that this is the right tenant", async () => {
    const declared = await declare(contoso);
    for (const { name, type, dependsOn } of declared) {
      const isOwn = type.startsWith("azuread:") || type.startsWith("m365:");
      if (!isOwn || type === "m365:directory:Tenant") continue;
      expect(everythingBefore(declared, dependsOn), name).toContain("contoso");
    }
  });

  it("has the backup answer for each mailbox and site, but those with a disclaimer", async () => {
    const [policy] = typed(await declare(contoso), "m365:backup:Policy");
    const site = (name: string): string => `https://contoso.sharepoint.com/sites/${name}`;
    const licensed = tenantOf(contoso).users?.map(({ userPrincipalName }) => userPrincipalName);
    expect([...(policy?.inputs.mailboxes as string[])].sort()).toEqual(licensed?.sort());
    expect(policy?.inputs.sites).toEqual([site("jaarrekening"), site("kantoor")]);
    expect(policy?.inputs.exceptions).toMatchObject([
      { kind: "site", name: site("personeelsfeest") },
    ]);
    expect(policy?.inputs.retention).toEqual({ until: "2028-12-31" });
  });

  it("has the backup answer for whoever may be in a licensed group whose members nobody manages", () => {
    const tenant = tenantOf(contoso);
    const groups = (tenant.groups ?? []).map(({ members: _, ...group }) => group);
    const answersFor = (of: typeof tenant) =>
      of.backup && backupArgs(of, of.backup).mailboxes.toSorted();
    expect(answersFor({ ...tenant, groups })).toEqual(answersFor(tenant));
  });

  it("has the backup answer for whoever may hold a licence, since nobody manages theirs", () => {
    const tenant = tenantOf(contoso);
    const [anna = expect.fail(), bob = expect.fail()] = tenant.users ?? [];
    const { licenses: _, ...unmanaged } = anna;
    const file = { ...tenant, groups: [], users: [unmanaged, { ...bob, licenses: [] }] };
    expect(file.backup && backupArgs(file, file.backup).mailboxes).toEqual([
      anna.userPrincipalName,
    ]);
  });

  it("declares nothing of sections that the file leaves out", async () => {
    const types = new Set((await declare(fabrikam)).map(({ type }) => type));
    expect([...types].sort()).toEqual([
      "m365:backup:Policy",
      "m365:directory:Tenant",
      "pulumi:providers:azuread",
      "pulumi:providers:m365",
      "tenantry:index:Backup",
      "tenantry:index:Licenses",
      "tenantry:index:Tenant",
    ]);
  });

  it("declares a tenant without backup without one, and leaves it to the policies to refuse", async () => {
    const text = fabrikam.slice(0, fabrikam.indexOf("backup:"));
    expect(typed(await declare(text), "m365:backup:Policy")).toEqual([]);
  });

  it("serves every resource through the stack's own providers", async () => {
    for (const { name, type, provider } of await declare(contoso)) {
      const [own = ""] = type.split(":");
      if (own === "m365" || own === "azuread") expect(provider, name).toBe(own);
    }
  });

  it("tells the policies who decides", async () => {
    const text = contosoWith(["required: 1", "required: 2"]);
    expect(named(await declare(text), "contoso").inputs.approval).toEqual({
      required: 2,
      decisionMakers: [
        { name: "Marieke de Vries", email: "marieke.devries@contoso.com" },
        { name: "Pieter Jansen", email: "pieter.jansen@contoso.com" },
        { name: "Sanne Bakker", email: "sanne.bakker@contoso.com" },
      ],
    });
  });

  it("takes licences, own and through groups, after the mailbox has become a shared one", async () => {
    const eva = "eva.licht@contoso.com";
    const declared = await declare(
      contosoWith([
        "\n# People of other",
        `  - userPrincipalName: ${eva}\n    displayName: Eva\n    accountEnabled: false\n    licenses: []\n    mailbox: {type: shared}\n\n# People of other`,
      ]),
    );
    const type = named(declared, `${eva}-mailbox-type`);
    expect(type.inputs).toMatchObject({ type: "shared", withoutLicense: true });
    const before = (name: string) => everythingBefore(declared, named(declared, name).dependsOn);
    expect(before(`${eva}-licenses`)).toContain(type.name);
    expect(before("finance-members")).toContain(type.name);
  });

  it("gives a mailbox back to its person after the licence, which it goes without", async () => {
    const eva = "eva.licht@contoso.com";
    const declared = await declare(
      contosoWith(
        [
          "\n# People of other",
          `  - userPrincipalName: ${eva}\n    displayName: Eva\n    licenses: [SPB]\n    mailbox: {type: regular}\n\n# People of other`,
        ],
        ["count: 9", "count: 10"],
      ),
    );
    const type = named(declared, `${eva}-mailbox-type`);
    expect(type.inputs).toMatchObject({ type: "regular" });
    expect(everythingBefore(declared, type.dependsOn)).toContain(`${eva}-licenses`);
  });

  it("declares the same twice, passwords aside when the key differs", async () => {
    const [one, again, other] = [
      await declare(contoso),
      await declare(contoso),
      await declare(contoso, Buffer.alloc(32, 2)),
    ];
    expect(again).toEqual(one);
    const withoutPasswords = (declared: readonly Declared[]): Declared[] =>
      declared.map(({ inputs: { password: _, ...inputs }, ...entry }) => ({ ...entry, inputs }));
    expect(withoutPasswords(other)).toEqual(withoutPasswords(one));
    expect(other).not.toEqual(one);
  });
});

/** Names of everything that exists before something with these dependencies does. */
function everythingBefore(declared: readonly Declared[], names: readonly string[]): Set<string> {
  const before = new Set<string>();
  const visit = (name: string): void => {
    if (before.has(name)) return;
    before.add(name);
    for (const entry of declared) if (entry.name === name) entry.dependsOn.forEach(visit);
  };
  names.forEach(visit);
  return before;
}
