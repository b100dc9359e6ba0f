import { describe, expect, it } from "vitest";
import {
  ADMIN_HOST,
  FINANCE_URL,
  HOST,
  addFinance,
  addUser,
  startSharePoint,
} from "./support/sharepoint.ts";

const DAY_MS = 24 * 3_600_000;
const STATUS = `${HOST}/_api/SPSiteManager/status?url='${encodeURIComponent(FINANCE_URL)}'`;

describe("creating SharePoint sites", () => {
  it("provisions a site for a while before it can be used", async () => {
    const sharePoint = await startSharePoint({ behaviour: { siteProvisioningDelayMs: 5_000 } });
    expect((await sharePoint.call("GET", STATUS)).body).toEqual({
      SiteId: "",
      SiteStatus: 0,
      SiteUrl: "",
    });
    const SiteId = await addFinance(sharePoint);
    const site = { SiteId, SiteUrl: FINANCE_URL };
    expect((await sharePoint.call("GET", STATUS)).body).toEqual({ ...site, SiteStatus: 1 });
    expect((await sharePoint.finance("GET", "web")).status).toBe(404);
    sharePoint.emulator.clock.advance(5_000);
    expect((await sharePoint.call("GET", STATUS)).body).toEqual({ ...site, SiteStatus: 2 });
    expect((await sharePoint.finance("GET", "web")).body).toMatchObject({
      Title: "Finance",
      Url: FINANCE_URL,
    });
  });

  it.each([
    ["Url", -1],
    ["Owner", 5],
    ["Title", {}],
    ["Lcid", "1033"],
  ])("refuses a request whose %s is %j", async (name, value) => {
    const sharePoint = await startSharePoint();
    const { status } = await sharePoint.call("POST", `${HOST}/_api/SPSiteManager/create`, {
      body: { request: { Title: "F", Url: FINANCE_URL, Owner: "finn@contoso.com", [name]: value } },
    });
    expect(status).toBe(400);
    expect((await sharePoint.call("GET", STATUS)).body).toMatchObject({ SiteStatus: 0 });
  });

  it("says that the address is taken, also while the site is in the bin", async () => {
    const sharePoint = await startSharePoint();
    const siteId = await addFinance(sharePoint);
    const create = () =>
      sharePoint.call("POST", `${HOST}/_api/SPSiteManager/create`, {
        body: {
          request: {
            Title: "Other",
            Url: FINANCE_URL.toUpperCase().replace("HTTPS", "https"),
            Owner: "finn@contoso.com",
          },
        },
      });
    expect((await create()).body).toMatchObject({ SiteStatus: 4 });
    await sharePoint.call("POST", `${HOST}/_api/SPSiteManager/delete`, { body: { siteId } });
    expect((await create()).body).toMatchObject({ SiteStatus: 4 });
  });

  it.each([
    ["an owner whom the directory does not have", { Owner: "nobody@contoso.com" }],
    ["an address on another host", { Url: "https://fabrikam.sharepoint.com/sites/x" }],
    ["an address outside the managed paths", { Url: `https://${HOST}/finance` }],
    ["an unknown template", { WebTemplate: "STS#0" }],
  ])("reports an error for %s", async (_what, change) => {
    const sharePoint = await startSharePoint();
    await addUser(sharePoint.emulator, "Finn");
    const answer = await sharePoint.call("POST", `${HOST}/_api/SPSiteManager/create`, {
      body: {
        request: {
          Title: "X",
          Url: `https://${HOST}/sites/x`,
          Owner: "finn@contoso.com",
          ...change,
        },
      },
    });
    expect(answer.body).toEqual({ SiteId: "", SiteStatus: 3, SiteUrl: "" });
  });

  it("refuses a request without owner, because an application has no user who could own it", async () => {
    const sharePoint = await startSharePoint();
    const answer = await sharePoint.call("POST", `${HOST}/_api/SPSiteManager/create`, {
      body: { request: { Title: "X", Url: `https://${HOST}/sites/x` } },
    });
    expect(answer.status).toBe(400);
  });

  it("refuses properties that the request type does not have", async () => {
    const sharePoint = await startSharePoint();
    const answer = await sharePoint.call("POST", `${HOST}/_api/SPSiteManager/create`, {
      body: { request: { Title: "X", Url: `https://${HOST}/sites/x`, Owner: "x", Locale: 1043 } },
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { "odata.error": { message: { lang: "en-US" } } },
    });
  });

  it("keeps a deleted site for 93 days and then gives its address free", async () => {
    const sharePoint = await startSharePoint({ behaviour: { tokenLifetimeSeconds: 200 * 86_400 } });
    const { clock } = sharePoint.emulator;
    const siteId = await addFinance(sharePoint);
    const remove = () =>
      sharePoint.call("POST", `${HOST}/_api/SPSiteManager/delete`, { body: { siteId } });
    const restore = () =>
      sharePoint.call(
        "POST",
        `${ADMIN_HOST}/_api/Microsoft.Online.SharePoint.TenantAdministration.Tenant/RestoreDeletedSite`,
        { body: { siteUrl: FINANCE_URL } },
      );
    expect((await restore()).status).toBe(404);
    await remove();
    expect((await sharePoint.finance("GET", "web")).status).toBe(404);
    clock.advance(93 * DAY_MS - 1);
    expect((await restore()).status).toBe(200);
    expect((await sharePoint.finance("GET", "web")).body).toMatchObject({ Title: "Finance" });

    await remove();
    // The first deletion's end comes and goes without touching the second.
    clock.advance(1);
    expect((await restore()).status).toBe(200);
    await remove();
    clock.advance(93 * DAY_MS);
    expect((await restore()).status).toBe(404);
  });
});
