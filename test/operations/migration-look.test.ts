/** Who ticks a step off may be mistaken: what the tenant and DNS say counts, where they can be asked. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DomainRecords, WantedRecord } from "../../core/dns-records.ts";
import type { TtlAnswer } from "../../core/dns-ttl.ts";
import type { MigrationFacts } from "../../engine/index.ts";
import { lookAtStep } from "../../operations/migration-look.ts";
import { runMigration } from "../../operations/migration-run.ts";
import { openMigration } from "../../operations/migration.ts";
import type { OperationContext } from "../../operations/ports.ts";
import { fourPeople, sample } from "../migration/sample.ts";
import { sample as contoso, tenantOf } from "../tenant-file/contoso.ts";
import { aWorld, STACK } from "./support.ts";

const EMMA = "emma.smit@contoso.com";
const READY: MigrationFacts = {
  person: () => Promise.resolve({ mail: EMMA, aliases: ["emma@contoso.com"] }),
  hasSecondStep: () => Promise.resolve({ found: true }),
  holderOf: () => Promise.resolve({ found: undefined }),
  devices: () =>
    Promise.resolve({ found: [{ isJoined: true, isCompliant: true, owners: [EMMA] }] }),
};

function aMigration(facts: Partial<MigrationFacts>, more: Partial<OperationContext> = {}) {
  const world = aWorld();
  const { stacksDirectory } = world.context.workspace;
  writeFileSync(join(stacksDirectory, STACK, "migration.yaml"), fourPeople(sample));
  const context = world.with({
    readMigrationFacts: (_asked, use) => use({ ...READY, ...facts }),
    ...more,
  });
  return {
    context,
    done: (about: string, despite?: string) =>
      runMigration(context, {
        ...{ stack: STACK, by: undefined, remark: "", said: "done", about, counts: null, despite },
      }),
    look: async (about: string) => {
      const { progress } = await openMigration(context, STACK);
      const step = progress.steps.find(({ id }) => id === about);
      return step && (await lookAtStep(context, progress, step));
    },
  };
}

describe("a step that can be seen from here", () => {
  it.each([
    ["name", { person: () => Promise.resolve(undefined) }, `${EMMA} does not exist`],
    [
      "name",
      { person: () => Promise.resolve({ mail: "emma@contoso.com", aliases: [] }) },
      `The primary address of ${EMMA} is emma@contoso.com`,
    ],
    [
      "device",
      { devices: () => Promise.resolve({ found: [] }) },
      "CONTOSO-05 is not in Microsoft 365",
    ],
    [
      "device",
      {
        devices: () =>
          Promise.resolve({ found: [{ isJoined: true, isCompliant: true, owners: ["x@y.nl"] }] }),
      },
      `CONTOSO-05 is not in the name of ${EMMA}`,
    ],
    [
      "device",
      {
        devices: () =>
          Promise.resolve({ found: [{ isJoined: false, isCompliant: false, owners: [EMMA] }] }),
      },
      "CONTOSO-05 is registered only, not joined",
    ],
    [
      "second-step",
      { hasSecondStep: () => Promise.resolve({ found: false }) },
      `${EMMA} has registered no second step yet; Microsoft's report is some hours behind`,
    ],
  ] as const)("is not ticked off where the %s is otherwise", async (kind, facts, said) => {
    const { look } = aMigration(facts);
    expect(await look(`${kind}:${EMMA}`)).toMatchObject({
      otherwise: expect.arrayContaining([expect.objectContaining({ en: said })]) as unknown,
    });
  });

  it("is ticked off once it is so, or with the reason why it is so all the same", async () => {
    const wrong = { devices: () => Promise.resolve({ found: [] }) };
    const { done, context } = aMigration(wrong);
    await expect(done(`device:${EMMA}`)).rejects.toMatchObject({
      code: "migration-seen-otherwise",
      remedy: { "migration-despite": { tenant: STACK, step: `device:${EMMA}` } },
    });
    await done(`device:${EMMA}`, "A Mac that is managed elsewhere");
    const { words } = (await openMigration(context, STACK)).progress;
    expect(words.at(-1)?.remark).toBe(
      "A Mac that is managed elsewhere (seen: CONTOSO-05 is not in Microsoft 365)",
    );
    const ready = aMigration({});
    expect((await ready.done(`device:${EMMA}`)).seen).toEqual({ otherwise: [] });
  });

  it("is taken at its word where nobody could look, and that is said", async () => {
    const { done } = aMigration({
      devices: () => Promise.resolve({ reason: "the application was not granted Device.Read.All" }),
    });
    expect((await done(`device:${EMMA}`)).seen).toEqual({
      notLooked: "the application was not granted Device.Read.All",
    });
    expect((await done("announcement")).seen).toBeUndefined();
  });
});

it("tells a week before the day that another tenant holds the domain, and of its own none", async () => {
  const heldBy = (tenantId: string) =>
    aMigration({
      holderOf: () => Promise.resolve({ found: { tenantId, displayName: "Oudbeheer" } }),
    }).look("dns-access:contoso.com");
  expect(await heldBy("99999999-2222-4333-8444-555555555555")).toMatchObject({
    otherwise: [{ en: "contoso.com is held by another tenant (Oudbeheer)" }],
  });
  expect(await heldBy(tenantOf(contoso).tenant.id)).toEqual({ otherwise: [] });
});

it("asks the name servers themselves for the time to live", async () => {
  const seen = (answer: TtlAnswer) =>
    aMigration({}, { readTtl: () => Promise.resolve(answer) }).look("ttl:contoso.com");
  expect(await seen({ seconds: 3600 })).toEqual({ otherwise: [] });
  expect(await seen({ seconds: 86_400 })).toMatchObject({
    otherwise: [{ nl: "De nameservers van contoso.com geven 86400 seconden" }],
  });
  expect(await seen({ unreachable: "ETIMEOUT" })).toEqual({
    notLooked: "the name servers: ETIMEOUT",
  });
});

describe("the switch of mail", () => {
  const record: WantedRecord = {
    domain: "contoso.com",
    purpose: "mail",
    name: "contoso.com",
    type: "MX",
    ttl: 3600,
    value: "0 contoso-com.mail.protection.outlook.com",
    isOptional: false,
  };
  const domain: DomainRecords = {
    ...{ domain: "contoso.com", isVerified: true, authenticationType: "Managed" },
    ...{ records: [record], dkim: undefined, dkimNotRead: undefined },
  };
  const seen = async (values: readonly string[] | undefined) =>
    await aMigration(
      {},
      {
        readDns: () => Promise.resolve([domain]),
        openDns: () => () =>
          Promise.resolve(values === undefined ? { unreachable: "timeout" } : { values }),
      },
    ).look("switch:contoso.com");

  it("is done when DNS says so, and not before", async () => {
    expect(await seen([record.value])).toEqual({ otherwise: [] });
    expect(await seen(["10 mail.oudhost.example"])).toMatchObject({
      otherwise: [
        {
          en: `The MX record of contoso.com is 10 mail.oudhost.example, not ${record.value}`,
        },
      ],
    });
    expect(await seen([record.value, "10 mail.oudhost.example"])).toMatchObject({
      otherwise: [{ nl: expect.stringContaining("oudhost") as string }],
    });
    expect(await seen(undefined)).toEqual({ notLooked: "no DNS server answered" });
  });
});
