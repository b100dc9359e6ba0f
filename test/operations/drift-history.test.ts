import { expect, it } from "vitest";
import { tenantStatus } from "../../operations/status.ts";
import type { Status } from "../../operations/status.ts";
import { statusLines } from "../../cli/output/status-lines.ts";
import { aWorld, STACK } from "./support.ts";
import type { World } from "./support.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ID = "11111111-1111-4111-8111-111111111111";
type Sought = Parameters<Awaited<ReturnType<World["context"]["openSession"]>>["findCauses"]>[0];

const property = (path: string, after: string) => ({
  ...{ path, before: "Vennoot", after, kind: "changed", secret: false },
});

const drifted = (world: World, ...properties: ReturnType<typeof property>[]): void => {
  const urn = "urn:pulumi:contoso::tenantry::azuread:index/user:User::anna@contoso.com";
  const found = {
    ...{ urn, id: `/users/${ID}`, type: "azuread:index/user:User", section: "people" },
    ...{ name: "Anna", kind: "changed", properties, description: { nl: "Anna", en: "Anna" } },
  } as const;
  world.readBack = { ...world.readBack, drift: [found as never] };
};

/** What the log is asked, with its answers by path. */
function log(
  world: World,
  answers: Record<string, { at: string; by?: string; isExact: boolean }>,
  { from = "2026-10-23T10:00:00.000Z" } = {},
) {
  const asked: Sought[] = [];
  const { openSession } = world.context;
  const context = world.with({
    openSession: async (options) => ({
      ...(await openSession(options)),
      findCauses: async (sought) => {
        asked.push(sought);
        const causes = sought.changes.flatMap(({ key, path = "" }) => {
          const answer = answers[path];
          return answer === undefined ? [] : [[key, { by: undefined, ...answer }] as const];
        });
        return { found: { causes: new Map(causes), from } };
      },
    }),
  });
  return { asked, status: () => tenantStatus(context, { stack: STACK }) };
}

const historyOf = ({ drift }: Status) => drift[0]?.history ?? [];

it("says since when and by whom, in the customer's zone, and asks the log once for each difference", async () => {
  const world = aWorld();
  const at = "2026-11-22T09:00:00.000Z";
  const { asked, status } = log(world, {
    jobTitle: { at, by: "bob@contoso.com", isExact: true },
    city: { at, by: "bob@contoso.com", isExact: true },
  });
  const before = await status();
  expect([before.drift, asked]).toEqual([[], []]);
  drifted(world, property("jobTitle", "Keizer"));
  const found = await status();
  expect(asked).toMatchObject([{ since: before.look.at, changes: [{ path: "jobTitle" }] }]);
  const change = { at, localTime: "2026-11-22 10:00", by: "bob@contoso.com", isExact: true };
  expect(historyOf(found)).toMatchObject([{ path: "jobTitle", change, mayBeOlder: false }]);
  expect((await statusLines(found)).join("\n")).toContain(
    "      since 2026-11-22 10:00 by bob@contoso.com",
  );
  // Kept: the log forgets. Another value of it is another difference.
  world.pass(60 * DAY_MS);
  expect(historyOf(await status())).toEqual(historyOf(found));
  expect(asked).toHaveLength(1);
  drifted(world, property("jobTitle", "Koning"), property("city", "Zwolle"));
  await status();
  expect(asked[1]?.changes.map(({ path }) => path)).toEqual(["jobTitle", "city"]);
});

it("names the look that saw it first where the log has nothing, and stops asking after a day", async () => {
  const world = aWorld();
  drifted(world, property("jobTitle", "Keizer"));
  const { asked, status } = log(world, {});
  const { look, ...first } = await status();
  expect(historyOf({ look, ...first })).toMatchObject([{ change: undefined }]);
  const [{ seen } = { seen: undefined }] = historyOf({ look, ...first });
  for (const hours of [1, 24, 24]) {
    world.pass(hours * HOUR_MS);
    const again = await status();
    expect(historyOf(again)).toMatchObject([{ seen }]);
    expect((await statusLines(again)).join("\n")).toContain("known since the look of 2026-11-22");
  }
  expect(asked).toHaveLength(3);
});

it("says when it may be older than what the log keeps, and when the log says no more than the object", async () => {
  const world = aWorld();
  const answers = { city: { at: "2026-11-21T09:00:00Z", isExact: false } };
  const { status } = log(world, answers, { from: "2027-01-20T10:00:00.000Z" });
  await status();
  world.pass(90 * DAY_MS);
  drifted(world, property("jobTitle", "Keizer"), property("city", "Zwolle"));
  for (const hours of [0, 25, 25]) {
    world.pass(hours * HOUR_MS);
    const text = (await statusLines(await status())).join("\n");
    expect(text).toMatch(
      /jobTitle: known since the look of .*; may be older than the audit log keeps\n/,
    );
    expect(text).toMatch(/city: known since .*; the object was last changed 2026-11-21 10:00\n/);
  }
});

it("says in one line that the log was not read, and why", async () => {
  const world = aWorld();
  drifted(world, property("jobTitle", "Keizer"));
  world.causes = { reason: "the application was not granted AuditLog.Read.All of Microsoft Graph" };
  const status = await tenantStatus(world.context, { stack: STACK });
  const lines = await statusLines(status);
  expect(lines.filter((line) => line.includes("AuditLog"))).toEqual([
    "Who changed it is in the audit log, which was not read: the application was not granted AuditLog.Read.All of Microsoft Graph.",
  ]);
  expect(lines.join("\n")).toContain("known since the look of 2026-11-22 11:00");
  // No value of anything is kept.
  const kept = await Promise.all(
    (await world.store.list(`${STACK}/differences/`)).map((key) => world.store.get(key)),
  );
  expect(Buffer.concat(kept.map((one) => one ?? Buffer.of())).toString()).not.toMatch(
    /Keizer|Vennoot/,
  );
});
