import { describe, expect, it } from "vitest";
import {
  mailboxPermissions,
  userMailboxPermissions,
} from "../../../provider/exchange/mailbox-permissions.ts";
import { sharedMailbox } from "../../../provider/exchange/shared-mailbox.ts";
import { giveMailbox, makeMailboxes } from "../support/mailboxes.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const info = {
  ...{ address: "info@contoso.com", displayName: "Info", accountEnabled: false },
  domains: ["contoso.com"],
};

const accountOf = async (world: World, { id }: ManagedResource): Promise<unknown> =>
  (await world.emulator.graph("GET", `${id}?$select=accountEnabled,displayName`)).body;

async function aMailbox(world: World): Promise<ManagedResource> {
  const made = new ManagedResource(world, sharedMailbox);
  await made.up(info);
  await settle(world);
  return made;
}

describe("a shared mailbox", () => {
  it("is made with its account blocked, and a second run changes nothing", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, sharedMailbox);
    const declared = { ...info, aliases: ["contact@contoso.com"] };
    expect(await resource.up(declared)).toBe("created");
    await settle(world);
    expect(await resource.up(declared)).toBe("same");
    // Of what kind it is nobody said, so nobody manages it.
    expect(await resource.refresh()).toEqual(declared);
    expect(await accountOf(world, resource)).toMatchObject({ accountEnabled: false });
  });

  it("whose account somebody let in again is drift, and is blocked again", async () => {
    const world = await startWorld();
    const resource = await aMailbox(world);
    await world.emulator.graph("PATCH", resource.id, { body: { accountEnabled: true } });
    await settle(world);
    expect(await resource.refresh()).toMatchObject({ accountEnabled: true });
    expect(await resource.up({ ...info, displayName: "Informatie" })).toBe("updated");
    await settle(world);
    expect(await accountOf(world, resource)).toMatchObject({
      ...{ accountEnabled: false, displayName: "Informatie" },
    });
  });

  it("is found by the run after one that died before the answer came, and not taken from others", async () => {
    const world = await startWorld();
    const begunAt = new Date(world.clock.now());
    const first = await aMailbox(world);
    const context = { ...world.context, begunAt };
    const again = new ManagedResource({ ...world.another(), context }, sharedMailbox);
    await again.up(info);
    expect(again.id).toBe(first.id);
    await expect(new ManagedResource(world, sharedMailbox).up(info)).rejects.toMatchObject({
      code: "mailbox-exists",
    });
  });

  it.each(["room", "equipment"] as const)("of %s is made as one and found again", async (type) => {
    const world = await startWorld();
    const resource = new ManagedResource(world, sharedMailbox);
    expect(await resource.up({ ...info, type })).toBe("created");
    await settle(world);
    expect(await resource.up({ ...info, type })).toBe("same");
    expect(await resource.refresh()).toEqual({ ...info, type });
    expect(await accountOf(world, resource)).toMatchObject({ accountEnabled: false });
  });

  it("becomes that of a room when Exchange says so, and what it becomes by hand is drift", async () => {
    const world = await startWorld({ behaviour: { mailboxConversionDelayMs: 120_000 } });
    const resource = await aMailbox(world);
    expect(await resource.up({ ...info, type: "room" })).toBe("updated");
    expect(await resource.refresh()).toMatchObject({ type: "room" });
    const byHand = { Identity: resource.outputs.objectId, Type: "Shared" };
    await world.service.exchange.invoke("Set-Mailbox", byHand);
    await world.clock.sleep(180_000);
    expect(await resource.refresh()).toMatchObject({ type: "shared" });
  });

  it("that takes too long to become another is left to another apply", async () => {
    const behaviour = { mailboxConversionDelayMs: 3_600_000 };
    const world = await startWorld({ behaviour });
    const resource = await aMailbox(world);
    const room = { ...info, type: "room" };
    await expect(resource.up(room)).rejects.toMatchObject({ code: "mailbox-converting" });
    await world.clock.sleep(3_600_000);
    expect(await resource.up(room)).toBe("updated");
    expect(await resource.refresh()).toMatchObject({ type: "room" });
  });

  it("is told as what it is", () => {
    const room = { ...info, type: "room" };
    const told = (operation: "create" | "delete", properties: Readonly<Record<string, unknown>>) =>
      sharedMailbox.describe({
        ...{ operation, changedPaths: [] },
        before: operation === "create" ? undefined : properties,
        after: operation === "create" ? properties : undefined,
      });
    expect(told("create", room).nl).toBe(
      "De mailbox van de ruimte Info (info@contoso.com) komt erbij; niemand kan er zelf mee inloggen",
    );
    expect(told("create", info).en).toBe(
      "The shared mailbox Info (info@contoso.com) is added; nobody can sign in as it",
    );
    expect(told("delete", { ...info, type: "equipment" }).nl).toMatch(
      /^De mailbox van het apparaat Info/,
    );
    const turned = sharedMailbox.describe({
      ...{ operation: "update", before: info, after: room, changedPaths: ["type"] },
    });
    expect(turned).toMatchObject({
      ...{ severity: "sensitive", en: "Info: becomes the mailbox of a room, which can be booked" },
    });
  });

  it("is removed, and removing it twice is fine", async () => {
    const world = await startWorld();
    const resource = await aMailbox(world);
    await resource.down();
    await resource.down();
    expect(await resource.refresh()).toBeUndefined();
  });
});

describe("the rights on a mailbox", () => {
  const right = (userPrincipalName: string, more: Readonly<Record<string, unknown>> = {}) => ({
    ...{ userPrincipalName, ...more },
  });

  it("come and go one by one; the mailbox's own right is no drift", async () => {
    const world = await startWorld();
    await makeMailboxes(world, ["Anna", "Bob"]);
    const mailbox = await aMailbox(world);
    const resource = new ManagedResource(world, mailboxPermissions);
    const [anna, bob] = [right("anna@contoso.com"), right("bob@contoso.com")];
    const base = { mailboxId: mailbox.outputs.objectId, mailbox: info.address };
    const first = {
      ...{ ...base, fullAccess: [{ ...anna, until: "2027-06-30", autoMapping: false }, bob] },
      ...{ sendAs: [anna], sendOnBehalf: [bob] },
    };
    expect(await resource.up(first)).toBe("created");
    await settle(world);
    expect(await resource.up(first)).toBe("same");
    expect(await resource.refresh()).toMatchObject(first);
    expect(await resource.up({ ...base, fullAccess: [bob], sendAs: [], sendOnBehalf: [bob] })).toBe(
      "updated",
    );
    expect(await resource.refresh()).toMatchObject({
      ...{ fullAccess: [bob], sendAs: [], sendOnBehalf: [bob] },
    });
    await resource.down();
    expect(await resource.refresh()).toMatchObject({ fullAccess: [], sendOnBehalf: [] });
  });

  it("given by hand are drift, and what nobody manages is not", async () => {
    const world = await startWorld();
    await makeMailboxes(world, ["Anna"]);
    const mailbox = await aMailbox(world);
    const resource = new ManagedResource(world, mailboxPermissions);
    const mailboxId = mailbox.outputs.objectId;
    await resource.up({ mailboxId, mailbox: info.address, fullAccess: [] });
    const anna = { Identity: mailboxId, User: "anna@contoso.com", AccessRights: ["FullAccess"] };
    await world.service.exchange.invoke("Add-MailboxPermission", anna);
    const sender = { Identity: mailboxId, Trustee: "anna@contoso.com", AccessRights: ["SendAs"] };
    await world.service.exchange.invoke("Add-RecipientPermission", sender);
    const found = await resource.refresh();
    expect(found).toMatchObject({ fullAccess: [right("anna@contoso.com")] });
    expect(found).not.toHaveProperty("sendAs");
  });

  it("of somebody wait for the mailbox, and a second try goes on", async () => {
    const world = await startWorld({ behaviour: { mailboxProvisioningDelayMs: 600_000 } });
    const [anna, bob] = await makePeople(world, ["Anna", "Bob"]);
    const resource = new ManagedResource(world, userMailboxPermissions);
    const wanted = {
      ...{ mailboxId: anna?.id, mailbox: anna?.name, displayName: "Anna" },
      ...{ fullAccess: [right(bob?.name ?? "")], sendOnBehalf: [] },
    };
    await expect(resource.up(wanted)).rejects.toMatchObject({ code: "no-mailbox-yet" });
    if (anna !== undefined) await giveMailbox(world, anna);
    expect(await resource.up(wanted)).toBe("created");
    expect(await resource.refresh()).toEqual(wanted);
  });

  it("are told in sentences, with the last day", () => {
    const after = {
      ...{ displayName: "Info", fullAccess: [right("a@x.nl", { until: "2027-06-30" })] },
      sendAs: [],
    };
    const before = { displayName: "Info", fullAccess: [], sendAs: [right("b@x.nl")] };
    const told = mailboxPermissions.describe({
      ...{ operation: "update", before, after, changedPaths: [] },
    });
    expect(told.en).toBe(
      "Info: a@x.nl (until 30 June 2027) can open the mailbox; b@x.nl can no longer send as the mailbox",
    );
    const own = userMailboxPermissions.describe({
      ...{ operation: "update", before, after, changedPaths: [] },
    });
    expect(own).toEqual({ ...told, section: "people" });
    expect(told.nl).toBe(
      "Info: a@x.nl (tot en met 30 juni 2027) kan de mailbox openen; b@x.nl kan niet meer als de mailbox mailen",
    );
  });
});
