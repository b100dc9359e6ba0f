import { describe, expect, it } from "vitest";
import {
  calendarPermissions,
  userCalendarPermissions,
} from "../../../provider/exchange/calendar-permissions.ts";
import { giveMailbox, makeMailboxes } from "../support/mailboxes.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";
import { startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const BOB = "bob@contoso.com";
const CEM = "cem@contoso.com";

const may = (userPrincipalName: string, role: string, more: object = {}) => ({
  ...{ userPrincipalName, role, ...more },
});

const declared = (owner: { id: string; name: string } | undefined, permissions: object[]) => ({
  ...{ mailboxId: owner?.id, mailbox: owner?.name, displayName: "Anna", permissions },
});

const pathOf = (id: string | undefined) => `/users/${id ?? ""}/calendar/calendarPermissions`;

const byHand = (world: World, id: string | undefined, role: string) =>
  world.emulator.graph("POST", pathOf(id), { body: { emailAddress: { address: BOB }, role } });

describe("the permissions on a calendar", () => {
  it("come, change and go one by one; a second run changes nothing", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna", "Bob", "Cem"]);
    const resource = new ManagedResource(world, userCalendarPermissions);
    const first = declared(anna, [may(BOB, "read", { until: "2027-06-30" }), may(CEM, "write")]);
    expect(await resource.up(first)).toBe("created");
    expect(await resource.up(first)).toBe("same");
    expect(await resource.refresh()).toEqual(first);
    const second = declared(anna, [may(CEM, "delegateWithPrivateEventAccess")]);
    expect(await resource.up(second)).toBe("updated");
    expect(await resource.refresh()).toEqual(second);
    await resource.down();
    expect(await resource.refresh()).toMatchObject({ permissions: [] });
    await resource.down();
  });

  it("given by hand are drift; the row of the organisation is not, and stays", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna", "Bob"]);
    const resource = new ManagedResource(world, userCalendarPermissions);
    await resource.up(declared(anna, []));
    await byHand(world, anna?.id, "read");
    expect(await resource.refresh()).toMatchObject({ permissions: [may(BOB, "read")] });
    expect(await resource.up(declared(anna, []))).toBe("updated");
    const { body } = await world.emulator.graph("GET", pathOf(anna?.id));
    expect(body.value).toMatchObject([{ isRemovable: false, role: "freeBusyRead" }]);
  });

  it("that were there before anybody managed them are not taken away", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna", "Bob", "Cem"]);
    await byHand(world, anna?.id, "read");
    const resource = new ManagedResource(world, calendarPermissions);
    await resource.up(declared(anna, [may(CEM, "read")]));
    const found = await resource.refresh();
    expect(found?.permissions).toHaveLength(2);
    expect(found?.permissions).toContainEqual(may(BOB, "read"));
  });

  it("go on after a run that died between two of them", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna", "Bob", "Cem"]);
    await byHand(world, anna?.id, "write");
    const context = { ...world.context, begunAt: new Date(world.clock.now()) };
    const again = new ManagedResource({ ...world.another(), context }, userCalendarPermissions);
    const wanted = declared(anna, [may(BOB, "read"), may(CEM, "read")]);
    await again.up(wanted);
    expect(await again.refresh()).toEqual(wanted);
  });

  it("wait for the mailbox, and a second try goes on", async () => {
    const world = await startWorld({ behaviour: { mailboxProvisioningDelayMs: 600_000 } });
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const resource = new ManagedResource(world, userCalendarPermissions);
    const wanted = declared(anna, [may(BOB, "limitedRead")]);
    await expect(resource.up(wanted)).rejects.toMatchObject({ code: "no-mailbox-yet" });
    for (const person of [anna, bob]) if (person !== undefined) await giveMailbox(world, person);
    expect(await resource.up(wanted)).toBe("created");
    expect(await resource.refresh()).toEqual(wanted);
  });

  it("are told in sentences, by what people may", () => {
    const before = { displayName: "Anna", permissions: [may(BOB, "read"), may("d@x.nl", "read")] };
    const after = {
      displayName: "Anna",
      permissions: [
        may(BOB, "write", { until: "2027-06-30" }),
        may(CEM, "write"),
        may("e@x.nl", "delegateWithoutPrivateEventAccess"),
      ],
    };
    const told = userCalendarPermissions.describe({
      ...{ operation: "update", before, after, changedPaths: ["permissions"] },
    });
    expect(told).toMatchObject({ section: "people", severity: "sensitive" });
    expect(told.nl).toBe(
      "Anna: bob@contoso.com (tot en met 30 juni 2027) en cem@contoso.com kunnen de agenda bewerken; e@x.nl kan de agenda als gemachtigde beheren, zonder privéafspraken; d@x.nl kan niet meer bij de agenda",
    );
    const nobody = calendarPermissions.describe({
      ...{ operation: "create", before: undefined, changedPaths: [] },
      after: { displayName: "Info", permissions: [] },
    });
    expect(nobody.en).toBe("Info: nobody by name can see the calendar");
  });
});
