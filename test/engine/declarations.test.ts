import { describe, expect, it } from "vitest";
import { declarationsOf } from "../../engine/declarations.ts";
import { DEFAULT_LIMITS } from "../../core/rules.ts";
import { contoso, contosoWith, fabrikam, tenantOf } from "../tenant-file/contoso.ts";

const ZOE = "  - userPrincipalName: zoe.bos@contoso.com";

const of = (text: string) =>
  declarationsOf(tenantOf(text), {
    options: new Map(),
    appliedRules: null,
    found: new Map(),
    deleted: new Map(),
    adopted: new Map(),
    isPartner: false,
  });

describe("what a tenant file declares beside its resources", () => {
  it("is which sections it leaves out", () => {
    expect(of(contoso).unmanaged.map(({ name }) => name)).toEqual([
      ...["domains", "mailboxes", "mailContacts"],
    ]);
    expect(of(fabrikam).unmanaged.map(({ section, name }) => [section, name])).toEqual([
      ["tenant", "domains"],
      ["people", "users"],
      ["guests", "guests"],
      ["licenses", "subscriptions"],
      ["sites", "sites"],
      ["groups", "groups"],
      ["mailboxes", "mailboxes"],
      ["contacts", "mailContacts"],
    ]);
    expect(of(fabrikam).guards.sections).toEqual([]);
  });

  it("is who and what it still has, what is bought, and its word on what goes", () => {
    const { bought, remove, allowsMany } = of(contoso).guards;
    const objects = of(contoso).releases.declared;
    expect(objects.user).toContain("zoe.bos@contoso.com");
    expect(objects.group).toContain("directie");
    expect(objects.site).toContain("/sites/kantoor");
    expect(bought.SPB).toBe(9);
    expect(remove).toContainEqual(expect.objectContaining({ object: "ruben.meijer@contoso.com" }));
    expect(allowsMany).toEqual([]);
  });

  it("is its word on what lies in the recycle bin, by what it declares", () => {
    const words = of(
      contosoWith(
        [ZOE, `${ZOE}\n    recycleBin: restore`],
        ["  - name: directie", "  - name: directie\n    recycleBin: leave"],
      ),
    ).recycleBin;
    expect([...words]).toEqual([
      ["azuread:index/user:User::zoe.bos@contoso.com", "restore"],
      ["azuread:index/group:Group::directie", "leave"],
      ["m365:exchange:DistributionGroup::directie", "leave"],
    ]);
  });

  it("is why people are blocked", () => {
    const blocked = `${ZOE}\n    accountEnabled: false\n    blockedBecause: Uit dienst`;
    expect([...of(contosoWith([ZOE, blocked])).blockReasons]).toEqual([
      ["azuread:index/user:User::zoe.bos@contoso.com", "Uit dienst"],
    ]);
  });

  it("is the limits of its own, without the share of the default", () => {
    expect(of(fabrikam).rules.proposed.limits).toEqual(DEFAULT_LIMITS);
    const own = of(contosoWith(["    people: 3\n", "    people: 9\n"])).rules.proposed.limits;
    expect(own.people).toEqual({ most: 9, mostShare: 1 });
  });
});
