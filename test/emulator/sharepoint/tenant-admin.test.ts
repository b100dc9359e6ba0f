import { describe, expect, it } from "vitest";
import { pick } from "../support/pick.ts";
import {
  ADMIN_HOST,
  FINANCE_URL,
  HOST,
  addFinance,
  startSharePoint,
} from "./support/sharepoint.ts";

const API = `${ADMIN_HOST}/_api`;

async function withFinance() {
  const sharePoint = await startSharePoint();
  const siteId = await addFinance(sharePoint);
  return { sharePoint, siteId, path: `${API}/SPO.Tenant/sites('${siteId}')` };
}

describe("SharePoint's tenant administration", () => {
  it("finds the properties of a site by id and by address", async () => {
    const { sharePoint, siteId, path } = await withFinance();
    const properties = {
      SiteId: siteId,
      Url: FINANCE_URL,
      Title: "Finance",
      Template: "STS#3",
      LockState: "Unlock",
    };
    expect((await sharePoint.call("GET", path)).body).toMatchObject(properties);
    const byUrl = await sharePoint.call("POST", `${API}/SPO.Tenant/GetSitePropertiesByUrl`, {
      body: { url: FINANCE_URL, includeDetail: true },
    });
    expect(byUrl.body).toMatchObject(properties);
  });

  it("is only there on the admin host", async () => {
    const { sharePoint, siteId } = await withFinance();
    const answer = await sharePoint.call("GET", `${HOST}/_api/SPO.Tenant/sites('${siteId}')`);
    expect(answer.status).toBe(404);
  });

  it("limits the storage of a site to what the licences give", async () => {
    const { sharePoint, path } = await withFinance();
    const tenant = await sharePoint.call("GET", `${API}/SPO.Tenant`);
    const quota = pick(tenant.body, "StorageQuota") as number;
    // 1 TB and 10 GB for each of five licences with SharePoint.
    expect(quota).toBe(1024 * 1024 + 5 * 10 * 1024);
    const patch = (body: object) => sharePoint.call("PATCH", path, { body });
    // While the service divides the storage itself.
    expect((await patch({ StorageMaximumLevel: 1000 })).status).toBe(400);
    const manual = { isSitesStorageLimitAutomatic: false };
    await sharePoint.emulator.graph("PATCH", "/admin/sharepoint/settings", { body: manual });
    expect((await patch({ StorageMaximumLevel: quota + 1 })).status).toBe(400);
    expect((await patch({ StorageMaximumLevel: 1000, StorageWarningLevel: 900 })).status).toBe(204);
    expect((await patch({ StorageWarningLevel: 1001 })).status).toBe(400);
    expect((await sharePoint.call("GET", path)).body).toMatchObject({
      StorageMaximumLevel: 1000,
      StorageWarningLevel: 900,
    });
  });

  it("lets no site share more than the tenant", async () => {
    const { sharePoint, path } = await withFinance();
    const patch = (body: object) => sharePoint.call("PATCH", path, { body });
    expect((await patch({ SharingCapability: 2 })).status).toBe(204);
    const settings = await sharePoint.emulator.graph("PATCH", "/admin/sharepoint/settings", {
      body: { sharingCapability: "externalUserSharingOnly" },
    });
    expect(settings.status).toBe(200);
    expect((await patch({ SharingCapability: 2 })).status).toBe(400);
    expect((await patch({ SharingCapability: 1 })).status).toBe(204);
  });

  it("removes a site into the bin and out of it, which frees the address", async () => {
    const { sharePoint } = await withFinance();
    const tenant = `${API}/Microsoft.Online.SharePoint.TenantAdministration.Tenant`;
    const body = { siteUrl: FINANCE_URL };
    expect((await sharePoint.call("POST", `${tenant}/RemoveSite`, { body })).body).toMatchObject({
      IsComplete: true,
    });
    expect((await sharePoint.call("POST", `${tenant}/RemoveDeletedSite`, { body })).status).toBe(
      200,
    );
    expect((await sharePoint.call("POST", `${tenant}/RemoveDeletedSite`, { body })).status).toBe(
      404,
    );
    const again = await sharePoint.call("POST", `${HOST}/_api/SPSiteManager/create`, {
      body: { request: { Title: "Finance", Url: FINANCE_URL, Owner: "finn@contoso.com" } },
    });
    expect(again.body).toMatchObject({ SiteStatus: 2 });
  });
});
