import { expect, it } from "vitest";
import { guest } from "../../../provider/directory/guest.ts";
import { library } from "../../../provider/sharepoint/library.ts";
import { readIndividuals } from "../../../provider/sharepoint/individuals.ts";
import { sitePermissions } from "../../../provider/sharepoint/site-permissions.ts";
import { site } from "../../../provider/sharepoint/site.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { FINANCE_URL, startSharePointWorld } from "../support/sharepoint-world.ts";
import { settle } from "../support/world.ts";

const person = (principal: string, role: string) => ({ kind: "user", principal, role });
const gone = "https://contoso.sharepoint.com/sites/gone";

it("finds who has a site or a closed library by themselves, and whom the file does not name there", async () => {
  const world = await startSharePointWorld();
  await makePeople(world, ["Anna", "Bob", "Carl"]);
  const staff = await makeGroup(world, "staff");
  await settle(world);
  const made = new ManagedResource(world, site);
  const owner = "anna@contoso.com";
  await made.up({ url: FINANCE_URL, title: "Finance", template: "team", owner });
  const base = { siteId: made.outputs.siteId, siteUrl: FINANCE_URL };
  const group = { kind: "group", principal: "staff", id: staff, role: "read" };
  const bob = person("bob@contoso.com", "edit");
  const carl = person("carl@contoso.com", "read");
  const guests = await Promise.all(
    ["tess@x.example", "uma@x.example"].map(async (email) => {
      const account = new ManagedResource(world, guest);
      await account.up({ email, displayName: email });
      return { ...person(email, "read"), kind: "guest", id: String(account.outputs.objectId) };
    }),
  );
  const grants = [group, bob, carl, ...guests];
  await new ManagedResource(world, sitePermissions).up({ ...base, grants });
  const closed = { ...base, hasUniqueRoleAssignments: true };
  await new ManagedResource(world, library).up({ ...closed, title: "Board", grants: [carl, bob] });
  world.writes();

  const connection = { service: world.service, backupCredentials: undefined };
  const known = {
    url: FINANCE_URL,
    people: new Set([owner, "bob@contoso.com", "tess@x.example"]),
    libraries: [{ name: "board", people: new Set(["carl@contoso.com"]) }],
  };
  const none = { url: gone, people: new Set<string>(), libraries: [] };
  expect(await readIndividuals(connection, [known, none])).toEqual([
    {
      ...{ url: FINANCE_URL, library: undefined },
      ...{ userPrincipalName: "carl@contoso.com", role: "read" },
    },
    {
      ...{ url: FINANCE_URL, library: undefined },
      ...{ userPrincipalName: "uma_x.example#ext#@contoso.onmicrosoft.com", role: "read" },
    },
    {
      ...{ url: FINANCE_URL, library: "Board" },
      ...{ userPrincipalName: "bob@contoso.com", role: "edit" },
    },
  ]);
  expect(world.writes()).toEqual([]);
});
