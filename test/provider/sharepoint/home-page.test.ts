/** The pages of a site are its own: whatever is declared of it, none is written. */
import { expect, it } from "vitest";
import { library } from "../../../provider/sharepoint/library.ts";
import { sitePermissions } from "../../../provider/sharepoint/site-permissions.ts";
import { site } from "../../../provider/sharepoint/site.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";
import { FINANCE_URL, startSharePointWorld } from "../support/sharepoint-world.ts";

/** Where a site's pages are written: its library of pages, the welcome page, and pages in Graph. */
const PAGES = /sitepages|welcomepage|rootfolder|\/pages/i;

it("is left alone by everything that is done to a site", async () => {
  expect("POST /sites/finance/_api/sitepages/pages").toMatch(PAGES);
  const world = await startSharePointWorld();
  await makePeople(world, ["Anna", "Bob"]);
  world.writes();
  const resource = new ManagedResource(world, site);
  const finance = {
    ...{ url: FINANCE_URL, title: "Finance", template: "communication" },
    owner: "anna@contoso.com",
  };
  await resource.up(finance);
  await resource.up({
    ...finance,
    ...{ title: "Boeken", owner: "bob@contoso.com", sharingCapability: "ExternalUserSharingOnly" },
  });
  const base = { siteId: resource.outputs.siteId, siteUrl: FINANCE_URL };
  const grants = [{ kind: "user", principal: "bob@contoso.com", role: "edit" }];
  await new ManagedResource(world, sitePermissions).up({ ...base, grants });
  const board = { ...base, title: "Board", hasUniqueRoleAssignments: true };
  await new ManagedResource(world, library).up({ ...board, grants });
  const written = world.writes();
  expect(written.length).toBeGreaterThan(5);
  expect(written.filter((request) => PAGES.test(request))).toEqual([]);
});
