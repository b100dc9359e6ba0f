import { describe, expect, it } from "vitest";
import { endingKey } from "../../core/end-days.ts";
import { dayAt, declaredOn, endDays } from "../../tenant-file/end-days.ts";
import type { Tenant } from "../../tenant-file/tenant-schema.ts";
import { contoso, tenantOf } from "./contoso.ts";

const [ANNA, BRAM, INFO] = ["anna@contoso.com", "bram@contoso.com", "info@contoso.com"];
const ROLE = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const UNTIL = "2026-11-28";
const right = { user: BRAM, until: UNTIL };
const rights = {
  fullAccess: [right, { user: ANNA }],
  sendAs: [right],
  sendOnBehalf: [right],
  calendar: [{ ...right, role: "read" as const }],
};

const tenant: Tenant = {
  ...tenantOf(contoso),
  users: [{ userPrincipalName: ANNA, displayName: "Anna", lastDay: UNTIL, mailbox: rights }],
  guests: [{ email: "eva@elders.example", displayName: "Eva", until: UNTIL }],
  mailboxes: [{ address: INFO, displayName: "Info", ...rights }],
  roles: [{ role: ROLE, users: [right, { user: ANNA }] }],
};

function fail(): never {
  throw new Error("Nobody is in the file");
}

describe("a tenant file on a day", () => {
  it("is as it stands until the last day is over", () => {
    expect(declaredOn(tenant, UNTIL)).toEqual(tenant);
  });

  it("is without the rights that ended, and with the accounts blocked that ended", () => {
    const { users, guests, mailboxes, roles, ...others } = declaredOn(tenant, "2026-11-29");
    const left = { fullAccess: [{ user: ANNA }], sendAs: [], sendOnBehalf: [], calendar: [] };
    expect(mailboxes).toEqual([{ address: INFO, displayName: "Info", ...left }]);
    expect(users).toMatchObject([
      {
        ...{ accountEnabled: false, blockedBecause: "28 november 2026 was de laatste dag" },
        mailbox: left,
      },
    ]);
    expect(guests).toMatchObject([{ accountEnabled: false, until: UNTIL }]);
    expect(roles).toEqual([{ role: ROLE, users: [{ user: ANNA }] }]);
    const { users: _, guests: _g, mailboxes: _m, roles: _r, ...same } = tenant;
    expect(others).toEqual(same);
  });

  it("is without what is still to come, until its first day", () => {
    const from = "2026-12-01";
    const soon = { user: BRAM, from };
    const file: Tenant = {
      ...tenantOf(contoso),
      guests: [],
      users: [{ userPrincipalName: ANNA, displayName: "Anna", firstDay: from }],
      mailboxes: [{ address: INFO, displayName: "Info", fullAccess: [soon] }],
      roles: [{ role: ROLE, users: [soon] }],
    };
    expect(declaredOn(file, "2026-11-30")).toMatchObject({
      users: [{ accountEnabled: false, blockedBecause: "1 december 2026 wordt de eerste dag" }],
      mailboxes: [{ fullAccess: [] }],
      roles: [{ users: [] }],
    });
    const { users, ...others } = declaredOn(file, from);
    expect(others).toMatchObject({ mailboxes: file.mailboxes, roles: file.roles });
    expect(users).toEqual([{ ...file.users?.[0], accountEnabled: true }]);
    expect(endDays(file).map((one) => `${endingKey(one)}: ${one.until}`)).toEqual([
      `start user ${ANNA}: 2026-11-30`,
      `start fullAccess ${INFO} ${BRAM}: 2026-11-30`,
      `start role ${ROLE} ${BRAM}: 2026-11-30`,
    ]);
  });

  it("blocks who came and went", () => {
    const [person = fail()] = tenant.users ?? [];
    const users = [{ ...person, firstDay: "2026-11-01" }];
    expect(declaredOn({ ...tenant, users }, "2026-10-31").users?.[0]?.accountEnabled).toBe(false);
    expect(declaredOn({ ...tenant, users }, "2026-11-01").users?.[0]?.accountEnabled).toBe(true);
    expect(declaredOn({ ...tenant, users }, "2026-11-29").users?.[0]?.accountEnabled).toBe(false);
  });

  it("is without the exceptions to the trusted countries that ended, and others stay", () => {
    const travel = { reason: "Reis" };
    const exceptions = [
      { ...travel, user: BRAM, until: UNTIL },
      { ...travel, user: ANNA, until: "2027-01-31" },
    ];
    const trustedCountries = {
      ...{ stage: "on", countries: ["NL"], unknownAddresses: "allowed" },
      exceptions,
    } as const;
    const signInSecurity = { twoStepForEveryone: "on", trustedCountries } as const;
    const travelling = { ...tenantOf(contoso), signInSecurity } as unknown as Tenant;
    expect(declaredOn(travelling, UNTIL)).toEqual(travelling);
    expect(declaredOn(travelling, "2026-11-29").signInSecurity).toEqual({
      ...signInSecurity,
      trustedCountries: { ...trustedCountries, exceptions: exceptions.slice(1) },
    });
    const of = { kind: "exception", name: "trustedCountries" };
    expect(endDays(travelling)).toContainEqual({ ...of, user: BRAM, until: UNTIL });
  });

  it("says the same twice", () => {
    const later = declaredOn(tenant, "2026-11-29");
    expect(declaredOn(later, "2026-11-29")).toEqual(later);
  });

  it("leaves out what the file leaves out", () => {
    const bare = { ...tenantOf(contoso) };
    delete bare.users;
    delete bare.guests;
    expect(Object.keys(declaredOn(bare, "2030-01-01"))).not.toContain("users");
  });
});

describe("the last days of a file", () => {
  it("are of people, guests and each right, whether over or not", () => {
    expect(endDays(tenant).map(({ kind, name, user }) => [kind, name, user])).toEqual([
      ["user", ANNA, undefined],
      ...["fullAccess", "sendAs", "sendOnBehalf", "calendar"].map((kind) => [kind, ANNA, BRAM]),
      ["guest", "eva@elders.example", undefined],
      ...["fullAccess", "sendAs", "sendOnBehalf", "calendar"].map((kind) => [kind, INFO, BRAM]),
      ["role", ROLE, BRAM],
    ]);
  });
});

it("does everything once in a year, on its day where the customer is", () => {
  const users: Tenant["users"] = [
    { userPrincipalName: ANNA, displayName: "Anna", firstDay: "2027-02-01", lastDay: "2027-03-31" },
    {
      ...{ userPrincipalName: BRAM, displayName: "Bram", manager: ANNA, licenses: ["SPB"] },
      leaves: { lastDay: "2027-10-30", until: "2027-12-31" },
    },
  ];
  const file: Tenant = {
    ...{ ...tenantOf(contoso), groups: [], users },
    guests: [{ email: "eva@elders.example", displayName: "Eva", until: "2027-06-30" }],
    mailboxes: [
      {
        ...{ address: INFO, displayName: "Info" },
        fullAccess: [{ user: ANNA, from: "2027-02-01", until: "2027-02-28" }],
      },
    ],
    roles: [{ role: ROLE, users: [{ user: ANNA, until: "2027-02-14" }] }],
  };
  const changed: string[] = [];
  let before = JSON.stringify(declaredOn(file, "2026-12-31"));
  // At half past ten in the evening of UTC: in winter the same day there, in summer the next one already.
  for (let at = Date.UTC(2026, 11, 31, 22, 30); at < Date.UTC(2028, 0, 2); at += 24 * 60 * 60_000) {
    const moment = new Date(at);
    const now = JSON.stringify(declaredOn(file, dayAt(file, moment)));
    if (now !== before) changed.push(moment.toISOString().slice(0, 10));
    before = now;
  }
  expect(changed).toEqual([
    ...["2027-02-01", "2027-02-15", "2027-03-01", "2027-03-31"],
    ...["2027-06-30", "2027-10-30", "2028-01-01"],
  ]);
});
