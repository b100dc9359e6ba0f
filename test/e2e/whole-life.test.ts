/** Each noun of the sample: applied, changed by hand, found, undone by an approved plan, and removed. */
import { beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { NOUNS } from "../../core/nouns.ts";
import { sample, tenantOf } from "../tenant-file/contoso.ts";
import { BY_HAND } from "./support/by-hand.ts";
import { lookAt } from "./support/service.ts";
import type { Json } from "./support/service.ts";
import { TestWorkspace } from "./support/workspace.ts";

const declared = tenantOf(sample);
const TENANT_ID = declared.tenant.id;
/** Who has to be there: whoever decides needs no account, and nobody may be without an administrator. */
const EMERGENCY = "noodtoegang@contoso.onmicrosoft.com";

let workspace: TestWorkspace;

/** @param deciding whose yes it needs */
async function approved(deciding = ["marieke.devries"], ...more: string[]): Promise<void> {
  await workspace.succeed(["plan", "contoso", ...more]);
  for (const name of deciding)
    await workspace.succeed(["approve", "contoso", "--as", `${name}@contoso.com`]);
  await workspace.succeed(["apply", "contoso"]);
}

interface Drift {
  readonly type: string;
  readonly object?: string;
  readonly name: string;
  readonly kind: string;
  readonly properties: readonly { readonly path: string }[];
}

/** What differs, by its type: what it is called, and the first property. */
async function driftNow(): Promise<Readonly<Record<string, readonly string[]>>> {
  const { json } = await workspace.run(["status", "contoso"]);
  const drift = json.drift as readonly Drift[];
  return Object.fromEntries(
    drift.map(({ type, object, name, kind, properties }) => [
      type,
      [object ?? name, properties[0]?.path ?? kind],
    ]),
  );
}

const peopleNow = (): Promise<readonly unknown[]> =>
  lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const found = (await graph.api("/users").select("id").top(100).get()) as { value: Json[] };
    return found.value.map(({ id }) => id);
  });

/** With nothing in it that can be taken out: backup and decision makers are asked for, a running term ends by itself. */
function nothingLeft(): string {
  const { users, guests, groups, mailboxes, sites, domains, subscriptions } = declared;
  const word = { reason: "Contract opgezegd", data: "Alles blijft in de back-up" };
  const file = parse(sample) as Record<string, Json>;
  return stringify({
    ...file,
    contract: { ...file.contract, seats: [] },
    backup: { ...file.backup, exceptions: [] },
    approval: {
      ...file.approval,
      exceptionalChange: {
        ...word,
        data: undefined,
        allow: ["people", "mailboxes", "sites", "licenses"],
      },
    },
    subscriptions: subscriptions?.filter(({ term }) => term === "annual"),
    users: users?.filter(({ userPrincipalName }) => userPrincipalName === EMERGENCY),
    ...{ guests: [], groups: [], mailboxes: [], mailContacts: [], sites: [], domains: [] },
    signInSecurity: { securityDefaults: "on" },
    roles: [{ role: "Global Administrator", users: [{ user: EMERGENCY }] }],
    remove: [
      ...(users ?? [])
        .map(({ userPrincipalName: user }) => ({ user, ...word }))
        .filter(({ user }) => user !== EMERGENCY),
      ...(guests ?? []).map(({ email: guest }) => ({ guest, ...word })),
      ...(groups ?? []).map(({ name: group }) => ({ group, ...word })),
      ...(mailboxes ?? []).map(({ address: mailbox }) => ({ mailbox, ...word })),
      ...(sites ?? []).map(({ url: site }) => ({ site, ...word })),
      ...(domains ?? []).map(({ name: domain }) => ({ domain, ...word })),
    ],
  });
}

beforeAll(async () => {
  workspace = TestWorkspace.create({ contoso: sample });
  await approved();
});

describe("each noun of the sample", () => {
  it("is as declared, with nothing to find", async () => {
    const status = await workspace.run(["status", "contoso", "--exit-code"]);
    expect(status.exitCode).toBe(0);
    expect(status.json).toMatchObject({ drift: [], individuals: [] });
  });

  it("is found where somebody changed it, and put back", async () => {
    await lookAt(workspace, TENANT_ID, async (service) => {
      for (const { change } of Object.values(BY_HAND)) await change(service);
    });
    expect(await driftNow()).toEqual(
      Object.fromEntries(
        Object.entries(BY_HAND).map(([noun, { object, path }]) => [
          NOUNS[noun as keyof typeof BY_HAND].type,
          [object, path],
        ]),
      ),
    );
    const before = await peopleNow();
    await approved(undefined, "--refresh");
    expect(await driftNow()).toEqual({});
    // Put back, not made again: a guest is not invited twice.
    expect(await peopleNow()).toEqual(before);
  });

  it("goes when the file no longer has it, and that is approved", async () => {
    workspace.declare(nothingLeft(), "contoso");
    await approved(["marieke.devries", "pieter.jansen"]);
    expect(await driftNow()).toEqual({});
    await lookAt(workspace, TENANT_ID, async ({ graph }) => {
      const namesAt = async (path: string, key: string): Promise<unknown[]> => {
        const { value } = (await graph.api(path).get()) as { value: readonly Json[] };
        return value.map((one) => one[key]);
      };
      expect(await namesAt("/users", "userPrincipalName")).toEqual([EMERGENCY]);
      expect(await namesAt("/groups", "mailNickname")).toEqual([]);
      expect(await namesAt("/domains", "id")).not.toContain("contoso.example");
      expect(await namesAt("/identity/conditionalAccess/policies", "displayName")).toEqual([]);
      expect(await namesAt("/identity/conditionalAccess/namedLocations", "displayName")).toEqual(
        [],
      );
      expect(await namesAt("/roleManagement/directory/roleAssignments", "id")).toHaveLength(1);
    });
  });
});
