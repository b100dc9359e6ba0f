import { describe, expect, it } from "vitest";
import { pick } from "../support/pick.ts";
import {
  ADMIN_HOST,
  addFinance,
  addUser,
  startSharePoint,
  type Reply,
} from "./support/sharepoint.ts";

const API = `${ADMIN_HOST}/_api`;
const login = (name: string) => `i:0#.f|membership|${name}@contoso.com`;

/** Finn owns the site; Ada and Bea are in the directory. */
async function withPeople() {
  const sharePoint = await startSharePoint();
  const siteId = await addFinance(sharePoint);
  await addUser(sharePoint.emulator, "Ada");
  await addUser(sharePoint.emulator, "Bea");
  const path = `${API}/SPO.Tenant/sites('${siteId}')`;
  return {
    sharePoint,
    patch: (body: object): Promise<Reply> => sharePoint.call("PATCH", path, { body }),
    property: async (name: string) => pick((await sharePoint.call("GET", path)).body, name),
    setOthers: (secondaryAdministratorLoginNames: string[]): Promise<Reply> =>
      sharePoint.call("POST", `${API}/SPOInternalUseOnly.Tenant/SetSiteSecondaryAdministrators`, {
        body: { secondaryAdministratorsFieldsData: { siteId, secondaryAdministratorLoginNames } },
      }),
    names: async () => {
      const list = `${API}/SPO.Tenant/GetSiteAdministrators?siteId='${siteId}'`;
      const { value } = (await sharePoint.call("POST", list)).body as { value: { name: string }[] };
      return value.map(({ name }) => name);
    },
  };
}

describe("The administrators of a SharePoint site", () => {
  it("are the owner and whoever is set beside them", async () => {
    const { setOthers, names, sharePoint } = await withPeople();
    await setOthers(["ada@contoso.com"]);
    expect(await names()).toEqual(["Finn", "Ada"]);
    const ada = await sharePoint.finance(
      "GET",
      `web/siteusers('${encodeURIComponent(login("ada"))}')`,
    );
    expect(ada.body).toMatchObject({ LoginName: login("ada"), IsSiteAdmin: true });

    await setOthers([login("bea")]);
    expect(await names()).toEqual(["Finn", "Bea"]);
  });

  it("all stay when another owner is set without updating them", async () => {
    const { patch, property, names, setOthers } = await withPeople();
    await setOthers([login("bea")]);
    const body = { Owner: login("ada"), SetOwnerWithoutUpdatingSecondaryAdmin: true };
    expect((await patch(body)).status).toBe(204);
    expect(await property("Owner")).toBe(login("ada"));
    expect(await names()).toEqual(["Finn", "Bea", "Ada"]);
  });

  it("lose the former owner when the others are set after a change of owner", async () => {
    const { patch, names, setOthers } = await withPeople();
    await patch({ Owner: login("ada"), SetOwnerWithoutUpdatingSecondaryAdmin: true });
    await setOthers([login("bea")]);
    expect(await names()).toEqual(["Ada", "Bea"]);
  });

  it("are the new owner alone when an owner is set without that word", async () => {
    const { patch, property, names, setOthers } = await withPeople();
    await setOthers([login("bea")]);
    expect((await patch({ Owner: "ada@contoso.com" })).status).toBe(204);
    expect(await property("Owner")).toBe(login("ada"));
    expect(await names()).toEqual(["Ada"]);
  });

  it("stay when the word comes without an owner", async () => {
    const { patch, property, names } = await withPeople();
    expect((await patch({ SetOwnerWithoutUpdatingSecondaryAdmin: true })).status).toBe(204);
    expect(await property("Owner")).toBe(login("finn"));
    expect(await names()).toEqual(["Finn"]);
  });

  it("stay, and so does every other property, when nobody has the name of the new owner", async () => {
    const { patch, property, names } = await withPeople();
    const refused = await patch({
      Title: "Ghosts",
      Owner: login("ghost"),
      SetOwnerWithoutUpdatingSecondaryAdmin: true,
    });
    expect(refused.status).toBe(500);
    expect(refused.body).toMatchObject({
      "odata.error": {
        message: { value: `The specified user ${login("ghost")} could not be found.` },
      },
    });
    expect(await property("Title")).toBe("Finance");
    expect(await property("Owner")).toBe(login("finn"));
    expect(await names()).toEqual(["Finn"]);
  });
});
