/** Records in a customer's zone through the commands: shown, applied, changed by hand, put back, taken out. */
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { lookAt } from "./support/service.ts";
import { aTenantFile, TENANT_ID, TestWorkspace } from "./support/workspace.ts";

const ZONE = "023e105f4ecef8ad9ca31a8372d0c353";
const PATH = `/zones/${ZONE}/dns_records`;
const OURS = [
  { name: "autodiscover.example.com", type: "CNAME", values: ["Autodiscover.outlook.com."] },
  { name: "example.com", type: "TXT", spf: ["include:spf.protection.outlook.com"] },
];
const THEIRS = [
  { name: "example.com", type: "A", content: "192.0.2.10" },
  { name: "news.example.com", type: "CNAME", content: "newsletter.example" },
  { name: "example.com", type: "TXT", content: '"v=spf1 include:newsletter.example ~all"' },
];

const file = (records: readonly unknown[]): string =>
  aTenantFile({
    sections: { dnsZones: [{ zone: "example.com", cloudflare: ZONE, records }] },
  });

/** One record as the zone has it; ids are the host's. */
interface Found {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

const zoneOf = (workspace: TestWorkspace): Promise<readonly Found[]> =>
  lookAt(
    workspace,
    TENANT_ID,
    async ({ cloudflare }) => (await cloudflare(PATH)).result as Found[],
  );

it("come, are kept and go without touching the website and the newsletter", async () => {
  const workspace = TestWorkspace.create({ example: file([]) });
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  await lookAt(workspace, TENANT_ID, async ({ cloudflare }) => {
    for (const record of THEIRS) await cloudflare(PATH, "POST", record);
  });
  const before = await zoneOf(workspace);

  workspace.declare(file(OURS));
  await planAndApprove(workspace);
  const page = await workspace.succeed(["show", "example"]);
  expect(page.stdout).toContain("gets CNAME autodiscover.outlook.com");
  expect(page.stdout).toContain(
    "include:spf.protection.outlook.com may send mail of the domain, beside those who may already",
  );
  await workspace.succeed(["apply", "example"]);
  const applied = await zoneOf(workspace);
  expect(applied.map(({ content }) => content)).toEqual([
    ...["192.0.2.10", "newsletter.example"],
    '"v=spf1 include:newsletter.example include:spf.protection.outlook.com ~all"',
    "autodiscover.outlook.com",
  ]);
  expect((await workspace.run(["status", "example", "--exit-code"])).exitCode).toBe(0);

  const alias = applied.find(({ type, name }) => type === "CNAME" && name.startsWith("auto"));
  await lookAt(workspace, TENANT_ID, async ({ cloudflare }) => {
    const content = "elsewhere.example";
    await cloudflare(`${PATH}/${alias?.id ?? ""}`, "PATCH", { content });
  });
  const { json } = await workspace.run(["status", "example"]);
  expect(json.drift).toMatchObject([
    { name: "autodiscover.example.com", properties: [{ path: "values" }] },
  ]);
  await workspace.succeed(["plan", "example", "--refresh"]);
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
  expect(await zoneOf(workspace)).toEqual(applied);

  workspace.declare(file([]));
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  expect(await zoneOf(workspace)).toEqual(before);
});
