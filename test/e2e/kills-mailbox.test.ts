/** Deaths at random moments while mailboxes (one becomes a shared one), contacts and rules for signing in change, security defaults going off among them. */
import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { kills } from "../../scripts/torture/kills.ts";
import { aTenantFile, TENANT_ID, upnOf } from "./support/workspace.ts";

const [ANNA, BRAM, CARLA, EMERGENCY] = [
  ...(["Anna Bakker", "Bram Visser", "Carla Smit", "Nood Account"] as const),
];

interface Stage {
  readonly securityDefaults: "on" | "off";
  readonly rule: "reportOnly" | "on";
  readonly role: "read" | "write";
  readonly timeZone: string;
  /** Megabytes. */
  readonly maxSendSize: number;
  /** Whether Carla has left, and her mailbox is a shared one without a licence. */
  readonly hasLeft: boolean;
  readonly booked: "room" | "equipment";
  readonly contacts: readonly string[];
  /** Who may use Anna's mailbox. */
  readonly holders: readonly string[];
}

const file = ({ securityDefaults, rule, role, timeZone, holders, ...more }: Stage): string => {
  // New ones each time: YAML would refer from one to the other.
  const users = () => holders.map((name) => ({ user: upnOf(name) }));
  const calendar = () => users().map((one) => ({ ...one, role }));
  const rights = { fullAccess: users(), sendOnBehalf: users(), calendar: calendar() };
  const mailbox = { ...rights, timeZone, maxSendSize: more.maxSendSize };
  const left = { accountEnabled: false, licenses: [], mailbox: { type: "shared" } };
  const carla = { name: CARLA, licenses: ["SPB"], ...(more.hasLeft ? left : {}) };
  return aTenantFile({
    people: [
      ...[{ name: ANNA, mailbox }, { name: BRAM }, { name: EMERGENCY }].map((person) => ({
        ...person,
        licenses: ["SPB"],
      })),
      carla,
    ],
    sections: {
      tenant: {
        ...{ id: TENANT_ID, displayName: "Example", initialDomain: "example.onmicrosoft.com" },
        ...{ domains: ["example.com"], language: "nl", country: "NL" },
        emergencyAccounts: [upnOf(EMERGENCY)],
      },
      subscriptions: [{ sku: "SPB", term: "monthly", count: 4 }],
      mailboxes: [
        {
          ...{ address: "info@example.com", displayName: "Info" },
          ...{ sendAs: users(), calendar: calendar() },
        },
        { address: "zaal@example.com", displayName: "Zaal", type: more.booked },
      ],
      mailContacts: more.contacts.map((name) => ({
        ...{ email: `${name}@elders.example`, displayName: `${name} (${more.booked})` },
      })),
      signInSecurity: { securityDefaults, twoStepForEveryone: rule, blockLegacySignIn: rule },
    },
  });
};

it.runIf(process.platform === "linux")(
  "an apply that was killed while mailboxes and rules for signing in change comes to the same end",
  async () => {
    const seed = randomInt(2 ** 32);
    const told: string[] = [`seed ${seed}`];
    const before = {
      ...({ securityDefaults: "on", rule: "reportOnly", role: "read", booked: "room" } as const),
      ...{ maxSendSize: 40, hasLeft: false, contacts: ["oud", "blijft"] },
    };
    const after = {
      ...({ securityDefaults: "off", rule: "on", role: "write", booked: "equipment" } as const),
      ...{ maxSendSize: 50, hasLeft: true, contacts: ["blijft", "nieuw"] },
    };
    const rounds = await kills({
      ...{ rounds: 5, seed, moment: "anywhere" },
      tenantFile: file({ ...before, timeZone: "Europe/Amsterdam", holders: [BRAM] }),
      changedTo: file({ ...after, timeZone: "Europe/Lisbon", holders: [BRAM, EMERGENCY] }),
      report: (line) => told.push(line),
    });
    process.stdout.write(`${told.join("\n")}\n`);
    const problems = rounds.flatMap((round) => round.problems);
    expect(problems, told.join("\n")).toEqual([]);
  },
  // Minutes; more on a machine that others use at the same time.
  900_000,
);
