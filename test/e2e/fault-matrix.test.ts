/**
 * A small tenant is declared to a service that misbehaves in every way at once, on a virtual clock. Each
 * seed is another order of misfortunes; every one must end with exactly what was declared.
 */
import { afterAll, describe, expect, it } from "vitest";
import {
  GraphRequestError,
  odata,
  type Microsoft365,
  type RequestEvent,
} from "../../services/index.ts";
import { emulatedTenant, person } from "../services/transport/support/emulated-tenant.ts";

const SEEDS = Array.from({ length: 100 }, (_, index) => index + 1);
const PEOPLE = Array.from({ length: 12 }, (_, index) => `person${String(index).padStart(2, "0")}`);
const GROUPS = ["finance", "board", "everyone"];

const MISFORTUNES = {
  throttledShare: 0.3,
  serverErrorShare: 0.05,
  lostAnswerShare: 0.02,
  droppedShare: 0.01,
  visibilityDelayMs: 30_000,
  replicas: 3,
  tokenLifetimeSeconds: 45,
  quotas: true,
};

/** A linear congruential generator: enough for jitter, and the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Identified {
  id: string;
}

interface Person extends Identified {
  userPrincipalName: string;
  assignedLicenses: { skuId: string }[];
}

const upn = (name: string) => `${name}@contoso.com`;
const membersOf = (group: string) =>
  PEOPLE.filter((_, index) => index % GROUPS.length >= GROUPS.indexOf(group));

/** What a resource of the provider does, without the provider. */
async function declare({ graph }: Microsoft365): Promise<void> {
  const [sku] = await graph.all<{ skuId: string }>("/subscribedSkus");
  if (!sku) throw new Error("The tenant has no licences");
  const ids = new Map<string, string>();
  await Promise.all(
    PEOPLE.map(async (name) => {
      const find = () => graph.tryGet<Identified>(odata`/users/${upn(name)}?$select=id`);
      // The name is unique in the tenant: sending again cannot make a second person.
      const made = await graph.post("/users", person(name), { find, settleMs: 0 });
      ids.set(name, made.id);
      await graph.post(
        `/users/${made.id}/assignLicense`,
        { addLicenses: [{ skuId: sku.skuId, disabledPlans: [] }], removeLicenses: [] },
        { idempotent: true, justCreated: true },
      );
    }),
  );
  await Promise.all(
    GROUPS.map(async (name) => {
      const path = odata`/groups(uniqueName='${name}')`;
      const body = {
        displayName: name,
        mailNickname: name,
        mailEnabled: false,
        securityEnabled: true,
      };
      await graph.patch(path, body, { headers: { Prefer: "create-if-missing" } });
      const { id } = await graph.waitUntilReadable<Identified>(`${path}?$select=id`);
      const wanted = membersOf(name).map((member) => ids.get(member) ?? "");
      const find = async () => {
        const members = await graph.all<Identified>(`/groups/${id}/members?$select=id`);
        return wanted.every((one) => members.some((member) => member.id === one)) || undefined;
      };
      const bind = wanted.map((one) => `https://graph.microsoft.com/v1.0/directoryObjects/${one}`);
      await graph.patch(
        `/groups/${id}`,
        { "members@odata.bind": bind },
        { idempotent: false, justCreated: true, find, settleMs: 0 },
      );
    }),
  );
}

/** What the runs met, to be sure that they met it. */
const met = { lost: 0, throttled: 0, serverErrors: 0, expiredTokens: 0, tooEarly: 0 };

function count({ outcome, status = 0 }: RequestEvent): void {
  if (outcome === "lost") met.lost += 1;
  if (status === 429) met.throttled += 1;
  if (status >= 500) met.serverErrors += 1;
  if (status === 404) met.tooEarly += 1;
}

describe("a tenant declared to a service that misbehaves", () => {
  afterAll(() => {
    expect(Object.entries(met).filter(([, times]) => times === 0)).toEqual([]);
  });

  it.each(SEEDS)("is exactly what was declared, seed %i", async (seed) => {
    const { client, clock, emulator } = await emulatedTenant({
      seed,
      behaviour: MISFORTUNES,
      client: { deadlineMs: 1_800_000, random: randomFrom(seed), onRequest: count },
    });
    try {
      await declare(client);
    } catch (error) {
      // What a failed run must say; then show it.
      expect(error).toBeInstanceOf(GraphRequestError);
      throw error;
    }
    await clock.sleep(60_000);
    const tokens = emulator.requestLog
      .entries()
      .filter(({ route, status }) => route.endsWith("/oauth2/v2.0/token") && status === 200);
    met.expiredTokens += tokens.length - 1;
    const { graph } = client;
    const people = await graph.all<Person>("/users?$select=id,userPrincipalName,assignedLicenses");
    expect(people.map((one) => one.userPrincipalName).sort()).toEqual(PEOPLE.map(upn));
    expect(people.map((one) => one.assignedLicenses.length)).toEqual(PEOPLE.map(() => 1));
    const groups = await graph.all<Identified & { displayName: string }>("/groups");
    expect(groups.map((one) => one.displayName).sort()).toEqual([...GROUPS].sort());
    for (const { id, displayName } of groups) {
      const members = await graph.all<Person>(`/groups/${id}/members`);
      expect(members.map((one) => one.userPrincipalName).sort()).toEqual(
        membersOf(displayName).map(upn),
      );
    }
  });
});
