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
      "2026-12-05 Last day on which bram@contoso.com may sign in from anywhere",
      `2026-12-24 Last day of the automatic reply of ${someone.displayName}`,
      "2027-01-31 Last day: Send as of bram@contoso.com on info@contoso.com",
      "2027-03-01 Last day on which description of fiscaal may differ",
      "2027-04-01 Last day on which Joost decides",
      "2030-12-31 Last day of the contract with Contoso Accountants",
    ]);
  });

  it("is the renewal of each annual subscription, or its end", () => {
    const annual = { ...subscription, term: "annual", start: "2024-02-29", count: 5 } as const;
    const stops = { ...annual, start: "2026-01-15", atRenewal: 0 };
    const renewals = english({ ...bare, subscriptions: [annual, stops] }).slice(0, 2);
    expect(renewals.map((line) => line.replace(/ .* (?=renews|stops)/, " "))).toEqual([
      "2027-01-15 stops",
      "2027-02-28 renews for 5 licences",
    ]);
    const monthly = { ...subscription, term: "monthly" } as const;
    expect(english({ ...bare, subscriptions: [monthly] })).toHaveLength(1);
  });
});
