import { expect, it } from "vitest";
import { knownAccess } from "../../engine/known-access.ts";
import { contoso, tenantOf } from "../tenant-file/contoso.ts";

const addressOf = (name: string): string => `https://contoso.sharepoint.com/sites/${name}`;

it("knows the owner and whoever is named, of sites that were applied", () => {
  const ids = [addressOf("jaarrekening"), addressOf("kantoor")];
  expect(knownAccess(tenantOf(contoso), ids)).toEqual([
    {
      url: addressOf("jaarrekening"),
      people: new Set(["daan.visser@contoso.com", "fleur.vandenberg@contoso.com"]),
      libraries: [],
    },
    { url: addressOf("kantoor"), people: new Set(["sanne.bakker@contoso.com"]), libraries: [] },
  ]);
});

it("knows nothing of a site whose permissions are not managed", () => {
  const tenant = tenantOf(contoso);
  const sites = (tenant.sites ?? []).map(({ permissions: _, ...site }) => site);
  expect(knownAccess({ ...tenant, sites }, [addressOf("kantoor")])).toEqual([]);
});
