/** What is freed in a change can be used in it: approved at full capacity, applied to the end in one go. */
import { beforeAll, describe, expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { TENANT_ID, aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";

type Holders = Readonly<Record<string, readonly string[]>>;

/** What nobody holds makes two licences a small share, for which one approval is enough. */
const BOUGHT = { SPB: 2, EXCHANGESTANDARD: 1, POWER_BI_PRO: 12 };

interface Others {
  readonly bought?: Readonly<Record<string, number>>;
  readonly office?: readonly string[];
  readonly sections?: Readonly<Record<string, unknown>>;
}

/** A tenant in which these people hold these products directly; the group Office gives its members SPB. */
function file(holders: Holders, { bought = BOUGHT, office = [], sections }: Others = {}): string {
  return aTenantFile({
    sections: {
      users: Object.entries(holders).map(([name, licenses]) => ({
        userPrincipalName: upnOf(name),
        displayName: name,
        usageLocation: "NL",
        licenses,
      })),
      groups: [
        {
          ...{ name: "office", displayName: "Office", type: "security", licenses: ["SPB"] },
          members: office.map(upnOf),
        },
      ],
      subscriptions: Object.entries(bought).map(([sku, count]) => ({
        ...{ sku, count, term: "monthly" },
      })),
      ...sections,
    },
  });
}

async function holdersIn(workspace: TestWorkspace): Promise<Holders> {
  return await lookAt(workspace, TENANT_ID, async ({ graph }) => {
    const { value: skus } = (await graph.api("/subscribedSkus").get()) as {
      value: { skuId: string; skuPartNumber: string }[];
    };
    const names = new Map(skus.map(({ skuId, skuPartNumber }) => [skuId, skuPartNumber]));
    const { value: users } = (await graph
      .api("/users")
      .select("displayName,assignedLicenses")
      .get()) as { value: { displayName: string; assignedLicenses: { skuId: string }[] }[] };
    return Object.fromEntries(
      users.map(({ displayName, assignedLicenses }) => [
        displayName,
        assignedLicenses.map(({ skuId }) => names.get(skuId) ?? skuId).sort(),
      ]),
    );
  });
}

let applied: TestWorkspace;

const START: Holders = { Ann: ["SPB"], Bob: ["EXCHANGESTANDARD"], Carl: ["SPB"], Dora: [] };

beforeAll(async () => {
  applied = TestWorkspace.create({ example: file(START) });
  await planAndApprove(applied);
  await applied.succeed(["apply", "example"]);
});

async function changedTo(text: string): Promise<TestWorkspace> {
  const workspace = applied.copy();
  workspace.declare(text);
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect((await workspace.run(["plan", "example", "--exit-code"])).exitCode).toBe(0);
  return workspace;
}

describe("licences at full capacity", () => {
  it("are swapped by two people", async () => {
    const holders = { ...START, Ann: ["EXCHANGESTANDARD"], Bob: ["SPB"] };
    expect(await holdersIn(await changedTo(file(holders)))).toEqual(holders);
  });

  it("go round among three, two of whom have the same", async () => {
    const holders = { Ann: [], Bob: ["SPB"], Carl: ["EXCHANGESTANDARD"], Dora: ["SPB"] };
    expect(await holdersIn(await changedTo(file(holders)))).toEqual(holders);
  });

  it("of somebody who leaves go to somebody who is new", async () => {
    const { Ann: _, ...stay } = START;
    const holders = { ...stay, Erin: ["SPB"] };
    const sections = {
      remove: [{ user: upnOf("Ann"), reason: "Left the company", data: "Kept by the backup" }],
    };
    expect(await holdersIn(await changedTo(file(holders, { sections })))).toEqual(holders);
  });

  it("of a product that goes are exchanged for those of one that comes, in the same change", async () => {
    const bought = { O365_BUSINESS_PREMIUM: 2, EXCHANGESTANDARD: 1, POWER_BI_PRO: 12 };
    const holders = { ...START, Ann: ["O365_BUSINESS_PREMIUM"], Carl: ["O365_BUSINESS_PREMIUM"] };
    const sections = { groups: [] };
    const remove = [{ group: "office", reason: "Nobody is in it", data: "It has none" }];
    const text = file(holders, { bought, sections: { ...sections, remove } });
    expect(await holdersIn(await changedTo(text))).toEqual(holders);
  });

  it("come through a group to who had them directly, and directly to who had them through it", async () => {
    const office = ["Ann"];
    const workspace = await changedTo(file({ ...START, Ann: [] }, { office }));
    expect(await holdersIn(workspace)).toEqual(START);
    workspace.declare(file({ ...START, Carl: [] }, { office: ["Carl"] }));
    await planAndApprove(workspace);
    await workspace.succeed(["apply", "example"]);
    expect(await holdersIn(workspace)).toEqual(START);
  });
});
