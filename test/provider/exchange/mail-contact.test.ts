import { describe, expect, it } from "vitest";
import { mailContact } from "../../../provider/exchange/mail-contact.ts";
import { makeMailboxes } from "../support/mailboxes.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const lessor = { email: "kantoor@verhuurder.example", displayName: "Verhuurder" };

async function aContact(world: World): Promise<ManagedResource> {
  const made = new ManagedResource(world, mailContact);
  await made.up(lessor);
  await settle(world);
  return made;
}

describe("a mail contact", () => {
  it("is made, and a second run changes nothing", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, mailContact);
    const declared = { ...lessor, hideFromAddressLists: true };
    expect(await resource.up(declared)).toBe("created");
    await settle(world);
    expect(await resource.up(declared)).toBe("same");
    expect(await resource.refresh()).toEqual(declared);
  });

  it("that somebody renamed or hid is drift, and only that is put back", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, mailContact);
    const declared = { ...lessor, hideFromAddressLists: false };
    await resource.up(declared);
    await world.service.exchange.invoke("Set-MailContact", {
      ...{ Identity: lessor.email, DisplayName: "Oud" },
      HiddenFromAddressListsEnabled: true,
    });
    expect(await resource.refresh()).toEqual({
      ...{ ...declared, displayName: "Oud", hideFromAddressLists: true },
    });
    expect(await resource.up({ ...declared, displayName: "De verhuurder" })).toBe("updated");
    expect(await resource.refresh()).toEqual({ ...declared, displayName: "De verhuurder" });
  });

  it("is found by the run after one that died before the answer came, and not taken from others", async () => {
    const world = await startWorld();
    const begunAt = new Date(world.clock.now());
    const first = await aContact(world);
    const context = { ...world.context, begunAt };
    const again = new ManagedResource({ ...world.another(), context }, mailContact);
    await again.up(lessor);
    expect(again.id).toBe(first.id);
    await expect(new ManagedResource(world, mailContact).up(lessor)).rejects.toMatchObject({
      code: "address-taken",
    });
  });

  it("with an address that somebody in the tenant has is refused", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const own = { ...lessor, email: anna?.name };
    await expect(new ManagedResource(world, mailContact).up(own)).rejects.toMatchObject({
      code: "address-taken",
    });
  });

  it("is removed, and removing it twice is fine", async () => {
    const world = await startWorld();
    const resource = await aContact(world);
    await resource.down();
    await resource.down();
    expect(await resource.refresh()).toBeUndefined();
  });

  it("is told in sentences", () => {
    const told = mailContact.describe({
      ...{ operation: "create", before: undefined, after: lessor, changedPaths: [] },
    });
    expect(told).toMatchObject({
      nl: "Verhuurder (kantoor@verhuurder.example) komt als contact in het adresboek",
      en: "Verhuurder (kantoor@verhuurder.example) is added to the address book as a contact",
    });
    const hidden = mailContact.describe({
      ...{ operation: "update", before: lessor },
      after: { ...lessor, displayName: "Pand", hideFromAddressLists: true },
      changedPaths: ["displayName", "hideFromAddressLists"],
    });
    expect(hidden.nl).toBe(
      "Pand: heet voortaan zo (was “Verhuurder”); staat niet meer in het adresboek",
    );
  });
});
