import { describe, expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { outcomeOf } from "../../../plan/build/consequences.ts";
import type { Declared } from "../../../plan/build/declared.ts";
import { planDigest } from "../../../plan/model/digest.ts";
import { planOf, withStep } from "../logs.ts";

type Side = Readonly<Record<string, unknown>> | undefined;

const of = (noun: { readonly type: string }, before: Side, after: Side): Declared => ({
  urn: `${noun.type} ${String((after ?? before)?.name)}`,
  ...{ type: noun.type, before, after, isChange: before !== after },
});
const same = (noun: { readonly type: string }, side: Side): Declared => of(noun, side, side);

const person = (name: string): Side => ({ userPrincipalName: name, objectId: `id of ${name}` });
const direct = (name: string, ...skus: string[]): Side => ({
  name,
  userId: `id of ${name}`,
  userPrincipalName: name,
  licenses: skus.map((sku) => ({ sku, disabledPlans: [] })),
});
const licensed = (groupName: string, ...skus: string[]): Side => ({
  name: groupName,
  groupName,
  licenses: skus.map((sku) => ({ sku, disabledPlans: [] })),
});
const members = (groupName: string, ...names: string[]): Side => ({
  name: groupName,
  groupName,
  members: names.map((name) => ({ id: `id of ${name}`, userPrincipalName: name })),
});
const access = (...grants: [kind: string, principal: string, role: string][]): Side => ({
  name: "finance",
  siteUrl: "https://contoso.sharepoint.com/sites/finance",
  siteTitle: "Finance",
  grants: grants.map(([kind, principal, role]) => ({ kind, principal, role })),
});

const { user, userLicense, groupLicense, groupMembership, sitePermissions } = NOUNS;
const consequences = (...declared: Declared[]) => outcomeOf(declared).consequences;

const closed = (
  title: string,
  ...grants: [kind: string, principal: string, role: string][]
): Side => ({
  ...access(...grants),
  ...{ name: title, title },
});

it("a person has in the end what the group opens of a closed library, beside the site", () => {
  const found = consequences(
    same(sitePermissions, access(["group", "staff", "read"])),
    same(NOUNS.library, closed("Board", ["group", "board", "edit"], ["user", "cem", "read"])),
    of(groupMembership, members("board", "ann", "bob"), members("board", "bob", "cem")),
  );
  const board = {
    url: "https://contoso.sharepoint.com/sites/finance#Board",
    title: "Board (Finance)",
  };
  expect(found.map(({ name, sites }) => [name, sites])).toEqual([
    ["ann", [{ ...board, before: "edit" }]],
    ["cem", [{ ...board, before: "read", after: "edit" }]],
  ]);
  const [opened] = consequences(
    of(NOUNS.library, closed("Board"), closed("Board", ["group", "all", "read"])),
    same(groupMembership, { ...members("all"), memberGroups: [{ groupName: "board" }] }),
    same(groupMembership, members("board", "ann")),
  );
  expect(opened).toMatchObject({ name: "ann", sites: [{ ...board, after: "read" }] });
});

describe("what a person has in the end", () => {
  it("is what the group gave, which goes with the membership (K2)", () => {
    const [one, ...others] = consequences(
      same(userLicense, direct("ann")),
      same(groupLicense, licensed("lic", "SPB")),
      of(groupMembership, members("lic", "ann", "bob"), members("lic", "bob")),
    );
    expect(others).toEqual([]);
    expect(one).toEqual({
      holder: "user",
      name: "ann",
      products: { gained: [], lost: ["SPB"] },
      mailbox: "lost",
      sites: [],
      urns: [`${groupMembership.type} lic`],
    });
  });

  it("is no mailbox where the same product comes without it", () => {
    const withoutMail = { sku: "SPB", disabledPlans: ["EXCHANGE_S_STANDARD"] };
    const [one] = consequences(
      of(userLicense, direct("ann", "SPB"), { ...direct("ann"), licenses: [withoutMail] }),
    );
    expect(one).toMatchObject({
      products: { gained: [], lost: [] },
      mailbox: "lost",
      urns: [`${userLicense.type} ann`],
    });
  });

  it("is an exchange where a group gives another product in the same plan (N4)", () => {
    const [one] = consequences(
      of(userLicense, direct("ann", "EXCHANGESTANDARD"), direct("ann")),
      same(groupLicense, licensed("lic", "SPB")),
      of(groupMembership, members("lic"), members("lic", "ann")),
    );
    expect(one?.products).toEqual({ gained: ["SPB"], lost: ["EXCHANGESTANDARD"] });
    expect(one).not.toHaveProperty("mailbox");
    expect(one).not.toHaveProperty("asFarAsKnown");
  });

  it("is the same where only the way changes", () => {
    expect(
      consequences(
        of(userLicense, direct("ann", "SPB"), direct("ann")),
        same(groupLicense, licensed("lic", "SPB")),
        of(groupMembership, members("lic"), members("lic", "ann")),
      ),
    ).toEqual([]);
  });

  it("follows the product of a group to each of its members", () => {
    const found = consequences(
      of(groupLicense, licensed("lic", "SPB"), undefined),
      same(groupMembership, members("lic", "bob", "ann")),
    );
    expect(found.map(({ name, products }) => [name, products.lost])).toEqual([
      ["ann", ["SPB"]],
      ["bob", ["SPB"]],
    ]);
  });

  it("stands for the members of a group whom nobody here knows", () => {
    const found = consequences(of(groupLicense, licensed("lic", "SPB"), licensed("lic")));
    expect(found).toMatchObject([{ holder: "group", name: "lic", products: { lost: ["SPB"] } }]);
  });

  it("is the highest right on a site over all ways", () => {
    const found = consequences(
      of(
        sitePermissions,
        access(["group", "Lic", "edit"], ["user", "ann", "read"]),
        access(["user", "ann", "read"]),
      ),
      same(groupMembership, members("lic", "ann", "bob")),
    );
    expect(found.map(({ name, sites: [site] }) => [name, site?.before, site?.after])).toEqual([
      ["ann", "edit", "read"],
      ["bob", "edit", undefined],
    ]);
  });

  const nested = (groupName: string, ...groups: string[]): Side => ({
    ...members(groupName),
    memberGroups: groups.map((name) => ({ id: `id of ${name}`, groupName: name })),
  });

  it("is the right of a group around theirs, over every step and round no circle", () => {
    const found = consequences(
      same(sitePermissions, access(["group", "outer", "edit"])),
      of(groupMembership, nested("outer"), nested("outer", "middle")),
      same(groupMembership, nested("middle", "inner", "outer")),
      same(groupMembership, members("inner", "ann")),
    );
    expect(found).toMatchObject([
      {
        name: "ann",
        sites: [{ after: "edit" }],
        urns: [`${groupMembership.type} outer`],
      },
    ]);
  });

  it("is no longer that right when the inner group leaves, or they leave it", () => {
    const site = same(sitePermissions, access(["group", "outer", "edit"]));
    const inner = [members("inner", "ann"), members("inner")] as const;
    for (const changes of [
      [
        of(groupMembership, nested("outer", "inner"), nested("outer")),
        same(groupMembership, inner[0]),
      ],
      [same(groupMembership, nested("outer", "inner")), of(groupMembership, ...inner)],
      [same(groupMembership, nested("outer", "inner")), of(groupMembership, inner[0], undefined)],
    ]) {
      expect(consequences(site, ...changes)).toMatchObject([
        { name: "ann", sites: [{ before: "edit" }] },
      ]);
    }
  });

  it("is no product of a group around theirs", () => {
    expect(
      consequences(
        same(groupLicense, licensed("outer", "SPB")),
        of(groupMembership, nested("outer"), nested("outer", "inner")),
        same(groupMembership, members("inner", "ann")),
      ),
    ).toEqual([]);
  });

  it("relies on each group of another way in", () => {
    const { reliedOn } = outcomeOf([
      of(sitePermissions, access(["user", "ann", "edit"]), access(["group", "outer", "edit"])),
      same(groupMembership, nested("outer", "inner")),
      same(groupMembership, members("inner", "ann")),
    ]);
    expect(reliedOn.map(({ urn, path }) => [urn.split(" ")[1], path])).toEqual([
      ["finance", "grants"],
      ["outer", "memberGroups"],
      ["inner", "members"],
    ]);
  });

  it("knows a renamed person, whom the lists name by the new name", () => {
    const renamed = { ...person("ann"), userPrincipalName: "ann.devries" };
    expect(
      consequences(
        of(user, person("ann"), renamed),
        of(
          userLicense,
          { ...direct("ann", "SPB"), userId: undefined },
          { ...direct("ann.devries", "SPB"), userId: undefined },
        ),
      ),
    ).toEqual([]);
  });

  it("leaves the mailbox of an account that goes to the account", () => {
    const [one] = consequences(
      of(user, person("ann"), undefined),
      of(userLicense, direct("ann", "SPB"), undefined),
    );
    expect(one?.products.lost).toEqual(["SPB"]);
    expect(one).not.toHaveProperty("mailbox");
    expect(one).not.toHaveProperty("asFarAsKnown");
  });
});

describe("a loss that is certain only as far as is known", () => {
  const leaves = of(groupMembership, members("lic", "ann"), members("lic"));
  const lic = same(groupLicense, licensed("lic", "SPB"));

  it.each<[string, readonly Declared[]]>([
    ["somebody's direct licences are not managed", []],
    [
      "the licences of another group of theirs are not managed",
      [same(userLicense, direct("ann")), same(groupMembership, members("sales", "ann"))],
    ],
    [
      "a group gives licences to people whom nobody here knows",
      [same(userLicense, direct("ann")), same(groupLicense, licensed("other", "SPB"))],
    ],
  ])("is so where %s", (_what, others) => {
    expect(consequences(lic, leaves, ...others)).toMatchObject([{ asFarAsKnown: true }]);
  });
});

it("loses no mailbox with the licence where the mailbox becomes a shared one", () => {
  const gives = of(userLicense, direct("ann", "SPB"), direct("ann"));
  const shared = { userId: "id of ann", userPrincipalName: "ann", type: "shared" };
  expect(consequences(gives)).toMatchObject([{ mailbox: "lost" }]);
  const [converted] = consequences(gives, of(NOUNS.userMailboxType, undefined, shared));
  expect(converted).toMatchObject({ products: { lost: ["SPB"] } });
  expect(converted).not.toHaveProperty("mailbox");
});

it("counts what people have before the plan", () => {
  const { held } = outcomeOf([
    of(userLicense, direct("ann", "SPB", "VISIOCLIENT"), direct("ann")),
    of(userLicense, undefined, direct("bob", "SPB")),
  ]);
  expect(held).toEqual({ licenses: 2, mailboxes: 1 });
});

it("is made out of the engine's events and covered by the digest", () => {
  const events = withStep("every-kind", "UserLicense::anna", (step) => {
    for (const state of [step.old, step.new]) {
      const skus = (state?.inputs.skus ?? []) as string[];
      const licenses = skus.map((sku) => ({ sku, disabledPlans: [] }));
      if (state !== null) state.inputs = { ...state.inputs, licenses };
    }
  });
  const plan = planOf(events);
  expect(plan.consequences).toMatchObject([
    { name: "anna@contoso.com", products: { gained: ["EXCHANGESTANDARD"], lost: [] } },
  ]);
  expect(planDigest({ ...plan, consequences: [] })).not.toBe(planDigest(plan));
});
