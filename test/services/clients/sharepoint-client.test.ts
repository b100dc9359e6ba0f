import { describe, expect, it } from "vitest";
import { tinyService } from "../transport/support/tiny-service.ts";

const HOST = "contoso.sharepoint.com";

describe("SharePoint client", () => {
  it("asks its host for JSON without metadata, with an OData version on reads only", async () => {
    const { client, seen } = await tinyService(() => ({ body: { Title: "Finance" } }));
    const site = client.sharePoint(HOST);
    await site.get("/sites/finance/_api/web");
    await site.post("/_api/SPSiteManager/delete", { siteId: "1" });
    expect(seen.map(({ path }) => path)).toEqual([
      `/sharepoint/${HOST}/sites/finance/_api/web`,
      `/sharepoint/${HOST}/_api/SPSiteManager/delete`,
    ]);
    expect(seen[0]?.headers).toMatchObject({
      accept: "application/json;odata.metadata=none",
      "odata-version": "4.0",
    });
    expect(seen[1]?.headers).not.toHaveProperty("odata-version");
  });

  it("is one client per host, so that quotas and connections are shared", async () => {
    const { client } = await tinyService(() => ({}));
    expect(client.sharePoint(HOST)).toBe(client.sharePoint(HOST));
    expect(client.sharePoint(HOST)).not.toBe(client.sharePoint("contoso-admin.sharepoint.com"));
  });

  it("merges with the headers that SharePoint wants, and again after a lost answer", async () => {
    let count = 0;
    const { client, seen } = await tinyService(() => (++count === 1 ? "cut" : { status: 204 }));
    await client.sharePoint(HOST).merge("/_api/web/getuserbyid(7)", { IsSiteAdmin: true });
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({
      method: "POST",
      headers: { "x-http-method": "MERGE", "if-match": "*" },
    });
  });

  it("follows pages that name the real host", async () => {
    const { client } = await tinyService(({ path }) =>
      path.includes("skiptoken")
        ? { body: { value: [2] } }
        : {
            body: {
              value: [1],
              "odata.nextLink": `https://${HOST}/_api/web/siteusers?$skiptoken=x`,
            },
          },
    );
    await expect(client.sharePoint(HOST).all("/_api/web/siteusers")).resolves.toEqual([1, 2]);
  });

  it("says that a certificate is needed when the token is refused", async () => {
    const { client } = await tinyService(() => ({ status: 401, body: {} }));
    await expect(client.sharePoint(HOST).get("/_api/web")).rejects.toMatchObject({
      code: "sign-in-failed",
      service: "sharepoint",
      hint: expect.stringContaining("certificate") as string,
    });
  });

  it("waits when SharePoint throttles with 503", async () => {
    let count = 0;
    const busy = { status: 503, headers: { "retry-after": "20" } };
    const { client, clock } = await tinyService(() => (++count === 1 ? busy : { body: {} }));
    const startedAt = clock.now();
    await client.sharePoint(HOST).get("/_api/web");
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(20_000);
    expect(client.statistics()[0]).toMatchObject({ throttled: 1, retries: 1 });
  });
});
