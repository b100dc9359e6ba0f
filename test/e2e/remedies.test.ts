/** What a refusal says to do is done, and ends well. `test/operations/remedies.ts` tells where that is for each code. */
import { mkdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { addDays, calendar } from "../../core/calendar.ts";
import type { ErrorCode } from "../../core/error-codes.ts";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { ANNA, aTenantFile, BRAM, TENANT_ID, TestWorkspace, upnOf } from "./support/workspace.ts";

const EVERYBODY = ["Anna Bakker", "Bram Visser", "Carla Smit", "Dora Mulder"];
const TENANT = {
  id: TENANT_ID,
  displayName: "Example Accountants",
  initialDomain: "example.onmicrosoft.com",
  domains: ["example.com"],
  language: "nl",
  country: "NL",
  emergencyAccounts: [upnOf("Carla Smit")],
  globalAdministrators: [upnOf("Anna Bakker")],
};
const SITE = { url: "/sites/dossiers", title: "Dossiers", owner: upnOf("Anna Bakker") };
const ANNUAL = {
  ...{ sku: "POWER_BI_PRO", term: "annual", count: 2 },
  start: addDays(calendar.today(), -100),
};
const OLD_SITE = { site: SITE.url, reason: "Begint opnieuw", data: "Blijft in de back-up" };

type Sections = Readonly<Record<string, unknown>>;

const file = (people: readonly string[], sections: Sections = {}): string =>
  aTenantFile({
    people: people.map((name) => ({ name })),
    sections: { tenant: TENANT, sites: [SITE], subscriptions: [ANNUAL], ...sections },
  });

const without = (...gone: readonly string[]): string[] =>
  EVERYBODY.filter((name) => !gone.includes(name));

const removing = (...gone: readonly string[]): Sections => ({
  remove: gone.map((name) => ({ user: upnOf(name), reason: "Uit dienst", data: "Geen" })),
});

const approval = (more: Sections): Sections => ({
  approval: { decisionMakers: [ANNA, BRAM], ...more },
});

const renamed = (entry: Sections): string =>
  file([], {
    users: [
      ...without("Bram Visser").map((name) => ({
        userPrincipalName: upnOf(name),
        displayName: name,
      })),
      { userPrincipalName: upnOf("Bram Smit"), displayName: "Bram Visser", ...entry },
    ],
  });

/** The file that is refused, and what its writer makes of it. */
const CORRECTIONS: readonly (readonly [code: ErrorCode, refused: string, corrected: string])[] = [
  [
    "remove-entry-missing",
    file(without("Bram Visser")),
    file(without("Bram Visser"), removing("Bram Visser")),
  ],
  [
    "too-large-share-removed",
    file(without("Bram Visser", "Dora Mulder"), removing("Bram Visser", "Dora Mulder")),
    file(without("Bram Visser", "Dora Mulder"), {
      ...removing("Bram Visser", "Dora Mulder"),
      ...approval({ exceptionalChange: { reason: "Reorganisatie", allow: ["people"] } }),
    }),
  ],
  [
    "emergency-account-removed",
    file(without("Carla Smit"), removing("Carla Smit")),
    file(EVERYBODY),
  ],
  [
    "left-out",
    file(EVERYBODY, { sites: undefined }),
    file(EVERYBODY, { sites: undefined, release: ["sites"] }),
  ],
  ["renamed-or-replaced", renamed({}), renamed({ formerly: upnOf("Bram Visser") })],
  [
    "site-address-changed",
    file(EVERYBODY, { sites: [{ ...SITE, url: "/sites/nieuw" }] }),
    file(EVERYBODY, {
      sites: [{ ...SITE, url: "/sites/nieuw", title: "Nieuw" }],
      remove: [OLD_SITE],
    }),
  ],
  [
    "too-many-removed",
    file(without("Bram Visser", "Dora Mulder"), {
      ...removing("Bram Visser", "Dora Mulder"),
      ...approval({ limits: { people: 1 } }),
    }),
    file(without("Bram Visser"), removing("Bram Visser")),
  ],
  [
    "change-not-possible",
    file(EVERYBODY, { subscriptions: [{ ...ANNUAL, count: 1 }] }),
    file(EVERYBODY, { subscriptions: [{ ...ANNUAL, atRenewal: 1 }] }),
  ],
  [
    "term-running",
    file(EVERYBODY, { subscriptions: [] }),
    file(EVERYBODY, { subscriptions: [{ ...ANNUAL, atRenewal: 0 }] }),
  ],
  ["tenant-file-invalid", "version: 2\n", file(EVERYBODY)],
  ["policy-violated", file(EVERYBODY, { backup: undefined }), file(EVERYBODY)],
  [
    "foreign-tenant",
    file(EVERYBODY, { tenant: { ...TENANT, id: TENANT_ID.replace("5", "6") } }),
    file(EVERYBODY),
  ],
];

const refusalOf = async (workspace: TestWorkspace, args: readonly string[]): Promise<unknown> =>
  (await workspace.run(args)).refusal;

let applied: TestWorkspace;

beforeAll(async () => {
  applied = TestWorkspace.create({ example: file(EVERYBODY) });
  await planAndApprove(applied);
  await applied.succeed(["apply", "example"]);
});

describe("a file that is refused", () => {
  it.each(CORRECTIONS)("is planned once it is corrected: %s", async (code, refused, corrected) => {
    const workspace = applied.copy();
    workspace.declare(refused);
    expect(await refusalOf(workspace, ["plan", "example"])).toBe(code);
    workspace.declare(corrected);
    await workspace.succeed(["plan", "example"]);
  });

  it("lets the administrator go once another one is known: last-global-administrator-removed", async () => {
    const workspace = applied.copy();
    const gone = without("Anna Bakker");
    const site = { sites: [{ ...SITE, owner: upnOf("Bram Visser") }] };
    workspace.declare(file(gone, { ...site, ...removing("Anna Bakker") }));
    expect(await refusalOf(workspace, ["plan", "example"])).toBe(
      "last-global-administrator-removed",
    );
    const globalAdministrators = [upnOf("Anna Bakker"), upnOf("Bram Visser")];
    const tenant = { ...TENANT, globalAdministrators };
    workspace.declare(file(EVERYBODY, { ...site, tenant }));
    await planAndApprove(workspace);
    await workspace.succeed(["apply", "example"]);
    workspace.declare(file(gone, { ...site, tenant, ...removing("Anna Bakker") }));
    await workspace.succeed(["plan", "example"]);
  });
});

describe("what is looked for and not there", () => {
  it("is made by a plan: no-plan, plan-unknown", async () => {
    const workspace = TestWorkspace.create();
    expect(await refusalOf(workspace, ["show", "example"])).toBe("no-plan");
    await workspace.succeed(["plan", "example"]);
    await workspace.succeed(["show", "example"]);
    const digest = `sha256:${"0".repeat(64)}`;
    expect(await refusalOf(workspace, ["show", "example", "--digest", digest])).toBe(
      "plan-unknown",
    );
  });

  it("is put where it belongs: no-workspace, tenant-unknown, invalid-settings", async () => {
    const workspace = TestWorkspace.create({});
    expect(await refusalOf(workspace, ["validate"])).toBe("no-workspace");
    mkdirSync(workspace.path("stacks"));
    expect(await refusalOf(workspace, ["plan", "example"])).toBe("tenant-unknown");
    workspace.declare(aTenantFile());
    workspace.write("tenantry.yaml", "stat: embedded\n");
    expect(await refusalOf(workspace, ["plan", "example"])).toBe("invalid-settings");
    workspace.write("tenantry.yaml", "state: embedded\n");
    await workspace.succeed(["plan", "example"]);
  });
});

describe("somebody whom others deleted by hand", () => {
  it("comes back as the refusals say, one after the other: base-moved, in-recycle-bin (K7)", async () => {
    const workspace = applied.copy();
    const dora = upnOf("Dora Mulder");
    const promoted = (entry: Sections): string =>
      file([], {
        users: [
          ...without("Dora Mulder").map((name) => ({
            userPrincipalName: upnOf(name),
            displayName: name,
            usageLocation: "NL",
          })),
          {
            userPrincipalName: dora,
            displayName: "Dora Mulder",
            usageLocation: "NL",
            jobTitle: "Vennoot",
            ...entry,
          },
        ],
      });
    workspace.declare(promoted({}));
    await planAndApprove(workspace);
    await lookAt(workspace, TENANT_ID, async ({ graph }) => {
      await graph.api(`/users/${dora}`).delete();
    });
    expect(await refusalOf(workspace, ["apply", "example"])).toBe("base-moved");
    expect(await refusalOf(workspace, ["plan", "example", "--refresh"])).toBe("in-recycle-bin");
    workspace.declare(promoted({ recycleBin: "restore" }));
    await workspace.succeed(["plan", "example", "--refresh"]);
    await workspace.succeed(["approve", "example"]);
    await workspace.succeed(["apply", "example"]);
    await lookAt(workspace, TENANT_ID, async ({ graph }) => {
      const user = (await graph.api(`/users/${dora}?$select=jobTitle`).get()) as unknown;
      expect(user).toMatchObject({ jobTitle: "Vennoot" });
    });
  });
});
