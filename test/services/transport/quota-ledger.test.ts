import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../services/transport/quota-limits.ts";
import { graphClaims, Quotas, sharePointClaims } from "../../../services/transport/quota-ledger.ts";

const ALL_OF_GRAPH = { quota: "graph", units: 1 };
const units = (path: string) => graphClaims("GET", path)[0]?.units;

describe("quota claims", () => {
  it.each([
    ["/users", 2],
    ["/users?$select=id", 1],
    ["/users?$expand=manager", 3],
    ["/users?$top=5&$select=id", 1],
    ["/groups/1/members", 3],
    ["/groups/1/transitiveMembers", 5],
    ["/subscribedSkus", 3],
    ["/organization", 1],
  ])("cost what Microsoft documents: GET %s", (path, cost) => {
    expect(units(path)).toBe(cost);
  });

  it("count a write against both quotas of the directory", () => {
    expect(graphClaims("POST", "/users")).toEqual([
      { quota: "directory-writes", units: 1 },
      { quota: "directory-units", units: 1 },
      ALL_OF_GRAPH,
    ]);
  });

  it("count conditional access by itself, and what lies in SharePoint there", () => {
    expect(graphClaims("POST", "/identity/conditionalAccess/policies")).toEqual([
      { quota: "conditional-access", units: 1 },
      ALL_OF_GRAPH,
    ]);
    expect(graphClaims("GET", "/sites/x")[0]).toEqual({ quota: "sharepoint-units", units: 1 });
    expect(graphClaims("GET", "/groups/1/sites/root")[0]?.quota).toBe("sharepoint-units");
    expect(sharePointClaims("POST", "/_api/web/ensureuser")[0]?.units).toBe(5);
  });
});

describe("quotas", () => {
  const start = () => {
    const clock = {
      time: 0,
      now: () => clock.time,
      sleep: (ms: number) => {
        clock.time += ms;
        return Promise.resolve();
      },
    };
    return { clock, quotas: new Quotas(clock, DEFAULT_LIMITS) };
  };
  const never = { signal: new AbortController().signal };
  const answer = (headers: Record<string, string>, retryAfterMs?: number) => ({
    status: retryAfterMs === undefined ? 200 : 429,
    headers,
    retryAfterMs,
  });

  it("let conditional access go once a second", async () => {
    const { clock, quotas } = start();
    const claims = graphClaims("GET", "/identity/conditionalAccess/policies");
    for (let count = 0; count < 3; count++) await quotas.take(claims, never);
    expect(clock.time).toBeGreaterThanOrEqual(2000);
  });

  it("make everybody wait who draws on a quota that is used up, and nobody else", async () => {
    const { clock, quotas } = start();
    const writes = graphClaims("POST", "/users");
    quotas.learn(writes, answer({}, 20_000));
    await quotas.take(graphClaims("GET", "/organization"), never);
    expect(clock.time).toBe(0);
    await quotas.take(writes, never);
    expect(clock.time).toBe(20_000);
  });

  it("slow down when the service says how full its quota is", async () => {
    const { clock, quotas } = start();
    const reads = graphClaims("GET", "/users");
    quotas.learn(reads, answer({ "x-ms-throttle-limit-percentage": "1.0" }));
    await quotas.take(reads, never);
    expect(clock.time).toBeGreaterThan(0);
  });

  it("let each of 5,000 mailboxes be read once without waiting", async () => {
    const { clock, quotas } = start();
    const claims = graphClaims("GET", "/users/1/mailFolders/inbox/messageRules");
    for (let mailbox = 0; mailbox < 5000; mailbox += 1) await quotas.take(claims, never);
    expect(clock.time).toBeLessThan(10_000);
  });

  it("understand the headers of SharePoint and of Exchange", async () => {
    const { clock, quotas } = start();
    const site = sharePointClaims("GET", "/_api/web");
    quotas.learn(
      site,
      answer({ "ratelimit-limit": "1200", "ratelimit-remaining": "0", "ratelimit-reset": "12" }),
    );
    await quotas.take(site, never);
    expect(clock.time).toBeGreaterThanOrEqual(12_000);
    const before = clock.time;
    const mail = [{ quota: "exchange", units: 1 }] as const;
    const reset = new Date(clock.time + 5000).toISOString();
    quotas.learn(
      mail,
      answer({ "rate-limit-limit": "100", "rate-limit-remaining": "0", "rate-limit-reset": reset }),
    );
    await quotas.take(mail, never);
    expect(clock.time).toBeGreaterThanOrEqual(before + 5000);
  });
});
