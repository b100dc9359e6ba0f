import { describe, expect, it } from "vitest";
import { endingKey } from "../../core/end-days.ts";
import { declaredOn, endDays } from "../../tenant-file/end-days.ts";
import type { Tenant } from "../../tenant-file/tenant-schema.ts";
import { contoso, contosoWith, expectOneProblem, tenantOf, voorbeeld } from "./contoso.ts";

const [ANNA, BRAM, INFO] = ["anna@contoso.com", "bram@contoso.com", "info@contoso.com"];
const ROLE = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const LAST = "2026-11-28";
const AFTER = "2026-11-29";

type User = NonNullable<Tenant["users"]>[number];

const tenantWith = (leaver: Partial<User>): Tenant => ({
  ...tenantOf(contoso),
  guests: [],
  users: [
    {
      ...{ userPrincipalName: ANNA, displayName: "Anna", manager: BRAM, licenses: ["SPB"] },
      ...{ leaves: { lastDay: LAST }, ...leaver },
    },
    {
      ...{ userPrincipalName: BRAM, displayName: "Bram", licenses: ["SPB"] },
      mailbox: { fullAccess: [{ user: ANNA }] },
    },
  ],
  groups: [
    {
      ...{ name: "kantoor", displayName: "Kantoor", type: "security" },
      ...{ owners: [ANNA], members: [ANNA, BRAM] },
    },
    {
      ...{ name: "office", displayName: "Office", type: "security", licenses: ["VISIOCLIENT"] },
      ...{ owners: [ANNA, BRAM], members: [ANNA] },
    },
    { name: "lijst", displayName: "Lijst", type: "distribution", senders: [ANNA, BRAM] },
  ],
  mailboxes: [{ address: INFO, displayName: "Info", sendAs: [{ user: ANNA }, { user: BRAM }] }],
  roles: [{ role: ROLE, users: [{ user: ANNA }] }],
  sites: [
    {
      ...{ url: "/sites/kantoor", title: "Kantoor", owner: BRAM },
      permissions: [
        { user: ANNA, role: "edit" },
        { group: "kantoor", role: "read" },
      ],
      libraries: [{ name: "Dossiers", permissions: [{ user: ANNA, role: "edit" }] }],
    },
  ],
});

describe("somebody who leaves", () => {
  it("changes nothing until the last day is over but what is to be ready by then", () => {
    const { users: [anna, ...others] = [], groups, ...rest } = declaredOn(tenantWith({}), LAST);
    const { users: _, groups: before = [], ...same } = tenantWith({});
    expect(rest).toEqual(same);
    expect(others).toEqual(tenantWith({}).users?.slice(1));
    expect(anna).toEqual({
      ...tenantWith({}).users?.[0],
      mailbox: {
        fullAccess: [],
        automaticReplies: {
          ...{ status: "scheduled", from: AFTER, until: "2027-02-26" },
          internalReplyMessage: expect.stringContaining("Bram (bram@contoso.com)") as string,
          externalReplyMessage: expect.stringContaining("werkt niet meer bij") as string,
        },
      },
    });
    // Whoever takes over owns what nobody else owns.
    expect(groups).toEqual([{ ...before[0], owners: [ANNA, BRAM] }, ...before.slice(1)]);
  });

  it("has nothing any more the day after, and the mailbox is shared with whoever takes over", () => {
    const { users, groups, mailboxes, roles, sites } = declaredOn(tenantWith({}), AFTER);
    expect(users).toMatchObject([
      {
        ...{ accountEnabled: false, licenses: [] },
        blockedBecause: "28 november 2026 was de laatste dag",
        mailbox: { type: "shared", fullAccess: [{ user: BRAM, until: "2027-02-26" }] },
      },
      { mailbox: { fullAccess: [] } },
    ]);
    expect(groups).toMatchObject([
      { owners: [BRAM], members: [BRAM] },
      { owners: [BRAM], members: [] },
      { senders: [BRAM] },
    ]);
    expect(mailboxes).toMatchObject([{ sendAs: [{ user: BRAM }] }]);
    expect(roles).toEqual([{ role: ROLE, users: [] }]);
    expect(sites).toMatchObject([
      { permissions: [{ group: "kantoor" }], libraries: [{ permissions: [] }] },
    ]);
  });

  it("keeps a licence, and the groups that give one, for a mailbox on hold", () => {
    const { users, groups } = declaredOn(
      tenantWith({ mailbox: { litigationHoldEnabled: true } }),
      AFTER,
    );
    expect(users?.[0]).toMatchObject({ accountEnabled: false, licenses: ["SPB"] });
    expect(users?.[0]?.mailbox).not.toHaveProperty("type");
    expect(groups).toMatchObject([{ members: [BRAM] }, { members: [ANNA] }, {}]);
  });

  it("hands nothing over without a mailbox", () => {
    const [anna] = declaredOn(tenantWith({ licenses: [] }), AFTER).users ?? [];
    expect(anna).toMatchObject({ accountEnabled: false, licenses: [] });
    expect(anna).not.toHaveProperty("mailbox");
  });

  it("is over for whoever took over on the agreed day", () => {
    const file = tenantWith({ leaves: { lastDay: LAST, until: "2026-12-31" } });
    const opens = (day: string) => declaredOn(file, day).users?.[0]?.mailbox?.fullAccess?.length;
    expect([opens("2026-12-31"), opens("2027-01-01")]).toEqual([1, 0]);
    expect(endDays(file).map((one) => `${endingKey(one)}: ${one.until}`)).toEqual([
      `leaver ${ANNA}: ${LAST}`,
      `start fullAccess ${ANNA} ${BRAM}: ${LAST}`,
      `fullAccess ${ANNA} ${BRAM}: 2026-12-31`,
    ]);
  });

  it("says the same twice, and stays for the other one", () => {
    const later = declaredOn(tenantWith({}), AFTER);
    expect(declaredOn(later, AFTER)).toEqual(later);
    const postponed = declaredOn(tenantWith({ leaves: { lastDay: AFTER } }), AFTER);
    expect(postponed.groups).toMatchObject([{ members: [ANNA, BRAM] }, { members: [ANNA] }, {}]);
  });
});

describe("what has to be known of a leaver", () => {
  const pieter = (keys: string, ...more: [string, string][]): string =>
    contosoWith(["    jobTitle: Vennoot\n", `    jobTitle: Vennoot\n${keys}`], ...more);
  const leaves = "    leaves: { lastDay: 2027-01-31 }\n";

  it("is who takes over: the manager, or somebody who is named and stays", () => {
    expect(tenantOf(pieter(leaves)).users?.[1]).toMatchObject({
      leaves: { lastDay: "2027-01-31" },
    });
    expectOneProblem(
      pieter("    leaves: { lastDay: 2027-01-31, handOverTo: pieter.jansen@contoso.com }\n"),
      "leaves: ^{",
      { path: "users[1].leaves", allowed: "handOverTo with somebody who stays" },
    );
    expectOneProblem(
      pieter("    leaves: { lastDay: 2027-01-31, handOverTo: niemand@contoso.com }\n"),
      "handOverTo: ^niemand",
      { path: "users[1].leaves.handOverTo" },
    );
  });

  it("is one last day", () => {
    expectOneProblem(pieter(`${leaves}    lastDay: 2027-01-30\n`), "lastDay: ^2027-01-30", {
      path: "users[1].lastDay",
      allowed: "one of the two keys",
    });
  });
});

it("is a departure from a firm of 60 by one line", () => {
  const [manager, lastDay] = ["    manager: jan.peters@voorbeeldbv.nl\n", "2027-01-31"];
  const text = voorbeeld.replace(manager, `${manager}    leaves: { lastDay: ${lastDay} }\n`);
  const leaver = "ahmed.meijer@voorbeeldbv.nl";
  const others = (file: Tenant): string =>
    JSON.stringify({
      ...file,
      users: file.users?.filter(({ userPrincipalName }) => userPrincipalName !== leaver),
    });
  const [before, after] = ["2027-01-31", "2027-02-01"].map((day) =>
    declaredOn(tenantOf(text), day),
  );
  expect(before && others(before)).toContain(leaver);
  expect(after && others(after)).not.toContain(leaver);
  expect(after?.users?.[0]).toMatchObject({
    ...{ userPrincipalName: leaver, accountEnabled: false, licenses: [] },
    mailbox: { type: "shared", fullAccess: [{ user: "jan.peters@voorbeeldbv.nl" }] },
  });
});
