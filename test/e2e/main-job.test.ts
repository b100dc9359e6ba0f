/** The main job on the sample tenant, through the command line, the real engine and the emulator. */
import { beforeAll, describe, expect, it } from "vitest";
import { contoso, contosoWith, fabrikam, positionOf, tenantOf } from "../tenant-file/contoso.ts";
import { lookAt } from "./support/service.ts";
import { readState } from "./support/state.ts";
import type { Json } from "./support/service.ts";
import { cloneRoot, TestWorkspace } from "./support/workspace.ts";

const { id: TENANT_ID } = tenantOf(contoso).tenant;

interface Listed {
  readonly value: readonly Record<string, unknown>[];
}

let planned: TestWorkspace;
let applied: TestWorkspace;
let digest: unknown;

async function decideAndApply(workspace: TestWorkspace, stack: string): Promise<Json> {
  await workspace.succeed(["approve", stack]);
  return (await workspace.succeed(["apply", stack])).json;
}

beforeAll(async () => {
  planned = TestWorkspace.create({ contoso });
  digest = (await planned.succeed(["plan", "contoso"])).json.digest;
  applied = planned.copy();
  await decideAndApply(applied, "contoso");
});

/** Shifts the clock of the program and of the policy pack, which both run on Node. */
const LATER = `data:text/javascript,${encodeURIComponent(
  "const now = Date.now; Date.now = () => now() + 3 * 24 * 3600 * 1000;",
)}`;

describe("a plan", () => {
  it("has the same digest twice, in another folder, and at another time", async () => {
    const elsewhere = planned.copy();
    const later = { env: { NODE_OPTIONS: `--import=${LATER}` } };
    const again = await planned.succeed(["plan", "contoso"]);
    const there = await elsewhere.succeed(["plan", "contoso"], later);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect([again.json.digest, there.json.digest]).toEqual([digest, digest]);
  });

  it("is new in a workspace that knows nothing, and still has the same digest", async () => {
    const fresh = TestWorkspace.create({ contoso });
    expect((await fresh.succeed(["plan", "contoso"])).json.digest).toBe(digest);
  });

  it("writes nothing to the services", () => {
    expect(planned.written().services).toBe("none");
  });
});

describe("an apply", () => {
  it("without approval is refused and writes nothing", async () => {
    const before = planned.written("contoso");
    const refused = await planned.run(["apply", "contoso"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.refusal).toBe("no-approval");
    expect(JSON.stringify(refused.json.error)).toContain("`tenantry approve contoso`");
    expect(planned.written("contoso")).toEqual(before);
  });

  it("keeps in the state no place of this machine", async () => {
    const state = JSON.stringify(await readState(applied, "contoso"));
    expect(state).toContain("azuread:index/user:User");
    for (const place of [cloneRoot, applied.root, "node_modules", "/dist/"]) {
      expect(state).not.toContain(place);
    }
  });

  it("leaves nothing to do, and nothing that differs", async () => {
    const next = await applied.run(["plan", "contoso", "--exit-code"]);
    expect(next.exitCode).toBe(0);
    expect(next.json.plan).toMatchObject({ changes: [], structure: [] });
    const status = await applied.run(["status", "contoso", "--exit-code"]);
    expect(status.exitCode).toBe(0);
    expect(status.json).toMatchObject({ drift: [], lastApply: { result: "succeeded", digest } });
  });

  it("a second time changes nothing", async () => {
    const workspace = applied.copy();
    const before = workspace.written("contoso");
    const again = await workspace.succeed(["apply", "contoso"]);
    expect(again.json).toMatchObject({ changed: false });
    expect(workspace.written("contoso")).toEqual(before);
  });
});

describe("the tenant after an apply", () => {
  it("has the people, guests, groups, members and licences of the file", async () => {
    const { users = [], guests = [], groups = [] } = tenantOf(contoso);
    await lookAt(applied, TENANT_ID, async ({ graph }) => {
      const seen = (await graph
        .api("/users")
        .select([
          "userPrincipalName",
          "displayName",
          "jobTitle",
          "usageLocation",
          "mail",
          "userType",
        ])
        .top(100)
        .get()) as Listed;
      const wanted = users.map(({ userPrincipalName, displayName, jobTitle, usageLocation }) => ({
        userPrincipalName,
        displayName,
        jobTitle,
        usageLocation,
        mail: userPrincipalName,
      }));
      const people = seen.value.filter(({ userType }) => userType === "Member");
      expect(byKey(people, "userPrincipalName")).toMatchObject(byKey(wanted, "userPrincipalName"));
      const invited = seen.value.filter(({ userType }) => userType === "Guest");
      expect(invited.map(({ mail }) => mail)).toEqual(guests.map(({ email }) => email));
      expect(seen.value).toHaveLength(users.length + guests.length);

      const seenGroups = (await graph
        .api("/groups")
        .select(["id", "mailNickname"])
        .get()) as Listed;
      expect(seenGroups.value).toHaveLength(groups.length);
      for (const { id, mailNickname } of seenGroups.value) {
        const group = groups.find(({ name }) => name === mailNickname);
        expect(await namesOf(graph.api(`/groups/${String(id)}/members`)), String(id)).toEqual(
          [...(group?.members ?? [])].sort(),
        );
        expect(await namesOf(graph.api(`/groups/${String(id)}/owners`)), String(id)).toEqual(
          [...(group?.owners ?? [])].sort(),
        );
      }

      const skus = (await graph.api("/subscribedSkus").get()) as Listed;
      const consumed = skus.value.map(({ skuPartNumber, consumedUnits }) => [
        skuPartNumber,
        consumedUnits,
      ]);
      expect(Object.fromEntries(consumed)).toEqual({
        SPB: 9,
        EXCHANGESTANDARD: 3,
        VISIOCLIENT: 1,
      });
    });
  });

  it("has the sites with their permissions, and a backup job for the whole organisation", async () => {
    await lookAt(applied, TENANT_ID, async ({ sharePoint, vendor }) => {
      const site = "https://contoso.sharepoint.com/sites/jaarrekening";
      const query = "?$expand=Member,RoleDefinitionBindings";
      const { value } = await sharePoint(site, `/_api/web/roleassignments${query}`);
      const grants = (value as { Member: Json; RoleDefinitionBindings: Json[] }[]).map(
        ({ Member, RoleDefinitionBindings: [role] }) =>
          `${String(Member.Title)}: ${String(role?.RoleTypeKind)}`,
      );
      // RoleTypeKind: 2 is read, 6 is edit; the names of roles follow the site's language.
      expect(grants).toEqual(
        expect.arrayContaining(["Finance Members: 6", "Directie: 2", "Fleur van den Berg: 2"]),
      );

      // The whole organisation: who and what comes later is covered too.
      expect((await vendor("/Jobs")).results).toMatchObject([
        { isEnabled: true, backupType: "EntireOrganization", schedulePolicy: { type: "Daily" } },
      ]);
    });
  });
});

/** Iris leaves, Tom joins, and Fiscaal may read Jaarrekening. */
const CHANGED = contosoWith(
  [
    contoso.slice(
      contoso.indexOf("  - userPrincipalName: iris.hendriks"),
      contoso.indexOf("# People of other organisations"),
    ),
    `  - userPrincipalName: tom.kuipers@contoso.com
    displayName: Tom Kuipers
    givenName: Tom
    surname: Kuipers
    jobTitle: Stagiair
    usageLocation: NL
    manager: daan.visser@contoso.com

`,
  ],
  ["      - iris.hendriks@contoso.com\n", "      - tom.kuipers@contoso.com\n"],
  ["      - iris.hendriks@contoso.com\n", "      - tom.kuipers@contoso.com\n"],
  [
    "      - group: finance\n        role: edit\n",
    "      - group: finance\n        role: edit\n      - group: fiscaal\n        role: read\n",
  ],
);

const WITH_WORD = CHANGED.replace(
  "remove:\n",
  `remove:
  - user: iris.hendriks@contoso.com
    reason: Stage afgelopen
    data: Alles blijft in de back-up
`,
);

describe("a change to the tenant", () => {
  it("is told in Dutch and English, approved, and applied", async () => {
    const workspace = applied.copy();
    workspace.declare(WITH_WORD, "contoso");
    const { json } = await workspace.succeed(["plan", "contoso"]);
    expect(json.secondDecisionMakerNeeded).toBe(false);
    const told = async (language: string): Promise<string> => {
      const shown = ["show", "contoso", "--language", language];
      return (await workspace.text(shown)).stdout;
    };
    const [dutch, english] = [await told("nl"), await told("en")];
    for (const text of [dutch, english]) {
      expect(text).toContain("Tom Kuipers");
      expect(text).toContain("Iris Hendriks");
    }
    expect(dutch).toMatch(/Fiscaal krijgt toegang tot de site Jaarrekening/);
    expect(english).toMatch(/Fiscaal gets access to the site Jaarrekening/);

    const before = workspace.written("contoso");
    // What was approved before was applied: that there is another plan in the record is no news.
    const tooEarly = await workspace.run(["apply", "contoso"]);
    expect(tooEarly).toMatchObject({ exitCode: 2, refusal: "no-approval" });
    expect(workspace.written("contoso")).toEqual(before);

    expect(await decideAndApply(workspace, "contoso")).toMatchObject({ changed: true });
    await lookAt(workspace, TENANT_ID, async ({ graph }) => {
      const seen = (await graph.api("/users").select("userPrincipalName").top(100).get()) as Listed;
      const names = seen.value.map(({ userPrincipalName }) => userPrincipalName);
      expect(names).toContain("tom.kuipers@contoso.com");
      expect(names).not.toContain("iris.hendriks@contoso.com");
    });
    const next = await workspace.run(["plan", "contoso", "--exit-code"]);
    expect(next.exitCode).toBe(0);
  });

  it.each([
    ["a person leaves without a word, and a similar one joins", CHANGED, "renamed-or-replaced"],
    ["the annual licences fall", fewerAnnualLicenses(), "change-not-possible"],
  ])("is refused when %s", async (_, text, code) => {
    const workspace = applied.copy();
    const before = workspace.written("contoso");
    workspace.declare(text, "contoso");
    const refused = await workspace.run(["plan", "contoso"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: code });
    expect(workspace.written("contoso")).toEqual(before);
  });

  it("says at which line the annual licences fall, from when they can, and what to write", async () => {
    const workspace = applied.copy();
    const text = fewerAnnualLicenses();
    workspace.declare(text, "contoso");
    const { stderr, stdout } = await workspace.text(["plan", "contoso"]);
    const { line, column } = positionOf(text, "count: ^8");
    expect(stderr + stdout).toContain(`tenant.yaml:${line}:${column} count: `);
    expect(stderr + stdout).toMatch(
      /cannot fall from 9 to 8 before 1 February 20\d\d: .* write count: 9 and atRenewal: 8/,
    );
    expect(stderr + stdout).not.toContain("has a problem");
  });

  it("is refused when more leave at once than the file allows", async () => {
    const workspace = applied.copy();
    workspace.declare(withoutFourPeople(), "contoso");
    const refused = await workspace.run(["plan", "contoso"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "too-many-removed" });
  });
});

describe("the smallest tenant", () => {
  it("is planned, approved and applied", async () => {
    const workspace = TestWorkspace.create({ fabrikam });
    await workspace.succeed(["plan", "fabrikam"]);
    expect(await decideAndApply(workspace, "fabrikam")).toMatchObject({ changed: true });
    expect((await workspace.run(["plan", "fabrikam", "--exit-code"])).exitCode).toBe(0);
  });

  it.each([
    ["backup", withoutSection(fabrikam, "backup"), "m365-tenant-has-backup"],
    ["approval", withoutSection(fabrikam, "approval"), "m365-tenant-has-approval"],
    ["decision makers", withoutDecisionMakers(), "m365-tenant-has-approval"],
  ])("is refused without %s, by the policy's name", async (_, text, policy) => {
    const workspace = TestWorkspace.create({ fabrikam: text });
    const refused = await workspace.run(["plan", "fabrikam"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "policy-violated" });
    expect(refused.stdout).toContain(policy);
    // Whoever has to mend the file sees the whole plan with its page; nobody can sign it.
    expect(refused.json).toMatchObject({ plan: { findings: [{ rule: policy }] } });
    const { stdout, stderr, exitCode } = await workspace.text(["plan", "fabrikam"]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain("Dit voorstel kan niet worden goedgekeurd of uitgevoerd");
    expect(stderr).toContain("[policy-violated]");
    expect((await workspace.run(["approve", "fabrikam"])).refusal).toBe("policy-violated");
  });
});

function withoutSection(text: string, section: string): string {
  const from = text.indexOf(`\n${section}:`);
  const length = text.slice(from + 1).search(/\n\S|$/);
  return text.slice(0, from) + text.slice(from + 1 + length);
}

function withoutDecisionMakers(): string {
  return `${withoutSection(fabrikam, "approval")}approval: {}\n`;
}

/** Iris no longer needs one, so that only the commitment stands against it. */
function fewerAnnualLicenses(): string {
  return contosoWith(["    count: 9", "    count: 8"], ["      - iris.hendriks@contoso.com\n", ""]);
}

function withoutFourPeople(): string {
  const leavers = ["emma.smit", "noor.mulder", "lars.degroot", "zoe.bos"];
  const kept = contoso
    .split(/(?=^ {2}- userPrincipalName: )/m)
    .filter((part) => !leavers.some((name) => part.startsWith(`  - userPrincipalName: ${name}@`)))
    .join("");
  const text = leavers.reduce(
    (rest, name) => rest.replaceAll(`      - ${name}@contoso.com\n`, ""),
    kept,
  );
  const words = leavers.map(
    (name) => `  - user: ${name}@contoso.com\n    reason: Weg\n    data: In de back-up\n`,
  );
  return text.replace("remove:\n", `remove:\n${words.join("")}`);
}

const byKey = (items: readonly Json[], key: string): Record<string, Json> =>
  Object.fromEntries(items.map((item) => [String(item[key]), item]));

async function namesOf(request: { get(): Promise<unknown> }): Promise<string[]> {
  const { value } = (await request.get()) as Listed;
  // A guest's user principal name is made up by the service; the file has the mail address.
  return value
    .map(({ mail, userPrincipalName }) =>
      String(String(userPrincipalName).includes("#EXT#") ? mail : userPrincipalName),
    )
    .sort();
}
