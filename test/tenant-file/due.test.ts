import { describe, expect, it } from "vitest";
import { dueDays } from "../../tenant-file/due.ts";
import { contoso, tenantOf } from "./contoso.ts";

const tenant = tenantOf(contoso);
const [someone = fail()] = tenant.users ?? [];
const [subscription = fail()] = tenant.subscriptions ?? [];

function fail(): never {
  throw new Error("The sample has no such entry");
}

const bare = {
  ...tenant,
  guests: [],
  subscriptions: [],
  approval: { required: 1, decisionMakers: [] },
  contract: { ...tenant.contract, end: "2030-12-31" },
};
const english = (file: typeof tenant, today = "2026-11-28"): string[] =>
  dueDays(file, today).map(({ day, text, isOver }) => `${day} ${text.en}${isOver ? " !" : ""}`);

describe("what falls due", () => {
  it("is every last day of the file, sorted, with those that are over", () => {
    const right = { user: "bram@contoso.com", until: "2027-01-31" };
    const file: typeof tenant = {
      ...bare,
      guests: [
        { email: "eva@elders.example", displayName: "Eva", sponsors: [], until: "2026-11-27" },
        { email: "zonder@elders.example", displayName: "Zonder", sponsors: [] },
      ],
      mailboxes: [{ address: "info@contoso.com", displayName: "Info", sendAs: [right] }],
      users: [
        {
          ...someone,
          mailbox: {
            fullAccess: [{ ...right, until: "2026-11-28" }, { user: "eva@contoso.com" }],
            calendar: [{ ...right, role: "read", until: "2026-11-30" }],
            automaticReplies: { status: "scheduled", from: "2026-12-01", until: "2026-12-24" },
          },
        },
      ],
      accepted: [
        { group: "fiscaal", property: "description", reason: "Loopt", until: "2027-03-01" },
      ],
      approval: {
        required: 1,
        decisionMakers: [{ name: "Joost", email: "joost@contoso.com", until: "2027-04-01" }],
      },
      signInSecurity: {
        trustedCountries: {
          ...{ stage: "on", countries: ["NL"], unknownAddresses: "blocked" },
          exceptions: [{ user: "bram@contoso.com", until: "2026-12-05", reason: "Reis" }],
        },
      },
    };
    expect(english(file)).toEqual([
      "2026-11-27 Last day: guest eva@elders.example !",
      `2026-11-28 Last day: Full access of bram@contoso.com on ${someone.userPrincipalName}`,
      `2026-11-30 Last day: Calendar of bram@contoso.com on ${someone.userPrincipalName}`,
      "2026-12-05 Last day: sign-in outside the trusted countries by bram@contoso.com",
      `2026-12-24 Last day of the automatic reply of ${someone.displayName}`,
      "2027-01-31 Last day: Send as of bram@contoso.com on info@contoso.com",
      "2027-03-01 Last day on which description of fiscaal may differ",
      "2027-04-01 Last day on which Joost decides",
      "2030-12-31 Last day of the contract with Contoso Accountants",
    ]);
  });

  it("is the first day of what begins, as long as that is to come", () => {
    const users = [{ ...someone, firstDay: "2026-12-01" }];
    const due = (today: string): string[] => english({ ...bare, users }, today).slice(0, -1);
    expect(due("2026-12-01")).toEqual([
      `2026-12-01 First day: account of ${someone.userPrincipalName}`,
    ]);
    expect(due("2026-12-02")).toEqual([]);
  });

  it("is which licences fall free with a leaver, and when there can be one fewer", () => {
    const leaver = { ...someone, licenses: ["SPB" as const] };
    const told = (lastDay: string, start = "2026-02-01"): string | undefined =>
      english({
        ...{ ...bare, groups: [], users: [{ ...leaver, leaves: { lastDay } }] },
        subscriptions: [{ sku: "SPB", term: "annual", start, count: 9, atTermEnd: "renew" }],
      }).find((line) => line.includes("falls free"));
    const free = `The licence Microsoft 365 Business Premium of ${someone.displayName} falls free`;
    expect(told("2026-12-31")).toBe(
      `2027-01-01 ${free}; there can be one fewer from 1 February 2027, ordered by 30 January 2027`,
    );
    // Too late for this renewal: the next one.
    expect(told("2027-01-30")).toMatch(/fewer from 1 February 2028/);
    expect(told("2026-11-27")).toBeUndefined();
  });

  describe("of subscriptions", () => {
    const annual = { sku: "SPB", term: "annual", start: "2026-02-01", count: 9 } as const;
    const told = (part: object, today = "2026-11-28"): string[] =>
      english({ ...bare, subscriptions: [{ ...annual, ...part }] }, today).slice(0, -1);
    const lastDay =
      "2027-01-30 Last day to order another number of Microsoft 365 Business Premium for 1 February 2027";

    it.each([
      ["renew", "renews for 9 licences"],
      ["stop", "stops: 9 people lose mail"],
      [
        "extend",
        "is not renewed and goes on by the month, 3% dearer than by the month (23% where Microsoft sells no monthly term)",
      ],
      [
        undefined,
        "renews or stops, which is not known: ask the licence partner (if it stops: 9 people lose mail)",
      ],
    ])("says what happens where the term ends: %s (coming case 21)", (atTermEnd, words) => {
      expect(told(atTermEnd === undefined ? {} : { atTermEnd })).toEqual([
        lastDay,
        `2027-02-01 Microsoft 365 Business Premium ${words}`,
      ]);
    });

    it("takes it from the licence partner where the subscription says nothing", () => {
      const file = {
        ...bare,
        subscriptions: [annual],
        licensePartner: {
          name: "Verdeler",
          customerAgreement: { agreedBy: "Marieke", dateAgreed: "2026-01-01" },
          atTermEnd: "stop" as const,
        },
      };
      expect(english(file)[1]).toMatch(/stops: 9 people lose mail$/);
    });

    it("says what is over: a term that stopped, one that goes on, a renewal with another number", () => {
      expect(told({ atTermEnd: "stop" }, "2027-03-01")).toEqual([
        "2027-02-01 Microsoft 365 Business Premium has stopped: 9 people lose mail !",
      ]);
      expect(told({ atTermEnd: "extend" }, "2028-03-01")).toEqual([
        expect.stringMatching(/^2027-02-01 .* has gone on by the month since, .* !$/),
      ]);
      expect(told({ atRenewal: 7 }, "2027-03-01")[0]).toBe(
        "2027-02-01 Microsoft 365 Business Premium has renewed for 7 licences: write start: 2027-02-01 and count: 7 !",
      );
    });

    it("says until when licences can be given back, and no longer", () => {
      const part = { atTermEnd: "renew", cancellationAllowedUntil: "2026-12-01" };
      expect(told(part)[0]).toBe(
        "2026-12-01 Last day on which licences for Microsoft 365 Business Premium can be given back",
      );
      expect(told(part, "2026-12-02")).toHaveLength(2);
    });

    it("counts nobody who keeps mail through another product, and names no mail where there was none", () => {
      const visio = { ...annual, sku: "VISIOCLIENT", atTermEnd: "stop" };
      expect(told(visio)[1]).toMatch(/Visio Plan 2 stops: 1 person loses it$/);
    });
  });

  it("is the renewal of each annual subscription, or its end", () => {
    const annual = { ...subscription, term: "annual", start: "2024-02-29", count: 5 } as const;
    const stops = { ...annual, start: "2026-01-15", atRenewal: 0 };
    const renews = { ...annual, atTermEnd: "renew" } as const;
    const renewals = english({ ...bare, subscriptions: [renews, stops] }).filter(
      (line) => !line.includes("Last day"),
    );
    expect(renewals.map((line) => line.replace(/ .* (?=renews|stops)/, " "))).toEqual([
      expect.stringMatching(/^2027-01-15 stops: \d people lose mail$/),
      "2027-02-28 renews for 5 licences",
    ]);
    const monthly = { ...subscription, term: "monthly" } as const;
    expect(english({ ...bare, subscriptions: [monthly] })).toHaveLength(1);
  });
});
