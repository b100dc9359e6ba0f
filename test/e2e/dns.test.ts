/** `tenantry dns`: what the customer's DNS needs and what is there, asked of a DNS server on loopback. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { startDnsServer } from "../operations/dns/dns-server.ts";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";

it("lists, compares and hands over, and changes nothing", async () => {
  const workspace = TestWorkspace.create({ example: aTenantFile() });
  const server = await startDnsServer({
    "TXT example.com": ["google=1", "v=spf1 include:news.example ~all"],
    "TXT news.example": ["v=spf1 ip4:192.0.2.0/24 -all"],
    "MX example.com": ["10 mail.old.example"],
    "CNAME autodiscover.example.com": ["autodiscover.outlook.com"],
  });
  const asking = ["dns", "example", "--server", server.address];
  const { exitCode, stdout: text } = await workspace.text(asking);
  expect(exitCode).toBe(0);
  const before = workspace.written();
  expect(text).toContain("✓ goed: CNAME autodiscover.example.com");
  expect(text).toContain("✗ klopt niet: MX example.com");
  expect(text).toContain(
    "moet zijn: v=spf1 include:news.example include:spf.protection.outlook.com ~all",
  );

  const folder = workspace.path("dns");
  await workspace.succeed([...asking, "--format", "octodns", "--output", folder]);
  expect(readFileSync(`${folder}/zones/example.com.yaml`, "utf8")).toContain("google=1");

  const alone = await workspace.run(["dns", "example"]);
  expect(JSON.stringify(alone.json)).toContain('"not-looked"');
  const refused = await workspace.run([
    "dns",
    "example",
    "--format",
    "octodns",
    "--output",
    folder,
  ]);
  expect(refused.refusal).toBe("dns-not-looked");
  const halfway = await workspace.run(["dns", "example", "--format", "octodns"]);
  expect(halfway.refusal).toBe("invalid-usage");
  expect(workspace.written()).toEqual(before);
});
